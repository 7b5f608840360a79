"""Values in floating point, for searches over many numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from tutor.symbolic.formula import Algebra
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.step import Step

FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "exp": math.exp,
    "ln": math.log,
    "tanh": math.tanh,
    "relu": lambda x: max(x, 0.0),
}


@cache
def float_of(text: str) -> float:
    """The value of a number as it was written, a fraction too."""
    top, _, bottom = text.partition("/")
    return float(top) / float(bottom or 1)


class Floats(Algebra[float]):
    """A formula's value."""

    def __init__(self, values: Mapping[Quantity, float]) -> None:
        self.values = values

    def num(self, text: str) -> float:
        return float_of(text)

    def ref(self, to: Quantity) -> float:
        return self.values[to]

    def neg(self, x: float) -> float:
        return -x

    def sum(self, xs: Sequence[float]) -> float:
        return math.fsum(xs)

    def product(self, xs: Sequence[float]) -> float:
        return math.prod(xs)

    def quotient(self, a: float, b: float) -> float:
        return a / b

    def power(self, x: float, n: int) -> float:
        return x**n

    def call(self, fn: str, x: float) -> float:
        return FUNCTIONS[fn](x)

    def cases(self, x: float, above: Callable[[], float], otherwise: Callable[[], float]) -> float:
        return above() if x > 0 else otherwise()


def floats(
    steps: Iterable[Step],
    start: Mapping[Quantity, float],
) -> dict[Quantity, float]:
    """Every value that can be known; those without one are left out."""
    values = dict(start)
    for step in steps:
        q = step.defines
        try:
            values[q] = step.formula.read(Floats(values))
        except (KeyError, ArithmeticError, ValueError):
            continue
    return values
