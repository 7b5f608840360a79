"""Gradient descent: the presentations of all patterns, the updates between them, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.derivation import Derivation
from tutor.symbolic.formula import ONE, Formula, Neg, Num, Product, Quotient, Ref, Sum, minus, plus
from tutor.symbolic.quantity import ETA, MU, At, E, Kind, Quantity
from tutor.symbolic.rewrite import Rename, refs
from tutor.symbolic.schedule import Schedule
from tutor.symbolic.step import Step

CONSTANT = (Kind.ETA, Kind.MU)


@dataclass(frozen=True, slots=True)
class Presentation:
    """Pattern number ``pattern``, counted from 1, under the mark ``at``."""

    pattern: int
    at: At


@dataclass(frozen=True, slots=True)
class Update:
    """What is presented before one change of the weights, and the mark of that change."""

    presentations: tuple[Presentation, ...]
    at: At
    before: tuple[tuple[Quantity, Quantity], ...]
    """each weight and the quantity that holds it during this update"""

    @property
    def new(self) -> At:
        """The mark of what holds afterwards."""
        return At(self.at.update, 0, True)


@dataclass(frozen=True)
class Run:
    """All steps of all presentations; the w of update s is the w_new of s - 1."""

    derivation: Derivation
    schedule: Schedule
    updates: tuple[Update, ...]
    steps: tuple[Step, ...]

    @cached_property
    def by_quantity(self) -> dict[Quantity, Step]:
        """Every step by what it defines."""
        return {step.defines: step for step in self.steps}

    @cached_property
    def quantities(self) -> frozenset[Quantity]:
        """Everything that its steps define or use."""
        return frozenset(self.by_quantity).union(*(refs(step.formula) for step in self.steps))

    @cached_property
    def holds(self) -> dict[At, dict[Quantity, Quantity]]:
        """Each weight and the quantity that holds it, before and after each update."""
        states: dict[At, dict[Quantity, Quantity]] = {}
        for update in self.updates:
            before = states[At(update.at.update)] = dict(update.before)
            new = {w: w.marked(update.new) for w in before}
            states[update.new] = {
                w: new[w] if new[w] in self.by_quantity else now for w, now in before.items()
            }
        return states

    @property
    def single(self) -> bool:
        """Whether there is one presentation, so that nothing carries a mark."""
        return len(self.updates) == 1 and not self.schedule.batch


@cache
def run(derivation: Derivation, schedule: Schedule) -> Run:
    """All steps of a schedule."""
    building = _Building(derivation, schedule)
    steps = tuple(building.steps())
    return Run(derivation, schedule, tuple(building.updates), steps)


class _Building:
    def __init__(self, derivation: Derivation, schedule: Schedule) -> None:
        self.derivation, self.schedule = derivation, schedule
        self.updates: list[Update] = []
        self.held = {q: q for q in derivation.network.parameters}
        self.changes: dict[Quantity, Quantity] = {}

    def steps(self) -> Iterator[Step]:
        for update in self._presentations():
            held = dict(self.held)
            self.updates.append(Update(update.presentations, update.at, tuple(held.items())))
            for shown in update.presentations:
                for step in (*self.derivation.forward, *self.derivation.backward):
                    yield step.renamed(_during(shown.at, held))
            if self.schedule.batch:
                yield from self._totals(update)
            if self.schedule.rate:
                yield from self._change(update)
                if self.schedule.again:
                    yield from self._again(update)

    def _presentations(self) -> Iterator[Update]:
        """Each update's presentations, under their marks."""
        patterns, epochs = self.schedule.patterns, self.schedule.epochs
        if self.schedule.batch:
            for s in range(1, epochs + 1):
                shown = tuple(Presentation(p, At(s, p)) for p in range(1, patterns + 1))
                yield Update(shown, At(s), ())
            return
        alone = patterns * epochs == 1
        for s in range(1, patterns * epochs + 1):
            at = At() if alone else At(s)
            yield Update((Presentation((s - 1) % patterns + 1, at),), at, ())

    def _totals(self, update: Update) -> Iterator[Step]:
        """A batch's E and gradients: the sum, or the mean, over its patterns."""
        error = (E,) if self.derivation.network.loss else ()
        for q in (*error, *self.derivation.gradients):
            parts = plus(*(Ref(q.marked(shown.at)) for shown in update.presentations))
            yield Step(q.marked(update.at), self._reduced(parts), "total")

    def _reduced(self, parts: Formula) -> Formula:
        if not self.schedule.mean:
            return parts
        return Product((Quotient(ONE, Num(str(self.schedule.patterns))), parts))

    def _change(self, update: Update) -> Iterator[Step]:
        for q, w in list(self.held.items()):
            if q.kind is Kind.B and not self.schedule.update_biases:
                continue
            gradient = Ref(slope_of_error(q).marked(update.at))
            change = Quantity(Kind.CHANGE, q.units, update.at)
            downhill = Product((Ref(ETA), gradient))
            new = q.marked(update.new)
            if self.schedule.momentum:
                before = self.changes.get(q)
                step = Neg(downhill)
                push = Product((Ref(MU), Ref(before))) if before else None
                yield Step(change, Sum((step, push)) if push else step, "change")
                yield Step(new, Sum((Ref(w), Ref(change))), "update-momentum")
            else:
                yield Step(change, Neg(downhill), "change", aside=True)
                yield Step(new, minus(Ref(w), downhill), "update")
            self.changes[q], self.held[q] = change, new

    def _again(self, update: Update) -> Iterator[Step]:
        """The forward pass once more, with the new weights."""
        for shown in update.presentations:
            rename = _during(shown.at, self.held, new=True)
            for step in self.derivation.forward:
                yield step.renamed(rename)
        if self.schedule.batch and self.derivation.network.loss:
            parts = plus(
                *(Ref(E.marked(shown.at._replace(new=True))) for shown in update.presentations)
            )
            yield Step(E.marked(update.new), self._reduced(parts), "total")


def _during(at: At, held: Mapping[Quantity, Quantity], *, new: bool = False) -> Rename:
    """The names that quantities of one presentation have in the run."""

    def name(q: Quantity) -> Quantity:
        if q in held:
            return held[q]
        if q.kind in CONSTANT:
            return q
        given = q.kind in (Kind.X, Kind.T)
        return q.marked(at if given or not new else at._replace(new=True))

    return Rename(name)
