"""Certification: every printed number computed a second way, slopes by differences of E."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import MAX_EMAX, MIN_EMIN, Decimal, localcontext

from tutor.errors import NotCertified
from tutor.numeric.ball import NOTHING, Ball, balls
from tutor.numeric.differences import Known, central_differences
from tutor.numeric.exact import CONTEXT
from tutor.numeric.stepwise import step_differences
from tutor.numeric.trace import Values, by_presentation, evaluate
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.descent import Presentation, Run, Update
from tutor.symbolic.quantity import DE_DO, ETA, MU, At, Kind, Quantity

TOLERANCE = Decimal("1e-20")
TINIEST = Decimal("1e-1000000000")
"""What is smaller is 0: products of such numbers have no exponent left."""
SURE = Decimal("1e-30")
"""A value that may be off by more than this part of it has lost digits that a page can show."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was checked, and the largest relative difference that was seen."""

    checked: int
    central_differences: float
    by_steps: bool = False
    """whether given values made it necessary to check step by step"""
    beyond: int = 0
    """how many of those checked are too small beside what they come from for more than saying that
    rounding explains the difference"""
    off: Mapping[Quantity, Decimal] = field(default_factory=dict)
    """how far a value may be off that has cancelled; a 0 among them may not be exactly 0"""


Pair = tuple[Quantity, Ball, Ball]


def certify(run: Run, exact: Values, pins: Mapping[Quantity, Decimal]) -> Certificate:
    """Check every slope, update and second forward pass on unrounded values in 110 digits.

    Raises NotCertified where one differs by more than 1e-20 of its size, and by more than rounding
    can have done.
    """
    by_steps = bool(pins) or not run.derivation.network.loss
    distances: list[Decimal | None] = []
    with localcontext(CONTEXT, Emin=MIN_EMIN, Emax=MAX_EMAX):
        known = balls(run.steps, exact, pins)
        presented = by_presentation(known)
        for n in range(len(run.updates)):
            pairs = _pairs(run, n, known, presented, pins, by_steps)
            distances += (_distance(*pair) for pair in pairs)
        off = {q: x.radius for q, x in known.items() if x.radius > SURE * abs(x.value)}
    told = [distance for distance in distances if distance is not None]
    beyond = len(distances) - len(told)
    return Certificate(len(distances), float(max(told, default=0)), by_steps, beyond, off)


def _distance(q: Quantity, derived: Ball, other: Ball) -> Decimal | None:
    """The relative difference; none where it is no larger than what rounding can have done."""
    distance = abs(derived.value - other.value)
    if distance <= TINIEST:
        return Decimal(0)
    if distance <= TOLERANCE * abs(derived.value):
        return distance / abs(derived.value)
    if distance <= derived.radius + other.radius:
        return None
    numbers = f"derived {derived.value:.10g}, by differences {other.value:.10g}"
    raise NotCertified(f"{q.key}: {numbers}")


def _pairs(
    run: Run,
    n: int,
    exact: Known,
    presented: Mapping[At, Known],
    pins: Mapping[Quantity, Decimal],
    by_steps: bool,
) -> Iterator[Pair]:
    """What one update computes, and the same in another way."""
    update = run.updates[n]
    stated = {q.marked(At()) for q in pins}
    totals: dict[Quantity, Ball] = {}
    held = {q: exact[now] for q, now in update.before if now in exact}
    for shown in update.presentations:
        plain = presented.get(shown.at, {})
        values = {**plain, **held}
        slopes = (
            step_differences(run, values, stated) if by_steps else central_differences(run, values)
        )
        for q, difference in slopes.items():
            if q in values and q not in stated:
                totals[q] = totals.get(q, NOTHING) + difference
                yield q.marked(shown.at), values[q], difference
        yield from _paths(shown, values)
        yield from _again(run, update, shown, exact, plain)
    if run.schedule.batch:
        share = Ball(Decimal(len(update.presentations) if run.schedule.mean else 1))
        for q, total in totals.items():
            if (derived := exact.get(q.marked(update.at))) is not None:
                yield q.marked(update.at), derived, total / share
    yield from _updates(run, n, exact)


def _paths(shown: Presentation, values: Known) -> Iterator[Pair]:
    """The paths to a hidden unit's output add up to its slope."""
    sums: dict[Quantity, Ball] = {}
    for q, value in values.items():
        if q.kind is Kind.PATH:
            whole = DE_DO(q.units[0])
            sums[whole] = sums.get(whole, NOTHING) + value
    for q, total in sums.items():
        if q in values:
            yield q.marked(shown.at), values[q], total


def _updates(run: Run, n: int, exact: Known) -> Iterator[Pair]:
    """Each new weight is the old one, less rate times gradient, and a part of its last step."""
    update = run.updates[n]
    before = dict(run.updates[n - 1].before) if n else {}
    for w, now in update.before:
        slope, new = slope_of_error(w).marked(update.at), w.marked(update.new)
        if new not in exact or slope not in exact:
            continue
        step = -(exact[ETA] * exact[slope])
        if w in before and MU in exact:
            step = step + exact[MU] * (exact[now] - exact[before[w]])
        yield new, exact[new], exact[now] + step
        change = Quantity(Kind.CHANGE, w.units, update.at)
        yield change, exact[change], step


def _again(
    run: Run, update: Update, shown: Presentation, exact: Known, plain: Known
) -> Iterator[Pair]:
    """The second forward pass, from the inputs and the new weights."""
    if not run.schedule.rate or not run.schedule.again:
        return
    new = {w: exact.get(w.marked(update.new), exact[now]).value for w, now in update.before}
    given = {q: ball.value for q, ball in plain.items() if q.kind in (Kind.X, Kind.T)}
    for q, value in evaluate(run.derivation.forward, given | new).items():
        name = q.marked(shown.at._replace(new=True))
        if name in exact and q not in new:
            yield name, exact[name], Ball(value)
