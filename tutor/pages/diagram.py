"""Where everything stands in a drawing of a network, so that nothing overlaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, chain, pairwise
from math import hypot, inf, sqrt
from typing import NamedTuple

from tutor.pages.drawing import (
    BiasMark,
    Box,
    DiagramLabels,
    Drawing,
    Edge,
    Label,
    Node,
    Points,
    Role,
)
from tutor.pages.lettering import FONT, Text
from tutor.symbolic.network import Bias, Layer, Network
from tutor.symbolic.quantity import B, Quantity, W

_LINE = 16.0  # the height of a line of text
_AIR = 5.0  # between any two things that could touch
_MARGIN = 4.0
_FRAME = 7.0  # from a layer's units to the frame around them
_LANE = _LINE + _AIR
_STEEPEST = 2.4  # slope of a line that can still be followed
_FAN = 30.0  # at least, between a sender and the labels where lines cross
_ENTRY = 12.0  # at least, between the labels and their receiver
_HALO = 2.0  # of a label, on either side


def layout(
    network: Network,
    labels: DiagramLabels,
    highlighted: frozenset[Quantity] = frozenset(),
) -> Drawing:
    """The network from left to right, as narrow as its labels allow."""
    columns = [_column(network, layer, labels) for layer in (None, *network.layers)]
    ys = _heights(columns)
    steps = (
        _step(a, b, ya, yb)
        for (a, b), (ya, yb) in zip(pairwise(columns), pairwise(ys), strict=True)
    )
    xs = accumulate(steps, initial=_MARGIN + columns[0].reach)
    top = min(y[0] - column.above for column, y in zip(columns, ys, strict=True)) - _MARGIN
    bottom = max(y[-1] + column.below for column, y in zip(columns, ys, strict=True)) + _MARGIN
    lit = {quantity.key for quantity in highlighted}
    rows = [
        tuple(_nodes(column, x, [at - top for at in y], lit))
        for column, x, y in zip(columns, xs, ys, strict=True)
    ]
    nodes = tuple(chain.from_iterable(rows))
    units = {node.unit: node for node in nodes}
    return Drawing(
        rows[-1][0].x + columns[-1].right + _MARGIN,
        bottom - top,
        nodes,
        tuple(e for column in columns for e in _edges(column, units, lit)),
        tuple(m for column in columns for m in _marks(column, units, lit)),
    )


class _Lane(NamedTuple):
    """A label left of a unit, on the line that brings a sender's output or the unit's bias."""

    key: str
    text: Text
    sender: str | None


@dataclass(frozen=True)
class _Column:
    """The units of a layer; on the left of each a lane for every term of its sum.

    Between the senders and the lanes the lines fan out; no line enters another one's lane.
    """

    units: tuple[str, ...]
    keys: tuple[str, ...]
    role: Role
    lines: tuple[tuple[Text, ...], ...]
    beside: tuple[Text, ...]
    lanes: tuple[tuple[_Lane, ...], ...]
    shared: tuple[str, Text] | None
    """(key, text) of the bias of all units, which stands below a frame around them"""

    @cached_property
    def radius(self) -> float:
        return max(map(_radius, self.lines))

    @property
    def outer(self) -> float:
        """The radius with the frame."""
        return self.radius + (_FRAME if self.shared else 0.0)

    @cached_property
    def legend(self) -> float:
        """Half the width of the text below the frame."""
        return self.shared[1].width / 2 if self.shared else 0.0

    @property
    def reach(self) -> float:
        """From the middle to what stands out farthest."""
        return max(self.outer, self.legend)

    @property
    def right(self) -> float:
        """The same, with the texts beside the units."""
        texts = (self.outer + _AIR + text.width for text in self.beside if text)
        return max(self.reach, *texts, 0.0)

    @cached_property
    def label(self) -> float:
        """The length of the lanes."""
        texts = (lane.text for lane in chain.from_iterable(self.lanes))
        return max((text.width for text in texts), default=0.0) + 2 * _HALO

    @cached_property
    def left(self) -> float:
        """From the middle back to the end of the lanes."""
        last = self.offset(len(self.lanes[0]) - 1)
        return max(self.reach + max(_ENTRY, last / 3), self.past_legend(last))

    @property
    def pitch(self) -> float:
        """The least distance between the middles of two units."""
        return max(2 * self.radius, _LANE * len(self.lanes[0])) + 2 * _AIR

    @property
    def above(self) -> float:
        """From the middle of the first unit to the top."""
        return max(self.outer, _LANE * len(self.lanes[0]) / 2)

    @property
    def below(self) -> float:
        """From the middle of the last unit to the bottom."""
        return max(self.above, self.outer + _LANE if self.shared else 0.0)

    def offset(self, lane: int) -> float:
        """How far below the middle of its unit a lane is."""
        return _LANE * (lane - (len(self.lanes[0]) - 1) / 2)

    def past_legend(self, drop: float, above: float = 0.0) -> float:
        """How far off a line from a unit this far above the last must drop to miss the legend."""
        return drop * (self.legend + _AIR) / (above + self.outer) if self.shared else 0.0


def _column(network: Network, layer: Layer | None, labels: DiagramLabels) -> _Column:
    units = layer.units if layer else network.inputs
    shared = layer.biases() if layer and layer.bias is Bias.SHARED else ()
    return _Column(
        units,
        tuple(network.output(unit).key for unit in units),
        "input" if not layer else "output" if units == network.outputs else "hidden",
        tuple(tuple(map(Text.of, labels.units.get(unit, (unit,)))) for unit in units),
        tuple(Text.of(labels.beside.get(unit, "")) for unit in units),
        tuple(tuple(_lanes(network, layer, j, labels)) for j in units),
        next(((b.key, text) for b in shared if (text := labels.parameter(b))), None),
    )


def _lanes(network: Network, layer: Layer | None, j: str, labels: DiagramLabels) -> Iterator[_Lane]:
    for i in network.feeders(layer) if layer else ():
        yield _Lane(W(j, i).key, labels.parameter(W(j, i)), i)
    if layer and layer.bias is Bias.EACH:
        yield _Lane(B(j).key, labels.parameter(B(j)), None)


def _radius(lines: tuple[Text, ...]) -> float:
    """Of the circle around some lines of text."""
    corners = (hypot(text.width / 2, abs(y) + 0.35 * FONT) for text, y in _stack(lines))
    return max(corners, default=FONT) + 4


def _stack(lines: tuple[Text, ...]) -> Iterator[tuple[Text, float]]:
    """Lines of text with the heights of their middles, around 0."""
    for n, text in enumerate(lines):
        yield text, _LINE * (n - (len(lines) - 1) / 2)


def _heights(columns: list[_Column]) -> list[list[float]]:
    """The middles of all units, around 0; a low column stretches beside a tall one."""
    widest = max(column.pitch for column in columns)
    tallest = max(column.pitch * (len(column.units) - 1) for column in columns)
    return [
        [n * max(column.pitch, min(widest, tallest / last)) for n in _around_zero(last)]
        if (last := len(column.units) - 1)
        else [0.0]
        for column in columns
    ]


def _around_zero(last: int) -> list[float]:
    return [n - last / 2 for n in range(last + 1)]


def _step(a: _Column, b: _Column, ya: list[float], yb: list[float]) -> float:
    """From a column to the next, far enough for lines to miss other circles and the legend."""
    drops = [(y, end + b.offset(n) - y) for n, y in enumerate(ya) for end in yb]
    climb = max(abs(drop) for _, drop in drops)
    near = ya[1] - ya[0] if len(ya) > 1 else inf
    steepest = min(_STEEPEST, sqrt((near / (a.radius + _AIR)) ** 2 - 1))
    legend = max(a.past_legend(drop, ya[-1] - y) for y, drop in drops)
    fan = a.reach + (_FAN if climb > _LANE else _ENTRY)
    return max(fan, climb / steepest, legend) + b.label + b.left


def _nodes(column: _Column, x: float, ys: list[float], lit: set[str]) -> Iterator[Node]:
    left = x + column.outer + _AIR
    for n, y in enumerate(ys):
        lines = tuple(_label(text, x, y + dy) for text, dy in _stack(column.lines[n]))
        text, key = column.beside[n], column.keys[n]
        beside = _label(text, left + text.width / 2, y) if text else None
        unit = column.units[n]
        yield Node(key, unit, column.role, x, y, column.radius, lines, beside, key in lit)


def _edges(column: _Column, nodes: Mapping[str, Node], lit: set[str]) -> Iterator[Edge]:
    for j, lanes in zip(column.units, column.lanes, strict=True):
        for n, (key, text, i) in enumerate(lanes):
            if i:
                label, (left, right, end) = _place(column, nodes[j], n, text)
                points = (_rim(nodes[i], left), left, right, end)
                yield Edge(key, i, j, points, label if text else None, key in lit)


def _marks(column: _Column, nodes: Mapping[str, Node], lit: set[str]) -> Iterator[BiasMark]:
    for j, lanes in zip(column.units, column.lanes, strict=True):
        for n, (key, text, i) in enumerate(lanes):
            if text and not i:
                label, (_, right, end) = _place(column, nodes[j], n, text)
                points = ((label.box.x, label.box.y), right, end)
                yield BiasMark(key, (j,), label, points, None, key in lit)
    if column.shared:
        key, text = column.shared
        first, last = nodes[column.units[0]], nodes[column.units[-1]]
        size = 2 * column.outer
        frame = Box(first.x, (first.y + last.y) / 2, size, last.y - first.y + size)
        label = _label(text, first.x, last.y + (size + _LANE) / 2)
        yield BiasMark(key, column.units, label, (), frame, key in lit)


def _place(column: _Column, node: Node, lane: int, text: Text) -> tuple[Label, Points]:
    """A label in its lane, and the line along it into the unit."""
    x, y = node.x - column.left, node.y + column.offset(lane)
    start = (x - column.label, y)
    return _label(text, x - column.label / 2, y, _HALO), (start, (x, y), _rim(node, (x, y)))


def _rim(node: Node, towards: tuple[float, float]) -> tuple[float, float]:
    """Where a line from the middle of a circle leaves it."""
    dx, dy = towards[0] - node.x, towards[1] - node.y
    part = node.radius / hypot(dx, dy)
    return node.x + part * dx, node.y + part * dy


def _label(text: Text, x: float, y: float, halo: float = 0.0) -> Label:
    return Label(text, Box(x, y, text.width + 2 * halo, _LINE))


def refilled(drawing: Drawing, labels: DiagramLabels, lit: frozenset[Quantity]) -> Drawing:
    """A drawing with other texts in the same places; they must be no wider than its own."""
    keys = {quantity.key for quantity in lit}
    texts = {quantity.key: Text.of(text) for quantity, text in labels.parameters.items()}

    def label(old: Label | None, text: Text | None) -> Label | None:
        return _label(text, old.box.x, old.box.y, _HALO) if old and text else None

    def node(old: Node) -> Node:
        lines = tuple(map(Text.of, labels.units.get(old.unit, ())))
        shown = tuple(_label(text, old.x, old.y + dy) for text, dy in _stack(lines))
        text = Text.of(labels.beside.get(old.unit, ""))
        left = old.beside.box.x - old.beside.box.width / 2 if old.beside else 0.0
        beside = _label(text, left + text.width / 2, old.y) if old.beside and text else None
        return replace(old, lines=shown, beside=beside, highlighted=old.key in keys)

    return replace(
        drawing,
        nodes=tuple(map(node, drawing.nodes)),
        edges=tuple(
            replace(e, label=label(e.label, texts.get(e.key)), highlighted=e.key in keys)
            for e in drawing.edges
        ),
        biases=tuple(
            replace(b, label=label(b.label, texts.get(b.key)) or b.label, highlighted=b.key in keys)
            for b in drawing.biases
        ),
    )
