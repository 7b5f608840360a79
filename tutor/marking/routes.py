"""Every value that a step may have by a student's own numbers, whichever forms lead to it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice, product

from tutor.marking.own import NO_VALUE, Trace, used
from tutor.numeric.spread import ByHand, Spread, rounded
from tutor.symbolic.formula import Formula, Num, Ref
from tutor.symbolic.quantity import Quantity

Value = tuple[Spread, frozenset[Quantity]]
"""What a step may come to, and the printed numbers that it comes from."""
MOST_VALUES = 4
"""Values that differ and are kept of one step."""
MOST_CHOICES = 32
"""Choices among the values of its parts that a form is tried with."""


class Routes:
    """The steps of a page: where forms come to different values, as behind a wrong number, each."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.order = {q: n for n, q in enumerate(trace.formulas)}
        self.values: dict[Quantity, tuple[Value, ...]] = {}

    def step(self, q: Quantity) -> tuple[Value, ...]:
        """What the step that defines q may give, whatever is printed for q."""
        for u in sorted(self._before(q), key=self.order.__getitem__):
            self.values[u] = tuple((self._kept(u, x), leans) for x, leans in self._all(u))
        return self._all(q)

    def _before(self, q: Quantity) -> set[Quantity]:
        """The steps without a printed number that may lead to q and have no values yet."""
        found: set[Quantity] = set()
        waiting = [q]
        while waiting:
            names = {u for form in self.trace.formulas[waiting.pop()] for u in used(form)}
            new = {u for u in names - found if not self._is_known(u)}
            found |= new
            waiting += new
        return found - {q}

    def _is_known(self, q: Quantity) -> bool:
        trace = self.trace
        return q in trace.pins or q in self.values or q not in trace.formulas

    def _all(self, q: Quantity) -> tuple[Value, ...]:
        found: list[Value] = []
        for form in self.trace.formulas[q]:
            for value, leans in self._by(form):
                if all(abs(value.mid - x.mid) > max(value.radius, x.radius) for x, _ in found):
                    found.append((value, leans))
        return tuple(found[:MOST_VALUES])

    def _by(self, form: Formula) -> Iterator[Value]:
        names = used(form)
        for choice in islice(product(*map(self._of, names)), MOST_CHOICES):
            values = {u: value for u, (value, _) in zip(names, choice, strict=True)}
            try:
                value = ByHand(values, self.trace.unit).outermost(form)
            except NO_VALUE:
                continue
            if not math.isnan(value.mid):
                yield value, frozenset().union(*(leans for _, leans in choice))

    def _of(self, q: Quantity) -> tuple[Value, ...]:
        if q in self.trace.pins:
            return ((self.trace.pins[q], frozenset((q,))),)
        if q in self.trace.given:
            return ((self.trace.given[q], frozenset()),)
        return self.values.get(q, ())

    def _kept(self, q: Quantity, value: Spread) -> Spread:
        """A value as it is carried on."""
        forms = self.trace.formulas[q]
        unit = 0.0 if isinstance(forms[0], Ref | Num) else self.trace.unit(value.mid)
        return rounded(value, unit, q) if unit else value
