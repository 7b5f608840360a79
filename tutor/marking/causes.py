"""Which known mistakes give a wrong number: tried at the student's own numbers and at the true."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import chain

from tutor.marking.judge import Judge
from tutor.marking.own import NO_VALUE, Trace, Way, used
from tutor.marking.printed import Printed
from tutor.marking.slips import SLIPS, Beside, explains
from tutor.marking.verdict import Cause
from tutor.marking.working import Answer
from tutor.numeric.spread import Spread
from tutor.symbolic.formula import Formula
from tutor.symbolic.mistakes import Mistake, Scope
from tutor.symbolic.quantity import Kind, Quantity
from tutor.symbolic.wrong.site import Variant

LUCK = 0.3
"""A fit is told only where a random number of that size would fit less often than this."""
UNSEEN_LUCK = 0.001
"""The same for a mistake in a calculation of which the page shows nothing."""
COPY_LUCK = Fraction(1, 20)
"""A number that is another of the page is a copy where so few would be by chance."""
BY_DIGITS = ("digits-swapped", "decimal-point")
"""Slips of the digits as they stand; what they were before may be what rounding allows."""
FAR = 8.0
"""A number that is so many times farther off than rounding takes the right one is not looked at."""
COARSER = 100.0
"""Units of the number's last digit that are lost where something is rounded too early."""


class Suspects:
    """The mistakes that may stand behind one number."""

    def __init__(self, judge: Judge, q: Quantity, answer: Answer) -> None:
        self.judge, self.frame = judge, judge.working.frame
        self.q, self.answer = q, answer
        working = judge.working
        self.own, self.plain = working.own(answer.number), working.plain

    @cached_property
    def traces(self) -> tuple[tuple[Trace, Trace], ...]:
        """The student's numbers and the right ones: as printed, and with what rounding can do."""
        return tuple(self._traces())

    def _traces(self) -> Iterator[tuple[Trace, Trace]]:
        working, number = self.judge.working, self.answer.number
        seen = set()
        for without in dict.fromkeys(((), tuple(self.judge.wrong))):
            for way in Way if not without else (Way.WRITTEN,):
                trace = working.own(number, without, way)
                told = without, frozenset(trace.unwritten(self.q))
                if told not in seen:
                    seen.add(told)
                    yield working.plain_without(without, way), trace

    def causes(self, among: Collection[str] | None = None) -> list[Cause]:
        """Every cause whose number is the student's, the simplest first."""
        found = list(self._mistakes(self.traces, among, LUCK))
        if not found and among is None:
            found = list(self._mistakes((self._unseen(),), among, UNSEEN_LUCK))
        found.sort(key=lambda cause: abs(cause.value - self.answer.value))
        best: dict[str, Cause] = {}
        for cause in chain(found, self._slips()):
            best.setdefault(cause.id, cause)
        return list(best.values())

    def alike(self) -> tuple[str, ...]:
        """The mistakes at this very step that print the same number as the right way."""
        found = {}
        for mistake, variant in self.frame.variants(self.q):
            if mistake.id not in found:
                value = self.own.of(variant.formula)
                if value is not None and value.within(self.answer.value, self.answer.unit):
                    found[mistake.id] = True
        return tuple(found)

    def _unseen(self) -> tuple[Trace, Trace]:
        """The steps as if nothing were written: a mistake made in another calculation."""
        working = self.judge.working
        pins = tuple(working.pins)
        return working.plain_without(pins), working.own(self.answer.number, pins)

    def _mistakes(
        self, traces: Iterable[tuple[Trace, Trace]], among: Collection[str] | None, luck: float
    ) -> Iterator[Cause]:
        value, unit = self.answer.value, self.answer.unit
        for plain, trace in traces:
            usual = trace.step(self.q)
            reach = usual.radius if usual else 0.0
            size = abs(usual.mid) if usual else 0.0
            for at, mistake, variant, instead in self._candidates(trace, self.q):
                if among is not None and mistake.id not in among:
                    continue
                just = plain.changed(instead, self.q).step(self.q)
                if just is None:
                    continue
                wide = reach * max(1.0, abs(just.mid) / size) if size else math.inf
                if abs(just.mid - value) > FAR * (wide + unit):
                    continue
                result = trace.changed(instead, self.q).step(self.q)
                if result is None or not result.within(value, unit):
                    continue
                width = min(result.radius + unit, max(abs(just.mid - value), unit))
                if 2 * width <= luck * self._size(trace, just.mid):
                    yield Cause(mistake.id, at, just.mid, variant.words)

    def _size(self, trace: Trace, value: float) -> float:
        """How large the number is that a mistake changes: of a new weight, the step."""
        start = 0.0
        if self.q.kind in (Kind.W, Kind.B):
            try:
                start = trace[used(trace.formula(self.q))[0]].mid
            except NO_VALUE:
                return 0.0
        right = self.judge.working.truth(self.q)
        numbers = (self.answer.value, value, start if right is None else right)
        return max(abs(number - start) for number in numbers)

    def _candidates(
        self, trace: Trace, q: Quantity
    ) -> Iterator[tuple[Quantity, Mistake, Variant, Mapping[Quantity, Formula]]]:
        """Each manner of each mistake that touches q or a step before it that is not written."""
        groups: dict[tuple[str, str], dict[Quantity, tuple[Mistake, Variant]]] = {}
        open_steps = trace.unwritten(q)
        for mistake, formulas in self.frame.schedules:
            if not formulas.keys().isdisjoint(open_steps):
                yield q, mistake, Variant(self.frame.forms[q][0]), formulas
        for u in open_steps:
            for mistake, variant in self.frame.variants(u):
                groups.setdefault((mistake.id, variant.tag), {})[u] = mistake, variant
        for places in sorted(groups.values(), key=lambda places: q not in places):
            first = q if q in places else min(places, key=self.frame.order.__getitem__)
            mistake, variant = places[first]
            if mistake.scope is Scope.RULE:
                yield first, mistake, variant, {u: v.formula for u, (_, v) in places.items()}
                places = {q: places[q]} if q in places and len(places) > 1 else {}
            yield from self._repeated(places)
            for u, (mistake, variant) in places.items():
                yield u, mistake, variant, {u: variant.formula}

    @staticmethod
    def _repeated(
        places: Mapping[Quantity, tuple[Mistake, Variant]],
    ) -> Iterator[tuple[Quantity, Mistake, Variant, Mapping[Quantity, Formula]]]:
        """A slip in a step, made again in each presentation."""
        patterns: dict[tuple[Kind, tuple[str, ...]], list[Quantity]] = {}
        for u in places:
            patterns.setdefault((u.kind, u.units), []).append(u)
        for first, *others in patterns.values():
            if others:
                mistake, variant = places[first]
                yield first, mistake, variant, {u: places[u][1].formula for u in (first, *others)}

    def _slips(self) -> Iterator[Cause]:
        """The slips of the pen that lead from the value that should stand here to the one that
        does."""
        number = self.answer.number
        right = self.judge.right.step(self.q) if self.judge.wrong else None
        for expected in filter(None, (self.plain.step(self.q), right)):
            if number is None or not math.isfinite(expected.mid):
                return
            beside = Beside(self._copies(number), self._reach(expected))
            mine = self.own.step(self.q)
            reach = Fraction(mine.radius) if mine and math.isfinite(mine.radius) else Fraction(0)
            about = replace(number, unit=number.unit + reach)
            for name in SLIPS:
                meant = about if name in BY_DIGITS else number
                if explains(name, meant, Fraction(expected.mid), beside):
                    yield Cause(name, self.q, expected.mid)

    def copied(self) -> bool:
        """Whether the number is another one of the page."""
        number, expected = self.answer.number, self.plain.step(self.q)
        if number is None or expected is None or not math.isfinite(expected.mid):
            return False
        beside = Beside(self._copies(number))
        return explains("copied-wrong", number, Fraction(expected.mid), beside)

    def _copies(self, number: Printed) -> list[Fraction]:
        """The student's other numbers, where this one has the digits to tell them apart."""
        pins = self.plain.pins
        if 2 * len(pins) * number.unit > COPY_LUCK * abs(number.value):
            return []
        return [Fraction(pin.mid) for u, pin in self.plain.pins.items() if u != self.q]

    def _reach(self, expected: Spread) -> Fraction:
        """How far the value moves where what is not written keeps two digits fewer."""

        def coarse(value: float) -> float:
            return COARSER * max(self.own.unit(value), self.answer.unit)

        value = Trace(self.own.formulas, self.own.given, self.own.pins, coarse).step(self.q)
        if value is None or not value.radius <= LUCK * abs(expected.mid):
            return Fraction(0)
        return Fraction(value.radius)
