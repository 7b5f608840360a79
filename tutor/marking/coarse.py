"""What the steps come to where numbers are rounded on the way, to fewer digits than shown."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from tutor.marking.own import Habit, Trace, Unit
from tutor.numeric.points import Points
from tutor.numeric.spread import Spread, exact
from tutor.symbolic.formula import Call, Formula, Neg, Power, Product, Quotient
from tutor.symbolic.quantity import Quantity

FEWER = range(1, 5)
"""Digits that are dropped on the way."""
ALL = 30
"""More decimals or figures than anybody keeps."""


def coarser(habit: Habit | None) -> Iterator[Habit]:
    """The digits that somebody may keep on the way who shows these."""
    for fewer in FEWER:
        if habit and fewer < habit.decimals:
            yield Habit(habit.decimals - fewer, ALL)
        if habit and fewer < habit.figures:
            yield Habit(ALL, habit.figures - fewer)


def rounded_to(plain: Trace, q: Quantity, kept: Habit) -> float:
    """What the step of a quantity comes to where every number before it has these digits; nan
    where it has no value."""
    value = Coarse(plain, kept.unit).step(q)
    return math.nan if value is None else value.mid


class Coarse(Trace):
    """The steps of a trace with what is not written rounded to a unit, and so the results within
    each formula."""

    def __init__(self, plain: Trace, unit: Unit) -> None:
        super().__init__(plain.formulas, plain.given, plain.pins, unit, plain.instead, plain.way)
        self._chosen = plain._chosen
        self.reading = _Rounding(self, unit)

    def _carried(self, q: Quantity, value: Spread, unit: float) -> Spread:
        return exact(_nearest(value.mid, unit))


class _Rounding(Points):
    """A formula's value where each result inside it is rounded; its own is not."""

    def __init__(self, values: Trace, unit: Unit) -> None:
        super().__init__(values)
        self.unit = unit
        self.last = 0.0

    def outermost(self, formula: Formula) -> Spread:
        value, sign = formula.read(self), 1
        while isinstance(formula, Neg):
            formula, sign = formula.x, -sign
        rounds = isinstance(formula, Product | Power | Quotient | Call)
        return exact(sign * self.last if rounds else value)

    def _rounded(self, x: float) -> float:
        self.last = x
        return _nearest(x, self.unit(x))

    def product(self, xs: Sequence[float]) -> float:
        total = xs[0]
        for x in xs[1:]:
            total = self._rounded(super().product((total, x)))
        return total

    def quotient(self, a: float, b: float) -> float:
        return self._rounded(super().quotient(a, b))

    def power(self, x: float, n: int) -> float:
        return self._rounded(super().power(x, n))

    def call(self, fn: str, x: float) -> float:
        return self._rounded(super().call(fn, x))


def _nearest(x: float, unit: float) -> float:
    """The nearest multiple of a unit, as people round."""
    return float((Decimal(x) / Decimal(unit)).quantize(1, ROUND_HALF_UP)) * unit
