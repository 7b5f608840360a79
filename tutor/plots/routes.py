"""The ways down: one pattern at a time, in order or shuffled, a few at a time, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from tutor.numeric.batch import Array
from tutor.plots.asked import Asked
from tutor.plots.descent import Descent, side_by_side
from tutor.plots.landscape import Landscape
from tutor.plots.plane import Range
from tutor.symbolic.quantity import Quantity

SEEDS = 200
AIR = 1.2
FARTHEST = 12.0
"""A path is followed so far from its start, in the weights' own units."""
NEAREST = 0.05
"""half of the least that a plane shows"""
FEWEST = 3
"""With fewer patterns a mini-batch is one or all of them."""


@dataclass(frozen=True)
class Route:
    """One way down."""

    key: str
    """order, shuffled, mini or batch"""
    size: int
    """how many patterns an update has"""
    weights: Array
    """(T + 1, P)"""
    seen: npt.NDArray[np.intp]
    """(T + 1,): how many patterns have been gone through before each of these"""
    errors: Array
    """(T + 1,): E of all patterns"""

    @property
    def updates(self) -> int:
        """How many there are."""
        return len(self.errors) - 1

    @cached_property
    def halved(self) -> int | None:
        """How many patterns had been gone through when E was first half of what it was; None
        where it never was."""
        under = np.flatnonzero(self.errors <= self.errors[0] / 2)
        return int(self.seen[under[0]]) if under.size and self.errors[0] > 0 else None


@dataclass(frozen=True)
class Routes:
    """All ways from one start at one learning rate, through equally many patterns."""

    every: tuple[Route, ...]
    shuffles: Array
    """(T + 1, SEEDS, P): the shuffled way with further seeds, from the asked one on"""


def routes_of(descent: Descent) -> Routes:
    """Each way for as many epochs as are asked for."""
    epochs, seeds = descent.epochs, range(descent.seed, descent.seed + SEEDS)
    picks = side_by_side(descent.ordered(epochs), descent.shuffled(epochs, seeds))
    single = descent.run(picks, np.full(1 + SEEDS, descent.rate))
    found = [
        _route(descent, "order", 1, single[:, 0]),
        _route(descent, "shuffled", 1, single[:, 1]),
    ]
    one = np.array([descent.rate])
    if descent.count >= FEWEST:
        size = max(2, descent.count // 4)
        mini = descent.run(descent.shuffled(epochs, seeds[:1], size), one)
        found.append(_route(descent, "mini", size, mini[:, 0]))
    whole = descent.run(descent.whole(epochs), one)
    found.append(_route(descent, "batch", descent.count, whole[:, 0]))
    return Routes(tuple(found), single[:, 1:])


def room_of(
    land: Landscape,
    pair: tuple[Quantity, Quantity],
    paths: Sequence[Array],
    asked: Asked,
    air: float = AIR,
) -> tuple[Range, Range]:
    """Two ranges of equal length in which all paths lie, or the asked one twice."""
    if asked.range:
        return asked.range, asked.range
    places = [land.index(q) for q in pair]
    at = land.point[places]
    every = np.concatenate([path[:, places] for path in paths])
    every = np.where(np.isfinite(every), every, at)
    low, high = every.min(axis=0), every.max(axis=0)
    low, high = np.maximum(low, at - FARTHEST), np.minimum(high, at + FARTHEST)
    half = max(float((high - low).max()) * air / 2, NEAREST)
    (x, y) = ((low + high) / 2).tolist()
    return (x - half, x + half), (y - half, y + half)


def _route(descent: Descent, key: str, size: int, weights: Array) -> Route:
    per = -(-descent.count // size)
    times = np.arange(len(weights))
    seen = times // per * descent.count + np.minimum(times % per * size, descent.count)
    return Route(key, size, weights, seen, descent.land.error(weights))
