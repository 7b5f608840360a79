"""A network's shape becomes its forward steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from tutor.symbolic.activations import SOFTMAX, Activation
from tutor.symbolic.formula import ONE, Call, Formula, Neg, Num, Product, Quotient, Ref, minus, plus
from tutor.symbolic.losses import LOSSES, Loss
from tutor.symbolic.quantity import NET, B, E, Kind, O, Quantity, T, W, X
from tutor.symbolic.step import Step


class Bias(StrEnum):
    """How a layer's units have their biases."""

    NONE = "none"
    EACH = "each"
    SHARED = "shared"


@dataclass(frozen=True)
class Layer:
    """Units that the same units feed."""

    name: str
    units: tuple[str, ...]
    activations: tuple[Activation, ...]
    bias: Bias = Bias.NONE

    @property
    def softmax(self) -> bool:
        """Whether its outputs share one softmax."""
        return self.activations[0].name == SOFTMAX

    def biases(self) -> tuple[Quantity, ...]:
        """Its biases, none, one, or one a unit."""
        return tuple(dict.fromkeys(b for j in self.units if (b := self.bias_of(j))))

    def bias_of(self, j: str) -> Quantity | None:
        """The bias of unit j, if it has one."""
        if self.bias is Bias.NONE:
            return None
        return B(j if self.bias is Bias.EACH else self.name)


def layer_names(count: int) -> tuple[str, ...]:
    """The layers that have weights: h, y with one hidden layer; h1, h2, ..., y with several."""
    if count <= 2:
        return ("h", "y")[2 - count :]
    return (*(f"h{n}" for n in range(1, count)), "y")


def unit_names(layer: str, size: int) -> tuple[str, ...]:
    """h1, h2 in layer h; h1_1, h1_2 in layer h1; y1, y2 in layer y."""
    joint = "_" if layer[-1].isdigit() else ""
    return tuple(f"{layer}{joint}{n}" for n in range(1, size + 1))


@dataclass(frozen=True)
class Network:
    """A shape: who feeds whom, through which functions, and which loss; no numbers."""

    inputs: tuple[str, ...]
    layers: tuple[Layer, ...]
    loss_name: str | None = "half_sse"

    @property
    def loss(self) -> Loss | None:
        """Its row of the table of losses; none where the slopes at the outputs are given."""
        return LOSSES[self.loss_name] if self.loss_name else None

    @property
    def outputs(self) -> tuple[str, ...]:
        """The units of the last layer."""
        return self.layers[-1].units

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units a layer, the inputs first: (2, 2, 1)."""
        return (len(self.inputs), *(len(layer.units) for layer in self.layers))

    def feeders(self, layer: Layer) -> tuple[str, ...]:
        """The units that feed a layer."""
        at = self.layers.index(layer)
        return self.layers[at - 1].units if at else self.inputs

    @cached_property
    def places(self) -> dict[str, tuple[int, int]]:
        """(layer, number) of each unit, the inputs being layer 0 and numbers from 1."""
        rows = (self.inputs, *(layer.units for layer in self.layers))
        return {unit: (n, m) for n, row in enumerate(rows) for m, unit in enumerate(row, 1)}

    @cached_property
    def parameters(self) -> tuple[Quantity, ...]:
        """Every weight and bias, layer by layer."""
        return tuple(self._parameters())

    def _parameters(self) -> Iterator[Quantity]:
        for layer in self.layers:
            yield from (W(j, i) for j in layer.units for i in self.feeders(layer))
            yield from layer.biases()

    def activation(self, unit: str) -> Activation | None:
        """The transfer function of a unit; an input has none."""
        depth, number = self.places[unit]
        return self.layers[depth - 1].activations[number - 1] if depth else None

    def output(self, unit: str) -> Quantity:
        """What a unit puts out: x_i for an input, else o_j."""
        return O(unit) if self.places[unit][0] else X(unit)

    @property
    def matched(self) -> bool:
        """Whether dE/dnet comes to o - t at every output."""
        loss = self.loss
        names = {activation.name for activation in self.layers[-1].activations}
        return loss is not None and loss.matches is not None and names == {loss.matches}


def forward(network: Network) -> Iterator[Step]:
    """The steps from the inputs to E."""
    for layer in network.layers:
        yield from (_softmax if layer.softmax else _elementwise)(network, layer)
    if network.loss:
        yield from _error(network, network.loss)


def _net(network: Network, layer: Layer, j: str) -> Step:
    sends = [(W(j, i), network.output(i)) for i in network.feeders(layer)]
    parts: list[Formula] = [Product((Ref(w), Ref(o))) for w, o in sends]
    if bias := layer.bias_of(j):
        parts.append(Ref(bias))
    return Step(NET(j), plus(*parts), "net")


def _elementwise(network: Network, layer: Layer) -> Iterator[Step]:
    for j, activation in zip(layer.units, layer.activations, strict=True):
        yield _net(network, layer, j)
        net, o = Ref(NET(j)), Ref(O(j))
        slopes = ((NET(j), activation.slope(net, o)),)
        yield Step(O(j), activation.output(net), "output", slopes=slopes)


def _softmax(network: Network, layer: Layer) -> Iterator[Step]:
    exps = {j: Quantity(Kind.EXP, (j,)) for j in layer.units}
    total = Quantity(Kind.EXPSUM, (layer.name,))
    for j in layer.units:
        yield _net(network, layer, j)
    for j in layer.units:
        yield Step(exps[j], Call("exp", Ref(NET(j))), "exp")
    yield Step(total, plus(*map(Ref, exps.values())), "expsum")
    for k in layer.units:
        slopes = tuple((NET(j), _softmax_slope(k, j)) for j in layer.units)
        yield Step(O(k), Quotient(Ref(exps[k]), Ref(total)), "softmax", slopes=slopes)


def _softmax_slope(k: str, j: str) -> Formula:
    """do_k/dnet_j: o_j (1 - o_j) on the diagonal, else -o_k o_j."""
    o_k, o_j = Ref(O(k)), Ref(O(j))
    return Product((o_j, minus(ONE, o_j))) if k == j else Neg(Product((o_k, o_j)))


def _error(network: Network, loss: Loss) -> Iterator[Step]:
    n = Num(str(len(network.outputs)))
    shares = [Quantity(Kind.SHARE, (j,)) for j in network.outputs]
    if len(shares) == 1:
        shares = [E]
    for j, share in zip(network.outputs, shares, strict=True):
        t, o = Ref(T(j)), Ref(O(j))
        slopes = ((O(j), loss.slope(t, o, n)),)
        yield Step(share, loss.share(t, o, n), "share", slopes=slopes)
    if shares != [E]:
        yield Step(E, plus(*map(Ref, shares)), "error")
