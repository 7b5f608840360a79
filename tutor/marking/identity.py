"""Whether a formula always gives a quantity: tried on random numbers for everything given."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from random import Random

from tutor.marking.own import NO_VALUE, Trace, used
from tutor.numeric.points import Points
from tutor.numeric.spread import Spread, exact
from tutor.symbolic.descent import CONSTANT, Run
from tutor.symbolic.formula import Formula
from tutor.symbolic.quantity import Kind, Quantity

SAMPLES = 3
CLOSE = 1e-9


class Samples:
    """A run at random numbers."""

    def __init__(self, run: Run, stated: Collection[Quantity]) -> None:
        self.traces = tuple(_sample(run, stated, Random(seed)) for seed in range(SAMPLES))

    def values(self, formula: Formula) -> list[float] | None:
        """What a formula comes to; None where it has no value."""
        try:
            return [formula.read(Points(one)) for one in self.traces]
        except NO_VALUE:
            return None

    def identical(self, formula: Formula, q: Quantity, scale: float = 1.0) -> bool:
        """Whether ``scale`` times the formula is q whatever the numbers are."""
        values = self.values(formula)
        return values is not None and self._agree([value * scale for value in values], q)

    def same(self, formula: Formula, among: Iterable[Quantity]) -> Quantity | None:
        """The quantity that a formula always gives."""
        values = self.values(formula)
        if values is None:
            return None
        return next((q for q in among if self._agree(values, q)), None)

    def _agree(self, values: Iterable[float], q: Quantity) -> bool:
        try:
            pairs = [(v, one[q].mid) for v, one in zip(values, self.traces, strict=True)]
        except NO_VALUE:
            return False
        return all(abs(a - b) <= CLOSE * (abs(a) + abs(b)) + 1e-14 for a, b in pairs)


def _sample(run: Run, stated: Collection[Quantity], random: Random) -> Trace:
    """Random numbers for everything given; targets of a softmax add up to 1."""
    formulas = {step.defines: (step.formula,) for step in run.steps}
    open_ones = {u for (f,) in formulas.values() for u in used(f) if u not in formulas}
    given: dict[Quantity, Spread] = {}
    for q in sorted({*open_ones, *stated}, key=lambda q: q.key):
        low, high = (0.1, 0.9) if q.kind in (Kind.T, *CONSTANT) else (-1.5, 1.5)
        given[q] = exact(random.uniform(low, high))
    if run.derivation.network.layers[-1].softmax:
        _add_up(given)
    return Trace(formulas, given, {}, None)


def _add_up(given: dict[Quantity, Spread]) -> None:
    for at in {q.at for q in given if q.kind is Kind.T}:
        targets = [q for q in given if q.kind is Kind.T and q.at == at]
        total = sum(given[q].mid for q in targets)
        given |= {q: exact(given[q].mid / total) for q in targets}
