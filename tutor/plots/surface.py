"""E over two weights: its values, the point, the way down, and the path that updates take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tutor.errors import InputError
from tutor.numeric.batch import Array
from tutor.plots.asked import Asked, weights_of
from tutor.plots.landscape import Landscape
from tutor.plots.lowest import Lowest, in_plane, lowest_of
from tutor.plots.path import path_of
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

    land: Landscape
    pair: tuple[Quantity, Quantity]
    at: tuple[float, float]
    """the problem's own weights"""
    xs: Array
    """(POINTS,)"""
    ys: Array
    """(POINTS,)"""
    errors: Array
    """(POINTS, POINTS), a row for each y"""
    error: float
    """E at the problem's own weights"""
    gradient: tuple[float, float]
    """its slopes there along the two"""
    steepness: float
    """the length of the gradient over all weights"""
    lowest: Lowest | None
    path: Array
    """(updates + 1, P)"""
    endless: bool
    """whether the path has fewer updates than were asked for, since its weights grow so large"""

    @property
    def places(self) -> tuple[int, int]:
        """Where the two stand among all weights."""
        return self.land.index(self.pair[0]), self.land.index(self.pair[1])

    @property
    def smooth(self) -> bool:
        """Whether E has the same slope to both sides of the point, as it has not at a kink."""
        for n in self.places:
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
        there = np.array((self.lowest.x, self.lowest.y)) - np.array(self.at)
        lengths = np.hypot(*down) * np.hypot(*there)
        if not lengths > 1e-30:
            return None
        return float(np.degrees(np.arccos(np.clip(down @ there / lengths, -1, 1))))

    def projected(self, weights: Array) -> Array:
        """Weights (…, P) seen in the plane, (…, 2)."""
        return weights[..., list(self.places)]

    def aside(self, weights: Array) -> Array:
        """How far weights (…, P) lie from the plane."""
        others = np.delete(weights - self.land.point, self.places, axis=-1)
        return np.asarray(np.linalg.norm(others, axis=-1))

    def below(self, weights: Array) -> Array:
        """E in the plane where weights (…, P) are seen."""
        return self.land.error(in_plane(self.land, self.places, self.projected(weights)))


def surface_of(solved: Solved, asked: Asked) -> Surface:
    """E of all patterns over the asked weights; where fewer than two are asked for, those with the
    largest gradients beside them.

    Raises InputError where there are no two weights, or E cannot be computed.
    """
    land = Landscape.of(solved)
    pair = pair_of(solved, land, asked)
    own = sum(len(update.presentations) for update in solved.run.updates)
    per = len(land.data) if solved.problem.batch else 1
    updates = asked.steps or max(UPDATES, own // per)
    if asked.steps and solved.problem.learning_rate is None:
        raise InputError("--steps", "this problem has no learning_rate, so nothing is updated")
    if not np.isfinite([land.error(land.point), *land.gradient(land.point)]).all():
        where = str(solved.problem.path or solved.problem.title or "problem")
        raise InputError(where, "E or a gradient at its weights is too large to be drawn")
    _check_range(solved, land, pair, asked.range)
    path = path_of(solved.problem, land, updates)
    return _over(land, pair, path, asked.range, 1 < len(path) <= updates)


def pair_of(solved: Solved, land: Landscape, asked: Asked) -> tuple[Quantity, Quantity]:
    """Two weights or biases."""
    if len(asked.weights) > 2:
        raise InputError("--weight", "a surface goes over two weights", "name two")
    named = weights_of(solved, asked.weights)
    slopes = np.abs(land.gradient(land.point))
    weights = [q for q in land.parameters if q.kind is Kind.W]
    rest = weights if len({*weights, *named}) > 1 else land.parameters
    rest = [q for q in rest if q not in named]
    if len(named) + len(rest) < 2:
        what = "this problem has one weight, and a surface goes over two"
        raise InputError("surface", what, "plot a slice")
    steepest = sorted(rest, key=lambda q: -slopes[land.index(q)])
    first, second = (*named, *steepest)[:2]
    return first, second


def _check_range(
    solved: Solved,
    land: Landscape,
    pair: tuple[Quantity, Quantity],
    range_: tuple[float, float] | None,
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


def _over(
    land: Landscape,
    pair: tuple[Quantity, Quantity],
    path: Array,
    range_: tuple[float, float] | None,
    endless: bool,
) -> Surface:
    places = land.index(pair[0]), land.index(pair[1])
    x, y = land.point[list(places)].tolist()
    farthest = float(np.abs(path[:, list(places)] - (x, y)).max())
    reach = min(max(REACH, AIR * farthest), FARTHEST)
    ends = [range_ or (at - reach, at + reach) for at in (x, y)]
    xs, ys = (np.linspace(low, high, POINTS) for low, high in ends)
    errors = land.error(in_plane(land, places, np.stack(np.meshgrid(xs, ys), axis=-1)))
    slopes = land.gradient(land.point)
    return Surface(
        land=land,
        pair=pair,
        at=(x, y),
        xs=xs,
        ys=ys,
        errors=errors,
        error=float(land.error(land.point)),
        gradient=(float(slopes[places[0]]), float(slopes[places[1]])),
        steepness=float(np.linalg.norm(slopes)),
        lowest=lowest_of(land, places, xs, ys, errors),
        path=path,
        endless=endless,
    )
