"""Where a mistake is made: one step of a run, and what stands around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tutor.symbolic.activations import SOFTMAX
from tutor.symbolic.formula import (
    Formula,
    Neg,
    Product,
    Ref,
    Sum,
    factors,
    minus,
    plus,
    terms,
    times,
)
from tutor.symbolic.network import Layer, Network
from tutor.symbolic.quantity import (
    DE_DNET,
    DE_DO,
    ETA,
    LOCAL,
    MU,
    NET,
    At,
    B,
    Kind,
    O,
    Quantity,
    T,
    W,
)
from tutor.symbolic.step import Step

if TYPE_CHECKING:
    from tutor.symbolic.descent import Run

CONSTANT = (ETA, MU)
GIVEN = (Kind.X, Kind.T)


@dataclass(frozen=True, slots=True)
class Variant:
    """A wrong formula for a step."""

    formula: Formula
    tag: str = ""
    """which of the wrong formulas of one mistake; the same at every step where it is the same"""
    words: Mapping[str, str | Quantity | Formula] = field(default_factory=dict)
    """what a sentence about it may name"""


Rewrite = Callable[["Site"], Iterator[Variant]]


class Absent(LookupError):
    """A mistake would need something that is not there."""


@dataclass(frozen=True, slots=True)
class Use:
    """One product of a gradient: what it takes from behind, its slope if it stands apart, and what
    the weight multiplies."""

    unit: str
    error: Formula
    slope: Formula | None
    sent: Formula


@dataclass(frozen=True, slots=True)
class Site:
    """One step of a run."""

    step: Step
    run: Run

    @property
    def formula(self) -> Formula:
        """The right formula."""
        return self.step.formula

    @property
    def units(self) -> tuple[str, ...]:
        """The units of what the step defines."""
        return self.step.defines.units

    @property
    def unit(self) -> str:
        """The first of them."""
        return self.units[0]

    @property
    def at(self) -> At:
        """The mark of the step."""
        return self.step.defines.at

    @property
    def network(self) -> Network:
        """The shape."""
        return self.run.derivation.network

    def layer(self, up: int = 0) -> Layer:
        """The layer of the step's unit, or one that stands above it."""
        layers = self.network.layers
        names = [layer.name for layer in layers]
        place = self.network.places.get(self.unit)
        depth = place[0] - 1 if place else names.index(self.unit)
        if not 0 <= depth + up < len(layers):
            raise Absent
        return layers[depth + up]

    def function(self, j: str) -> str:
        """The name of a unit's transfer function."""
        activation = self.network.activation(j)
        return activation.name if activation else ""

    @property
    def elementwise(self) -> bool:
        """Whether the unit's output depends on its own net input alone."""
        return self.function(self.unit) != SOFTMAX

    # Quantities that hold where the step does

    def ref(self, q: Quantity) -> Formula:
        """A quantity under the mark of this step."""
        if q not in CONSTANT:
            q = q.marked(self.at._replace(new=False) if q.kind in GIVEN else self.at)
        if q not in self.run.quantities:
            raise Absent(q.key)
        return Ref(q)

    def net(self, j: str) -> Formula:
        return self.ref(NET(j))

    def output(self, j: str) -> Formula:
        return self.ref(O(j))

    def target(self, j: str) -> Formula:
        return self.ref(T(j))

    def sent(self, i: str) -> Formula:
        """What unit i sends on: its output, or the input."""
        return self.ref(self.network.output(i))

    def error(self, j: str) -> Formula:
        return self.ref(DE_DO(j))

    def delta(self, j: str) -> Formula:
        return self.ref(DE_DNET(j))

    def slope(self, j: str) -> Formula:
        return self.ref(LOCAL(j, j))

    def held(self, q: Quantity) -> Formula:
        """A weight or bias as it is during this step."""
        now = self.run.holds[At(self.at.update, 0, self.at.new)].get(q)
        if now is None:
            raise Absent(q.key)
        return Ref(now)

    def weight(self, j: str, i: str) -> Formula:
        return self.held(W(j, i))

    def bias(self) -> Formula:
        return self.held(B(self.unit))

    def turned(self, row: int, column: int, layer: Layer) -> Formula:
        """The weight into a layer at this row and column."""
        senders = self.network.feeders(layer)
        if row >= len(layer.units) or column >= len(senders):
            raise Absent
        return self.weight(layer.units[row], senders[column])

    # Gradients

    @property
    def miss(self) -> Formula:
        """o - t of an output."""
        return minus(self.output(self.unit), self.target(self.unit))

    @property
    def short(self) -> bool:
        """Whether the step says dE/dnet = o - t at once."""
        return (
            self.step.rule == "net-slope"
            and isinstance(self.formula, Sum)
            and (self.formula == self.miss)
        )

    def rebuilt(self, change: Callable[[Use], tuple[Formula, ...]]) -> Formula:
        """A gradient with other factors in each of its products."""
        return plus(*(times(*change(_use(term))) for term in terms(self.formula)))


def _use(term: Formula) -> Use:
    error, *slopes, sent = factors(term)
    assert isinstance(error, Ref)
    return Use(error.to.units[0], error, slopes[0] if slopes else None, sent)


def scaled(factor: Formula, x: Formula) -> Formula:
    """A multiple, the sign in front."""
    if isinstance(x, Neg):
        return Neg(scaled(factor, x.x))
    return Product((factor, *factors(x)))


def negated(x: Formula) -> Formula:
    """-x, with t - o for -(o - t)."""
    if isinstance(x, Neg):
        return x.x
    if isinstance(x, Sum):
        xs = tuple(negated(term) for term in x.xs)
        return Sum(xs[::-1] if isinstance(xs[0], Neg) else xs)
    return Neg(x)
