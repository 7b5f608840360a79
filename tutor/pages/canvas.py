"""A picture without a format: areas, lines, arrows, dots and words, each in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from tutor.pages.drawing import Points
from tutor.pages.lettering import Text

Tone = Literal["ink", "soft", "line", "paper", "accent", "second", "third", "right", "wrong"]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Area:
    """A filled outline."""

    points: Points
    tone: Tone
    opacity: float = 1.0
    part: str = ""
    """what a script calls it"""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points; with ``arrow`` a head at its end."""

    points: Points
    tone: Tone = "ink"
    width: float = 1.5
    dash: str = ""
    """lengths of dashes and gaps, as SVG has them"""
    arrow: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A disc, or a ring."""

    x: float
    y: float
    radius: float = 4.0
    tone: Tone = "ink"
    hollow: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; y is the middle of its height."""

    x: float
    y: float
    text: Text
    anchor: Anchor = "middle"
    tone: Tone = "ink"
    boxed: bool = False
    """whether it stands on paper of its own, so that no line runs through it"""
    part: str = ""


Shape = Area | Stroke | Dot | Words


def placed(shape: Shape, at: Callable[[float, float], tuple[float, float]]) -> Shape:
    """A shape, each of its points where ``at`` puts it."""
    if isinstance(shape, Area | Stroke):
        return replace(shape, points=tuple(at(*point) for point in shape.points))
    x, y = at(shape.x, shape.y)
    return replace(shape, x=x, y=y)


COLOURS: Mapping[Tone, str] = {
    "ink": "#222222",
    "soft": "#5b626b",
    "line": "#d0d5da",
    "paper": "#ffffff",
    "accent": "#0b5cad",
    "second": "#9a4b00",
    "third": "#7a2e8e",
    "right": "#1a6b32",
    "wrong": "#b3261e",
}
"""The colours on paper; a page on a screen has its own."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """Everything in its place, from (0, 0) to (width, height); y grows downwards."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    description: str
    """the same in words for those who do not see it"""
    scale: tuple[float, ...] = ()
    """of a chart: left, top, right and bottom of its box, and the values there: x and y of the
    left lower corner, x and y of the right upper one; of charts below each other one after the
    other"""
