"""What rounding by hand can come to, in thousands of rows at once.

A range is a middle and a radius, a row each. Where one printed digit enters twice its parts do not
cancel, so that a range may be wider than that of ``spread``, and is never narrower.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np

from tutor.numeric.batch import FUNCTIONS, Array, follow, mistaken
from tutor.numeric.exact import Unknown
from tutor.numeric.floats import float_of
from tutor.numeric.rounding import Digits
from tutor.symbolic.formula import Algebra, Call, Formula, Neg, Num, Power, Product, Quotient, Ref
from tutor.symbolic.manners import Manner
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.step import Step

NOISE = 0.75
"""Units that rounding or truncating may be off, about a middle a quarter of one nearer to 0."""
ZERO: Array = np.asarray(0.0)


class Range(NamedTuple):
    """A value in each row, and how far it may be off."""

    mid: Array
    radius: Array


def exact(value: Array | float) -> Range:
    """Numbers that are just these."""
    return Range(np.asarray(value, dtype=np.float64), ZERO)


class Kept(NamedTuple):
    """The digits that are kept of every step in each row: the coarser of both."""

    decimals: Array
    figures: Array

    @classmethod
    def showing(cls, digits: Digits, leading: Array | float) -> Kept:
        """Where results whose first digit has this power of ten are shown with these digits."""
        count = np.full(np.shape(leading), float(digits.count))
        if digits.figures:
            return cls(np.maximum(0.0, count - 1 - leading), count)
        return cls(count, np.maximum(2.0, count + leading + 1))

    def unit(self, value: Array) -> Array:
        """One unit of the last digit."""
        with np.errstate(divide="ignore", invalid="ignore"):
            leading = np.floor(np.log10(np.abs(value)))
        unit: Array = np.fmax(10.0**-self.decimals, 10.0 ** (leading - self.figures + 1))
        return unit


def evaluate_ranges(steps: Iterable[Step], start: Mapping[Quantity, Range], kept: Kept) -> Ranges:
    """The range of every quantity that can be known."""
    return follow(steps, start, _rounded(kept))


def mistaken_ranges(
    manners: Iterable[Manner], right: Mapping[Quantity, Range], kept: Kept
) -> Iterator[tuple[Manner, Ranges]]:
    """The same with each mistake."""
    return mistaken(manners, right, _rounded(kept))


Ranges = dict[Quantity, Range]


def _rounded(kept: Kept) -> Callable[[Formula, Mapping[Quantity, Range]], Range]:
    """A step's value as somebody carries it on."""

    def value(formula: Formula, values: Mapping[Quantity, Range]) -> Range:
        with np.errstate(all="ignore"):
            reading = ByHand(values, kept)
            mid, radius = formula.read(reading)
            if isinstance(formula, Ref | Num):
                return Range(mid, radius)
            unit = kept.unit(mid)
            inner = formula.x if isinstance(formula, Neg) else formula
            if not isinstance(inner, Product | Power | Quotient | Call):
                radius = radius + NOISE * unit
            return Range(mid - np.copysign(0.25 * unit, mid), radius)

    return value


class ByHand(Algebra[Range]):
    """A formula's range where each result inside it may have been rounded or truncated."""

    def __init__(self, values: Mapping[Quantity, Range], kept: Kept) -> None:
        self.values, self.kept = values, kept

    def num(self, text: str) -> Range:
        return exact(float_of(text))

    def ref(self, to: Quantity) -> Range:
        try:
            return self.values[to]
        except KeyError:
            raise Unknown(to) from None

    def neg(self, x: Range) -> Range:
        return Range(-x.mid, x.radius)

    def sum(self, xs: Sequence[Range]) -> Range:
        return reduce(lambda a, b: Range(a.mid + b.mid, a.radius + b.radius), xs)

    def product(self, xs: Sequence[Range]) -> Range:
        return reduce(lambda a, b: self._noisy(_times(a, b)), xs)

    def quotient(self, a: Range, b: Range) -> Range:
        return self._noisy(_times(a, _inverse(b)))

    def power(self, x: Range, n: int) -> Range:
        total = reduce(_times, [x] * abs(n))
        return self._noisy(total if n > 0 else _inverse(total))

    def call(self, fn: str, x: Range) -> Range:
        low, high = FUNCTIONS[fn](x.mid - x.radius), FUNCTIONS[fn](x.mid + x.radius)
        return self._noisy(_between(low, high))

    def cases(self, x: Range, above: Callable[[], Range], otherwise: Callable[[], Range]) -> Range:
        low, high = above(), otherwise()
        both = _between(
            np.minimum(low.mid - low.radius, high.mid - high.radius),
            np.maximum(low.mid + low.radius, high.mid + high.radius),
        )
        sure, up = np.abs(x.mid) > x.radius, x.mid > 0
        mid = np.where(sure, np.where(up, low.mid, high.mid), both.mid)
        return Range(mid, np.where(sure, np.where(up, low.radius, high.radius), both.radius))

    def _noisy(self, x: Range) -> Range:
        return Range(x.mid, x.radius + NOISE * self.kept.unit(x.mid))


def _times(a: Range, b: Range) -> Range:
    radius = np.abs(a.mid) * b.radius + np.abs(b.mid) * a.radius + a.radius * b.radius
    return Range(a.mid * b.mid, radius)


def _inverse(x: Range) -> Range:
    """Endless where x may be 0."""
    low, high = x.mid - x.radius, x.mid + x.radius
    ends = _between(1 / high, 1 / low)
    return Range(ends.mid, np.where(low * high > 0, ends.radius, np.inf))


def _between(low: Array, high: Array) -> Range:
    return Range((low + high) / 2, np.abs(high - low) / 2)
