"""The weights after each of the problem's own updates, as many as are wanted."""

from __future__ import annotations

import numpy as np

from tutor.numeric.batch import Array
from tutor.numeric.floats import float_of
from tutor.plots.landscape import Landscape
from tutor.plots.updates import Updates, moving
from tutor.problem.problem import Problem

BOUND = 1e9
"""A weight beyond this has left all bounds."""


def path_of(problem: Problem, land: Landscape, updates: int) -> Array:
    """The weights before and after each update, the patterns presented over and over,
    (updates + 1, P).

    Unrounded. Shorter where the weights grow beyond all bounds, one row without a learning rate.
    """
    if problem.learning_rate is None:
        return land.point[None]
    descent = Updates(land, moving(problem))
    picks = descent.whole(updates) if problem.batch else descent.ordered(updates)[:updates]
    rate, momentum = float_of(problem.learning_rate), float_of(problem.momentum or "0")
    path = descent.run(picks, np.array([rate]), momentum)[:, 0]
    known = (np.abs(path[1:]) < BOUND).all(axis=1)
    return path if known.all() else path[: 1 + int(np.argmin(known))]
