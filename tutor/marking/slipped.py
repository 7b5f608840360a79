"""The slips of the pen behind many wrong final numbers at once: those that may be one are looked at
as a page does it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from tutor.marking.causes import Pen
from tutor.marking.coarse import coarser, rounded_to
from tutor.marking.own import Habit, Way
from tutor.marking.printed import Printed
from tutor.marking.printed_batch import Flags, Floats
from tutor.marking.slips import COPIED, SLIPS, without_a_decimal
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
        self._rounded: dict[Habit, float] = {}

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
            possible = {COPIED: copied, **_possible(pen, shown.unit, expected.mid, early, values)}
            for n in np.flatnonzero(np.any(list(possible.values()), axis=0)).tolist():
                others = (numbers[n].value,) if copied[n] else ()
                among = [id for id in SLIPS if id in possible and possible[id][n]]
                slips = pen.slips(numbers[n], expected.mid, others, early, among)
                found[n] += (Cause(name, q, expected.mid) for name in slips)
        return [tuple(causes) for causes in found]

    def _pen(self, shown: Shown) -> Pen:
        if shown not in self._pens:
            trace = self.suspected.trace(Path(Way.WRITTEN), shown.habit)
            self._pens[shown] = Pen(trace, self.suspected.q)
        return self._pens[shown]

    def _early(self, shown: Shown) -> Sequence[Fraction]:
        """What comes out where numbers are rounded on the way."""
        plain, q = self.suspected.trace(Path(Way.WRITTEN), None), self.suspected.q
        all_kept = tuple(coarser(shown.habit))
        for kept in all_kept:
            if kept not in self._rounded:
                self._rounded[kept] = rounded_to(plain, q, kept)
        values = (self._rounded[kept] for kept in all_kept)
        return [Fraction(x) for x in values if math.isfinite(x)]


def _possible(
    pen: Pen, unit: float, expected: float, early: Sequence[Fraction], values: Floats
) -> dict[str, Flags]:
    """Where each slip but a copy may be: every number that is one is among them."""
    slack = (LOOSE - 1) * abs(expected)
    reach = float(pen.reach) * LOOSE + slack
    about = unit * LOOSE + reach
    gaps, sizes = np.abs(values - expected), np.abs(values)
    swapped = (sizes >= FAR_OFF * abs(expected)) | (sizes * FAR_OFF <= abs(expected))
    if abs(expected) <= about:
        swapped = np.ones_like(swapped)
    largest = float(sizes.max(initial=0.0))
    place = unit or 1.0
    while place <= largest:
        swaps = np.rint(gaps / (9 * place))
        swapped |= (swaps >= 1) & (swaps <= 9) & (np.abs(gaps - 9 * place * swaps) <= about)
        place *= 10
    moved = np.zeros_like(swapped)
    for scale in (0.01, 0.1, 10.0, 100.0):
        moved |= np.abs(values * scale - expected) <= (unit or 1.0) * LOOSE * scale + reach
    dropped = np.zeros_like(swapped)
    if 0 < unit < 1:
        without = without_a_decimal(pen.meant(expected), round(-math.log10(unit)))
        dropped = np.isin(np.rint(values / unit), [np.rint(float(x) / unit) for x in without])
    coarser = gaps <= COARSEST * unit + about
    for other in map(float, early):
        coarser |= np.abs(values - other) <= unit * LOOSE + (LOOSE - 1) * abs(other)
    return {
        "digits-swapped": swapped,
        "decimal-point": moved,
        "digit-dropped": dropped,
        "sign-lost": np.abs(values + expected) <= about,
        "rounded-early": coarser,
    }
