"""The known mistakes behind many wrong final numbers at once: the rule of ``Suspects``."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, NamedTuple, cast

import numpy as np

from tutor.marking.causes import LUCK, UNSEEN_LUCK, Fit, candidates
from tutor.marking.frame import Frame
from tutor.marking.own import Habit, Trace, Way, used
from tutor.marking.printed_batch import Floats, Ints
from tutor.marking.verdict import Cause
from tutor.numeric.spread import Spread, exact
from tutor.symbolic.formula import Formula
from tutor.symbolic.quantity import Quantity

NEARLY = 1 + 1e-9
"""What is left out by its floats alone is left in."""


class Shown(NamedTuple):
    """The digits of a number."""

    unit: float
    """one unit of the last digit; 0 for a plain integer, which is exact"""
    habit: Habit | None
    """what the number or its page shows"""


class Path(NamedTuple):
    """A way through the steps, by a page whose other numbers do not lead to this one."""

    way: Way
    bare: bool = False
    """no number of the page is used"""

    def trace(self, frame: Frame, q: Quantity) -> Trace:
        """The steps that lead to q, nothing rounded.

        Where a page has a number, a step is taken by the form that uses most of what is there; so
        q has one, unless ``bare``. Which one does not matter.
        """
        pins = {} if self.bare else {q: exact(frame.truth[q])}
        return Trace(frame.forms, frame.given, pins, None, way=self.way)


BARE = Path(Way.FIRST, bare=True)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One way to make one mistake."""

    cause: Cause
    instead: Mapping[Quantity, Formula]


class Suspected:
    """The mistakes that may stand behind final numbers for one quantity."""

    def __init__(self, frame: Frame, q: Quantity) -> None:
        self.frame, self.q = frame, q
        self._tried: dict[Path, tuple[tuple[_Candidate, ...], Floats]] = {}
        self._wrong: dict[tuple[Habit | None, Path, int], Spread | None] = {}
        self._traces: dict[tuple[Habit | None, Path], Trace] = {}

    def causes(self, shown: Shown, values: Floats, *, alone: bool) -> list[tuple[Cause, ...]]:
        """The mistakes that give each of some numbers with the same digits, the nearest first.

        ``alone`` where no other number of the page is right: the steps are tried without any, too.
        """
        order = np.argsort(values)
        found: list[list[Cause]] = [[] for _ in values]
        paths = (*self.paths, BARE) if alone else self.paths
        self._fit(found, shown, values, order, paths, LUCK)
        rest = np.array([at for at in order if not found[at]], dtype=np.int64)
        self._fit(found, shown, values, rest, (BARE,), UNSEEN_LUCK)
        return [
            tuple(sorted(causes, key=lambda cause: abs(cause.value - value)))
            for causes, value in zip(found, values.tolist(), strict=True)
        ]

    def leans_on(self, asked: Collection[Quantity]) -> bool:
        """Whether a mistake brings in another number of the page, or this one."""
        usual = {*behind(self.frame, self.q), *self.frame.given}
        tried = (
            candidate.instead for path in (*self.paths, BARE) for candidate in self._all(path)[0]
        )
        return any(
            not behind(self.frame, self.q, instead).isdisjoint(asked)
            for instead in tried
            if any(not usual.issuperset(used(formula)) for formula in instead.values())
        )

    @cached_property
    def paths(self) -> tuple[Path, ...]:
        """The ways that differ in the steps that they take, as ``Suspects.traces`` has them."""
        found: dict[frozenset[Quantity], Path] = {}
        for way in Way:
            steps = self.trace(Path(way), None).unwritten(self.q)
            found.setdefault(frozenset(steps), Path(way))
        return tuple(found.values())

    def trace(self, path: Path, habit: Habit | None) -> Trace:
        """The steps by a path, kept to these digits."""
        key = habit, path
        if key not in self._traces:
            plain = path.trace(self.frame, self.q) if habit is None else self.trace(path, None)
            self._traces[key] = plain.kept(habit.unit) if habit else plain
        return self._traces[key]

    def _fit(
        self,
        found: list[list[Cause]],
        shown: Shown,
        values: Floats,
        order: Ints,
        paths: Iterable[Path],
        luck: float,
    ) -> None:
        """Adds to each of the numbers, which stand in the order of their size, what gives it."""
        ordered = values[order]
        for path in paths if len(order) else ():
            trace = self.trace(path, shown.habit)
            fit = Fit(trace, self.q, shown.unit, self.frame.truth[self.q], luck)
            for n, cause, low, high in self._near(path, fit, ordered):
                near = cast(Any, ordered[low:high])
                result = partial(self._result, shown.habit, path, n)
                at = ~(np.abs(cause.value - near) > fit.window(cause.value))
                at &= np.asarray(fit.tells(cause.value, result, near, np.any))
                for k in order[low:high][at].tolist():
                    found[k].append(cause)

    def _near(self, path: Path, fit: Fit, ordered: Floats) -> Iterator[tuple[int, Cause, int, int]]:
        """The mistakes that come near some of the numbers: from which of them on, and up to."""
        tried, justs = self._all(path)
        windows = np.array([fit.window(just) for just in justs.tolist()]) * NEARLY
        windows += (NEARLY - 1) * np.abs(justs)
        lows = np.searchsorted(ordered, justs - windows).tolist()
        highs = np.searchsorted(ordered, justs + windows, "right").tolist()
        for n, (candidate, low, high) in enumerate(zip(tried, lows, highs, strict=True)):
            if low < high:
                yield n, candidate.cause, low, high

    def _result(self, habit: Habit | None, path: Path, n: int) -> Spread | None:
        key = habit, path, n
        if key not in self._wrong:
            instead = self._all(path)[0][n].instead
            self._wrong[key] = self.trace(path, habit).mistaken(instead, self.q)
        return self._wrong[key]

    def _all(self, path: Path) -> tuple[tuple[_Candidate, ...], Floats]:
        """Every way to make a mistake that has a value, in the order they are tried in."""
        if path not in self._tried:
            plain = self.trace(path, None)
            made = []
            for at, mistake, variant, instead in candidates(self.frame, plain, self.q):
                value = plain.mistaken(instead, self.q)
                if value is not None and math.isfinite(value.mid):
                    cause = Cause(mistake.id, at, value.mid, variant.words)
                    made.append(_Candidate(cause, instead))
            justs = np.array([one.cause.value for one in made], dtype=np.float64)
            self._tried[path] = tuple(made), justs
        return self._tried[path]


def behind(
    frame: Frame, q: Quantity, instead: Mapping[Quantity, Formula] | None = None
) -> set[Quantity]:
    """Everything that q can be computed from, by any formula or by others for some steps."""
    changed = {u: (formula,) for u, formula in (instead or {}).items()}
    found: set[Quantity] = set()
    waiting = [q]
    while waiting:
        now = waiting.pop()
        forms = changed.get(now) or frame.forms.get(now, ())
        new = {u for form in forms for u in used(form)} - found - frame.given.keys()
        found |= new
        waiting += new
    return found
