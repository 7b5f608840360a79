"""Chains of more and more layers, and the gradient of their first weight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from tutor.numeric.exact import number
from tutor.numeric.trace import evaluate
from tutor.plots.vanishing import mean_size
from tutor.solving import Solved
from tutor.symbolic.activations import Activation
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.derivation import derive
from tutor.symbolic.network import Bias, Layer, Network, layer_names, unit_names
from tutor.symbolic.quantity import DE_DO, LOCAL, NET, Kind, X

DEEPEST = 10
LARGEST = 1000
"""A chain of larger weights shows nothing."""


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
    mean = mean_size(number(text) for q, text in known.items() if q.kind is Kind.W)
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
