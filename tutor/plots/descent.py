"""Descent through several patterns: one by one, shuffled, a few at a time, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from tutor.errors import InputError
from tutor.numeric.floats import float_of
from tutor.plots.asked import Asked
from tutor.plots.landscape import Landscape, check_finite
from tutor.plots.updates import Pick, Updates, moving
from tutor.solving import Solved

EPOCHS = 30
MOST = 300
"""presentations of a path, where nothing else is asked"""
LIMIT = 6000
"""presentations of a path at most"""
RATE = 0.5
"""where the problem tells none"""
ELSEWHERE = "two-patterns-stochastic"
"""a shipped problem with more than one pattern"""


@dataclass(frozen=True)
class Descent(Updates):
    """Plain gradient descent, at one rate and for so long: without momentum and rounding."""

    rate: float
    epochs: int
    seed: int
    told: bool
    """whether the problem tells the learning rate"""

    @classmethod
    def of(cls, solved: Solved, asked: Asked) -> Descent:
        """The descent of a problem with two patterns or more.

        Raises InputError for fewer, where E has no value, and for too many steps.
        """
        problem = solved.problem
        count = len(problem.patterns)
        if count < 2:
            instead = f"two are needed, {ELSEWHERE} has them"
            raise InputError(problem.where, "there is one pattern", instead)
        land = Landscape.of(solved)
        check_finite(problem.where, land.errors(land.point), land.gradients(land.point))
        if asked.steps and asked.steps * count > LIMIT:
            what = f"{asked.steps} is too many for {count} patterns"
            raise InputError("--steps", what, f"{LIMIT // count} is the limit")
        return cls(
            land,
            moving(problem),
            float_of(problem.learning_rate) if problem.learning_rate else RATE,
            asked.steps or min(EPOCHS, max(1, MOST // count)),
            asked.seed,
            problem.learning_rate is not None,
        )

    def shuffled(self, epochs: int, seeds: Sequence[int], size: int = 1) -> list[Pick]:
        """``size`` patterns before each update, each epoch in an order of its own, a run a seed."""
        decks = np.stack([self._deck(epochs, seed) for seed in seeds], axis=-1)
        cuts = range(0, self.count, size)
        return [decks[e, cut : cut + size] for e in range(epochs) for cut in cuts]

    def _deck(self, epochs: int, seed: int) -> Pick:
        rows = np.tile(np.arange(self.count), (epochs, 1))
        return np.random.default_rng(seed).permuted(rows, axis=1)


def side_by_side(first: Iterable[Pick], second: Iterable[Pick]) -> list[Pick]:
    """Runs of two kinds that present equally many patterns before each update, as one."""
    return [np.concatenate(pair, axis=1) for pair in zip(first, second, strict=True)]
