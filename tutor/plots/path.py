"""The weights after each update of gradient descent, as many as are wanted."""

from __future__ import annotations

import numpy as np

from tutor.numeric.batch import Array
from tutor.numeric.floats import float_of
from tutor.plots.landscape import Landscape
from tutor.problem.problem import Problem
from tutor.symbolic.quantity import Kind


def moving(problem: Problem) -> Array:
    """Of each parameter whether updates change it, (P,) of 0 and 1."""
    held = not problem.update_biases
    kept = [held and q.kind is Kind.B for q in problem.network.parameters]
    return np.where(kept, 0.0, 1.0)


def path_of(problem: Problem, land: Landscape, updates: int) -> Array:
    """The weights before and after each of the problem's own updates, its patterns presented
    over and over, (updates + 1, P).

    Unrounded. Shorter where the weights grow beyond all bounds, one row without a learning rate.
    """
    found = [land.point]
    if problem.learning_rate is None:
        return np.array(found)
    rate, momentum = float_of(problem.learning_rate), float_of(problem.momentum or "0")
    every = range(len(land.data))
    shown = [land] if problem.batch else [land.only([p]) for p in every]
    change, moves = np.zeros_like(land.point), moving(problem)
    for n in range(updates):
        gradient = shown[n % len(shown)].gradient(found[-1])
        change = momentum * change - rate * gradient * moves
        if not np.all(np.abs(found[-1] + change) < 1e9):
            break
        found.append(found[-1] + change)
    return np.array(found)
