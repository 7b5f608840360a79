"""E over two weights: its values, the point, the way down, and the path that updates take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tutor.errors import InputError
from tutor.numeric.batch import Array
from tutor.plots.asked import Asked
from tutor.plots.landscape import Landscape, check_finite
from tutor.plots.lowest import Lowest, lowest_of
from tutor.plots.path import path_of
from tutor.plots.plane import Plane, Range, pair_of, plane_of
from tutor.solving import Solved
from tutor.symbolic.quantity import Kind, Quantity

POINTS = 101
REACH = 4.0
"""how far to either side of the point the plane is seen, in the weights' own units"""
FARTHEST = 12.0
"""the same where the path goes far"""
AIR = 1.15
NEAR = 1e-7
"""how far from the point a kink is looked for, as a part of the weight"""
KINK = 1e-3
UPDATES = 20
"""of a path where the problem itself has fewer"""


@dataclass(frozen=True)
class Surface:
    """E in the plane of two weights, all others held."""

    plane: Plane
    error: float
    """E at the problem's own weights"""
    gradient: tuple[float, float]
    """its slopes there along the two"""
    lowest: Lowest | None
    path: Array
    """(updates + 1, P)"""
    endless: bool
    """whether the path has fewer updates than were asked for, since its weights grow so large"""

    @property
    def land(self) -> Landscape:
        """The error over all weights."""
        return self.plane.land

    @property
    def smooth(self) -> bool:
        """Whether E has the same slope to both sides of the point, as it has not at a kink."""
        for n in self.plane.places:
            h = NEAR * max(1.0, abs(self.land.point[n]))
            side = np.zeros_like(self.land.point)
            side[n] = h
            above, below = self.land.error(
                np.stack([self.land.point + side, self.land.point - side])
            )
            left, right = (self.error - below) / h, (above - self.error) / h
            if not abs(left - right) <= KINK * (abs(left) + abs(right) + self.error):
                return False
        return True

    @property
    def angle(self) -> float | None:
        """Degrees between the way down in the plane and the way to its lowest place; None where
        one of them has no direction."""
        if not self.lowest:
            return None
        down = -np.array(self.gradient)
        there = np.array((self.lowest.x, self.lowest.y)) - np.array(self.plane.at)
        lengths = np.hypot(*down) * np.hypot(*there)
        if not lengths > 1e-30:
            return None
        return float(np.degrees(np.arccos(np.clip(down @ there / lengths, -1, 1))))

    def aside(self, weights: Array) -> Array:
        """How far weights (…, P) lie from the plane."""
        others = np.delete(weights - self.land.point, self.plane.places, axis=-1)
        return np.asarray(np.linalg.norm(others, axis=-1))

    def below(self, weights: Array) -> Array:
        """E in the plane where weights (…, P) are seen."""
        return self.land.error(self.plane.inside(self.plane.seen(weights)))


def surface_of(solved: Solved, asked: Asked) -> Surface:
    """E of all patterns over the asked weights; where fewer than two are asked for, those with the
    largest gradients beside them.

    Raises InputError where there are no two weights, or E cannot be computed.
    """
    problem, land = solved.problem, Landscape.of(solved)
    weights = [q for q in land.parameters if q.kind is Kind.W]
    pair = pair_of(solved, land, asked, weights)
    own = sum(len(update.presentations) for update in solved.run.updates)
    per = len(land.data) if problem.batch else 1
    updates = asked.steps or max(UPDATES, own // per)
    if asked.steps and problem.learning_rate is None:
        raise InputError("--steps", "this problem has no learning_rate, so nothing is updated")
    error, slopes = land.error(land.point), land.gradient(land.point)
    check_finite(problem.where, error, slopes)
    _check_range(solved, land, pair, asked.range)
    path = path_of(problem, land, updates)
    plane = _plane(land, pair, path, asked.range)
    x, y = plane.seen(slopes).tolist()
    endless = 1 < len(path) <= updates
    return Surface(plane, float(error), (x, y), lowest_of(plane), path, endless)


def _check_range(
    solved: Solved,
    land: Landscape,
    pair: tuple[Quantity, Quantity],
    range_: Range | None,
) -> None:
    """Raise InputError where the problem's own weights are not in the range."""
    if not range_:
        return
    low, high = range_
    for q in pair:
        at = float(land.point[land.index(q)])
        if not low <= at <= high:
            what = f"{low:g}:{high:g} leaves out {solved.naming.glyph(q).text}, which is {at:g}"
            raise InputError("--range", what, "the problem's own weights must be in the picture")


def _plane(
    land: Landscape, pair: tuple[Quantity, Quantity], path: Array, range_: Range | None
) -> Plane:
    """Wide enough for the path, but where it goes too far."""
    places = [land.index(q) for q in pair]
    at = land.point[places]
    farthest = float(np.abs(path[:, places] - at).max())
    reach = min(max(REACH, AIR * farthest), FARTHEST)
    x, y = (range_ or (value - reach, value + reach) for value in at.tolist())
    return plane_of(land, pair, x, y, POINTS)
