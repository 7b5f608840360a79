"""How the indices of a page count: units or layers, each layer from 1 or all units through."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from tutor.problem.problem import OwnName
from tutor.symbolic.network import Network
from tutor.symbolic.quantity import Kind


class Counting(NamedTuple):
    """One way to count."""

    from_first: bool = False
    """whether the indices of a weight begin with the unit that it comes from"""
    from_inputs: bool = False
    """whether the inputs are layer 1, or the first of the units"""
    layered: Collection[str] = frozenset()
    """the letters whose index is the number of a layer: z2 beside a vector z1"""
    running: bool = False
    """whether units are numbered through: the output above two hidden units is 3"""


USUAL = Counting()


def labels(own: Sequence[OwnName]) -> Mapping[str, str]:
    """What the problem's own names call its units: O6 and I6 call y1 6, in_top calls h1 top."""
    found: dict[str, str] = {}
    for name in own:
        if name.quantity.kind in (Kind.X, Kind.O, Kind.NET):
            label = re.search(r"\d+$|(?<=_)[^\W\d_]{2,}$", name.text)
            if label:
                found.setdefault(name.quantity.units[0], label[0])
    return found


def running(network: Network, *, from_inputs: bool) -> Mapping[str, str]:
    """The numbers of the units, counted through from the inputs or from the first hidden one."""
    inputs = network.inputs if from_inputs else ()
    units = chain(inputs, *(layer.units for layer in network.layers))
    return {unit: str(n) for n, unit in enumerate(units, 1)}


def counts_layers(network: Network) -> bool:
    """Whether an index alone may be a layer's: one of several, of one unit."""
    return len(network.layers) > 2 and 1 in network.sizes[1:]


def indices(
    network: Network, unit: str, called: Mapping[str, str], counting: Counting, base: str = ""
) -> Iterator[str]:
    """How people point at a unit behind a letter: h1, 1, layer and number, or layer alone; nothing
    where it is the only one."""
    depth, number = network.places[unit]
    through = counting.running and (depth > 0 or counting.from_inputs)
    if through:
        called = running(network, from_inputs=counting.from_inputs)
    if unit in called:
        yield called[unit]
    row = network.sizes[depth]
    words = layer_words(network, depth)
    if 0 < depth < len(network.layers):
        yield unit
    yield from (f"{word}{number}" for word in words)
    if depth:
        yield f"{depth}{number}"
    by_layer = base in counting.layered
    layered = depth > 0 and (by_layer or counts_layers(network))
    if layered and row == 1:
        yield str(depth + counting.from_inputs)
    if not (through or by_layer or (layered and set(network.sizes[1:]) == {1})):
        yield str(number)
    if row == 1:
        yield from words
        yield ""


def layer_words(network: Network, depth: int) -> tuple[str, ...]:
    """How people point at a layer: the outputs are k, those of a single hidden layer j."""
    if not depth:
        return ("x", "i", "in", "input")
    if depth == len(network.layers):
        return ("y", "o", "out", "output", "k")
    return ("h", "hidden", "hid", "j") if len(network.layers) == 2 else ()
