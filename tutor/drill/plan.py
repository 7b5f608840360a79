"""In which order a problem is asked: what a student would do in one go is one question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.solving import PARAMETERS, Solved
from tutor.symbolic.quantity import Kind, Quantity, parameter
from tutor.symbolic.rewrite import refs


@dataclass(frozen=True, slots=True)
class Question:
    """The numbers of one rule in one layer; without any, whether a unit is output or hidden."""

    quantities: tuple[Quantity, ...] = ()
    weight: Quantity | None = None
    """that leads to the unit whose part is asked"""


def plan(solved: Solved) -> tuple[Question, ...]:
    """Every question on the way to what is asked."""
    return (*_role(solved), *map(Question, _groups(solved)))


def _role(solved: Solved) -> Iterator[Question]:
    """The unit that the first asked weight leads to."""
    for q in solved.asked:
        about = q.kind in (Kind.GRAD, Kind.CHANGE, *PARAMETERS)
        if about and q.units and q.units[0] in solved.problem.network.places:
            yield Question(weight=parameter(q.units))
            return


def _groups(solved: Solved) -> Iterator[tuple[Quantity, ...]]:
    """Groups, each after those that it needs."""
    steps = {
        q: step
        for q, step in solved.run.by_quantity.items()
        if q in solved.needed and q not in solved.pinned
    }
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
