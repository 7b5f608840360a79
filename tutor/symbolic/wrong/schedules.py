"""Mistakes with the schedule: what is computed when, and with which weights."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tutor.symbolic.formula import Product, Ref, minus, plus
from tutor.symbolic.quantity import ETA, PARAMETERS, At, Kind, Quantity
from tutor.symbolic.rewrite import Rename, refs
from tutor.symbolic.step import Step
from tutor.symbolic.wrong.forward import over

if TYPE_CHECKING:
    from tutor.symbolic.descent import Run, Update

FORWARD = (Kind.X, Kind.T, Kind.NET, Kind.O)
BACKWARD = (Kind.DE_DO, Kind.PATH, Kind.LOCAL, Kind.DE_DNET, Kind.GRAD)
Reschedule = Callable[["Run"], Iterator[tuple[str, tuple[Step, ...]]]]
"""The steps with the mistake made, and the tag of the manner in which it is made"""


def _renamed(step: Step, new: Callable[[Quantity], Quantity]) -> Step:
    """The step, computed from other quantities."""
    return replace(step.renamed(Rename(new)), defines=step.defines)


def averaged_first(run: Run) -> Iterator[tuple[str, tuple[Step, ...]]]:
    """The errors of a batch averaged, and one backward pass: with the last pattern's outputs, or
    with outputs that are averaged too."""
    if run.schedule.batch and run.schedule.patterns > 1:
        yield "last", tuple(_averaged(run, averages=(Kind.DE_DO,)))
        yield "mean", tuple(_averaged(run, averages=(Kind.DE_DO, *FORWARD)))


def _averaged(run: Run, averages: tuple[Kind, ...]) -> Iterator[Step]:
    outputs = run.derivation.network.outputs
    for step in run.steps:
        q = step.defines
        update = run.updates[q.at.update - 1]
        if q.kind is Kind.GRAD and not q.at.pattern:
            if q.units == run.derivation.gradients[0].units:
                yield from _one_pass(run, update, averages)
            continue
        behind = q.kind in BACKWARD and q.at.pattern
        if not behind or (q.kind is Kind.DE_DO and q.units[0] in outputs):
            yield step


def _one_pass(run: Run, update: Update, averages: tuple[Kind, ...]) -> Iterator[Step]:
    """The backward pass under the mark of the whole batch."""
    outputs, last = run.derivation.network.outputs, update.presentations[-1].at
    marks = [shown.at for shown in update.presentations]
    backward = [run.by_quantity[s.defines.marked(last)] for s in run.derivation.backward]
    seen = {q for step in backward for q in (step.defines, *refs(step.formula)) if q.at == last}

    def starts(q: Quantity) -> bool:
        return q.kind is not Kind.DE_DO or q.units[0] in outputs

    averaged = {q: q.marked(update.at) for q in seen if q.kind in averages and starts(q)}
    moved = {q: q.marked(update.at) for q in seen if q.kind in BACKWARD}
    for q in sorted(averaged):
        parts = plus(*(Ref(q.marked(at)) for at in marks))
        yield Step(q.marked(update.at), Product((over(len(marks)), parts)), "total")
    for step in backward:
        if step.defines not in averaged:
            step = _renamed(step, partial(_instead, moved | averaged))
            yield replace(step, defines=moved[step.defines])


def stale_weights(run: Run) -> Iterator[tuple[str, tuple[Step, ...]]]:
    """Every pattern with the weights of the first; the steps go on from the new ones, or not."""
    if not run.schedule.batch and run.schedule.patterns > 1 and run.schedule.rate:
        yield "", tuple(_stale(run, updates=False))
        yield "update", tuple(_stale(run, updates=True))


def _stale(run: Run, *, updates: bool) -> Iterator[Step]:
    for step in run.steps:
        q = step.defines
        s = q.at.update
        first = s - (s - 1) % run.schedule.patterns
        old = {now: run.holds[At(first)][w] for w, now in run.holds[At(s)].items()}
        stale = not q.at.new or (updates and q.kind in PARAMETERS)
        yield _renamed(step, partial(_instead, old)) if stale else step


def _instead(other: Mapping[Quantity, Quantity], q: Quantity) -> Quantity:
    return other.get(q, q)


def fresh_weights(run: Run) -> Iterator[tuple[str, tuple[Step, ...]]]:
    """The weights of a batch changed after each pattern."""
    schedule = run.schedule
    if schedule.batch and schedule.patterns > 1 and schedule.rate:
        yield "", tuple(_fresh(run))


def _fresh(run: Run) -> Iterator[Step]:
    before = At()
    for step in run.steps:
        q = step.defines
        shown = q.at.pattern and not q.at.new
        if shown and q.at.pattern > 1 and q.at != before:
            yield from _changed(run, q.at)
        if shown:
            before = q.at
        yield _renamed(step, _fresher(run, q.at)) if shown else step


def _fresher(run: Run, at: At) -> Callable[[Quantity], Quantity]:
    """The weights that the pattern before has left."""
    held = run.holds[At(at.update)]
    biases = run.schedule.update_biases
    changed = {
        now: w.marked(At(at.update, at.pattern - 1, True))
        for w, now in held.items()
        if at.pattern > 1 and (biases or w.kind is Kind.W)
    }
    return partial(_instead, changed)


def _changed(run: Run, at: At) -> Iterator[Step]:
    """The weights after the pattern before this one."""
    earlier = At(at.update, at.pattern - 1)
    old, new = _fresher(run, earlier), _fresher(run, at)
    for w, now in run.holds[At(at.update)].items():
        if new(now) != now:
            gradient = Ref(Quantity(Kind.GRAD, w.units, earlier))
            formula = minus(Ref(old(now)), Product((Ref(ETA), gradient)))
            yield Step(new(now), formula, "update")
