"""E in the plane of two weights, all others held."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tutor.errors import InputError
from tutor.numeric.batch import Array
from tutor.plots.asked import Asked, weights_of
from tutor.plots.landscape import Landscape
from tutor.solving import Solved
from tutor.symbolic.quantity import Kind, Quantity

POINTS = 81
Range = tuple[float, float]


@dataclass(frozen=True)
class Plane:
    """A grid over two weights."""

    pair: tuple[Quantity, Quantity]
    at: tuple[int, int]
    """where the two stand among all weights"""
    xs: Array
    """(POINTS,)"""
    ys: Array
    """(POINTS,)"""
    errors: Array
    """(POINTS, POINTS): a row for each y"""

    def seen(self, weights: Array) -> Array:
        """The two of weights (…, P), (…, 2)."""
        return weights[..., list(self.at)]


def pair_of(solved: Solved, land: Landscape, asked: Asked) -> tuple[Quantity, Quantity]:
    """Two weights or biases; where fewer are asked for, those with the largest gradients join.

    Raises InputError where there are no two.
    """
    if len(asked.weights) > 2:
        raise InputError("--weight", "this picture goes over two weights", "name two")
    named = weights_of(solved, asked.weights)
    slopes = np.abs(land.gradient(land.point))
    free = [q for q in land.parameters if q.kind is Kind.W or solved.problem.update_biases]
    rest = [q for q in (free, land.parameters)[len({*free, *named}) < 2] if q not in named]
    pair = (*named, *sorted(rest, key=lambda q: -slopes[land.index(q)]))[:2]
    if len(pair) < 2:
        raise InputError("--weight", "this problem has one weight", "contours go over two")
    return pair[0], pair[1]


def plane_of(land: Landscape, pair: tuple[Quantity, Quantity], x: Range, y: Range) -> Plane:
    """E over two weights between these ends."""
    at = land.index(pair[0]), land.index(pair[1])
    xs, ys = np.linspace(*x, POINTS), np.linspace(*y, POINTS)
    weights = np.broadcast_to(land.point, (POINTS, POINTS, land.point.size)).copy()
    weights[..., at[0]], weights[..., at[1]] = np.meshgrid(xs, ys)
    return Plane(pair, at, xs, ys, land.error(weights))
