"""Problems that are the same but for the names of their units."""

from __future__ import annotations

from tutor.problem.problem import Problem
from tutor.problem.slots import slots
from tutor.symbolic.quantity import Kind

ROUNDS = 3
"""Neighbours of neighbours that tell units apart."""


def signature(problem: Problem) -> tuple[int, ...]:
    """The same for problems that differ only in the order of units within a layer; for others,
    all but never. It means nothing outside this process."""
    network = problem.network
    own: dict[str, list[tuple[Kind, int, str]]] = {unit: [] for unit in network.places}
    general: list[tuple[Kind, int, str]] = []
    edges: list[tuple[str, str, str]] = []
    for (q, pattern), text in slots(problem):
        if q.kind is Kind.W:
            edges.append((q.units[0], q.units[1], text))
        else:
            told = own.get(q.units[0], general) if q.units else general
            told.append((q.kind, pattern, text))
    layers = {unit: layer for unit, (layer, _) in network.places.items()}
    colours = {unit: hash((layers[unit], *sorted(told))) for unit, told in own.items()}
    for _ in range(ROUNDS):
        seen: dict[str, list[tuple[bool, str, int]]] = {unit: [] for unit in colours}
        for j, i, text in edges:
            seen[j].append((True, text, colours[i]))
            seen[i].append((False, text, colours[j]))
        colours = {unit: hash((colours[unit], *sorted(seen[unit]))) for unit in colours}
    return (hash(tuple(general)), *sorted(colours.values()))
