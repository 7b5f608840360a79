"""The formats: each with its template, its writer of formulas, and how text is made harmless."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape as html_escape
from textwrap import wrap

from tutor.pages import canvas_svg, canvas_tikz, diagram_svg, diagram_text, diagram_tikz
from tutor.pages.canvas import Canvas
from tutor.pages.drawing import Drawing
from tutor.pages.escape import latex_text, markdown_text, typst_string
from tutor.pages.latex import Latex, MarkdownMath
from tutor.pages.mathml import MathMl
from tutor.pages.plain import Plain
from tutor.pages.typst import Typst
from tutor.pages.writer import Writer

ON_PAPER = 80


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its template, its writer of formulas, and how text is made harmless."""

    template: str
    writer: type[Writer]
    text: Callable[[str], str]
    inline: str
    """how a formula stands in a sentence; {0} is the formula, {1} the same in plain text"""
    drawing: Callable[[Drawing | Canvas, str], str]
    large: str = ""
    """the same with fractions at full height, where the format has such"""
    equals: str = "= "
    """the sign that a further part begins with, in a sentence"""
    line_equals: str = "= "
    """the same in a line"""
    goes_on: str = ""
    """what a further chunk of a part begins with, so that its plus or minus has its spaces"""
    link: str = "{0}"
    """how text leads to a file; {0} is the text, {1} the file"""
    own_marks: bool = False
    room: int | None = None
    """how many characters stand side by side in a table; none where it can be scrolled"""


def _ascii_minus(text: str) -> str:
    """Text with the minus that formulas have there, since people copy them into calculators."""
    return text.replace("−", "-")


def drawn_svg(drawing: Drawing | Canvas, title: str, *, standalone: bool) -> str:
    """A network or a chart as SVG."""
    if isinstance(drawing, Canvas):
        return canvas_svg.svg(drawing, title=title, standalone=standalone)
    return diagram_svg.svg(drawing, title=title, standalone=standalone)


def _tikz(drawing: Drawing | Canvas, _: str) -> str:
    return canvas_tikz.tikz(drawing) if isinstance(drawing, Canvas) else diagram_tikz.tikz(drawing)


def _plain(drawing: Drawing | Canvas, _: str) -> str:
    """A network in lines of letters; of a chart, what it shows."""
    if isinstance(drawing, Canvas):
        return "\n".join(wrap(drawing.description, ON_PAPER))
    return diagram_text.text(drawing)


def _typst_text(text: str) -> str:
    return f"#{typst_string(text)}"


_EQUALS = '<mo lspace="0" rspace="0.28em">=</mo>'

FORMATS = {
    "html": Format(
        "page.html.j2",
        MathMl,
        html_escape,
        '<math alttext="{1}">{0}</math>',
        lambda drawing, title: drawn_svg(drawing, title, standalone=False),
        large='<math displaystyle="true" alttext="{1}">{0}</math>',
        equals=_EQUALS,
        line_equals=_EQUALS,
        link='<a href="{1}">{0}</a>',
    ),
    "latex": Format(
        "page.tex.j2",
        Latex,
        latex_text,
        "${0}$",
        _tikz,
        large="$\\displaystyle {0}$",
        equals="{}= ",
        line_equals="{}= ",
        goes_on="{}",
        own_marks=True,
        room=ON_PAPER,
    ),
    "markdown": Format(
        "page.md.j2",
        MarkdownMath,
        markdown_text,
        "${0}$",
        _plain,
        line_equals="&= ",
    ),
    "text": Format(
        "page.txt.j2",
        Plain,
        _ascii_minus,
        "{0}",
        lambda drawing, title: _ascii_minus(_plain(drawing, title)),
        line_equals="",
    ),
    "typst": Format(
        "page.typ.j2",
        Typst,
        _typst_text,
        "#m({2}, ${0}$)",
        lambda drawing, title: typst_string(
            drawn_svg(drawing, title, standalone=True).replace("\n", " ")
        ),
        large="#m({2}, $display({0})$)",
        goes_on='"" ',
        own_marks=True,
        room=ON_PAPER,
    ),
}
