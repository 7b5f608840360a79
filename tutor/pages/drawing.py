"""A drawing of a network: circles, lines and labels, each in its place, for any format to draw."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tutor.symbolic.quantity import Quantity

FONT = 13.0
"""the size of every text, in the units of the drawing"""
BASELINE = 0.34 * FONT
"""how far a baseline stands below the middle of its line"""

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
        return clean(self.parameters.get(quantity, quantity.key))


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


def measure(text: str) -> float:
    """An upper bound of the width of a line of text."""
    return FONT * sum(map(_advance, text))


def _advance(c: str) -> float:
    if unicodedata.combining(c):
        return 0.0
    wide = unicodedata.east_asian_width(c) in "WF" or ord(c) > 0x2FFF
    return _ADVANCE.get(c, 1.1 if wide else 0.66)


def clean(text: str) -> str:
    """With a true minus, and no control characters: XML forbids them, a terminal obeys them."""
    text = re.sub(r"(?<![^\s=(])-(?=[\d.])", "\N{MINUS SIGN}", text)
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in _CONTROL else c for c in text
    )
