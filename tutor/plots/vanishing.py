"""What a slope is multiplied by on its way back, layer by layer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext

from tutor.numeric.exact import CONTEXT
from tutor.numeric.trace import Values
from tutor.plots.exact import presented
from tutor.solving import Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.network import Layer, Network
from tutor.symbolic.quantity import DE_DNET, DE_DO, LOCAL, Quantity, W


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
    return Level(layer, {key: mean_size(values[q] for q in qs) for key, qs in found.items()})


def mean_size(values: Iterable[Decimal]) -> Decimal | None:
    """The mean of numbers without their signs; None where there are none."""
    sizes = list(map(abs, values))
    with localcontext(CONTEXT):
        return sum(sizes, Decimal(0)) / len(sizes) if sizes else None
