"""The slips of the pen behind many wrong final numbers at once: those that may be one are looked at
as a page does it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from tutor.marking.causes import Pen
from tutor.marking.coarse import rounded_on_the_way
from tutor.marking.own import Habit, Way
from tutor.marking.printed import Printed
from tutor.marking.printed_batch import Flags, Floats
from tutor.marking.slips import without_a_decimal
from tutor.marking.suspected import BARE, Path, Shown, Suspected
from tutor.marking.verdict import Cause

LOOSE = 1 + 1e-6
"""What may be a slip but for the floats is looked at."""
FAR_OFF = 1e7
"""So many times too large or small, a number may have a slip in its power of ten."""
COARSEST = 100
"""Units that a number with two digits fewer may be off."""


class Slipped:
    """The slips that may stand behind final numbers for one quantity."""

    def __init__(self, suspected: Suspected) -> None:
        self.suspected = suspected
        self._pens: dict[Shown, Pen] = {}
        self._rounded: dict[Habit | None, Sequence[Fraction]] = {}

    def causes(
        self,
        shown: Shown,
        numbers: Sequence[Printed],
        values: Floats,
        copied: Flags,
        *,
        alone: bool,
    ) -> list[tuple[Cause, ...]]:
        """The slips that give each of some numbers with the same digits.

        ``copied`` where a number is another one of its page; ``alone`` where none there is right.
        """
        q, pen = self.suspected.q, self._pen(shown)
        found: list[list[Cause]] = [[] for _ in numbers]
        for path in (Path(Way.WRITTEN), BARE) if alone else (Path(Way.WRITTEN),):
            expected = self.suspected.trace(path, None).step(q)
            if expected is None:
                continue
            if not math.isfinite(expected.mid):
                break
            early = self._early(shown)
            possible = copied | _possible(pen, shown.unit, expected.mid, early, values)
            for n in np.flatnonzero(possible).tolist():
                others = (numbers[n].value,) if copied[n] else ()
                slips = pen.slips(numbers[n], expected.mid, others, early)
                found[n] += (Cause(name, q, expected.mid) for name in slips)
        return [tuple(causes) for causes in found]

    def _pen(self, shown: Shown) -> Pen:
        if shown not in self._pens:
            trace = self.suspected.trace(Path(Way.WRITTEN), shown.habit)
            self._pens[shown] = Pen(trace, self.suspected.q)
        return self._pens[shown]

    def _early(self, shown: Shown) -> Sequence[Fraction]:
        """What comes out where numbers are rounded on the way."""
        if shown.habit not in self._rounded:
            plain, q = self.suspected.trace(Path(Way.WRITTEN), None), self.suspected.q
            values = rounded_on_the_way(plain, q, shown.habit)
            self._rounded[shown.habit] = [Fraction(x) for x in values if math.isfinite(x)]
        return self._rounded[shown.habit]


def _possible(
    pen: Pen, unit: float, expected: float, early: Sequence[Fraction], values: Floats
) -> Flags:
    """Where a slip other than a copy may be: every number that is one is among them."""
    slack = (LOOSE - 1) * abs(expected)
    reach = float(pen.reach) * LOOSE + slack
    about = unit * LOOSE + reach
    gaps, sizes = np.abs(values - expected), np.abs(values)
    found = (gaps <= COARSEST * unit + about) | (np.abs(values + expected) <= about)
    for other in map(float, early):
        found |= np.abs(values - other) <= unit * LOOSE + (LOOSE - 1) * abs(other)
    for scale in (0.01, 0.1, 10.0, 100.0):
        room = (unit or 1.0) * LOOSE * scale + reach
        found |= np.abs(values * scale - expected) <= room
    if unit:
        decimals = round(-math.log10(unit))
        dropped = without_a_decimal(pen.meant(expected), decimals) if decimals > 0 else ()
        found |= np.isin(np.rint(values / unit), [np.rint(float(x) / unit) for x in dropped])
    found |= (sizes >= FAR_OFF * abs(expected)) | (sizes * FAR_OFF <= abs(expected))
    if abs(expected) <= about:
        return np.ones_like(found)
    largest = float(sizes.max(initial=0.0))
    place = unit or 1.0
    while place <= largest:
        swaps = np.rint(gaps / (9 * place))
        found |= (swaps >= 1) & (swaps <= 9) & (np.abs(gaps - 9 * place * swaps) <= about)
        place *= 10
    return found
