"""The formats: each with its template, its writer of formulas, and how text is made harmless."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape as html_escape

from tutor.pages import diagram_svg, diagram_text, diagram_tikz
from tutor.pages.drawing import Drawing
from tutor.pages.escape import latex_text, markdown_text, typst_string
from tutor.pages.latex import Latex, MarkdownMath
from tutor.pages.mathml import MathMl
from tutor.pages.plain import Plain
from tutor.pages.typst import Typst
from tutor.pages.writer import Writer


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its template, its writer of formulas, and how text is made harmless."""

    template: str
    writer: type[Writer]
    text: Callable[[str], str]
    inline: str
    """how a formula stands in a sentence; {0} is the formula, {1} the same in plain text"""
    drawing: Callable[[Drawing, str], str]
    large: str = ""
    """the same with fractions at full height, where the format has such"""
    equals: str = "= "
    """the sign that a further part begins with, in a sentence"""
    line_equals: str = "= "
    """the same in a line"""
    goes_on: str = ""
    """what a further chunk of a part begins with, so that its plus or minus has its spaces"""
    own_marks: bool = False
    room: int | None = None
    """how many characters stand side by side in a table; none where it can be scrolled"""


def _ascii_minus(text: str) -> str:
    """Text with the minus that formulas have there, since people copy them into calculators."""
    return text.replace("−", "-")


def _in_terminal(drawing: Drawing, _: str) -> str:
    return _ascii_minus(diagram_text.text(drawing))


def _typst_text(text: str) -> str:
    return f"#{typst_string(text)}"


ON_PAPER = 80
_EQUALS = '<mo lspace="0" rspace="0.28em">=</mo>'

FORMATS = {
    "html": Format(
        "page.html.j2",
        MathMl,
        html_escape,
        '<math alttext="{1}">{0}</math>',
        lambda drawing, title: diagram_svg.svg(drawing, title=title, standalone=False),
        large='<math displaystyle="true" alttext="{1}">{0}</math>',
        equals=_EQUALS,
        line_equals=_EQUALS,
    ),
    "latex": Format(
        "page.tex.j2",
        Latex,
        latex_text,
        "${0}$",
        lambda drawing, _: diagram_tikz.tikz(drawing),
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
        lambda drawing, _: diagram_text.text(drawing),
        line_equals="&= ",
    ),
    "text": Format("page.txt.j2", Plain, _ascii_minus, "{0}", _in_terminal, line_equals=""),
    "typst": Format(
        "page.typ.j2",
        Typst,
        _typst_text,
        "#m({2}, ${0}$)",
        lambda drawing, title: typst_string(
            diagram_svg.svg(drawing, title=title, standalone=True).replace("\n", " ")
        ),
        large="#m({2}, $display({0})$)",
        goes_on='"" ',
        own_marks=True,
        room=ON_PAPER,
    ),
}
