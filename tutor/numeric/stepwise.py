"""Slopes where a question states values: from differences of each step's own formula."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from tutor.numeric.ball import NOTHING, Ball
from tutor.numeric.differences import WIDTH, Known, Moving, central, room
from tutor.symbolic.descent import Run
from tutor.symbolic.formula import Formula
from tutor.symbolic.quantity import DE_DNET, DE_DO, E, Kind, O, Quantity
from tutor.symbolic.rewrite import Expand, refs
from tutor.symbolic.step import Step


def step_differences(run: Run, values: Known, pins: Collection[Quantity]) -> dict[Quantity, Ball]:
    """Every slope from the differences of each step's own formula at the given values."""
    slopes: dict[Quantity, Ball] = {E: Ball(Decimal(1))}
    named: dict[Quantity, Ball] = {}
    for step in reversed(_through(run.derivation.forward)):
        c = step.defines
        name = _name(c)
        if name and name in values and (name in pins or c not in slopes):
            slopes[c] = values[name]
        if c not in slopes:
            continue
        if name:
            named[name] = slopes[c]
        for q in refs(step.formula):
            local = _local(run, step, q, values, pins)
            if local is not None:
                slopes[q] = slopes.get(q, NOTHING) + slopes[c] * local
    for q in run.derivation.network.parameters:
        if q in slopes:
            named[Quantity(Kind.GRAD, q.units)] = slopes[q]
    return {q: value for q, value in named.items() if q not in pins}


def _through(forward: tuple[Step, ...]) -> list[Step]:
    """The forward steps, a softmax in terms of its net inputs."""
    aside: dict[Quantity, Formula] = {}
    steps = []
    for step in forward:
        formula = step.formula.read(Expand(aside))
        if step.defines.kind in (Kind.EXP, Kind.EXPSUM):
            aside[step.defines] = formula
        else:
            steps.append(replace(step, formula=formula))
    return steps


def _name(c: Quantity) -> Quantity | None:
    if c.kind is Kind.O:
        return DE_DO(c.units[0])
    return DE_DNET(c.units[0]) if c.kind is Kind.NET else None


def _local(
    run: Run, step: Step, q: Quantity, values: Known, pins: Collection[Quantity]
) -> Ball | None:
    """A step's own slope by differences; where it or an output is stated, the slope that follows
    from that."""
    name = Quantity(Kind.LOCAL, step.defines.units[:1] + q.units[:1])
    if q.kind is Kind.NET and not {name, step.defines, O(q.units[0])}.isdisjoint(pins):
        return values.get(name)
    untold = {u: NOTHING for u in refs(step.formula) if u not in values}
    if untold and step.defines.kind is not Kind.NET:
        return None
    # of a net input some of whose terms are not told the others still have slopes
    width = WIDTH * room(run, values)
    move = step.formula.read(Moving({**values, **untold})).move
    return central(width, move({q: Ball(width)}), move({q: Ball(-width)}))
