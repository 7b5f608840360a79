"""A pass through the network, frame by frame: who shows what, and what is computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from tutor.solving import Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.network import Layer
from tutor.symbolic.quantity import DE_DNET, DE_DO, NET, At, E, Kind, O, Quantity, W


@dataclass(frozen=True)
class Frame:
    """One moment. Quantities carry no mark; they hold in the first presentation."""

    key: str
    """its sentence"""
    units: Mapping[str, Quantity]
    """what each unit shows; a unit that shows nothing yet is not there"""
    edges: Mapping[Quantity, Quantity]
    """what each weight or bias shows: itself, what flows back along it, or its gradient"""
    lit: frozenset[Quantity]
    computed: tuple[Quantity, ...]
    """what is new, in order"""
    about: tuple[Quantity, ...] = ()
    """what its sentence names"""
    flows: Mapping[Quantity, tuple[Quantity, Quantity]] = field(default_factory=dict)
    """the two factors of what flows back along a weight"""


def flow_of(solved: Solved) -> list[Frame]:
    """The frames of the first presentation: forward layer by layer, then back, a hidden unit
    each; a frame of which nothing is known is left out."""
    at = solved.run.updates[0].presentations[0].at
    frames = _Frames(solved, at)
    return [frame for frame in frames.every() if frame.key == "inputs" or frame.computed]


class _Frames:
    def __init__(self, solved: Solved, at: At) -> None:
        self.network = solved.problem.network
        self.known = {q.marked(At()) for q in solved.figures.values if q.at == at}
        self.units: dict[str, Quantity] = {}
        parameters = self.network.parameters
        self.edges = {q: q for q in parameters if q in solved.problem.parameters}

    def every(self) -> Iterator[Frame]:
        network = self.network
        self.units = {i: network.output(i) for i in network.inputs}
        yield self._frame("inputs", tuple(self.units.values()), tuple(self.units.values()))
        for layer in network.layers:
            yield from self._forward(layer)
        yield self._frame("error", (*self._shares(), E), tuple(map(O, network.outputs)))
        yield self._back("outputs", network.outputs, DE_DO)
        yield self._back("output_nets", network.outputs, DE_DNET)
        for layer, after in reversed(list(pairwise(network.layers))):
            for j in layer.units:
                yield self._flow(j, after)
            yield self._back("hidden_nets", layer.units, DE_DNET)
        slopes = {
            q: slope for q in network.parameters if (slope := slope_of_error(q)) in self.known
        }
        self.edges |= slopes
        yield self._frame("gradients", tuple(slopes.values()), tuple(slopes))

    def _frame(self, key: str, computed: tuple[Quantity, ...], lit: tuple[Quantity, ...]) -> Frame:
        shown = tuple(q for q in computed if q in self.known)
        edges = {q: self.edges[q] for q in self.edges if self.edges[q] == q or key == "gradients"}
        return Frame(key, dict(self.units), edges, frozenset(lit), shown)

    def _forward(self, layer: Layer) -> Iterator[Frame]:
        self.units |= {j: O(j) for j in layer.units if O(j) in self.known}
        into = [
            q for q in self.network.parameters if q.kind is Kind.W and q.units[0] in layer.units
        ]
        lit = (*map(O, layer.units), *into, *layer.biases())
        exps = [q for q in sorted(self.known, key=str) if q.kind in (Kind.EXP, Kind.EXPSUM)]
        last = exps if layer is self.network.layers[-1] else []
        nets = map(NET, layer.units)
        yield self._frame("forward", (*nets, *last, *map(O, layer.units)), lit)

    def _shares(self) -> Iterator[Quantity]:
        yield from (Quantity(Kind.SHARE, (j,)) for j in self.network.outputs)

    def _back(self, key: str, units: tuple[str, ...], slope: object) -> Frame:
        assert callable(slope)
        self.units |= {j: slope(j) for j in units if slope(j) in self.known}
        local = [q for q in self.known if q.kind is Kind.LOCAL and q.units[-1] in units]
        before = sorted(local, key=str) if slope is DE_DNET else []
        return self._frame(key, (*before, *map(slope, units)), tuple(map(O, units)))

    def _flow(self, j: str, after: Layer) -> Frame:
        """What comes back to a hidden unit from each unit that it feeds, and their sum."""
        paths = {k: Quantity(Kind.PATH, (j, k)) for k in after.units}
        if len(after.units) == 1:
            paths = {after.units[0]: DE_DO(j)}
        self.units |= {j: DE_DO(j)}
        edges = {W(k, j): path for k, path in paths.items() if path in self.known}
        flows = {W(k, j): (W(k, j), DE_DNET(k)) for k in paths}
        lit = (O(j), *map(O, after.units), *edges)
        shown = tuple(dict.fromkeys((*edges.values(), DE_DO(j))))
        computed = tuple(q for q in shown if q in self.known)
        others = {q: shows for q, shows in self.edges.items() if shows == q}
        about = (DE_DO(j), O(j))
        return Frame(
            "flow", dict(self.units), others | edges, frozenset(lit), computed, about, flows
        )
