"""How far a round of single steps lands from one step for all patterns, as they grow shorter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tutor.numeric.batch import Array
from tutor.plots.descent import Descent

HALVINGS = 9
NOISE = 1e-11
"""A difference below this part of the weights is that of floats."""
SQUARE = (3.6, 4.4)
"""by what a difference that shrinks like the square is divided, about"""


@dataclass(frozen=True)
class Halving:
    """One round through all patterns, an update after each, beside one update for all."""

    rates: Array
    """(k,): of the single steps, halved from row to row"""
    apart: Array
    """(k,): the distance between where the two end, over all weights; rows that floats cannot
    tell from 0 are left out"""
    lost: bool
    """whether none has a value"""

    @property
    def ratios(self) -> list[float]:
        """by what each difference is divided in the next row"""
        return [float(a / b) for a, b in zip(self.apart[:-1], self.apart[1:], strict=True)]

    @property
    def square(self) -> bool:
        """whether the shortest steps show a quarter for a half"""
        return bool(self.ratios) and SQUARE[0] <= self.ratios[-1] <= SQUARE[1]


def halving_of(descent: Descent) -> Halving:
    """From the problem's own learning rate downwards."""
    rates: Array = descent.rate * np.ldexp(1.0, -np.arange(HALVINGS))
    share = descent.count if descent.land.mean else 1
    single = descent.run(descent.ordered(1), rates / share)[-1]
    whole = descent.run(descent.whole(1), rates)[-1]
    with np.errstate(all="ignore"):
        apart: Array = np.linalg.norm(single - whole, axis=1)
    told = NOISE * (1 + np.linalg.norm(descent.land.point))
    rows = np.flatnonzero(np.isfinite(apart))
    first = int(rows[0]) if rows.size else HALVINGS
    few = np.flatnonzero(~(apart[first:] > told))
    last = first + int(few[0]) if few.size else HALVINGS
    return Halving(rates[first:last], apart[first:last], not rows.size)
