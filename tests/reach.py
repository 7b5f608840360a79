"""Two readings of formulas that share nothing with the engine's: floats, and ranges that are never
too narrow."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache

from tutor.symbolic.formula import Algebra, Formula
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.rewrite import refs

Values = Mapping[Quantity, float]


@cache
def as_float(text: str) -> float:
    """A number as it was written."""
    return float(Fraction(text))


_USED: dict[int, tuple[Formula, tuple[Quantity, ...]]] = {}


def used(formula: Formula) -> tuple[Quantity, ...]:
    """What a formula uses, looked up once: formulas of runs are kept for good."""
    if id(formula) not in _USED:
        _USED[id(formula)] = formula, tuple(refs(formula))
    return _USED[id(formula)][1]


class Floats(Algebra[float]):
    """A pocket calculator."""

    functions: Mapping[str, Callable[[float], float]] = {
        "exp": math.exp,
        "ln": math.log,
        "tanh": math.tanh,
        "relu": lambda x: max(x, 0.0),
    }

    def __init__(self, values: Values) -> None:
        self.values = values

    def num(self, text: str) -> float:
        return as_float(text)

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
        return self.functions[fn](x)

    def cases(self, x: float, above: Callable[[], float], otherwise: Callable[[], float]) -> float:
        return above() if x > 1e-12 else otherwise()


Range = tuple[float, float]
EVERYTHING: Range = (-math.inf, math.inf)


class Ranges(Algebra[Range]):
    """What a formula can come to when its operands lie in ranges; never too narrow."""

    def __init__(self, known: Callable[[Quantity], Range]) -> None:
        self.known = known

    def num(self, text: str) -> Range:
        return as_float(text), as_float(text)

    def ref(self, to: Quantity) -> Range:
        return self.known(to)

    def neg(self, x: Range) -> Range:
        return -x[1], -x[0]

    def sum(self, xs: Sequence[Range]) -> Range:
        return sum(x[0] for x in xs), sum(x[1] for x in xs)

    def product(self, xs: Sequence[Range]) -> Range:
        found = xs[0]
        for x in xs[1:]:
            ends = [a * b for a in found for b in x]
            if any(map(math.isnan, ends)):
                return EVERYTHING
            found = min(ends), max(ends)
        return found

    def quotient(self, a: Range, b: Range) -> Range:
        if b[0] <= 0 <= b[1]:
            return EVERYTHING
        return self.product([a, (1 / b[1], 1 / b[0])])

    def power(self, x: Range, n: int) -> Range:
        ends = sorted((x[0] ** n, x[1] ** n))
        low = 0.0 if n % 2 == 0 and x[0] <= 0 <= x[1] else ends[0]
        return low, ends[1]

    def call(self, fn: str, x: Range) -> Range:
        def at(y: float) -> float:
            if fn == "ln" and y <= 0:
                return -math.inf
            if fn == "exp" and y > 700:
                return math.inf
            return Floats.functions[fn](y)

        return at(x[0]), at(x[1])

    def cases(self, x: Range, above: Callable[[], Range], otherwise: Callable[[], Range]) -> Range:
        parts = ([above()] if x[1] > 0 else []) + ([otherwise()] if x[0] <= 0 else [])
        return min(p[0] for p in parts), max(p[1] for p in parts)
