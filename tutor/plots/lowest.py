"""The lowest place in the plane of two weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tutor.numeric.batch import Array
from tutor.plots.plane import Plane

CANDIDATES = 16
"""places of the grid that may lead to the lowest"""
FINER = 9
REFINED = 16
"""how often the neighbourhood of a candidate is looked at again, each time half as large"""
TIED = 1e-9
"""Heights that differ by less than this part of all heights are the same."""
APART = 0.05
"""Places are different where this part of the picture lies between them."""


@dataclass(frozen=True, slots=True)
class Lowest:
    """The lowest place of a picture, or the nearest of several."""

    x: float
    y: float
    error: float
    at_edge: bool
    """whether it is at the edge of the picture"""
    several: bool
    """whether E is as low in places that lie apart"""


def lowest_of(plane: Plane) -> Lowest | None:
    """The low places of a grid, each looked at again through finer and finer grids; of those that
    are as low as any, the nearest to the problem's own weights. None where E is the same
    everywhere."""
    xs, ys, errors = plane.xs, plane.ys, plane.errors
    known = errors[np.isfinite(errors)]
    if not known.size or not np.ptp(known):
        return None
    low, high = np.array([xs[0], ys[0]]), np.array([xs[-1], ys[-1]])
    half = (high - low) / (np.array([xs.size, ys.size]) - 1)
    best, found = _refined(plane, _low_places(xs, ys, errors), half, (low, high))
    tied = best[found <= found.min() + TIED * np.ptp(known)]
    nearest = tied[np.hypot(*(tied - plane.at).T).argmin()]
    error = float(plane.land.error(plane.inside(nearest)))
    edge = np.minimum(nearest - low, high - nearest).min() <= 1e-9 * (high - low).max()
    several = (np.abs(tied - nearest) > APART * (high - low)).any()
    return Lowest(float(nearest[0]), float(nearest[1]), error, bool(edge), bool(several))


def _low_places(xs: Array, ys: Array, errors: Array) -> Array:
    """The grid's points that are not higher than their neighbours, the lowest of them, (n, 2)."""
    heights = np.where(np.isfinite(errors), errors, np.inf)
    padded = np.pad(heights, 1, constant_values=np.inf)
    shifts = [(a, b) for a in range(3) for b in range(3) if (a, b) != (1, 1)]
    around = [padded[a : a + ys.size, b : b + xs.size] for a, b in shifts]
    rows, columns = np.nonzero((heights <= np.minimum.reduce(around)) & np.isfinite(heights))
    first = np.argsort(heights[rows, columns], kind="stable")[:CANDIDATES]
    return np.stack([xs[columns[first]], ys[rows[first]]], axis=-1)


def _refined(
    plane: Plane, best: Array, half: Array, ends: tuple[Array, Array]
) -> tuple[Array, Array]:
    """Places (n, 2) moved to the lowest in their neighbourhoods, and E there."""
    unit = np.linspace(-1, 1, FINER)
    around = np.stack(np.meshgrid(unit, unit), axis=-1).reshape(-1, 2)
    rows = np.arange(len(best))
    for n in range(REFINED):
        tried = np.clip(best[:, None] + half / 2**n * around, *ends)
        errors = plane.land.error(plane.inside(tried))
        errors = np.where(np.isfinite(errors), errors, np.inf)
        at = errors.argmin(axis=1)
        best, found = tried[rows, at], errors[rows, at]
    return best, found
