"""Whether the numbers of a draw tell the mistakes apart, at the digits that a student keeps.

What a mistake comes to must lie outside everything that rounding can make of the right number, and
of every other mistake's, on something that is asked. Ranges are those by which ``marking`` judges a
page of nothing but the asked numbers, or wider.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tutor.numeric.batch import Array, Rows, mistaken_batch
from tutor.numeric.ranges import Kept, Range, evaluate_ranges, exact, mistaken_ranges
from tutor.practice.doable import EDGE, decade, told_unit
from tutor.practice.draws import Draws, Flags
from tutor.practice.exercise import Exercise
from tutor.symbolic.quantity import PARAMETERS, Quantity
from tutor.symbolic.rewrite import refs

NARROW = 0.3
"""A fit is told by ``marking`` only where a random number would fit less often than this."""
MARGIN = 1.1
"""What ranges are widened by: rounding on the way may have moved their ends."""
SAME = 1e-9
"""Relative difference below which two values are one."""


@dataclass(frozen=True)
class Told:
    """What is known of each mistake in each draw: arrays of manners x asked x draws."""

    values: Array
    radii: Array
    """how far rounding can take what is printed; first by how much coarser the digits are"""
    right: Array
    """asked x draws"""
    reach: Array
    """how far rounding can take the right number, likewise"""
    coarser: npt.NDArray[np.int64]
    """in how many decimals fewer the mistake's number is shown than the right one"""
    sizes: Array
    """how large the number is that a mistake changes"""

    def touches(self) -> Flags:
        """Where a mistake brings something that is asked to another number: manners x draws."""
        found: Flags = np.any(np.abs(self.values - self.right) > SAME * np.abs(self.right), axis=1)
        return found

    def shows(self) -> Flags:
        """Where it lies apart from the right number, and would be named: manners x draws."""
        gap = np.abs(self.values - self.right)
        width = _at(self.radii, self.coarser)
        reach = _at(np.broadcast_to(self.reach[:, None], self.radii.shape), self.coarser)
        apart = gap > MARGIN * (width + reach) + EDGE * np.abs(self.right)
        named = 2 * width <= NARROW * (1 - EDGE) * self.sizes
        found: Flags = np.any(apart & named, axis=1)
        return found

    def apart(self, n: int) -> Flags:
        """Where mistake n and each later one come to different numbers: manners x draws."""
        later = slice(n + 1, None)
        gap = np.abs(self.values[later] - self.values[n])
        coarser = np.maximum(self.coarser[later], self.coarser[n])
        mine = np.broadcast_to(self.radii[:, n][:, None], self.radii[:, later].shape)
        width = _at(self.radii[:, later], coarser) + _at(mine, coarser)
        one = np.isnan(self.values[later]) != np.isnan(self.values[n])
        found: Flags = np.any((gap > MARGIN * width + EDGE * np.abs(self.values[n])) | one, axis=1)
        return found

    def equal(self, n: int) -> Flags:
        """Where they are the same number whatever the digits."""
        later, this = self.values[n + 1 :], self.values[n]
        same = np.abs(later - this) <= SAME * np.maximum(np.abs(this), np.abs(later))
        found: Flags = np.all(same | (np.isnan(later) & np.isnan(this)), axis=1)
        return found


def _at(levels: Array, level: npt.NDArray[np.int64]) -> Array:
    """Of arrays for each level, in each place the one that is wanted."""
    found: Array = np.take_along_axis(levels, level[None], axis=0)[0]
    return found


def screened(exercise: Exercise, draws: Draws) -> Told:
    """What is known where nothing is rounded but what is printed."""
    right = _values(exercise, draws, draws.rows)
    made = mistaken_batch(exercise.manners, draws.rows)
    values = np.array([_values(exercise, draws, rows) for _, rows in made])
    values = values.reshape(-1, *right.shape)  # also where no mistake can be made
    fewer = np.zeros(values.shape, dtype=np.int64)
    if exercise.recipe.digits.figures:
        decades = np.nan_to_num(decade(values) - decade(right))
        fewer = np.clip(decades, 0, LEVELS).astype(np.int64)
    begun = np.array([_begun(exercise, q, draws.rows) for q in exercise.asked])
    sizes = np.maximum(np.abs(values - begun), np.abs(right - begun))
    units = PRINTED * told_unit(exercise, right)
    reach = units * 10.0 ** np.arange(LEVELS + 1)[:, None, None]
    radii = np.broadcast_to(reach[:, None], (len(reach), *values.shape))
    return Told(values, radii, right, reach, fewer, sizes)


def told(exercise: Exercise, draws: Draws) -> Told:
    """What rounding can do to each of them."""
    known = screened(exercise, draws)
    levels = range(int(known.coarser.max(initial=0)) + 1)
    reaches = [_reaches(exercise, draws, known.right, level) for level in levels]
    radii, reach = map(np.array, zip(*reaches, strict=True))
    return replace(known, radii=radii, reach=reach)


LEVELS = 4
"""Decimals that a mistake's number may have fewer than the right one; it seldom has."""
PRINTED = 0.3
"""Units between the middle of a range and what it is the range of, and a little more."""


def _reaches(exercise: Exercise, draws: Draws, right: Array, fewer: int) -> tuple[Array, Array]:
    """How far rounding can take each mistake's number, and the right one."""
    shown = _Shown.of(exercise, right, fewer)
    start = {q: exact(draws.rows[q][shown.rows]) for q in exercise.places if q in draws.rows}
    known = evaluate_ranges(exercise.steps, start, shown.kept)
    made = mistaken_ranges(exercise.manners, known, shown.kept)
    units = PRINTED * told_unit(exercise, right) * 10.0**fewer
    radii = np.array([shown.radii(exercise, found) for _, found in made])
    radii = radii.reshape(-1, *right.shape) + units
    return radii, shown.radii(exercise, known) + units


@dataclass(frozen=True, slots=True)
class _Shown:
    """The digits that asked numbers show, and so those of the steps before them.

    Of each draw there are as many rows as it has asked numbers with different digits.
    """

    rows: npt.NDArray[np.int64]
    """the draw of each row"""
    places: npt.NDArray[np.int64]
    """the row of each asked number: asked x draws"""
    kept: Kept

    @classmethod
    def of(cls, exercise: Exercise, right: Array, fewer: int) -> _Shown:
        leading = decade(right) + fewer
        decimals, figures = Kept.showing(exercise.recipe.digits, leading)
        draws = np.broadcast_to(np.arange(right.shape[1]), right.shape)
        codes = (draws * BASE + decimals.astype(np.int64)) * BASE + figures.astype(np.int64)
        found, places = np.unique(codes, return_inverse=True)
        kept = Kept((found // BASE % BASE).astype(float), (found % BASE).astype(float))
        return cls(found // BASE**2, places.reshape(right.shape), kept)

    def radii(self, exercise: Exercise, found: Mapping[Quantity, Range]) -> Array:
        """How far each asked number may be off; endless where it has no value."""
        full = np.full(self.rows.shape, np.inf)
        wide = (found[q].radius if q in found else full for q in exercise.asked)
        rows = zip(wide, self.places, strict=True)
        radii = np.array([np.broadcast_to(radius, full.shape)[at] for radius, at in rows])
        return np.where(np.isnan(radii), np.inf, radii)


BASE = 256


def _values(exercise: Exercise, draws: Draws, rows: Mapping[Quantity, Array]) -> Array:
    """The asked numbers: asked x draws."""
    unknown = np.full(len(draws), np.nan)
    return np.array([rows.get(q, unknown) for q in exercise.asked])


def _begun(exercise: Exercise, q: Quantity, rows: Rows) -> Array:
    """What a mistake leaves of a number: of a new weight, the old one."""
    value = np.zeros_like(rows[q])
    if q.kind in PARAMETERS:
        return rows[next(refs(exercise.run.by_quantity[q].formula))]
    return value
