"""Which quantities a problem has: of all that its network has, those that its schedule computes."""

from __future__ import annotations

from tutor.problem.problem import Problem
from tutor.symbolic.quantity import ALWAYS, DE_DNET, DE_DO, PARAMETERS, At, Kind, Quantity
from tutor.symbolic.schedule import Schedule

FORWARD = (Kind.NET, Kind.EXP, Kind.EXPSUM, Kind.O, Kind.SHARE, Kind.E)
TOTALS = (Kind.E, Kind.GRAD, Kind.CHANGE, *PARAMETERS)
"""What a batch has once, beside or instead of once a pattern."""


def presentations(schedule: Schedule) -> tuple[At, ...]:
    """The mark of each presentation of a pattern."""
    patterns, epochs = max(schedule.patterns, 1), schedule.epochs
    if schedule.batch:
        return tuple(At(s, p) for s in range(1, epochs + 1) for p in range(1, patterns + 1))
    if patterns * epochs == 1:
        return (ALWAYS,)
    return tuple(At(s) for s in range(1, patterns * epochs + 1))


def slopes_given(problem: Problem) -> bool:
    """Whether the slope at every output is given, so that no loss is needed."""
    given = problem.given
    return all(DE_DO(j) in given or DE_DNET(j) in given for j in problem.network.outputs)


def absent(q: Quantity, problem: Problem) -> tuple[str, str] | None:
    """Why a problem does not compute a quantity of its network, and what would be right."""
    schedule, at = problem.schedule, q.at
    shown = presentations(schedule)
    moments = {ALWAYS, *shown, *(At(mark.update) for mark in shown)}
    total = schedule.batch and at.update and not at.pattern
    bias = q.kind in (Kind.B, Kind.CHANGE) and len(q.units) == 1
    new = at.new or q.kind is Kind.CHANGE
    marks = f"{shown[0]} to {shown[-1]}"
    never = at._replace(new=False) not in moments
    rules = (
        (never and shown == (ALWAYS,), "it has one presentation: leave the mark out"),
        (never, f"its presentations are {marks}"),
        (total and q.kind not in TOTALS, f"name a pattern too, {marks}"),
        (
            at.pattern and q.kind in (*PARAMETERS, Kind.CHANGE),
            f"leave the pattern out, [{at.update}]",
        ),
        (at.new and q.kind not in (*PARAMETERS, *FORWARD), "only the forward pass has new values"),
        (q.kind is Kind.PATH and _only_path(q, problem), "there is one path only; name no @"),
        ((new or q.kind is Kind.ETA) and not schedule.rate, "it needs a learning_rate"),
        (q.kind is Kind.MU and not schedule.momentum, "it needs momentum"),
        (new and bias and not schedule.update_biases, "update_biases is false"),
        (q.kind in (Kind.E, Kind.SHARE) and not problem.network.loss, "it needs a loss"),
        (
            at.new and q.kind in FORWARD and not schedule.again,
            "where values are given, nothing is computed with the new weights",
        ),
    )
    why = next((why for applies, why in rules if applies), None)
    return (f"{q.key} does not occur in this problem", why) if why else None


def _only_path(q: Quantity, problem: Problem) -> bool:
    """Whether a unit sends to this one unit, so that its slope is no sum over paths."""
    depth, _ = problem.network.places[q.units[1]]
    return problem.network.sizes[depth] == 1
