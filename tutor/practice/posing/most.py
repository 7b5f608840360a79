"""Which of the weights into a unit changes most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tutor.practice.posing.posed import Posed, Unposable, asked_parameters, shuffled
from tutor.solving import Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.quantity import Quantity

CLEAR = Decimal("1.2")
"""How many times more it changes than the second, at least."""


@dataclass(frozen=True)
class Most(Posed):
    """The weights into one unit, each with what it is fed."""

    unit: str
    weights: tuple[tuple[Quantity, Quantity], ...]

    @property
    def right(self) -> int:
        """The place of the weight that changes most, from 0."""
        sizes = [abs(self.solved.figures.exact[sent]) for _, sent in self.weights]
        return sizes.index(max(sizes))


def most(solved: Solved, stream: str) -> Most:
    """A unit whose weights are told apart by what they are fed."""
    for one in shuffled(_clear(solved), f"{stream}/unit"):
        return one
    what = "of no unit does one weight change clearly more than the others"
    raise Unposable(
        solved, what, "show one pattern at a time, and use inputs that differ more in size"
    )


def _clear(solved: Solved) -> Iterator[Most]:
    network, first = solved.problem.network, solved.run.updates[0]
    wanted = {q.units for q in asked_parameters(solved)}
    for layer in network.layers if len(first.presentations) == 1 else ():
        at = first.presentations[0].at
        for j in layer.units:
            weights = tuple(
                (w, network.output(w.units[1]).marked(at))
                for w in network.parameters
                if len(w.units) == 2 and w.units[0] == j
            )
            one = Most(solved, j, weights)
            if wanted & {w.units for w, _ in weights} and _is_clear(one):
                yield one


def _is_clear(one: Most) -> bool:
    """Whether the largest step is not 0 and far from the second, for what the weights are fed."""
    values = one.solved.figures.values
    at = one.solved.run.updates[0].at
    slopes = [slope_of_error(w).marked(at) for w, _ in one.weights]
    sent = [q for _, q in one.weights]
    if len(sent) < 2 or not all(q in values for q in (*sent, *slopes)):
        return False
    return _leads([values[q] for q in sent]) and _leads([values[q] for q in slopes])


def _leads(values: Sequence[Decimal]) -> bool:
    """Whether the largest in size is clearly larger than the second."""
    second, first = sorted(map(abs, values))[-2:]
    return first > 0 and first >= CLEAR * second
