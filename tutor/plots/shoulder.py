"""E of one sigmoid output over its net input: squared error beside cross-entropy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tutor.numeric.batch import Array
from tutor.plots.landscape import Landscape
from tutor.plots.single import one_unit
from tutor.plots.slice import seen_first
from tutor.solving import Solved
from tutor.symbolic.activations import Activation
from tutor.symbolic.quantity import NET, T

LOSSES = ("half_sse", "bce")
"""What is compared, the one with the shoulder first."""
REACH = 8.0
AIR = 2.0


@dataclass(frozen=True)
class Shoulder:
    """Two errors over the net input of one output."""

    unit: str
    target: float
    at: float
    """the problem's own net input"""
    nets: Array
    """(n,)"""
    errors: tuple[Array, Array]
    """of each loss, (n,)"""
    points: tuple[float, float]
    """each error at the problem's own net input"""
    slopes: tuple[float, float]
    """dE/dnet there"""


def shoulder_of(solved: Solved) -> Shoulder | None:
    """The output that is farthest from its target; None without sigmoid outputs whose targets
    lie between 0 and 1, and where that output is so close to 0 or 1 that an error has no value."""
    land = seen_first(solved, Landscape.of(solved))
    rows, row = land.each(), land.data[0]
    layer = solved.problem.network.layers[-1]
    found = [
        (float(rows[NET(j)][0]), row[T(j)], j)
        for j, activation in zip(layer.units, layer.activations, strict=True)
        if activation.name == "sigmoid" and 0 <= row[T(j)] <= 1
    ]
    if not found:
        return None
    at, target, unit = max(found, key=lambda one: abs(1 / (1 + np.exp(-one[0])) - one[1]))
    reach = max(REACH, abs(at) + AIR)
    nets = np.linspace(-reach, reach, 401)
    lands = [one_unit(Activation("sigmoid"), loss, target) for loss in LOSSES]
    own = np.array([at])
    first, second = (land.error(nets[:, None]) for land in lands)
    points = tuple(float(land.error(own)) for land in lands)
    slopes = tuple(float(land.gradient(own)[0]) for land in lands)
    if not all(np.isfinite(values).all() for values in (first, second, points, slopes)):
        return None
    return Shoulder(
        unit, target, at, nets, (first, second), (points[0], points[1]), (slopes[0], slopes[1])
    )
