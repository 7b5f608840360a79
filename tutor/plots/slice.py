"""E along one weight: the curve, the tangent and the differences that it is the limit of."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tutor.errors import InputError
from tutor.numeric.batch import Array
from tutor.plots.asked import Asked, weights_of
from tutor.plots.landscape import Landscape, check_finite
from tutor.solving import Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.quantity import At, Kind, Quantity

POINTS = 401
REACH = 4.0
"""how far to either side a curve goes, in the weight's own units"""
HALVES = (1.0, 0.1, 0.01)
"""steps of the central differences"""


@dataclass(frozen=True)
class Slice:
    """E along one weight, all others held."""

    weight: Quantity
    at: float
    """the problem's own weight"""
    values: Array
    """(POINTS,)"""
    errors: Array
    """(POINTS,)"""
    error: float
    """E at the problem's own weight"""
    gradient: float
    """its slope there, by back-propagation"""
    differences: tuple[tuple[float, float, float, float], ...]
    """(h, E(w - h), E(w + h), their difference by 2h), h growing smaller"""


def slice_of(solved: Solved, asked: Asked) -> Slice:
    """E along the asked weight; without one along the steepest that is asked for.

    Raises InputError where there is not one weight, or E cannot be computed.
    """
    land = seen_first(solved, Landscape.of(solved))
    if len(asked.weights) > 1:
        raise InputError("--weight", "a slice goes along one weight", "name one, or plot a surface")
    q = weights_of(solved, asked.weights)[0] if asked.weights else steepest(solved, land)
    n = land.index(q)
    at = float(land.point[n])
    low, high = asked.range or (at - REACH, at + REACH)
    values = np.linspace(low, high, POINTS)
    error, gradient = float(land.error(land.point)), float(land.gradient(land.point)[n])
    check_finite(str(solved.problem.path or solved.problem.title or "problem"), error, gradient)
    return Slice(
        q,
        at,
        values,
        land.error(along(land, n, values)),
        error,
        gradient,
        tuple(_differences(land, n, at)),
    )


def slices_of(solved: Solved, asked: Asked) -> list[Slice]:
    """The asked weight first, then a slice along every other."""
    first = slice_of(solved, asked)
    names = (q.key for q in solved.problem.network.parameters if q != first.weight)
    return [first, *(slice_of(solved, replace(asked, weights=(name,))) for name in names)]


def steepest(solved: Solved, land: Landscape) -> Quantity:
    """The weight with the largest gradient, among those that are asked for if any are."""
    slopes = np.abs(land.gradient(land.point))
    weights = [q for q in land.parameters if q.kind is Kind.W]
    wanted = {slope_of_error(q): q for q in weights}
    asked = [wanted[q.marked(At())] for q in solved.asked if q.marked(At()) in wanted]
    return max(asked or weights, key=lambda q: slopes[land.index(q)])


def seen_first(solved: Solved, land: Landscape) -> Landscape:
    """The landscape of what is presented before the first update."""
    first = solved.run.updates[0].presentations
    return land.only(shown.pattern - 1 for shown in first)


def along(land: Landscape, n: int, values: Array) -> Array:
    """Weights (…, P) that are the problem's own, but for one parameter."""
    weights = np.broadcast_to(land.point, (*values.shape, land.point.size)).copy()
    weights[..., n] = values
    return weights


def _differences(land: Landscape, n: int, at: float) -> list[tuple[float, float, float, float]]:
    found = []
    for h in HALVES:
        below, above = land.error(along(land, n, np.array([at - h, at + h])))
        found.append((h, float(below), float(above), float(above - below) / (2 * h)))
    return found
