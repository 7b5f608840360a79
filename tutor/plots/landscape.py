"""E and its gradient anywhere: the engine's own steps, read with arrays in place of the weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

from tutor.errors import InputError
from tutor.numeric.batch import Array, Rows, evaluate_batch
from tutor.numeric.floats import float_of
from tutor.solving import Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.derivation import Derivation, derive
from tutor.symbolic.network import Network
from tutor.symbolic.quantity import E, Quantity, T, X
from tutor.symbolic.step import Step


@dataclass(frozen=True)
class Landscape:
    """The error of a problem over its weights, for some of its patterns."""

    derivation: Derivation
    parameters: tuple[Quantity, ...]
    point: Array
    """(P,): the weights that the problem tells"""
    data: tuple[dict[Quantity, float], ...]
    """of each pattern: its inputs and targets"""
    mean: bool = False
    """whether E is the mean over the patterns instead of their sum"""

    @classmethod
    def of(cls, solved: Solved) -> Self:
        """The landscape of all patterns of a problem.

        Raises InputError where weights, inputs, targets or the loss are not told.
        """
        problem = solved.problem
        network = problem.network
        where = str(problem.path or problem.title or "problem")
        if missing := [q.key for q in network.parameters if q not in problem.parameters]:
            raise InputError(where, f"no number for {', '.join(missing)}", "a plot needs them all")
        if not network.loss:
            raise InputError(where, "there is no loss", "a plot of E needs one, such as half_sse")
        if problem.given:
            stated = ", ".join(q.key for q in problem.given)
            raise InputError(where, f"{stated} is stated, so E does not follow from the weights")
        data = []
        for n, pattern in enumerate(problem.patterns, 1):
            if pattern.targets is None or None in (*pattern.inputs, *pattern.targets):
                raise InputError(where, f"pattern {n} has no number for an input or a target")
            told = dict(zip(map(X, network.inputs), pattern.inputs, strict=True))
            told |= dict(zip(map(T, network.outputs), pattern.targets, strict=True))
            data.append({q: float_of(text) for q, text in told.items() if text is not None})
        point = np.array([float_of(problem.parameters[q]) for q in network.parameters])
        return cls(
            derive(network), tuple(network.parameters), point, tuple(data), problem.schedule.mean
        )

    def under(self, network: Network) -> Landscape:
        """The same weights and data in a network of the same shape, such as one with another
        loss."""
        return Landscape(derive(network), self.parameters, self.point, self.data, self.mean)

    def only(self, patterns: Iterable[int]) -> Landscape:
        """The same for some patterns, counted from 0."""
        data = tuple(self.data[p] for p in patterns)
        return Landscape(self.derivation, self.parameters, self.point, data, self.mean)

    def each(self, weights: Array | None = None) -> Rows:
        """Every quantity of the forward and backward pass, with a first axis for the patterns.

        ``weights`` is (…, P), by default the problem's own.
        """
        weights = self.point if weights is None else weights
        return self._rows(weights, (*self.derivation.forward, *self.derivation.backward))

    def errors(self, weights: Array) -> Array:
        """E of each pattern, (patterns, …) for weights (…, P); NaN where it has no value."""
        return self._rows(weights, self.derivation.forward)[E]

    def error(self, weights: Array) -> Array:
        """E over the patterns, (…) for weights (…, P)."""
        return self.reduced(self.errors(weights))

    def gradients(self, weights: Array) -> Array:
        """The gradient of each pattern, (patterns, …, P) for weights (…, P)."""
        rows = self.each(weights)
        return np.stack([rows[slope_of_error(q)] for q in self.parameters], axis=-1)

    def picked(self, which: npt.NDArray[np.intp], weights: Array) -> Array:
        """The gradients of patterns of one's choice, counted from 0, each under weights of its
        own: (…, P) for which (…) and weights (…, P); the two are broadcast."""
        start = {q: column[which] for q, column in self._columns.items()}
        start |= {q: weights[..., n] for n, q in enumerate(self.parameters)}
        rows = evaluate_batch((*self.derivation.forward, *self.derivation.backward), start)
        return np.stack([rows[slope_of_error(q)] for q in self.parameters], axis=-1)

    def gradient(self, weights: Array) -> Array:
        """The gradient of E over the patterns, (…, P)."""
        return self.reduced(self.gradients(weights))

    def reduced(self, each: Array) -> Array:
        """The sum over the patterns, or their mean."""
        total: Array = each.mean(axis=0) if self.mean else each.sum(axis=0)
        return total

    def index(self, q: Quantity) -> int:
        """Where a parameter stands in the last axis."""
        return self.parameters.index(q)

    @cached_property
    def _columns(self) -> dict[Quantity, Array]:
        return {q: np.array([row[q] for row in self.data]) for q in self.data[0]}

    def _rows(self, weights: Array, steps: Sequence[Step]) -> Rows:
        inner = (1,) * (weights.ndim - 1)
        start = {q: column.reshape(-1, *inner) for q, column in self._columns.items()}
        start |= {q: weights[..., n][None] for n, q in enumerate(self.parameters)}
        return evaluate_batch(steps, start)


def check_finite(where: str, *values: Array | float) -> None:
    """Raise InputError where E or a gradient has no value as a float."""
    if not all(np.isfinite(value).all() for value in values):
        what = "E or a gradient is too large for a picture, or an output too close to 0 or 1"
        raise InputError(where, what, "use smaller weights or inputs")
