"""Where each pattern pulls two weights, and where all of them together do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tutor.errors import InputError
from tutor.numeric.batch import Array
from tutor.plots.asked import Asked
from tutor.plots.landscape import Landscape
from tutor.plots.plane import Plane, Range, plane_of
from tutor.symbolic.quantity import Quantity

REACH = 3.0
"""how far to either side of the point the plane goes, in the weights' own units"""
LONGEST = 0.8
"""the part of the way to the edge that the longest arrow goes"""


@dataclass(frozen=True)
class Pulls:
    """The way down of every pattern alone, and of all, in the plane of two weights."""

    plane: Plane
    errors: Array
    """(n,): E of each pattern"""
    error: float
    """E of all"""
    arrows: Array
    """(n, 2): minus each pattern's gradient"""
    true: Array
    """(2,): minus the gradient of E of all"""
    scale: float
    """how many times as long as they are arrows are drawn"""
    others: bool
    """whether there are weights beside these two"""

    @property
    def lengths(self) -> list[float]:
        """of each pattern's arrow"""
        return [float(length) for length in np.linalg.norm(self.arrows, axis=1)]

    @property
    def length(self) -> float:
        """of the arrow of all"""
        return float(np.linalg.norm(self.true))

    @property
    def angles(self) -> list[float | None]:
        """Degrees between each pattern's arrow and that of all; None where one has no length."""
        return [self._angle(arrow) for arrow in self.arrows]

    def _angle(self, arrow: Array) -> float | None:
        lengths = float(np.linalg.norm(arrow)) * self.length
        if not lengths > 0:
            return None
        across = arrow[0] * self.true[1] - arrow[1] * self.true[0]
        return float(np.degrees(np.arctan2(abs(across), arrow @ self.true)))


def pulls_of(land: Landscape, pair: tuple[Quantity, Quantity], asked: Asked) -> Pulls:
    """The arrows at the problem's own weights. Raises InputError where a range leaves these out."""
    places = [land.index(q) for q in pair]
    at = [float(value) for value in land.point[places]]
    ranges = [asked.range or (value - REACH, value + REACH) for value in at]
    room = min(_room(value, ends) for value, ends in zip(at, ranges, strict=True))
    if room <= 0:
        own = " and ".join(f"{value:g}" for value in at)
        what = f"the weights of the problem, {own}, do not lie between its ends"
        raise InputError("--range", what, "the arrows begin there")
    arrows = -land.gradients(land.point)[:, places]
    true = -land.gradient(land.point)[places]
    errors = land.errors(land.point)
    longest = max(np.linalg.norm(arrows, axis=1).max(), np.linalg.norm(true))
    scale = LONGEST * room / longest if longest else 1.0
    plane = plane_of(land, pair, ranges[0], ranges[1])
    error = float(land.reduced(errors))
    return Pulls(plane, errors, error, arrows, true, float(scale), len(land.point) > 2)


def _room(value: float, ends: Range) -> float:
    return min(value - ends[0], ends[1] - value)
