"""Central differences of E, with no code of the reverse rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext
from math import prod

from tutor.numeric.exact import Exact
from tutor.numeric.trace import Values
from tutor.symbolic.descent import Run
from tutor.symbolic.quantity import DE_DNET, DE_DO, LOCAL, NET, E, Kind, O, Quantity
from tutor.symbolic.rewrite import refs
from tutor.symbolic.step import Step

WIDTH = Decimal("1e-17")
"""Half the distance of a difference: its error is about 1e-34, its loss of digits 1e-43."""


WIDE = Context(prec=150, traps=[DivisionByZero, InvalidOperation, Overflow])
"""Sums keep more digits here, so that a difference near the end of a range loses none."""


class OnBranch(Exact):
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


def central_differences(run: Run, values: Values) -> Values:
    """Every slope of E, and every f', from the forward pass a little above and a little below."""
    forward = run.derivation.forward
    branches: dict[Quantity, list[bool]] = {}
    for step in forward:
        reading = OnBranch(values)
        step.formula.read(reading)
        branches[step.defines] = reading.taken
    uses = [(step, frozenset(refs(step.formula))) for step in forward]
    slopes: Values = {}
    with localcontext(WIDE):
        least = WIDTH / _scale(run, values)
        for q, name in _slopes(run):
            width = least * room(run, q, values)
            above, below = (
                _moved({**values, q: values[q] + side}, q, uses, branches)
                for side in (width, -width)
            )
            slopes[name] = (above[E] - below[E]) / (2 * width)
            if q.kind is Kind.NET:
                for k in run.derivation.network.places:
                    if (local := LOCAL(k, q.units[0])) in values:
                        slopes[local] = (above[O(k)] - below[O(k)]) / (2 * width)
    return slopes


def room(run: Run, q: Quantity, values: Values) -> Decimal:
    """How far q is from where E has no value: an output under a logarithm lies between 0 and 1."""
    network = run.derivation.network
    if q.kind is not Kind.O or not network.loss or not network.loss.matches:
        return Decimal(1)
    o = values[q]
    inside = q.units[0] in network.outputs and 0 < o < 1
    return min(o, 1 - o) if inside else Decimal(1)


def _slopes(run: Run) -> list[tuple[Quantity, Quantity]]:
    """What E is differentiated by, and the name of that slope."""
    network = run.derivation.network
    units = [j for layer in network.layers for j in layer.units]
    return [
        *((w, Quantity(Kind.GRAD, w.units)) for w in network.parameters),
        *((NET(j), DE_DNET(j)) for j in units),
        *((O(j), DE_DO(j)) for j in units),
    ]


def _scale(run: Run, values: Values) -> Decimal:
    """By how much a change can grow on its way: the largest input and weights, layer by layer."""
    network = run.derivation.network
    rows = [
        [q for q in network.parameters if q.units[0] in layer.units] for layer in network.layers
    ]
    inputs = [q for q in values if q.kind is Kind.X]
    largest = (max((abs(values[q]) for q in row), default=Decimal(1)) for row in (inputs, *rows))
    return prod((max(Decimal(1), size) for size in largest), start=Decimal(1))


def _moved(
    values: Values,
    moved: Quantity,
    forward: Sequence[tuple[Step, frozenset[Quantity]]],
    branches: Mapping[Quantity, list[bool]],
) -> Values:
    """The forward pass again, from one quantity that has moved; steps with what they use."""
    changed = {moved}
    for step, uses in forward:
        if not changed.isdisjoint(uses):
            values[step.defines] = step.formula.read(OnBranch(values, branches[step.defines]))
            changed.add(step.defines)
    return values
