"""Central differences of E, with no code of the reverse rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from math import prod

from tutor.numeric.ball import NOTHING, Ball, Balls, rounded
from tutor.numeric.exact import grown, growth
from tutor.symbolic.descent import Run
from tutor.symbolic.formula import Algebra
from tutor.symbolic.quantity import DE_DNET, DE_DO, LOCAL, NET, E, Kind, O, Quantity
from tutor.symbolic.rewrite import refs

WIDTH = Decimal("1e-60")
"""Half the distance of a difference, in parts of what can be moved: its error is about 1e-120."""

Known = Mapping[Quantity, Ball]
Changes = Mapping[Quantity, Ball]
Move = Callable[[Changes], Ball | None]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a formula: its value, and what it changes by when quantities do, if it does."""

    value: Ball
    move: Move


class Moving(Algebra[Part]):
    """By how much a formula changes when quantities in it do.

    A change is made from the changes of the parts, as e^(x+h) - e^x = e^x (e^h - 1), and never
    from two numbers that are nearly equal: no digits are lost, however small it is. A piecewise
    function stays on the branch of its value; at a kink this is the convention's one-sided slope.
    """

    def __init__(self, values: Known) -> None:
        self.balls = Balls(values)

    def num(self, text: str) -> Part:
        return Part(self.balls.num(text), lambda changes: None)

    def ref(self, to: Quantity) -> Part:
        return Part(self.balls.ref(to), lambda changes: changes.get(to))

    def neg(self, x: Part) -> Part:
        def move(changes: Changes) -> Ball | None:
            return -h if (h := x.move(changes)) else None

        return Part(-x.value, move)

    def sum(self, xs: Sequence[Part]) -> Part:
        value = self.balls.sum([x.value for x in xs])
        return Part(value, lambda changes: _added(x.move(changes) for x in xs))

    def product(self, xs: Sequence[Part]) -> Part:
        return reduce(_times, xs)

    def quotient(self, a: Part, b: Part) -> Part:
        ratio = a.value / b.value

        def move(changes: Changes) -> Ball | None:
            top, below = a.move(changes), b.move(changes)
            if below:
                return (_added((top, -(ratio * below))) or NOTHING) / (b.value + below)
            return top / b.value if top else None

        return Part(ratio, move)

    def power(self, x: Part, n: int) -> Part:
        return reduce(_times, [x] * n)

    def call(self, fn: str, x: Part) -> Part:
        return Part(self.balls.call(fn, x.value), _MOVES[fn](self, x))

    def cases(self, x: Part, above: Callable[[], Part], otherwise: Callable[[], Part]) -> Part:
        return above() if x.value.value > 0 else otherwise()

    def exp(self, x: Part) -> Move:
        value = self.balls.call("exp", x.value)

        def move(changes: Changes) -> Ball | None:
            h = x.move(changes)
            return value * rounded(growth(h.value), 2 * h.radius) if h else None

        return move

    def ln(self, x: Part) -> Move:
        def move(changes: Changes) -> Ball | None:
            h = x.move(changes)
            return rounded(grown((h / x.value).value), 2 * (h / x.value).radius) if h else None

        return move

    def tanh(self, x: Part) -> Move:
        """tanh x = 2 / (1 + e^-2x) - 1, for x > 0 so that the power is small."""
        if x.value.value < 0:
            return self.neg(Part(-x.value, self.tanh(self.neg(x)))).move
        power = self.call("exp", self.neg(self.product([self.num("2"), x])))
        return self.quotient(self.num("2"), self.sum([self.num("1"), power])).move

    def relu(self, x: Part) -> Move:
        return x.move if x.value.value > 0 else lambda changes: None


_MOVES: Mapping[str, Callable[[Moving, Part], Move]] = {
    "exp": Moving.exp,
    "ln": Moving.ln,
    "tanh": Moving.tanh,
    "relu": Moving.relu,
}


def _added(changes: Iterable[Ball | None]) -> Ball | None:
    there = [change for change in changes if change]
    return reduce(Ball.__add__, there) if there else None


def _times(a: Part, b: Part) -> Part:
    def move(changes: Changes) -> Ball | None:
        by_a, by_b = a.move(changes), b.move(changes)
        first = by_a * b.value if by_a else None
        both = by_a * by_b if by_a and by_b else None
        return _added((first, a.value * by_b if by_b else None, both))

    return Part(a.value * b.value, move)


def central(width: Decimal, above: Ball | None, below: Ball | None) -> Ball:
    """A slope, from what moving by the width up, and down, changes.

    What the two do not share bounds what the curve between them adds.
    """
    up, down = above or NOTHING, below or NOTHING
    distance = up - down
    curved = abs(up.value + down.value)
    return Ball(distance.value, distance.radius + curved) / Ball(2 * width)


def central_differences(run: Run, values: Known) -> dict[Quantity, Ball]:
    """Every slope of E, and every f', from the forward pass a little above and a little below."""
    moving = Moving(values)
    forward = [
        (step.defines, frozenset(refs(step.formula)), step.formula.read(moving).move)
        for step in run.derivation.forward
    ]
    width = WIDTH * room(run, values) / _scale(run, values)
    slopes: dict[Quantity, Ball] = {}
    for q, name in _slopes(run):
        above, below = (_moved(forward, q, Ball(side)) for side in (width, -width))
        slopes[name] = central(width, above.get(E), below.get(E))
        if q.kind is Kind.NET:
            for k in run.derivation.network.places:
                if (local := LOCAL(k, q.units[0])) in values:
                    slopes[local] = central(width, above.get(O(k)), below.get(O(k)))
    return slopes


def room(run: Run, values: Known) -> Decimal:
    """How far an output under a logarithm is from 0 and 1, where E has no value."""
    network = run.derivation.network
    if not network.loss or not network.loss.matches:
        return Decimal(1)
    outputs = [values[O(j)].value for j in network.outputs if O(j) in values]
    return min([Decimal(1), *(side for o in outputs for side in (o, 1 - o) if side > 0)])


def _slopes(run: Run) -> list[tuple[Quantity, Quantity]]:
    """What E is differentiated by, and the name of that slope."""
    network = run.derivation.network
    units = [j for layer in network.layers for j in layer.units]
    return [
        *((w, Quantity(Kind.GRAD, w.units)) for w in network.parameters),
        *((NET(j), DE_DNET(j)) for j in units),
        *((O(j), DE_DO(j)) for j in units),
    ]


def _scale(run: Run, values: Known) -> Decimal:
    """By how much a change can grow on its way: the largest value sent, and weights by layers."""
    network = run.derivation.network
    sent = [q for q in values if q.kind in (Kind.X, Kind.O)]
    weights = [
        [q for q in network.parameters if q.units[0] in layer.units] for layer in network.layers
    ]
    return prod(
        (max([Decimal(1), *(abs(values[q].value) for q in row)]) for row in (sent, *weights)),
        start=Decimal(1),
    )


def _moved(
    forward: Sequence[tuple[Quantity, frozenset[Quantity], Move]], q: Quantity, by: Ball
) -> Changes:
    """What changes in the forward pass when one quantity does; steps with what they use."""
    changes = {q: by}
    for defines, uses, move in forward:
        if not changes.keys().isdisjoint(uses) and (change := move(changes)):
            changes[defines] = change
    return changes
