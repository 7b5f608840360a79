"""Some draws and every value in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tutor.numeric.batch import Rows
from tutor.practice.drawing import Picks
from tutor.practice.exercise import Exercise

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Draws:
    """A row of choices a draw, and each quantity's value in it."""

    picks: Picks
    rows: Rows

    @classmethod
    def of(cls, exercise: Exercise, picks: Picks) -> Draws:
        """The right values of some draws."""
        return cls(picks, exercise.right(picks))

    @classmethod
    def joined(cls, parts: Sequence[Draws]) -> Draws:
        """All of them in one. There must be a part."""
        rows = {q: np.concatenate([part.rows[q] for part in parts]) for q in parts[0].rows}
        return cls(np.concatenate([part.picks for part in parts]), rows)

    def __len__(self) -> int:
        return len(self.picks)

    def only(self, which: Flags) -> Draws:
        """Some of them."""
        return Draws(self.picks[which], {q: value[which] for q, value in self.rows.items()})
