"""In which order a problem is asked: what a student would do in one go is one question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tutor.solving import Solved
from tutor.symbolic.derivation import closure
from tutor.symbolic.formula import Formula
from tutor.symbolic.quantity import PARAMETERS, Kind, Quantity, parameter
from tutor.symbolic.rewrite import refs
from tutor.symbolic.step import Step


@dataclass(frozen=True, slots=True)
class Question:
    """The numbers of one rule in one layer; without any, whether a unit is output or hidden."""

    quantities: tuple[Quantity, ...] = ()
    weight: Quantity | None = None
    """that leads to the unit whose part is asked"""


def plan(solved: Solved) -> tuple[Question, ...]:
    """Every question on the way to what is asked."""
    return (*_role(solved), *map(Question, _groups(solved)))


def way(step: Step) -> Formula:
    """The formula by which a student comes to a number: to the slope at the net input of a softmax
    unit by output - target, where that is the same."""
    if step.defines.kind is not Kind.DE_DNET:
        return step.formula
    return min((step.formula, *step.routes), key=lambda formula: len({*refs(formula)}))


def _role(solved: Solved) -> Iterator[Question]:
    """The unit that the first asked weight leads to."""
    for q in solved.asked:
        about = q.kind in (Kind.GRAD, Kind.CHANGE, *PARAMETERS)
        if about and q.units and q.units[0] in solved.problem.network.places:
            yield Question(weight=parameter(q.units))
            return


def _groups(solved: Solved) -> Iterator[tuple[Quantity, ...]]:
    """Groups, each after those that it needs."""
    ways = {
        q: replace(step, formula=way(step))
        for q, step in solved.run.by_quantity.items()
        if q not in solved.pinned
    }
    wanted = closure(ways, solved.asked)
    steps = {q: step for q, step in ways.items() if q in wanted}
    groups: dict[object, list[Quantity]] = {}
    places = solved.problem.network.places
    for q in steps:
        unit = q.units[0] if q.units else ""
        layer = places[unit][0] if unit in places else unit
        groups.setdefault((q.at, q.kind, layer), []).append(q)
    waiting, known = list(groups.values()), solved.figures.values.keys() - steps.keys()
    while waiting:
        ready = (g for g in waiting if all({*refs(steps[q].formula)} <= known for q in g))
        group = next(ready, waiting[0])
        waiting.remove(group)
        known |= {*group}
        yield tuple(group)
