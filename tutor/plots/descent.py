"""Gradient descent many times at once, each run in an order and with a learning rate of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tutor.errors import InputError
from tutor.numeric.batch import Array
from tutor.numeric.floats import float_of
from tutor.plots.asked import Asked
from tutor.plots.landscape import Landscape
from tutor.solving import Solved
from tutor.symbolic.quantity import Kind

EPOCHS = 30
MOST = 300
"""presentations of a path, where nothing else is asked"""
LIMIT = 6000
"""presentations of a path at most"""
RATE = 0.5
"""where the problem tells none"""
ELSEWHERE = "two-patterns-stochastic"
"""a shipped problem with more than one pattern"""

Pick = npt.NDArray[np.intp]
"""(m, R): the m patterns of one update in each of R runs"""


@dataclass(frozen=True)
class Descent:
    """Where plain gradient descent starts, and how it goes: without momentum and rounding."""

    land: Landscape
    rate: float
    moves: Array
    """(P,): 1 for what is updated, 0 for what is held"""
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
        where = str(problem.path or problem.title or "problem")
        count = len(problem.patterns)
        if count < 2:
            instead = f"two are needed, {ELSEWHERE} has them"
            raise InputError(where, "there is one pattern", instead)
        land = Landscape.of(solved)
        known = (land.errors(land.point), land.gradients(land.point))
        if not all(np.isfinite(values).all() for values in known):
            what = "E or a gradient at its weights is too large to be drawn"
            raise InputError(where, what)
        if asked.steps and asked.steps * count > LIMIT:
            what = f"{asked.steps} is too many for {count} patterns"
            raise InputError("--steps", what, f"{LIMIT // count} is the limit")
        held = [q.kind is Kind.B and not problem.update_biases for q in land.parameters]
        return cls(
            land,
            float_of(problem.learning_rate) if problem.learning_rate else RATE,
            np.where(held, 0.0, 1.0),
            asked.steps or min(EPOCHS, max(1, MOST // count)),
            asked.seed,
            problem.learning_rate is not None,
        )

    @property
    def count(self) -> int:
        """How many patterns there are."""
        return len(self.land.data)

    def run(self, picks: Iterable[Pick], rates: Array) -> Array:
        """The weights before and after every update, (T + 1, R, P), for R learning rates."""
        weights = np.broadcast_to(self.land.point, (len(rates), self.land.point.size))
        every = [weights]
        with np.errstate(all="ignore"):
            for which in picks:
                gradient = self.land.reduced(self.land.picked(which, weights))
                weights = weights - rates[:, None] * gradient * self.moves
                every.append(weights)
        return np.stack(every)

    def whole(self, epochs: int) -> list[Pick]:
        """All patterns before each update."""
        return [np.arange(self.count)[:, None]] * epochs

    def ordered(self, epochs: int) -> list[Pick]:
        """One pattern before each update, in the order of the problem."""
        return [np.array([[p]]) for _ in range(epochs) for p in range(self.count)]

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
