"""What a step for one pattern does to E of each of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tutor.numeric.batch import Array
from tutor.plots.descent import Descent

NOISE = 1e-12
"""Changes below this part of E are those of floats."""


@dataclass(frozen=True)
class Turns:
    """One round: an update after each pattern, in the problem's order."""

    errors: Array
    """(n + 1, n): E of each pattern at the start and after each step"""
    totals: Array
    """(n + 1,): E of all"""

    @property
    def raised(self) -> list[tuple[int, ...]]:
        """Of each step: the patterns whose E it made larger, counted from 0."""
        before, after = self.errors[:-1], self.errors[1:]
        more = after - before > NOISE * np.maximum(abs(after), abs(before))
        return [tuple(np.flatnonzero(row).tolist()) for row in more]


def turns_of(descent: Descent) -> Turns:
    """The first round at the problem's own learning rate."""
    weights = descent.run(descent.ordered(1), np.array([descent.rate]))[:, 0]
    return Turns(descent.land.errors(weights).T, descent.land.error(weights))
