"""Thousands of draws or students at once: every quantity an array, a row for each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, reduce
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from tutor.numeric.exact import Unknown, as_float, number
from tutor.symbolic.formula import Algebra, Formula
from tutor.symbolic.manners import Manner
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.step import Step

V = TypeVar("V")

Array = npt.NDArray[np.float64]
Rows = dict[Quantity, Array]

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
    return follow(steps, values, _value)


def mistaken_batch(
    manners: Iterable[Manner], right: Mapping[Quantity, Array]
) -> Iterator[tuple[Manner, Rows]]:
    """The same with each mistake; what a mistake does not touch is shared."""
    return mistaken(manners, right, _value)


def _value(formula: Formula, values: Mapping[Quantity, Array]) -> Array:
    with np.errstate(all="ignore"):
        value = formula.read(Batch(values))
    shape = next(iter(values.values())).shape
    return np.broadcast_to(np.where(np.isfinite(value), value, np.nan), shape)


def follow(
    steps: Iterable[Step],
    start: Mapping[Quantity, V],
    value: Callable[[Formula, Mapping[Quantity, V]], V],
) -> dict[Quantity, V]:
    """Each step in turn; nothing where something that it needs was not told."""
    values = dict(start)
    for step in steps:
        with suppress(Unknown):
            values[step.defines] = value(step.formula, values)
    return values


def mistaken(
    manners: Iterable[Manner],
    right: Mapping[Quantity, V],
    value: Callable[[Formula, Mapping[Quantity, V]], V],
) -> Iterator[tuple[Manner, dict[Quantity, V]]]:
    """The steps with each mistake in turn."""
    for manner in manners:
        start = {q: known for q, known in right.items() if q not in manner.changed}
        open_steps = (step for step in manner.steps if step.defines not in start)
        yield manner, follow(open_steps, start, value)
