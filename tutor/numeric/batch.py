"""Thousands of draws or students at once: every quantity an array, a row for each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, reduce

import numpy as np
import numpy.typing as npt

from tutor.numeric.exact import Unknown, as_float, number
from tutor.symbolic.descent import Run
from tutor.symbolic.formula import Algebra
from tutor.symbolic.mistakes import MISTAKES, mistaken, tags
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.rewrite import refs
from tutor.symbolic.step import Step

Array = npt.NDArray[np.float64]
Rows = dict[Quantity, Array]
Manner = tuple[str, str]
"""The id of a mistake, and the tag of the manner in which it is made."""

LOST = 2.0**-49
"""What a sum leaves below this part of its largest term is 0, all but for the floats' rounding."""
ONE: Array = np.asarray(1.0)


@cache
def _number(text: str) -> Array:
    return np.asarray(as_float(number(text)))


def _ln(x: Array) -> Array:
    return np.log(np.where(x > 0, x, np.nan))


FUNCTIONS: Mapping[str, Callable[[Array], Array]] = {
    "exp": np.exp,
    "ln": _ln,
    "tanh": np.tanh,
    "relu": lambda x: np.where(x <= 0, 0.0, x),
}


class Batch(Algebra[Array]):
    """A formula's value in every row, NaN where it has none. Read it inside ``np.errstate``."""

    def __init__(self, values: Mapping[Quantity, Array]) -> None:
        self.values = values

    def num(self, text: str) -> Array:
        return _number(text)

    def ref(self, to: Quantity) -> Array:
        try:
            return self.values[to]
        except KeyError:
            raise Unknown(to) from None

    def neg(self, x: Array) -> Array:
        return -x

    def sum(self, xs: Sequence[Array]) -> Array:
        total: Array = reduce(np.add, xs)
        largest = reduce(np.maximum, map(np.abs, xs))
        return np.where(np.abs(total) < LOST * largest, 0.0, total)

    def product(self, xs: Sequence[Array]) -> Array:
        found: Array = reduce(np.multiply, xs)
        return found

    def quotient(self, a: Array, b: Array) -> Array:
        return a / np.where(b == 0, np.nan, b)

    def power(self, x: Array, n: int) -> Array:
        found: Array = reduce(np.multiply, [x] * abs(n))
        return found if n > 0 else self.quotient(ONE, found)

    def call(self, fn: str, x: Array) -> Array:
        return FUNCTIONS[fn](x)

    def cases(self, x: Array, above: Callable[[], Array], otherwise: Callable[[], Array]) -> Array:
        return np.where(np.isnan(x), np.nan, np.where(x > 0, above(), otherwise()))


def evaluate_batch(steps: Iterable[Step], start: Mapping[Quantity, Array | float]) -> Rows:
    """The value of every quantity that can be known from ``start``, in every row.

    NaN where a row has no value, or one too large for a float.
    """
    values = {q: np.asarray(value, dtype=np.float64) for q, value in start.items()}
    shape = np.broadcast_shapes(*(value.shape for value in values.values()))
    values = {q: np.broadcast_to(value, shape) for q, value in values.items()}
    for step in steps:
        _take(step, values, shape)
    return values


def mistaken_batch(
    run: Run, start: Mapping[Quantity, Array | float]
) -> dict[Manner, Mapping[Quantity, Array]]:
    """The same with each mistake in each manner; what a mistake does not touch is shared."""
    right = evaluate_batch(run.steps, start)
    shape = np.broadcast_shapes(*(value.shape for value in right.values()))
    told = {q: value for q, value in right.items() if q not in run.by_quantity}
    found: dict[Manner, Mapping[Quantity, Array]] = {}
    for manner, steps in _manners(run):
        values = found[manner] = dict(told)
        for step, again in steps:
            if again:
                _take(step, values, shape)
            elif step.defines in right:
                values[step.defines] = right[step.defines]
    return found


def _take(step: Step, values: Rows, shape: tuple[int, ...]) -> None:
    """One step in every row; nothing where something that it needs was not told."""
    try:
        with np.errstate(all="ignore"):
            value = step.formula.read(Batch(values))
    except Unknown:
        return
    values[step.defines] = np.broadcast_to(np.where(np.isfinite(value), value, np.nan), shape)


@cache
def _manners(run: Run) -> tuple[tuple[Manner, tuple[tuple[Step, bool], ...]], ...]:
    """Every mistake in every manner: its steps, and whether each is to be taken again."""
    return tuple(
        ((id, tag), tuple(_touched(run, mistaken(run, id, tag))))
        for id in MISTAKES
        for tag in tags(run, id)
    )


def _touched(run: Run, steps: Iterable[Step]) -> Iterable[tuple[Step, bool]]:
    """The steps, and whether each gives something else than in the run without the mistake."""
    right = run.by_quantity
    same = {q for q in run.quantities if q not in right}
    for step in steps:
        again = right.get(step.defines) != step or not same.issuperset(refs(step.formula))
        (same.discard if again else same.add)(step.defines)
        yield step, again
