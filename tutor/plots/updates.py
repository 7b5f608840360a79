"""The updates of gradient descent, many runs at once, each with a learning rate of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tutor.numeric.batch import Array
from tutor.plots.landscape import Landscape
from tutor.problem.problem import Problem
from tutor.symbolic.quantity import Kind

Pick = npt.NDArray[np.intp]
"""(m, R): the m patterns of one update in each of R runs; one column is for all of them"""


@dataclass(frozen=True)
class Updates:
    """Where descent starts and what it changes; unrounded."""

    land: Landscape
    moves: Array
    """(P,): 1 for what is updated, 0 for what is held"""

    @property
    def count(self) -> int:
        """How many patterns there are."""
        return len(self.land.data)

    def run(self, picks: Iterable[Pick], rates: Array, momentum: float = 0.0) -> Array:
        """The weights before and after every update, (T + 1, R, P), for R learning rates."""
        weights = np.broadcast_to(self.land.point, (len(rates), self.land.point.size))
        every, change = [weights], np.zeros_like(weights)
        with np.errstate(all="ignore"):
            for which in picks:
                gradient = self.land.reduced(self.land.picked(which, weights))
                change = momentum * change - rates[:, None] * gradient * self.moves
                weights = weights + change
                every.append(weights)
        return np.stack(every)

    def whole(self, epochs: int) -> list[Pick]:
        """All patterns before each update."""
        return [np.arange(self.count)[:, None]] * epochs

    def ordered(self, epochs: int) -> list[Pick]:
        """One pattern before each update, in the order of the problem."""
        return [np.array([[p]]) for _ in range(epochs) for p in range(self.count)]


def moving(problem: Problem) -> Array:
    """Of each parameter whether updates change it, (P,) of 0 and 1."""
    held = [q.kind is Kind.B and not problem.update_biases for q in problem.network.parameters]
    return np.where(held, 0.0, 1.0)
