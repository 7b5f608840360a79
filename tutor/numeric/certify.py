"""Certification: every gradient against differences of E, with no code of the reverse rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, DecimalException, localcontext

from tutor.numeric.exact import CONTEXT, Exact
from tutor.numeric.trace import Values
from tutor.symbolic.descent import Run, Update
from tutor.symbolic.formula import Formula
from tutor.symbolic.quantity import DE_DNET, DE_DO, At, E, Kind, O, Quantity
from tutor.symbolic.rewrite import Expand, refs
from tutor.symbolic.step import Step

WIDTH = Decimal("1e-17")
"""Half the distance of a difference: its error is about 1e-34, its loss of digits 1e-43."""
TOLERANCE = Decimal("1e-20")


class NotCertified(ArithmeticError):
    """A gradient is not the slope of E: nothing may be printed."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was checked, and the largest relative difference that was seen."""

    gradients: int
    central_differences: float
    by_steps: bool = False
    """whether given values made it necessary to check step by step"""


class _OnBranch(Exact):
    """Evaluation that keeps each piecewise function on the branch of an earlier evaluation.

    At the kink of a ReLU this is the one-sided derivative that the convention takes.
    """

    def __init__(self, values: Mapping[Quantity, Decimal], taken: list[bool] | None = None) -> None:
        super().__init__(values)
        self.replay = taken is not None
        self.taken = list(taken or ())

    def _above(self, x: Decimal) -> bool:
        if self.replay:
            return self.taken.pop(0)
        self.taken.append(x > 0)
        return x > 0

    def call(self, fn: str, x: Decimal) -> Decimal:
        if fn == "relu":
            return x if self._above(x) else Decimal(0)
        return super().call(fn, x)

    def cases(
        self, x: Decimal, above: Callable[[], Decimal], otherwise: Callable[[], Decimal]
    ) -> Decimal:
        return above() if self._above(x) else otherwise()


def certify(run: Run, exact: Values, pins: Mapping[Quantity, Decimal]) -> Certificate:
    """Check each gradient of each presentation on unrounded values at 50 digits.

    Raises NotCertified where one differs by more than 1e-20 of its size.
    """
    checked, worst = 0, Decimal(0)
    with localcontext(CONTEXT):
        for update in run.updates:
            for q, slope, difference in _pairs(run, update, exact, pins):
                checked += 1
                worst = max(worst, _compare(q, slope, difference))
    return Certificate(checked, float(worst), bool(pins) or not run.derivation.network.loss)


def _compare(q: Quantity, slope: Decimal, difference: Decimal) -> Decimal:
    distance = abs(slope - difference) / max(abs(slope), Decimal("1e-10"))
    if distance > TOLERANCE:
        raise NotCertified(f"{q.key}: derived {slope:.10g}, by differences {difference:.10g}")
    return distance


Pair = tuple[Quantity, Decimal, Decimal]


def _pairs(
    run: Run, update: Update, exact: Values, pins: Mapping[Quantity, Decimal]
) -> Iterator[Pair]:
    """Each slope of one update, as derived and by differences."""
    by_steps = pins or not run.derivation.network.loss
    measure = _by_steps if by_steps else _central_differences
    totals: dict[Quantity, Decimal] = {}
    for shown in update.presentations:
        values = _presented(run, update, shown.at, exact)
        stated = {q.marked(At()) for q in pins}
        for q, difference in measure(run, values, stated).items():
            derived = exact.get(q.marked(shown.at))
            if derived is not None:
                totals[q] = totals.get(q, Decimal(0)) + difference
                yield q.marked(shown.at), derived, difference
    if run.schedule.batch:
        share = Decimal(len(update.presentations) if run.schedule.mean else 1)
        for q, total in totals.items():
            if (derived := exact.get(q.marked(update.at))) is not None:
                yield q.marked(update.at), derived, total / share


def _presented(run: Run, update: Update, at: At, exact: Values) -> Values:
    """The values that one presentation starts from, under their names without marks."""
    held = {q: exact[now] for q, now in update.before if now in exact}
    plain = {q.marked(At()): value for q, value in exact.items() if q.at == at}
    return plain | held


def _central_differences(run: Run, values: Values, _: object) -> Values:
    """dE/dw of every weight and bias, from E a little above and a little below."""
    forward = run.derivation.forward
    branches: dict[Quantity, list[bool]] = {}
    for step in forward:
        reading = _OnBranch(values)
        step.formula.read(reading)
        branches[step.defines] = reading.taken
    slopes = {}
    for q in run.derivation.network.parameters:
        above, below = (
            _error_with(q, values[q] + side, values, forward, branches) for side in (WIDTH, -WIDTH)
        )
        slopes[Quantity(Kind.GRAD, q.units)] = (above - below) / (2 * WIDTH)
    return slopes


def _error_with(
    q: Quantity,
    value: Decimal,
    values: Values,
    forward: tuple[Step, ...],
    branches: Mapping[Quantity, list[bool]],
) -> Decimal:
    moved = {**values, q: value}
    changed = {q}
    for step in forward:
        if not changed.isdisjoint(refs(step.formula)):
            moved[step.defines] = step.formula.read(_OnBranch(moved, branches[step.defines]))
            changed.add(step.defines)
    return moved[E]


def _by_steps(run: Run, values: Values, pins: Collection[Quantity]) -> Values:
    """Every slope from the differences of each step's own formula at the given values."""
    slopes: Values = {E: Decimal(1)}
    named: Values = {}
    for step in reversed(_through(run.derivation.forward)):
        c = step.defines
        name = _name(c)
        if name in values and (name in pins or c not in slopes):
            slopes[c] = values[name]
        if c not in slopes:
            continue
        if name:
            named[name] = slopes[c]
        for q in refs(step.formula):
            local = _local(step, q, values, pins)
            if local is not None:
                slopes[q] = slopes.get(q, Decimal(0)) + slopes[c] * local
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


def _local(step: Step, q: Quantity, values: Values, pins: Collection[Quantity]) -> Decimal | None:
    """A step's own slope by differences; where it or an output is stated, the slope that follows
    from that."""
    name = Quantity(Kind.LOCAL, step.defines.units[:1] + q.units[:1])
    if q.kind is Kind.NET and not {name, step.defines, O(q.units[0])}.isdisjoint(pins):
        return values.get(name)
    if any(used not in values for used in refs(step.formula)):
        return _linear(step, q, values)
    try:
        reading = _OnBranch(values)
        step.formula.read(reading)
        above, below = (
            step.formula.read(_OnBranch({**values, q: values[q] + side}, reading.taken))
            for side in (WIDTH, -WIDTH)
        )
    except DecimalException:
        return None
    return (above - below) / (2 * WIDTH)


def _linear(step: Step, q: Quantity, values: Values) -> Decimal | None:
    """The slope of a net input some of whose terms are not told: those stay as they are."""
    known = {u: values.get(u, Decimal(0)) for u in refs(step.formula)}
    if step.defines.kind is not Kind.NET:
        return None
    above, below = (
        step.formula.read(Exact({**known, q: known[q] + side})) for side in (WIDTH, -WIDTH)
    )
    return (above - below) / (2 * WIDTH)
