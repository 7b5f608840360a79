"""Every number of a problem in one order, to be taken out and put back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from tutor.problem.problem import Problem
from tutor.symbolic.quantity import ETA, MU, Quantity, T, X


class Slot(NamedTuple):
    """The place of one number."""

    quantity: Quantity
    """under its name without an update"""
    pattern: int = 0
    """whose input or target it is, from 1; 0 for what holds for all patterns"""


def slots(problem: Problem) -> Iterator[tuple[Slot, str]]:
    """Each number that a problem tells, as it was written."""
    rates = ((ETA, problem.learning_rate), (MU, problem.momentum))
    yield from ((Slot(q), text) for q, text in problem.parameters.items())
    yield from ((Slot(q), text) for q, text in rates if text)
    yield from ((Slot(q), text) for q, text in problem.given.items())
    network = problem.network
    for n, pattern in enumerate(problem.patterns, 1):
        inputs = zip(map(X, network.inputs), pattern.inputs, strict=True)
        targets = zip(map(T, network.outputs), pattern.targets or (), strict=False)
        for numbers in (inputs, targets):
            yield from ((Slot(q, n), text) for q, text in numbers if text is not None)


def filled(problem: Problem, texts: Sequence[str]) -> Problem:
    """The problem with other numbers, in the order of ``slots``."""
    told = iter(texts)

    def each(before: Sequence[str | None]) -> tuple[str | None, ...]:
        return tuple(text if text is None else next(told) for text in before)

    parameters = {q: next(told) for q in problem.parameters}
    rate, momentum = each((problem.learning_rate or None, problem.momentum or None))
    given = {q: next(told) for q in problem.given}
    patterns = tuple(
        replace(one, inputs=each(one.inputs), targets=one.targets and each(one.targets))
        for one in problem.patterns
    )
    return replace(
        problem,
        parameters=parameters,
        learning_rate=rate,
        momentum=momentum,
        given=given,
        patterns=patterns,
    )
