"""The network as a drawing: who stands where, as plain numbers that any format can draw."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, chain, pairwise, product
from math import hypot
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
    """A weight: a line from one circle to the next, its label on it."""

    key: str
    sender: str
    receiver: str
    start: tuple[float, float]
    end: tuple[float, float]
    label: Label | None
    highlighted: bool


@dataclass(frozen=True, slots=True)
class BiasMark:
    """A bias: a label below its unit, or below the frame around all units that share it."""

    key: str
    units: tuple[str, ...]
    label: Label
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


def layout(
    network: Network,
    labels: DiagramLabels,
    highlighted: frozenset[Quantity] = frozenset(),
) -> Drawing:
    """The network from left to right, as narrow as its labels allow."""
    columns = [_column(network, layer, labels) for layer in (None, *network.layers)]
    gaps = [_gap(a, b, labels) for a, b in pairwise(columns)]
    pitch = max(*(column.pitch for column in columns), *(gap.pitch for gap in gaps))
    xs = accumulate((gap.width for gap in gaps), initial=_MARGIN + columns[0].reach)
    y = _MARGIN + max(column.above(pitch) for column in columns)
    lit = {quantity.key for quantity in highlighted}
    rows = [tuple(_nodes(c, x, y, pitch, lit)) for c, x in zip(columns, xs, strict=True)]
    marks = (_marks(column, row, lit) for column, row in zip(columns, rows, strict=True))
    edges = (
        _edges(gap, senders, receivers, lit)
        for gap, (senders, receivers) in zip(gaps, pairwise(rows), strict=True)
    )
    right = rows[-1][0].x + max(columns[-1].reach, columns[-1].right)
    bottom = y + max(column.below(pitch) for column in columns)
    return Drawing(
        right + _MARGIN,
        bottom + _MARGIN,
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
    def reach(self) -> float:
        """From the middle to what stands out farthest on either side."""
        bias = max((measure(text) for _, text in self.biases), default=0.0)
        return max(self.radius + self.pad, bias / 2)

    @property
    def right(self) -> float:
        """From the middle to the end of the texts beside the units."""
        widths = [measure(text) for text in self.beside if text]
        return self.radius + self.pad + _AIR + max(widths) if widths else 0.0

    @property
    def pitch(self) -> float:
        """The least distance between the middles of two units."""
        own = bool(self.biases) and not self.shared
        return 2 * self.radius + _AIR + (_LINE + _AIR if own else _AIR)

    def above(self, pitch: float) -> float:
        """From the middle of the drawing to the top of the column."""
        return pitch * (len(self.units) - 1) / 2 + self.radius + self.pad

    def below(self, pitch: float) -> float:
        return self.above(pitch) + (_LINE + 2 if self.biases else 0.0)


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
    """The weights between two columns, and where along their edges the labels stand.

    Edges from m senders to n receivers are equally far apart at two places: at m/(m + 1) of
    their way, where each receiver has its m labels below each other, and at 1/(n + 1), where
    each sender has its n. There no edge has another one's label nearer than its own.
    """

    weights: Mapping[tuple[str, str], tuple[str, str]]
    """(receiver, sender) -> (key, text)"""
    fraction: float
    width: float
    """the least one from column to column"""

    @property
    def pitch(self) -> float:
        """The least distance between units at which the labels have room below each other."""
        return (_LINE + _AIR) / min(self.fraction, 1 - self.fraction)


def _gap(senders: _Column, receivers: _Column, labels: DiagramLabels) -> _Gap:
    ws = [W(j, i) for j, i in product(receivers.units, senders.units)]
    weights = {(w.units[0], w.units[1]): (w.key, labels.parameter(w)) for w in ws}
    half = max(measure(text) for _, text in weights.values()) / 2 + _HALO + _AIR
    m, n = len(senders.units), len(receivers.units)
    width, fraction = min(
        (max((half + senders.reach) / f, (half + receivers.reach) / (1 - f)), -f)
        for f in (m / (m + 1), 1 / (n + 1))
    )
    return _Gap(weights, -fraction, width)


def _nodes(column: _Column, x: float, y: float, pitch: float, lit: set[str]) -> Iterator[Node]:
    top = y - pitch * (len(column.units) - 1) / 2
    left = x + column.radius + column.pad + _AIR
    for n, (unit, key) in enumerate(zip(column.units, column.keys, strict=True)):
        at = top + n * pitch
        lines = tuple(_label(text, x, at + dy) for text, dy in _stack(column.lines[n]))
        side = column.beside[n]
        beside = _label(side, left + measure(side) / 2, at) if side else None
        yield Node(key, unit, column.role, x, at, column.radius, lines, beside, key in lit)


def _marks(column: _Column, nodes: tuple[Node, ...], lit: set[str]) -> Iterator[BiasMark]:
    groups = [nodes] if column.shared else [(node,) for node in nodes]
    for (key, text), group in zip(column.biases, groups, strict=False):
        if not text:
            continue
        x, first, last = group[0].x, group[0].y, group[-1].y
        across = 2 * (column.radius + column.pad)
        box = Box(x, (first + last) / 2, across, last - first + across)
        label = _label(text, x, last + across / 2 + 2 + _LINE / 2)
        units = tuple(node.unit for node in group)
        yield BiasMark(key, units, label, box if column.shared else None, key in lit)


def _edges(
    gap: _Gap, senders: tuple[Node, ...], receivers: tuple[Node, ...], lit: set[str]
) -> Iterator[Edge]:
    f = gap.fraction
    for j, i in product(receivers, senders):
        dx, dy = j.x - i.x, j.y - i.y
        far = hypot(dx, dy)
        start = (i.x + dx * i.radius / far, i.y + dy * i.radius / far)
        end = (j.x - dx * j.radius / far, j.y - dy * j.radius / far)
        key, text = gap.weights[j.unit, i.unit]
        label = _label(text, i.x + f * dx, i.y + f * dy, _HALO) if text else None
        yield Edge(key, i.unit, j.unit, start, end, label, key in lit)


def _label(text: str, x: float, y: float, halo: float = 0.0) -> Label:
    return Label(text, Box(x, y, measure(text) + 2 * halo, _LINE))
