"""A drawing of a network: circles, lines and labels, each in its place, for any format to draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tutor.pages.lettering import Text
from tutor.symbolic.quantity import Quantity

Role = Literal["input", "hidden", "output"]
Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class DiagramLabels:
    """The texts of a drawing. A parameter without one shows its key, a unit its name."""

    parameters: Mapping[Quantity, str | Text] = field(default_factory=dict)
    """on the edge of a weight, below the units of a bias; empty for none"""
    units: Mapping[str, tuple[str | Text, ...]] = field(default_factory=dict)
    """the lines inside a unit, its name first: ("h1", "0.593270")"""
    beside: Mapping[str, str | Text] = field(default_factory=dict)
    """to the right of an output: "t = 0.01" """

    def parameter(self, quantity: Quantity) -> Text:
        """The text of a weight or bias."""
        return Text.of(self.parameters.get(quantity, quantity.key))


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

    words: Text
    box: Box

    @property
    def text(self) -> str:
        """The same as plain text."""
        return self.words.plain


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
