"""Which known mistakes give a wrong number: tried at the student's own numbers and at the true."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from tutor.marking.frame import Frame
from tutor.marking.own import Trace
from tutor.marking.printed import Printed
from tutor.marking.slipped import SLIPS
from tutor.marking.verdict import Cause
from tutor.symbolic.formula import Formula
from tutor.symbolic.mistakes import Mistake, Scope
from tutor.symbolic.quantity import Kind, Quantity
from tutor.symbolic.wrong.site import Variant

LUCK = 0.1
"""A fit is told only where a random number of that size would fit less often than this."""
COPY_FIGURES = 3
"""Figures from which on the value of another quantity is taken for a copy."""


class Suspects:
    """The mistakes that may stand behind wrong numbers of one page."""

    def __init__(self, frame: Frame, own: Trace, right: Trace) -> None:
        self.frame, self.own, self.right = frame, own, right

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
            first = next(iter(places))
            mistake, variant = places[first]
            if mistake.scope is Scope.RULE:
                yield first, mistake, variant, {u: v.formula for u, (_, v) in places.items()}
                if len(places) == 1:
                    continue
            for u, (mistake, variant) in places.items():
                yield u, mistake, variant, {u: variant.formula}

    def _slips(self, q: Quantity, number: Printed | None) -> Iterator[Cause]:
        if number is None:
            return
        expected = self.own.step(q)
        if expected is None:
            return
        for name, fits in SLIPS.items():
            if fits(number, expected.mid):
                yield Cause(name, q, expected.mid)
        if number.figures >= COPY_FIGURES:
            for u, pin in self.own.pins.items():
                if u != q and u.kind is not Kind.OWN and number.unit:
                    same = abs(pin.mid - float(number.value)) <= float(number.unit) / 2 + pin.radius
                    if same:
                        yield Cause("copied-wrong", q, expected.mid, {"other": u})
