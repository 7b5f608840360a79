"""E in the plane of two weights, all others held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tutor.errors import InputError
from tutor.numeric.batch import Array
from tutor.plots.asked import Asked, weights_of
from tutor.plots.landscape import Landscape
from tutor.solving import Solved
from tutor.symbolic.quantity import Quantity

Range = tuple[float, float]


@dataclass(frozen=True)
class Plane:
    """A grid over two weights."""

    land: Landscape
    pair: tuple[Quantity, Quantity]
    places: tuple[int, int]
    """where the two stand among all weights"""
    xs: Array
    """(n,)"""
    ys: Array
    """(n,)"""
    errors: Array
    """(n, n): a row for each y"""

    @property
    def grid(self) -> tuple[Array, Array, Array]:
        """What contour lines are drawn from."""
        return self.xs, self.ys, self.errors

    @property
    def at(self) -> tuple[float, float]:
        """The problem's own weights."""
        x, y = self.seen(self.land.point).tolist()
        return x, y

    def seen(self, weights: Array) -> Array:
        """The two of weights (…, P), (…, 2)."""
        return weights[..., list(self.places)]

    def inside(self, points: Array) -> Array:
        """Weights (…, P) of points (…, 2) of the plane."""
        return self.land.moved(self.places, points)


def pair_of(
    solved: Solved, land: Landscape, asked: Asked, joining: Sequence[Quantity]
) -> tuple[Quantity, Quantity]:
    """Two weights or biases; where fewer are asked for, of those that may join the ones with the
    largest gradients, and where these are too few, of all.

    Raises InputError where there are no two.
    """
    if len(asked.weights) > 2:
        raise InputError("--weight", "this picture goes over two weights", "name two")
    named = weights_of(solved, asked.weights)
    slopes = np.abs(land.gradient(land.point))
    enough = len({*joining, *named}) > 1
    rest = [q for q in (joining if enough else land.parameters) if q not in named]
    pair = (*named, *sorted(rest, key=lambda q: -slopes[land.index(q)]))[:2]
    if len(pair) < 2:
        what = "this problem has one weight, and this picture goes over two"
        raise InputError(solved.problem.where, what, "plot a slice")
    return pair[0], pair[1]


def plane_of(
    land: Landscape, pair: tuple[Quantity, Quantity], x: Range, y: Range, points: int = 81
) -> Plane:
    """E over two weights between these ends."""
    places = land.index(pair[0]), land.index(pair[1])
    xs, ys = np.linspace(*x, points), np.linspace(*y, points)
    weights = land.moved(places, np.stack(np.meshgrid(xs, ys), axis=-1))
    return Plane(land, pair, places, xs, ys, land.error(weights))
