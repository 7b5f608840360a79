"""E over many updates at several learning rates, found from the problem itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import floor, log10

import numpy as np
import numpy.typing as npt

from tutor.errors import InputError
from tutor.numeric.batch import Array
from tutor.numeric.floats import float_of
from tutor.plots.landscape import Landscape, check_finite
from tutor.plots.updates import Updates, moving
from tutor.solving import Solved

STEPS = 30
MOST = 1000
"""Forty rates are tried, each for so many updates."""
TINY = 1e-9
"""E below this part of the first E is told as about 0: floats keep too few of its digits."""
MOMENTUM = 0.9
"""what a problem without momentum is compared with"""
LADDER: Array = 2.0 ** np.arange(-20.0, 21.0)
"""The rates among which the largest is looked for at which E never rises."""
PARTS = (1 / 16, 1 / 2, 2.0)
"""the rates that are shown, beside that one"""
HIGHER: Array = 2.0 ** np.arange(2.0, 13.0)
"""Beyond them the first of these at which E ends higher than it began."""
_SAME = 1e-9
"""A rise by less than this part of the first E is the floats' rounding."""


class Course(StrEnum):
    """What E does."""

    STAYS = "stays"
    FALLS = "falls"
    WAVERS = "wavers"
    HIGHER = "higher"
    LOST = "lost"


@dataclass(frozen=True)
class Passes(Updates):
    """How the problem's weights go down, whatever the rate."""

    batch: bool
    steps: int
    """updates; all patterns have their turn equally often"""

    @classmethod
    def of(cls, solved: Solved, steps: int) -> Passes:
        """In the problem's own schedule, for this many updates or a few more.

        Raises InputError where E cannot be computed.
        """
        problem, land = solved.problem, Landscape.of(solved)
        turns = 1 if problem.batch else len(land.data)
        return cls(land, moving(problem), problem.batch, -(-steps // turns) * turns)

    @property
    def turns(self) -> int:
        """The updates of one pass."""
        return 1 if self.batch else self.count

    @property
    def updates(self) -> list[int]:
        """After which updates E is looked at: at first, and whenever all patterns were there."""
        return list(range(0, self.steps + 1, self.turns))

    def errors(self, rates: Array, momentum: float) -> Array:
        """E over all patterns after each of these, (rates, updates)."""
        way = self.whole if self.batch else self.ordered
        path = self.run(way(self.steps // self.turns), rates, momentum)
        return np.stack([self.land.error(weights) for weights in path[:: self.turns]], axis=1)


def _rises(errors: Array) -> npt.NDArray[np.bool_]:
    """Whether E rises somewhere or has no value, (rates,)."""
    room = _SAME * np.abs(errors[:, :1])
    falls = (errors[:, 1:] <= errors[:, :-1] + room).all(axis=1)
    return np.logical_not(np.logical_and(falls, np.isfinite(errors).all(axis=1)))


@dataclass(frozen=True)
class Run:
    """One rate."""

    rate: float
    momentum: float
    errors: tuple[float, ...]
    """after each of the descent's updates"""
    course: Course
    own: bool = False
    """whether it is the problem's"""


@dataclass(frozen=True)
class Rates:
    """Runs side by side, the smallest rate first."""

    descent: Passes
    limit: float | None
    """about the rate from which on E rises at times; None if the ladder has no such place"""
    never: bool
    """whether E rises at no rate of the ladder"""
    runs: tuple[Run, ...]
    beside: tuple[Run, Run]
    """one of them with momentum and without"""


def rates_of(solved: Solved, steps: int | None) -> Rates:
    """Runs with a too small rate, a good one, and too large ones, the problem's own among them.

    Raises InputError where E cannot be computed, or there are more than MOST steps.
    """
    if steps and steps > MOST:
        raise InputError("--steps", f"{steps} updates are too many here", f"{MOST} is the limit")
    problem = solved.problem
    descent = Passes.of(solved, steps or STEPS)
    check_finite(problem.where, descent.land.error(descent.land.point))
    momentum = float_of(problem.momentum) if problem.momentum else 0.0
    own = float_of(problem.learning_rate) if problem.learning_rate else None
    limit, never = _limit(descent, momentum)
    middle = limit or own or 1.0
    higher = _higher(descent, momentum, middle)
    others = {_short(middle * part) for part in (*PARTS, higher)} | ({limit} if limit else set())
    rates = sorted(others | ({own} if own is not None else set()))
    errors = descent.errors(np.array(rates), momentum)
    runs = tuple(
        Run(rate, momentum, tuple(row.tolist()), _course(row), rate == own)
        for rate, row in zip(rates, errors, strict=True)
    )
    at = own if own is not None else _short(middle / 2)
    with_it = momentum or MOMENTUM
    pair = [(mu, descent.errors(np.array([at]), mu)[0]) for mu in (0.0, with_it)]
    first, second = (
        Run(at, mu, tuple(row.tolist()), _course(row), own is not None and mu == momentum)
        for mu, row in pair
    )
    return Rates(descent, limit, never, runs, (first, second))


def _limit(descent: Passes, momentum: float) -> tuple[float | None, bool]:
    """Between which two rates of the ladder E begins to rise, and finer twice more; and whether it
    rises nowhere."""
    rates: Array = LADDER
    for _ in range(3):
        rising = _rises(descent.errors(rates, momentum))
        first = int(np.argmax(rising))
        if not rising.any() or first == 0:
            return None, not rising.any()
        rates = np.geomspace(float(rates[first - 1]), float(rates[first]), 33, dtype=np.float64)
    return _short(float(rates[0]), down=True), False


def _higher(descent: Passes, momentum: float, middle: float) -> float:
    """The first multiple of a rate at which E ends higher than it began; else a large one."""
    errors = descent.errors(middle * HIGHER, momentum)
    ends = ~(errors[:, -1] <= errors[:, 0])
    return float(HIGHER[int(np.argmax(ends))]) if ends.any() else float(HIGHER[2])


def _course(errors: Array) -> Course:
    first, last = errors[0], errors[-1]
    room = _SAME * abs(first)
    if not np.isfinite(errors).all():
        return Course.LOST
    if (np.abs(errors - first) <= room).all():
        return Course.STAYS
    if not _rises(errors[None])[0]:
        return Course.FALLS
    return Course.HIGHER if last > first + room else Course.WAVERS


def _short(rate: float, *, down: bool = False) -> float:
    """To three figures, so that what is written is what was run."""
    if not down:
        return float(f"{rate:.3g}")
    unit = 10.0 ** (floor(log10(rate)) - 2)
    return float(f"{floor(rate / unit * (1 + 1e-12)) * unit:.3g}")


def about_0(run: Run, n: int = -1) -> bool:
    """Whether so little of E is left that floats keep too few of its digits."""
    return abs(run.errors[n]) < TINY * abs(run.errors[0])


def lowest(runs: Sequence[Run]) -> list[Run]:
    """Which end lowest: all that come to about 0, or the one."""
    nothing_left = [run for run in runs if about_0(run)]
    return nothing_left or [min(runs, key=lambda run: run.errors[-1])]
