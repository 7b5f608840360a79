"""A canvas as a TikZ picture, for pdflatex with no package but tikz."""

from __future__ import annotations

from itertools import cycle

from tutor.pages.canvas import COLOURS, Area, Canvas, Dot, Shape, Stroke, Words
from tutor.pages.canvas_svg import arrowhead
from tutor.pages.diagram_tikz import lettered
from tutor.pages.drawing import Points
from tutor.pages.lettering import BASELINE, FONT

_POINT = 10 / FONT
_ANCHORS = {"start": "base west", "middle": "base", "end": "base east"}


def tikz(canvas: Canvas) -> str:
    r"""The canvas as a ``tikzpicture`` in 10 pt type, to be put in a ``\resizebox``."""
    colours = (
        rf"\definecolor{{tutor{tone}}}{{HTML}}{{{colour[1:].upper()}}}"
        for tone, colour in COLOURS.items()
    )
    opening = (
        rf"\begin{{tikzpicture}}[x={_POINT:.4f}pt, y=-{_POINT:.4f}pt, "
        r"every node/.style={inner sep=1pt, font=\fontsize{10}{12}\selectfont}]"
    )
    bounds = rf"\useasboundingbox (0,0) rectangle {_at(canvas.width, canvas.height)};"
    shapes = map(_shape, canvas.shapes)
    return "\n".join([opening, *colours, bounds, *shapes, r"\end{tikzpicture}", ""])


def _shape(shape: Shape) -> str:
    tone = f"tutor{shape.tone}"
    match shape:
        case Area():
            return rf"\fill[{tone}, opacity={shape.opacity:.2g}] {_path(shape.points)} -- cycle;"
        case Stroke():
            dash = "".join(
                f" {word} {float(length) * _POINT:.1f}pt"
                for word, length in zip(cycle(("on", "off")), shape.dash.split(), strict=False)
            )
            style = f"{tone}, line width={shape.width * 0.7:.2f}pt, line join=round"
            style += f", dash pattern={dash.strip()}" if dash else ""
            line = rf"\draw[{style}] {_path(shape.points)};"
            if shape.arrow and (head := arrowhead(shape.points)):
                line += rf" \fill[{tone}] {_path(head)} -- cycle;"
            return line
        case Dot():
            command = rf"\draw[{tone}, line width=1.4pt]" if shape.hollow else rf"\fill[{tone}]"
            return (
                f"{command} {_at(shape.x, shape.y)} circle[radius={shape.radius * _POINT:.2f}pt];"
            )
        case Words():
            paper = ", fill=white, fill opacity=0.85, text opacity=1" if shape.boxed else ""
            where = _at(shape.x, shape.y + BASELINE)
            style = f"anchor={_ANCHORS[shape.anchor]}, text={tone}{paper}"
            return rf"\node[{style}] at {where} {{{lettered(shape.text)}}};"


def _path(points: Points) -> str:
    return " -- ".join(_at(*point) for point in points)


def _at(x: float, y: float) -> str:
    return f"({x:.1f},{y:.1f})"
