"""Where descent over all weights comes to rest, from many starts, and how E bends there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from tutor.numeric.batch import Array
from tutor.plots.hessian import Places, hessian
from tutor.plots.landscape import Landscape

STARTS = 40
REACH = 4.0
"""between minus and plus which weights a start has"""
ROUNDS = 200
WORK = 60_000
"""starts times weights times patterns, at most"""
MOST = 60
"""more weights than this are not searched"""
LONGEST = 2.0
"""how far one step goes"""
REST = 1e-7
"""A gradient shorter than this is none."""
LEVEL = 1e-5
"""An eigenvalue nearer to 0 than this is none."""
ALIKE = 1e-6
"""Places whose E differs by less are counted together."""


class Manner(Enum):
    """How E lies around an end."""

    MINIMUM = "minimum"
    """it bends upwards in every direction"""
    LEVEL = "flat"
    """it bends upwards or not at all"""
    SADDLE = "saddle"
    """it bends downwards in some direction"""
    FALLING = "open"
    """it is no place of rest: E still falls"""


@dataclass(frozen=True)
class Rest:
    """Where some starts ended."""

    error: float
    """the smallest E among them"""
    starts: int
    at_rest: bool
    """whether the gradient is none there; else the search ended while E still fell"""
    rising: int
    """in how many directions of the Hessian E bends upwards"""
    level: int
    falling: int
    curvatures: tuple[float, float]
    """the smallest and the largest eigenvalue"""
    slope: float
    """the longest gradient among them"""
    farthest: float
    """the largest weight among them, without its sign"""

    @property
    def manner(self) -> Manner:
        """What the signs of the eigenvalues say."""
        if not self.at_rest:
            return Manner.FALLING
        if self.falling:
            return Manner.SADDLE
        return Manner.LEVEL if self.level else Manner.MINIMUM


@dataclass(frozen=True)
class Search:
    """What many starts found."""

    ends: Array
    """(starts, P), the lowest first"""
    errors: Array
    """(starts,)"""
    kinds: tuple[int, ...]
    """the number of each end's rest"""
    rests: tuple[Rest, ...]
    """the lowest first"""
    weights: int
    """how many weights and biases move"""


def minima_of(land: Landscape, moves: Array, seed: int) -> Search | None:
    """Ends of a descent over the weights that move; None where there are none or too many."""
    places = np.flatnonzero(moves)
    if not 0 < places.size <= MOST:
        return None
    count = max(8, min(STARTS, WORK // (places.size * places.size * len(land.data))))
    weights = np.tile(land.point, (count, 1))
    random = np.random.default_rng(seed)
    weights[:, places] = random.uniform(-REACH, REACH, (count, places.size))
    weights = weights[np.isfinite(land.error(weights))]
    if not len(weights):
        return None
    weights = _descended(land, places, weights)
    errors = land.error(weights)
    order = np.argsort(errors, kind="stable")
    weights, errors = weights[order], errors[order]
    return _told_apart(land, places, weights, errors)


def _descended(land: Landscape, places: Places, weights: Array) -> Array:
    """Newton's steps downhill, damped: an eigenvalue counts by its size, so saddles repel."""
    weights = weights.copy()
    errors = land.error(weights)
    damping = np.full(len(weights), 1e-2)
    open_ = np.ones(len(weights), dtype=bool)
    for _ in range(ROUNDS):
        n = np.flatnonzero(open_)
        if not n.size:
            break
        slopes = land.gradient(weights[n])[:, places]
        bends = hessian(land, places, weights[n])
        known = np.isfinite(bends).all(axis=(1, 2)) & np.isfinite(slopes).all(axis=1)
        open_[n[~known]] = False
        n, slopes, bends = n[known], slopes[known], bends[known]
        tried = weights[n]
        tried[:, places] += _steps(slopes, bends, damping[n])
        new = land.error(tried)
        better = new < errors[n]
        weights[n[better]], errors[n[better]] = tried[better], new[better]
        damping[n] *= np.where(better, 0.3, 5.0)
        still = np.linalg.norm(slopes, axis=1) < REST * 1e-3
        open_[n[still | (damping[n] > 1e8)]] = False
    return weights


def _steps(slopes: Array, bends: Array, damping: Array) -> Array:
    values, vectors = np.linalg.eigh(bends)
    along = np.einsum("nij,ni->nj", vectors, slopes) / (np.abs(values) + damping[:, None])
    steps = -np.einsum("nij,nj->ni", vectors, along)
    lengths = np.linalg.norm(steps, axis=1, keepdims=True)
    return np.asarray(steps * np.minimum(1.0, LONGEST / np.maximum(lengths, 1e-300)))


def _told_apart(land: Landscape, places: Places, weights: Array, errors: Array) -> Search:
    """The ends by E and by the signs of their eigenvalues."""
    slopes = np.linalg.norm(land.gradient(weights)[:, places], axis=1)
    bends = hessian(land, places, weights)
    known = np.isfinite(bends).all(axis=(1, 2)) & np.isfinite(slopes)
    values = np.linalg.eigvalsh(np.where(known[:, None, None], bends, 0.0))
    groups: dict[tuple[int, ...], list[int]] = {}
    height, heights = 0, float(errors[0])
    for n, error in enumerate(errors.tolist()):
        if error - heights > ALIKE * max(1.0, abs(error)):
            height, heights = n, error
        if known[n] and slopes[n] < REST:
            signs = int((values[n] > LEVEL).sum()), int((values[n] < -LEVEL).sum())
            groups.setdefault((height, *signs), []).append(n)
        else:
            groups.setdefault((), []).append(n)
    kinds = {n: kind for kind, members in enumerate(groups.values()) for n in members}
    rests = []
    for key, members in groups.items():
        rising, falling = key[1:] if key else (0, 0)
        rests.append(
            Rest(
                error=float(errors[members[0]]),
                starts=len(members),
                at_rest=bool(key),
                rising=rising,
                level=places.size - rising - falling,
                falling=falling,
                curvatures=(float(values[members, 0].min()), float(values[members, -1].max())),
                slope=float(np.nanmax(slopes[members])),
                farthest=float(np.abs(weights[members][:, places]).max()),
            )
        )
    order = tuple(kinds[n] for n in range(len(errors)))
    return Search(weights, errors, order, tuple(rests), int(places.size))
