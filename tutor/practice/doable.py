"""Whether a draw can be done by hand: a row a condition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from tutor.numeric.batch import Array, Rows
from tutor.numeric.floats import float_of
from tutor.practice.draws import Flags
from tutor.practice.exercise import Exercise
from tutor.symbolic.activations import SOFTMAX
from tutor.symbolic.quantity import LOCAL, NET, At, O

EDGE = 1e-9
"""What lies nearer to a threshold than this is refused, so that every machine decides alike."""
FLAT = 0.1
"""A unit whose slope is below this part of the steepest is saturated."""
SURE = 0.02
"""Softmax outputs keep this far from 0 and 1."""
KINK = 0.05
"""Net inputs of units with a kink keep this far from it."""
FIGURES = 2
"""Figures that an asked number shows at least."""
TIE = 1e-6
"""Units of the last digit by which every value misses a tie."""
BENT = ("relu", "leaky_relu", "elu")


@dataclass(frozen=True, slots=True)
class Condition:
    """One row."""

    what: str
    """of the draws that fail: some ..."""
    loosen: str
    holds: Callable[[Exercise, Rows], Flags]


def told_unit(exercise: Exercise, value: Array) -> Array:
    """One unit of the last digit that a student is told to keep."""
    digits = exercise.recipe.digits
    if not digits.figures:
        return np.full(np.shape(value), 10.0**-digits.count)
    unit: Array = 10.0 ** (decade(value) - digits.count + 1)
    return unit


def decade(value: Array) -> Array:
    """The power of ten of the first digit; of 0 it is 0."""
    return np.floor(np.log10(np.where(value == 0, 1.0, np.abs(value))))


def _finite(exercise: Exercise, rows: Rows) -> Flags:
    return _all(rows, (np.isfinite(rows[q]) for q in exercise.asked))


def _unsaturated(exercise: Exercise, rows: Rows) -> Flags:
    def each() -> Iterator[Flags]:
        for unit, at, name, steepest in _units(exercise):
            slope = rows.get(LOCAL(unit, unit).marked(at))
            if name == SOFTMAX:
                o = rows.get(O(unit).marked(at))
                if o is not None:
                    yield (o > SURE + EDGE) & (o < 1 - SURE - EDGE)
            elif slope is not None and steepest:
                yield slope > FLAT * steepest + EDGE

    return _all(rows, each())


def _off_kinks(exercise: Exercise, rows: Rows) -> Flags:
    nets = (
        rows.get(NET(unit).marked(at)) for unit, at, name, _ in _units(exercise) if name in BENT
    )
    return _all(rows, (np.abs(net) > KINK - EDGE for net in nets if net is not None))


def _dead(exercise: Exercise, rows: Rows) -> Flags:
    """In each presentation, as many ReLU units without a slope as the recipe says."""
    dead: dict[At, Array] = {}
    for unit, at, name, _ in _units(exercise):
        net = rows.get(NET(unit).marked(at)) if name == "relu" and not at.new else None
        if net is not None:
            dead[at] = dead.get(at, np.zeros(net.shape)) + (net < 0)
    return _all(rows, (count == exercise.recipe.dead for count in dead.values()))


def _shown(exercise: Exercise, rows: Rows) -> Flags:
    least = 10.0 ** (FIGURES - 1)

    def each() -> Iterator[Flags]:
        for q in exercise.asked:
            size = np.abs(rows[q])
            large = size > np.maximum(least * told_unit(exercise, rows[q]) * (1 - EDGE), SMALLEST)
            yield large | (size == 0) if exercise.recipe.dead else large

    return _all(rows, each())


SMALLEST = 1e-5
"""No asked number is smaller."""


def _no_tie(exercise: Exercise, rows: Rows) -> Flags:
    def each() -> Iterator[Flags]:
        for step in exercise.steps:
            value = rows[step.defines]
            with np.errstate(invalid="ignore"):
                units = np.abs(value) / told_unit(exercise, value)
            yield ~(np.abs(units - np.floor(units) - 0.5) < TIE)

    return _all(rows, each())


CONDITIONS = (
    Condition("have no value", "use smaller numbers", _finite),
    Condition(
        "have a saturated unit",
        "use smaller weights, biases or inputs, or fewer inputs",
        _unsaturated,
    ),
    Condition("have a unit at its kink", "use numbers with more decimals", _off_kinks),
    Condition(
        "have another number of dead units than the key dead says",
        "change dead, or let weights and biases have both signs",
        _dead,
    ),
    Condition(
        "ask for a number that is 0 or too small for the digits",
        "ask for more digits or figures, or use larger weights",
        _shown,
    ),
    Condition("have a tie at a rounding", "use other digits, or other numbers", _no_tie),
)
"""In this order; a draw counts at the first that fails."""


def _all(rows: Rows, flags: Iterator[Flags]) -> Flags:
    found = np.ones(next(iter(rows.values())).shape, dtype=bool)
    for flag in flags:
        found &= flag
    return found


def _units(exercise: Exercise) -> Iterator[tuple[str, At, str, float | None]]:
    """Each unit in each presentation: its transfer function and that one's steepest slope."""
    marks = dict.fromkeys(step.defines.at for step in exercise.steps if step.rule == "net")
    for layer in exercise.run.derivation.network.layers:
        for unit, activation in zip(layer.units, layer.activations, strict=True):
            steepest = None if layer.softmax else activation.steepest
            for at in marks:
                yield unit, at, activation.name, float_of(steepest) if steepest else None
