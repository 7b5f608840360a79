"""Where a transfer function is flat, and where a problem's net inputs lie on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from tutor.numeric.batch import Array
from tutor.plots.exact import presented
from tutor.plots.single import UNIT, one_unit
from tutor.solving import Solved
from tutor.symbolic.activations import SOFTMAX, TRANSFERS, Activation
from tutor.symbolic.quantity import LOCAL, NET, O

FLAT = 0.01
"""A function is called flat where its slope is below this part of its largest."""
REACH, AIR, WIDEST = 8.0, 1.0, 30.0
"""How far a curve goes to either side: at least, beyond the problem's net inputs, and at most."""
POINTS = 801
_FAR = 60.0
"""Beyond this every transfer function goes on as it is here."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A unit of the problem on its curve."""

    unit: str
    pattern: int
    """counted from 1"""
    net: Decimal
    output: Decimal
    slope: Decimal


@dataclass(frozen=True)
class Transferred:
    """A transfer function and its slope over the net input."""

    activation: Activation
    nets: Array
    """(n,)"""
    outputs: Array
    slopes: Array
    largest: float
    """the largest slope there is, or that is approached"""
    flat: tuple[tuple[float, float], ...]
    """the parts of the axis where the slope is below FLAT of the largest; an end may be infinite"""
    marks: tuple[Mark, ...] = ()

    def part(self, mark: Mark) -> Decimal:
        """The slope at a unit as a part of the largest; 1 where every slope is 0."""
        return abs(mark.slope) / Decimal(self.largest) if self.largest else Decimal(1)

    @property
    def sides(self) -> str:
        """Where it is flat: on both sides alike, where its output is lowest, or else nothing."""
        ends = [end for part in self.flat for end in part]
        if len(self.flat) == 2 and ends[1] == -ends[2]:
            return "both"
        rises = bool((self.slopes >= 0).all())
        return "low" if rises and len(self.flat) == 1 and ends[0] == -np.inf else ""

    @property
    def outside(self) -> tuple[Mark, ...]:
        """What lies beyond the ends of the curve."""
        return tuple(mark for mark in self.marks if abs(mark.net) > float(self.nets[-1]))


def used(solved: Solved) -> list[Transferred]:
    """Each transfer function of a problem but softmax, with the net inputs before the first
    update; the one with the smallest slope first.

    Raises InputError where they cannot be known.
    """
    marks: dict[Activation, list[Mark]] = {}
    for pattern, values in presented(solved):
        for layer in solved.problem.network.layers:
            for j, activation in zip(layer.units, layer.activations, strict=True):
                if activation.name != SOFTMAX:
                    mark = Mark(j, pattern, values[NET(j)], values[O(j)], values[LOCAL(j, j)])
                    marks.setdefault(activation, []).append(mark)
    curves = [curve(activation, every) for activation, every in marks.items()]
    return sorted(curves, key=lambda one: min(abs(mark.slope) for mark in one.marks))


def every_other(known: Iterable[Transferred]) -> list[Transferred]:
    """Every transfer function of the engine, those that are known already last."""
    names = {one.activation.name for one in known}
    return [curve(Activation(name)) for name in sorted(TRANSFERS, key=lambda n: n in names)]


def curve(activation: Activation, marks: Iterable[Mark] = ()) -> Transferred:
    """A transfer function, wide enough for these units."""
    marks = tuple(marks)
    reach = min(WIDEST, max(REACH, *(abs(float(mark.net)) + AIR for mark in marks), 0.0))
    nets = np.linspace(-reach, reach, POINTS)
    outputs, slopes = _values(activation, nets)
    largest, flat = _flat(activation)
    return Transferred(activation, nets, outputs, slopes, largest, flat, marks)


def _values(activation: Activation, nets: Array) -> tuple[Array, Array]:
    rows = one_unit(activation).each(nets[:, None])
    return rows[O(UNIT)][0], rows[LOCAL(UNIT, UNIT)][0]


def _flat(activation: Activation) -> tuple[float, tuple[tuple[float, float], ...]]:
    """The largest slope, and the parts of the axis where the slope is far below it."""
    nets = np.linspace(-_FAR, _FAR, 24_001)
    slopes = np.abs(_values(activation, nets)[1])
    largest = float(slopes.max())
    below = slopes < FLAT * largest
    steps = [(float(nets[n]), float(nets[n + 1])) for n in _changes(below)]
    edges = [_edge(activation, *ends, FLAT * largest) for ends in steps]
    ends = [-np.inf] * bool(below[0]) + edges + [np.inf] * bool(below[-1])
    return largest, tuple(zip(ends[::2], ends[1::2], strict=True))


def _changes(below: np.typing.NDArray[np.bool_]) -> list[int]:
    return [int(n) for n in np.flatnonzero(below[1:] != below[:-1])]


def _edge(activation: Activation, low: float, high: float, limit: float) -> float:
    """Where between two net inputs the slope passes a limit."""

    def flat(net: float) -> bool:
        return bool(abs(_values(activation, np.array([net]))[1][0]) < limit)

    first = flat(low)
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if flat(middle) == first else (low, middle)
    return round((low + high) / 2, 9)
