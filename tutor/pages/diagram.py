"""The network as a drawing: who stands where, as plain numbers that any format can draw."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, chain, pairwise, product
from math import hypot, sqrt
from typing import Literal

from tutor.symbolic.network import Bias, Layer, Network
from tutor.symbolic.quantity import Quantity, W

FONT = 13.0
"""the size of every text, in the units of the drawing"""
BASELINE = 0.34 * FONT
"""how far a baseline stands below the middle of its line"""

_LINE = 16.0  # the height of a line of text
_AIR = 5.0  # between any two things that could touch
_MARGIN = 4.0
_FRAME = 7.0  # from a layer's units to the frame around them
_LANE = _LINE + _AIR
_STEEPEST = 2.4  # slope of a line that can still be followed
_FAN = 30.0  # at least, between a sender and the labels where lines cross
_ENTRY = 12.0  # at least, between the labels and their receiver
_HALO = 2.0  # of a label, on either side
_CONTROL = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}

# Widths in font sizes of DejaVu Sans, the widest face that a reader is likely to have.
_ADVANCE = {
    **dict.fromkeys("iljI.,:;'| ", 0.34),
    **dict.fromkeys("ftr()[]-/!", 0.41),
    **dict.fromkeys("+=<>\N{MINUS SIGN}·≤≥→~^#", 0.84),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ&", 0.79),
    **dict.fromkeys("mwMW@%", 1.0),
}

Role = Literal["input", "hidden", "output"]
Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class DiagramLabels:
    """The texts of a drawing. A parameter without one shows its key, a unit its name."""

    parameters: Mapping[Quantity, str] = field(default_factory=dict)
    """on the edge of a weight, below the units of a bias; empty for none"""
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """the lines inside a unit, its name first: ("h1", "0.593270")"""
    beside: Mapping[str, str] = field(default_factory=dict)
    """to the right of an output: "t = 0.01" """

    def parameter(self, quantity: Quantity) -> str:
        """The text of a weight or bias."""
        return _clean(self.parameters.get(quantity, quantity.key))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its middle; y grows downwards."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text in the middle of its box."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Node:
    """A unit: a circle with its lines of text, and for an output what stands to its right."""

    key: str
    unit: str
    role: Role
    x: float
    y: float
    radius: float
    lines: tuple[Label, ...]
    beside: Label | None
    highlighted: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A weight: a line in three pieces from circle to circle, its label on the middle one."""

    key: str
    sender: str
    receiver: str
    points: Points
    label: Label | None
    highlighted: bool


@dataclass(frozen=True, slots=True)
class BiasMark:
    """A bias: a label with a line into its unit, or below a frame around all that share it."""

    key: str
    units: tuple[str, ...]
    label: Label
    points: Points
    frame: Box | None
    highlighted: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything in its place, from (0, 0) to (width, height); nothing overlaps."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    biases: tuple[BiasMark, ...]

    @property
    def parameters(self) -> list[Edge | BiasMark]:
        """Every weight and bias, the highlighted ones last, to be drawn over the others."""
        both: tuple[Edge | BiasMark, ...] = (*self.edges, *self.biases)
        return sorted(both, key=lambda part: part.highlighted)


def layout(
    network: Network,
    labels: DiagramLabels,
    highlighted: frozenset[Quantity] = frozenset(),
) -> Drawing:
    """The network from left to right, as narrow as its labels allow."""
    columns = [_column(network, layer, labels) for layer in (None, *network.layers)]
    gaps = [_gap(a, b, labels) for a, b in pairwise(columns)]
    pitch = max(*(column.pitch for column in columns), *(gap.pitch for gap in gaps))
    xs = accumulate((gap.width(pitch) for gap in gaps), initial=_MARGIN + columns[0].reach)
    above = max(_half(column.units, pitch) + column.radius + column.pad for column in columns)
    above = max(above, *(_half(gap.receivers.units, pitch) + gap.table / 2 for gap in gaps))
    below = max(above, *(column.below(pitch) for column in columns))
    lit = {quantity.key for quantity in highlighted}
    rows = [
        tuple(_nodes(column, x, _MARGIN + above, pitch, lit))
        for column, x in zip(columns, xs, strict=True)
    ]
    right = rows[-1][0].x + max(columns[-1].reach, columns[-1].right)
    edges = (_edges(gap, *ends, lit) for gap, ends in zip(gaps, pairwise(rows), strict=True))
    marks = (_marks(gap, ends, lit) for gap, ends in zip(gaps, rows[1:], strict=True))
    return Drawing(
        right + _MARGIN,
        above + below + 2 * _MARGIN,
        tuple(chain.from_iterable(rows)),
        tuple(chain.from_iterable(edges)),
        tuple(chain.from_iterable(marks)),
    )


def measure(text: str) -> float:
    """An upper bound of the width of a line of text."""
    return FONT * sum(map(_advance, text))


def _advance(c: str) -> float:
    if unicodedata.combining(c):
        return 0.0
    wide = unicodedata.east_asian_width(c) in "WF" or ord(c) > 0x2FFF
    return _ADVANCE.get(c, 1.1 if wide else 0.66)


def _clean(text: str) -> str:
    """With a true minus, and no control characters: XML forbids them, a terminal obeys them."""
    text = re.sub(r"(?<![^\s=(])-(?=[\d.])", "\N{MINUS SIGN}", text)
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in _CONTROL else c for c in text
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """The units of a layer, and how much room they and their biases take."""

    units: tuple[str, ...]
    keys: tuple[str, ...]
    role: Role
    lines: tuple[tuple[str, ...], ...]
    beside: tuple[str, ...]
    biases: tuple[tuple[str, str], ...]
    """(key, text), one for the layer or one a unit"""
    shared: bool
    radius: float

    @property
    def pad(self) -> float:
        return _FRAME if self.shared else 0.0

    @property
    def legend(self) -> float:
        """The width of the text below the frame."""
        return measure(self.biases[0][1]) if self.shared else 0.0

    @property
    def reach(self) -> float:
        """From the middle to what stands out farthest on either side."""
        return max(self.radius + self.pad, self.legend / 2)

    @property
    def right(self) -> float:
        """From the middle to the end of the texts beside the units."""
        widths = [measure(text) for text in self.beside if text]
        return self.radius + self.pad + _AIR + max(widths) if widths else 0.0

    @property
    def pitch(self) -> float:
        """The least distance between the middles of two units."""
        return 2 * (self.radius + _AIR)

    def below(self, pitch: float) -> float:
        """From the middle of the drawing to the bottom of the column."""
        return _half(self.units, pitch) + self.radius + self.pad + (_LANE if self.shared else 0.0)


def _column(network: Network, layer: Layer | None, labels: DiagramLabels) -> _Column:
    units = layer.units if layer else network.inputs
    lines = tuple(tuple(map(_clean, labels.units.get(unit, (unit,)))) for unit in units)
    biases = layer.biases() if layer else ()
    return _Column(
        units,
        tuple(network.output(unit).key for unit in units),
        "input" if not layer else "output" if units == network.outputs else "hidden",
        lines,
        tuple(_clean(labels.beside.get(unit, "")) for unit in units),
        tuple((b.key, labels.parameter(b)) for b in biases),
        layer is not None and layer.bias is Bias.SHARED,
        max(map(_radius, lines)),
    )


def _radius(lines: tuple[str, ...]) -> float:
    """Of the circle around some lines of text."""
    corners = (hypot(measure(text) / 2, abs(y) + 0.35 * FONT) for text, y in _stack(lines))
    return max(corners, default=FONT) + 4


def _stack(lines: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    """Lines of text with the heights of their middles, around 0."""
    for n, text in enumerate(lines):
        yield text, _LINE * (n - (len(lines) - 1) / 2)


@dataclass(frozen=True, slots=True)
class _Gap:
    """The weights between two columns: a fan of lines, then a lane for each weight and bias.

    The lanes into a receiver are in the order of its sum, and no other line enters them.
    """

    weights: Mapping[tuple[str, str], tuple[str, str]]
    """(receiver, sender) -> (key, text)"""
    senders: _Column
    receivers: _Column
    label: float
    """the width of the widest label"""

    @property
    def lanes(self) -> int:
        """How many lead into each receiver."""
        return len(self.senders.units) + (bool(self.receivers.biases) and not self.receivers.shared)

    @property
    def table(self) -> float:
        """The height of the lanes into a receiver."""
        return _LANE * self.lanes

    @property
    def pitch(self) -> float:
        """The least distance between units at which each has room for its lanes."""
        return self.table + _AIR

    @property
    def lane(self) -> float:
        """From the middle of a receiver back to the middle of its labels."""
        return self.receivers.reach + max(_ENTRY, self.table / 6) + self.label / 2

    def width(self, pitch: float) -> float:
        """From column to column."""
        return self.fan(pitch) + self.label / 2 + self.lane

    def height(self, lane: int) -> float:
        """Of a lane, from the middle of its receiver."""
        return _LANE * (lane - (self.lanes - 1) / 2)

    def fan(self, pitch: float) -> float:
        """From the middle of a sender to the labels; no line touches a circle or a legend."""
        m, n = len(self.senders.units), len(self.receivers.units)
        steepest = min(_STEEPEST, sqrt((pitch / (self.senders.radius + _AIR)) ** 2 - 1))
        climb = max(pitch * (m + n - 2) / 2 + y for y in (self.height(0), -self.height(m - 1)))
        fan = max(self.senders.reach + (_FAN if m + n > 2 else _ENTRY), climb / steepest)
        if not self.senders.shared:
            return fan
        out = pitch * (n - m) / 2 + self.height(m - 1)
        corner = self.senders.radius + self.senders.pad
        return max(fan, out * (self.senders.legend / 2 + _AIR) / corner)


def _gap(senders: _Column, receivers: _Column, labels: DiagramLabels) -> _Gap:
    ws = [W(j, i) for j, i in product(receivers.units, senders.units)]
    weights = {(w.units[0], w.units[1]): (w.key, labels.parameter(w)) for w in ws}
    own = () if receivers.shared else receivers.biases
    label = max(measure(text) for _, text in (*weights.values(), *own)) + 2 * _HALO
    return _Gap(weights, senders, receivers, label)


def _half(units: tuple[str, ...], pitch: float) -> float:
    """Half the height of a column, from middle to middle."""
    return pitch * (len(units) - 1) / 2


def _nodes(column: _Column, x: float, y: float, pitch: float, lit: set[str]) -> Iterator[Node]:
    left = x + column.radius + column.pad + _AIR
    for n, (unit, key) in enumerate(zip(column.units, column.keys, strict=True)):
        at = y - _half(column.units, pitch) + n * pitch
        lines = tuple(_label(text, x, at + dy) for text, dy in _stack(column.lines[n]))
        side = column.beside[n]
        beside = _label(side, left + measure(side) / 2, at) if side else None
        yield Node(key, unit, column.role, x, at, column.radius, lines, beside, key in lit)


def _edges(
    gap: _Gap, senders: tuple[Node, ...], receivers: tuple[Node, ...], lit: set[str]
) -> Iterator[Edge]:
    for j, (n, i) in product(receivers, enumerate(senders)):
        key, text = gap.weights[j.unit, i.unit]
        label, (left, right, end) = _lane(gap, j, n, text)
        points = (_rim(i, left), left, right, end)
        yield Edge(key, i.unit, j.unit, points, label if text else None, key in lit)


def _marks(gap: _Gap, nodes: tuple[Node, ...], lit: set[str]) -> Iterator[BiasMark]:
    biases = gap.receivers.biases
    if gap.receivers.shared:
        (key, text), first, last = biases[0], nodes[0], nodes[-1]
        across = 2 * (first.radius + _FRAME)
        frame = Box(first.x, (first.y + last.y) / 2, across, last.y - first.y + across)
        label = _label(text, first.x, last.y + (across + _LANE) / 2)
        yield BiasMark(key, gap.receivers.units, label, (), frame, key in lit)
        return
    for (key, text), node in zip(biases, nodes, strict=bool(biases)):
        label, points = _lane(gap, node, gap.lanes - 1, text)
        points = ((label.box.x, label.box.y), *points[1:])
        if text:
            yield BiasMark(key, (node.unit,), label, points, None, key in lit)


def _lane(gap: _Gap, node: Node, lane: int, text: str) -> tuple[Label, Points]:
    """A label in its lane, and the line along it into the unit."""
    x, y = node.x - gap.lane, node.y + gap.height(lane)
    left, right = (x - gap.label / 2, y), (x + gap.label / 2, y)
    return _label(text, x, y, _HALO), (left, right, _rim(node, right))


def _rim(node: Node, towards: tuple[float, float]) -> tuple[float, float]:
    """Where a line from the middle of a circle leaves it."""
    dx, dy = towards[0] - node.x, towards[1] - node.y
    part = node.radius / hypot(dx, dy)
    return node.x + part * dx, node.y + part * dy


def _label(text: str, x: float, y: float, halo: float = 0.0) -> Label:
    return Label(text, Box(x, y, measure(text) + 2 * halo, _LINE))
