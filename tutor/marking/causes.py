"""Which known mistakes give a wrong number: tried at the student's own numbers and at the true."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import chain

from tutor.marking.frame import Frame
from tutor.marking.own import Trace
from tutor.marking.printed import Printed
from tutor.marking.slips import SLIPS, Beside, explains
from tutor.marking.verdict import Cause
from tutor.numeric.spread import Spread
from tutor.symbolic.formula import Formula
from tutor.symbolic.mistakes import Mistake, Scope
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.wrong.site import Variant

LUCK = 0.1
"""A fit is told only where a random number of that size would fit less often than this."""
COPY_FIGURES = 3
"""Figures from which on the value of another quantity is taken for a copy."""
COARSER = 100.0
"""Units of the number's last digit that are lost where something is rounded too early."""


class Suspects:
    """The mistakes that may stand behind wrong numbers of one page."""

    def __init__(self, frame: Frame, own: Trace, right: Trace, plain: Trace) -> None:
        self.frame, self.own, self.right, self.plain = frame, own, right, plain

    def of(self, q: Quantity, value: float, unit: float, number: Printed | None) -> list[Cause]:
        """Every cause whose number is the student's, the simplest first."""
        best: dict[str, Cause] = {}
        for cause in chain(self._mistakes(q, value, unit), self._slips(q, number)):
            best.setdefault(cause.id, cause)
        return list(best.values())

    def _mistakes(self, q: Quantity, value: float, unit: float) -> Iterator[Cause]:
        for trace in (self.own, self.right):
            for at, mistake, variant, instead in self._candidates(trace, q):
                formulas = {**trace.instead, **instead}
                made = Trace(trace.formulas, trace.given, trace.pins, trace.unit, formulas)
                result = made.step(q)
                if result is None or not result.within(value, unit):
                    continue
                if 2 * (result.radius + unit) <= LUCK * max(abs(value), abs(result.mid)):
                    yield Cause(mistake.id, at, result.mid, variant.words)

    def _candidates(
        self, trace: Trace, q: Quantity
    ) -> Iterator[tuple[Quantity, Mistake, Variant, dict[Quantity, Formula]]]:
        """Each manner of each mistake that touches q or a step before it that is not written."""
        groups: dict[tuple[str, str], dict[Quantity, tuple[Mistake, Variant]]] = {}
        for u in trace.unwritten(q):
            for mistake, variant in self.frame.variants(u):
                groups.setdefault((mistake.id, variant.tag), {})[u] = mistake, variant
        for places in sorted(groups.values(), key=lambda places: q not in places):
            first = q if q in places else min(places, key=self.frame.order.__getitem__)
            mistake, variant = places[first]
            if mistake.scope is Scope.RULE:
                yield first, mistake, variant, {u: v.formula for u, (_, v) in places.items()}
                if len(places) == 1:
                    continue
            for u, (mistake, variant) in places.items():
                yield u, mistake, variant, {u: variant.formula}

    def _slips(self, q: Quantity, number: Printed | None) -> Iterator[Cause]:
        """The slips of the pen that lead from the value that should stand here to the one that
        does."""
        expected = self.plain.step(q)
        if number is None or expected is None or math.isnan(expected.mid):
            return
        beside = Beside(self._copies(q, number), self._reach(q, number, expected))
        for name in SLIPS:
            if explains(name, number, Fraction(expected.mid), beside):
                yield Cause(name, q, expected.mid)

    def _copies(self, q: Quantity, number: Printed) -> list[Fraction]:
        """The student's other numbers, where this one has the digits to tell them apart."""
        if number.figures < COPY_FIGURES:
            return []
        return [Fraction(pin.mid) for u, pin in self.plain.pins.items() if u != q]

    def _reach(self, q: Quantity, number: Printed, expected: Spread) -> Fraction:
        """How far the value moves where what is not written keeps two digits fewer."""

        def coarse(value: float) -> float:
            return COARSER * max(self.own.unit(value), float(number.unit))

        trace = Trace(self.own.formulas, self.own.given, self.own.pins, coarse)
        value = trace.step(q)
        if value is None or value.radius > LUCK * abs(expected.mid) or math.isinf(value.radius):
            return Fraction(0)
        return Fraction(value.radius)
