"""A canvas as SVG: part of a page that has its own colours, or alone."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from math import atan2, cos, hypot, sin

from tutor.pages.canvas import COLOURS, Area, Canvas, Dot, Shape, Stroke, Tone, Words
from tutor.pages.diagram_svg import runs
from tutor.pages.drawing import Points
from tutor.pages.lettering import BASELINE, FONT

FONTS = "New Computer Modern, Libertinus Serif, sans-serif"
HEAD = 9.0
"""the length of an arrow's head"""
SLIM = 0.36
"""half its width, beside its length"""


def svg(canvas: Canvas, *, title: str, standalone: bool) -> str:
    """The canvas as ``<svg>``. A page sets a variable for each tone, such as --accent."""
    colours: Mapping[Tone, str]
    colours = COLOURS if standalone else {tone: _variable(tone) for tone in COLOURS}
    width, height = _n(canvas.width), _n(canvas.height)
    names = f"<title>{escape(title)}</title><desc>{escape(canvas.description)}</desc>"
    body = "\n".join(_shape(shape, colours) for shape in canvas.shapes)
    size = f'viewBox="0 0 {width} {height}" width="{width}" role="img" font-size="{_n(FONT)}"'
    if standalone:
        back = f'<rect width="{width}" height="{height}" fill="{COLOURS["paper"]}"/>'
        xmlns = 'xmlns="http://www.w3.org/2000/svg"'
        opening = f'<svg {xmlns} {size} height="{height}" font-family="{FONTS}">'
        return f"{opening}\n{names}{back}\n{body}\n</svg>\n"
    scale = f' data-scale="{" ".join(f"{x:.9g}" for x in canvas.scale)}"' if canvas.scale else ""
    style = 'style="max-width:100%;height:auto" font-family="sans-serif"'
    return f"<svg {size} {style}{scale}>\n{names}\n{body}\n</svg>"


def _variable(tone: Tone) -> str:
    return f"var(--{tone}, {COLOURS[tone]})"


def _shape(shape: Shape, colours: Mapping[Tone, str]) -> str:
    tone = colours[shape.tone]
    part = f' data-part="{escape(shape.part)}"' if shape.part else ""
    match shape:
        case Area():
            faint = f' fill-opacity="{shape.opacity:.2g}"' if shape.opacity < 1 else ""
            return f'<polygon points="{_points(shape.points)}" fill="{tone}"{faint}{part}/>'
        case Stroke():
            dash = f' stroke-dasharray="{shape.dash}"' if shape.dash else ""
            pen = f'fill="none" stroke="{tone}" stroke-width="{_n(shape.width)}"{dash}'
            line = f'<polyline points="{_points(shape.points)}" {pen} stroke-linejoin="round"/>'
            if shape.arrow and (head := arrowhead(shape.points)):
                line = f'{line}<polygon points="{_points(head)}" fill="{tone}"/>'
            return f"<g{part}>{line}</g>" if part else line
        case Dot():
            where = f'cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}"'
            if shape.hollow:
                return f'<circle {where} fill="none" stroke="{tone}" stroke-width="2"{part}/>'
            return f'<circle {where} fill="{tone}"{part}/>'
        case Words():
            return _words(shape, tone, colours["paper"], part)


def _words(words: Words, tone: str, paper: str, part: str) -> str:
    anchor = f' text-anchor="{words.anchor}"' if words.anchor != "start" else ""
    # Paper around the letters keeps them apart from what they stand on.
    halo = f' stroke="{paper}" stroke-width="4" paint-order="stroke"' if words.boxed else ""
    where = f'x="{_n(words.x)}" y="{_n(words.y + BASELINE)}"'
    return f'<text {where}{anchor} fill="{tone}"{halo}{part}>{"".join(runs(words.text))}</text>'


def arrowhead(points: Points) -> Points | None:
    """The triangle at the end of a line; none where the line has no length."""
    (x0, y0), (x, y) = points[-2], points[-1]
    long = hypot(x - x0, y - y0)
    if not long:
        return None
    way, size = atan2(y - y0, x - x0), min(HEAD, long)
    back = x - size * cos(way), y - size * sin(way)
    aside = SLIM * size * sin(way), -SLIM * size * cos(way)
    return (
        (x, y),
        (back[0] + aside[0], back[1] + aside[1]),
        (back[0] - aside[0], back[1] - aside[1]),
    )


def _points(points: Points) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(x: float) -> str:
    return f"{x:.1f}".removesuffix(".0")
