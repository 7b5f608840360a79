"""The first presentation in full precision: near 1 a float leaves little of 1 - o."""

from __future__ import annotations

from tutor.numeric.exact import number
from tutor.numeric.trace import Values, evaluate
from tutor.plots.landscape import Landscape
from tutor.solving import Solved
from tutor.symbolic.derivation import derive
from tutor.symbolic.quantity import T, X


def presented(solved: Solved) -> list[tuple[int, Values]]:
    """Each pattern that is presented before the first update, its number from 1, and every
    quantity of its forward and backward pass, not rounded by any rule.

    Raises InputError where they cannot be known.
    """
    Landscape.of(solved)
    problem = solved.problem
    network = problem.network
    derivation = derive(network)
    held = {q: number(text) for q, text in problem.parameters.items()}
    found = []
    for shown in solved.run.updates[0].presentations:
        pattern = problem.patterns[shown.pattern - 1]
        told = dict(zip(map(X, network.inputs), pattern.inputs, strict=True))
        told |= dict(zip(map(T, network.outputs), pattern.targets or (), strict=True))
        start = held | {q: number(text) for q, text in told.items() if text is not None}
        steps = (*derivation.forward, *derivation.backward)
        found.append((shown.pattern, evaluate(steps, start)))
    return found
