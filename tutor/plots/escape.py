"""A minimum that batch descent stays in, and how many shuffled runs end below it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tutor.numeric.batch import Array
from tutor.plots.descent import Descent
from tutor.plots.hessian import hessian
from tutor.plots.routes import Routes

FURTHER = 400
"""updates after which batch descent has settled, or is not looked at"""
LEVEL = 1e-6
"""the length of a gradient that is taken for 0"""
CURVED = 1e-4
"""the smallest curvature that is told from 0, beside the largest"""
MARGIN = 1e-3
"""the part of E that counts as lower"""


@dataclass(frozen=True)
class Escape:
    """The bottom of the basin that batch descent settles in."""

    bottom: Array
    """(P,)"""
    error: float
    """E there, less than which there is nowhere in that basin"""
    gradient: float
    """the gradient's length there"""
    single: float
    """the length of the longest gradient of a single pattern there"""
    curvatures: Array
    """(moving,): the eigenvalues of the second derivatives, the smallest first"""
    lower: Array
    """(T + 1,): the part of the shuffled runs that are below it, after each update"""
    left: tuple[int, ...]
    """the shuffled runs that are below it at the end, from 0"""
    final: Array
    """(runs,): E of each shuffled run at the end"""


def escape_of(descent: Descent, routes: Routes) -> Escape | None:
    """What shuffled runs do about the minimum that batch descent settles in; None where it
    settles in none, or where none of them ends below."""
    land, moves = descent.land, descent.moves > 0
    path = descent.run(descent.whole(max(FURTHER, descent.epochs)), np.array([descent.rate]))
    bottom = path[-1, 0]
    error, gradient = float(land.error(bottom)), land.gradient(bottom)[moves]
    steep = float(np.linalg.norm(gradient))
    if not (np.isfinite(error) and steep < LEVEL):
        return None
    bends = hessian(land, np.flatnonzero(moves), bottom[None])[0]
    if not np.isfinite(bends).all():
        return None
    curvatures: Array = np.linalg.eigvalsh(bends)
    if not curvatures[0] > CURVED * curvatures[-1]:
        return None
    errors = land.error(routes.shuffles)
    under = errors < error - MARGIN * max(abs(error), LEVEL)
    left = tuple(np.flatnonzero(under[-1]).tolist())
    if not left:
        return None
    single = float(np.linalg.norm(land.gradients(bottom)[:, moves], axis=1).max())
    return Escape(bottom, error, steep, single, curvatures, under.mean(axis=1), left, errors[-1])
