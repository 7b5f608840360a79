"""Certification: every printed number computed a second way, slopes by differences of E."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from tutor.errors import NotCertified
from tutor.numeric.differences import central_differences
from tutor.numeric.exact import CONTEXT
from tutor.numeric.stepwise import step_differences
from tutor.numeric.trace import Values, by_presentation, evaluate
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.descent import Presentation, Run, Update
from tutor.symbolic.quantity import DE_DO, ETA, MU, At, E, Kind, Quantity

TOLERANCE = Decimal("1e-20")
SMALL = Decimal("1e-10")
"""Below this part of E a slope is compared absolutely."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was checked, and the largest relative difference that was seen."""

    checked: int
    central_differences: float
    by_steps: bool = False
    """whether given values made it necessary to check step by step"""


Pair = tuple[Quantity, Decimal, Decimal]


def certify(run: Run, exact: Values, pins: Mapping[Quantity, Decimal]) -> Certificate:
    """Check every slope, update and second forward pass on unrounded values at 50 digits.

    Raises NotCertified where one differs by more than 1e-20 of its size.
    """
    by_steps = bool(pins) or not run.derivation.network.loss
    checked, worst = 0, Decimal(0)
    presented = by_presentation(exact)
    with localcontext(CONTEXT):
        for n, update in enumerate(run.updates):
            errors = [abs(exact.get(E.marked(one.at), Decimal(0))) for one in update.presentations]
            floor = SMALL * max([Decimal(1), *errors])
            for q, value, other in _pairs(run, n, exact, presented, pins, by_steps):
                checked += 1
                worst = max(worst, _compare(q, value, other, floor))
    return Certificate(checked, float(worst), by_steps)


def _compare(q: Quantity, value: Decimal, other: Decimal, floor: Decimal) -> Decimal:
    distance = abs(value - other) / max(abs(value), floor)
    if distance > TOLERANCE:
        raise NotCertified(f"{q.key}: derived {value:.10g}, by differences {other:.10g}")
    return distance


def _pairs(
    run: Run,
    n: int,
    exact: Values,
    presented: Mapping[At, Values],
    pins: Mapping[Quantity, Decimal],
    by_steps: bool,
) -> Iterator[Pair]:
    """What one update computes, and the same in another way."""
    update = run.updates[n]
    stated = {q.marked(At()) for q in pins}
    totals: dict[Quantity, Decimal] = {}
    held = {q: exact[now] for q, now in update.before if now in exact}
    for shown in update.presentations:
        plain = presented.get(shown.at, {})
        values = plain | held
        slopes = (
            step_differences(run, values, stated) if by_steps else central_differences(run, values)
        )
        for q, difference in slopes.items():
            if q in values and q not in stated:
                totals[q] = totals.get(q, Decimal(0)) + difference
                yield q.marked(shown.at), values[q], difference
        yield from _paths(shown, values)
        yield from _again(run, update, shown, exact, plain)
    if run.schedule.batch:
        share = Decimal(len(update.presentations) if run.schedule.mean else 1)
        for q, total in totals.items():
            if (derived := exact.get(q.marked(update.at))) is not None:
                yield q.marked(update.at), derived, total / share
    yield from _updates(run, n, exact)


def _paths(shown: Presentation, values: Values) -> Iterator[Pair]:
    """The paths to a hidden unit's output add up to its slope."""
    sums: dict[Quantity, Decimal] = {}
    for q, value in values.items():
        if q.kind is Kind.PATH:
            whole = DE_DO(q.units[0])
            sums[whole] = sums.get(whole, Decimal(0)) + value
    for q, total in sums.items():
        if q in values:
            yield q.marked(shown.at), values[q], total


def _updates(run: Run, n: int, exact: Values) -> Iterator[Pair]:
    """Each new weight is the old one, less rate times gradient, and a part of its last step."""
    update = run.updates[n]
    before = dict(run.updates[n - 1].before) if n else {}
    for w, now in update.before:
        slope, new = slope_of_error(w).marked(update.at), w.marked(update.new)
        if new not in exact or slope not in exact:
            continue
        step = -exact[ETA] * exact[slope]
        if w in before and MU in exact:
            step += exact[MU] * (exact[now] - exact[before[w]])
        yield new, exact[new], exact[now] + step
        change = Quantity(Kind.CHANGE, w.units, update.at)
        yield change, exact[change], step


def _again(
    run: Run, update: Update, shown: Presentation, exact: Values, plain: Values
) -> Iterator[Pair]:
    """The second forward pass, from the inputs and the new weights."""
    if not run.schedule.rate or not run.schedule.again:
        return
    new = {w: exact.get(w.marked(update.new), exact[now]) for w, now in update.before}
    given = {q: value for q, value in plain.items() if q.kind in (Kind.X, Kind.T)}
    for q, value in evaluate(run.derivation.forward, given | new).items():
        name = q.marked(shown.at._replace(new=True))
        if name in exact and q not in new:
            yield name, exact[name], value
