"""What a slope is multiplied by on its way back: in a problem, and in chains of more layers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import chain

from tutor.numeric.exact import CONTEXT, number
from tutor.numeric.trace import Values, evaluate
from tutor.plots.exact import presented
from tutor.solving import Solved
from tutor.symbolic.activations import Activation
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.derivation import derive
from tutor.symbolic.network import Bias, Layer, Network, layer_names, unit_names
from tutor.symbolic.quantity import DE_DNET, DE_DO, LOCAL, NET, Kind, Quantity, W, X

DEEPEST = 10
LARGEST = 1000
"""A chain of larger weights shows nothing."""


@dataclass(frozen=True, slots=True)
class Level:
    """One layer: the mean size of each kind of number in it, None where it has none."""

    layer: Layer
    sizes: dict[str, Decimal | None]
    """error |dE/do|, slope |f'(net)|, delta |dE/dnet|, gradient |dE/dw|, weight |w|"""


def levels(solved: Solved) -> tuple[int, list[Level]]:
    """The number of the pattern that is presented first, and each layer, nearest to E first.

    A softmax layer has no f'(net). Raises InputError where the numbers cannot be known.
    """
    pattern, values = presented(solved)[0]
    network = solved.problem.network
    return pattern, [_level(network, layer, values) for layer in reversed(network.layers)]


def _level(network: Network, layer: Layer, values: Values) -> Level:
    weights = [W(j, i) for j in layer.units for i in network.feeders(layer)]
    units = layer.units
    found: dict[str, list[Quantity]] = {
        "error": [DE_DO(j) for j in units],
        "slope": [] if layer.softmax else [LOCAL(j, j) for j in units],
        "delta": [DE_DNET(j) for j in units],
        "gradient": list(map(slope_of_error, weights)),
        "weight": weights,
    }
    return Level(layer, {key: _mean(values[q] for q in qs) for key, qs in found.items()})


def _mean(values: Iterable[Decimal]) -> Decimal | None:
    """Of the sizes."""
    sizes = list(map(abs, values))
    with localcontext(CONTEXT):
        return sum(sizes, Decimal(0)) / len(sizes) if sizes else None


@dataclass(frozen=True, slots=True)
class Chain:
    """One unit a layer, all weights alike, no biases, the input 1; the slope at its output is 1."""

    function: str
    weight: Decimal
    nets: tuple[Decimal, ...]
    """of each layer, the first first"""
    slopes: tuple[Decimal, ...]
    """f'(net) of each layer"""
    gradient: Decimal
    """of the first weight"""

    @property
    def factors(self) -> tuple[Decimal, ...]:
        """What the gradient is the product of, without the input: f', w, f', w, ..., f'."""
        behind = ((self.weight, slope) for slope in self.slopes[1:])
        return (self.slopes[0], *chain.from_iterable(behind))


def typical_weight(solved: Solved) -> tuple[Decimal, bool]:
    """The mean size of a problem's weights, to three figures, and True; else 1 and False, where
    it is 0 or beyond LARGEST."""
    known = solved.problem.parameters
    mean = _mean(number(text) for q, text in known.items() if q.kind is Kind.W)
    own = mean is not None and 0 < mean <= LARGEST
    return (Decimal(f"{mean:.3g}"), True) if own else (Decimal(1), False)


def chains(function: str, weight: Decimal) -> Iterator[Chain]:
    """The chains of 1 to DEEPEST layers."""
    for depth in range(1, DEEPEST + 1):
        yield _chain(function, weight, depth)


def _chain(function: str, weight: Decimal, depth: int) -> Chain:
    units = [unit_names(name, 1) for name in layer_names(depth)]
    layers = tuple(
        Layer(name, unit, (Activation(function),), Bias.NONE)
        for name, unit in zip(layer_names(depth), units, strict=True)
    )
    network = Network(("x1",), layers, None)
    last = DE_DO(network.outputs[0])
    derivation = derive(network, given=frozenset({last}))
    start = dict.fromkeys(network.parameters, weight) | {X("x1"): Decimal(1), last: Decimal(1)}
    values = evaluate((*derivation.forward, *derivation.backward), start)
    names = [unit[0] for unit in units]
    return Chain(
        function,
        weight,
        tuple(values[NET(j)] for j in names),
        tuple(values[LOCAL(j, j)] for j in names),
        values[slope_of_error(network.parameters[0])],
    )
