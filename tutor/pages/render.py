"""A document in a format: the only place that renders templates of pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from html import escape as html_escape
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from tutor.files import shipped
from tutor.pages import diagram_svg, diagram_text, diagram_tikz
from tutor.pages.diagram import Drawing
from tutor.pages.document import Document, Equation, Math, Picture, Section, Sentence
from tutor.pages.escape import latex_text, markdown_text, typst_string
from tutor.pages.latex import Latex, MarkdownMath
from tutor.pages.mathml import MathMl
from tutor.pages.numbers_json import solution_json
from tutor.pages.pdf import typst_pdf
from tutor.pages.plain import Colour, Plain
from tutor.pages.terminal import Layout
from tutor.pages.typst import Typst
from tutor.pages.words import Words
from tutor.pages.worked import WHOLE, Options, document
from tutor.pages.writer import Writer
from tutor.problem.notation import Naming
from tutor.solving import Solved
from tutor.symbolic.formula import Num
from tutor.symbolic.quantity import At

_MARKS = {
    "block_start_string": "<%",
    "block_end_string": "%>",
    "variable_start_string": "<<",
    "variable_end_string": ">>",
    "comment_start_string": "<#",
    "comment_end_string": "#>",
}
"""Where {{ and {% belong to the format itself."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its template, its writer of formulas, and how text is made harmless."""

    template: str
    writer: type[Writer]
    text: Callable[[str], str]
    inline: str
    """how a formula stands in a sentence; {0} is the formula, {1} the same in plain text"""
    drawing: Callable[[Drawing, str], str]
    equals: str = "= "
    """the sign that a further part begins with"""
    own_marks: bool = False


def _ascii_minus(text: str) -> str:
    """Text with the minus that formulas have there, since people copy them into calculators."""
    return text.replace("−", "-")


def _in_terminal(drawing: Drawing, _: str) -> str:
    return _ascii_minus(diagram_text.text(drawing))


def _typst_text(text: str) -> str:
    return f"#{typst_string(text)}"


FORMATS = {
    "html": Format(
        "page.html.j2",
        MathMl,
        html_escape,
        '<math alttext="{1}">{0}</math>',
        lambda drawing, title: diagram_svg.svg(drawing, title=title, standalone=False),
        equals='<mo lspace="0" rspace="0.28em">=</mo>',
    ),
    "latex": Format(
        "page.tex.j2",
        Latex,
        latex_text,
        "${0}$",
        lambda drawing, _: diagram_tikz.tikz(drawing),
        equals="{}= ",
        own_marks=True,
    ),
    "markdown": Format(
        "page.md.j2",
        MarkdownMath,
        markdown_text,
        "${0}$",
        lambda drawing, _: diagram_text.text(drawing),
    ),
    "text": Format("page.txt.j2", Plain, _ascii_minus, "{0}", _in_terminal),
    "typst": Format(
        "page.typ.j2",
        Typst,
        _typst_text,
        "#m({2}, ${0}$)",
        lambda drawing, title: typst_string(
            diagram_svg.svg(drawing, title=title, standalone=True).replace("\n", " ")
        ),
        own_marks=True,
    ),
}


def render(
    solution: Solved,
    format: str,
    options: Options = WHOLE,
    *,
    templates: Path | None = None,
    fragment: bool = False,
    colour: bool = False,
    width: int = 88,
) -> str:
    """The worked solution in one format: html, latex, markdown, text, typst or json."""
    if format == "json":
        return solution_json(solution, _words(templates))
    return render_document(
        document(solution, _words(templates), options),
        solution.naming,
        format,
        templates=templates,
        fragment=fragment,
        colour=colour,
        width=width,
    )


def render_document(
    page: Document,
    naming: Naming,
    format: str,
    *,
    templates: Path | None = None,
    fragment: bool = False,
    colour: bool = False,
    width: int = 88,
) -> str:
    """Any document in one format."""
    kind = FORMATS[format]
    writer = Colour if colour else kind.writer
    pen = Pen(kind, naming, writer, width)
    template = _environment(format, templates).get_template(kind.template)
    text = template.render(page=page, pen=pen, fragment=fragment, font=_font)
    return "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"


def render_pdf(
    solution: Solved, options: Options = WHOLE, *, templates: Path | None = None
) -> bytes:
    """The worked solution as a PDF, set by the embedded Typst."""
    return typst_pdf(render(solution, "typst", options, templates=templates))


@cache
def _words(templates: Path | None) -> Words:
    return Words(templates)


@cache
def _environment(format: str, templates: Path | None) -> SandboxedEnvironment:
    folders = [str(folder) for folder in (templates, shipped("templates")) if folder]
    marks = _MARKS if FORMATS[format].own_marks else {}
    return SandboxedEnvironment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=format == "html",
        trim_blocks=True,
        lstrip_blocks=True,
        **marks,
    )


@cache
def _font() -> str:
    """The font for formulas, as base64."""
    from base64 import b64encode

    return b64encode((shipped("templates") / "fonts" / "stix-two-math.woff2").read_bytes()).decode()


@dataclass(frozen=True)
class Pen:
    """What a template writes with: sentences, formulas and drawings in its format, made safe."""

    format: Format
    naming: Naming
    writer: type[Writer]
    width: int
    _writers: dict[tuple[type[Writer], At], Writer] = field(default_factory=dict)

    def _at(self, at: At, writer: type[Writer]) -> Writer:
        """The writer for one presentation; it remembers the names that it has written."""
        return self._writers.setdefault((writer, at), writer(self.naming, at))

    def safe(self, text: str) -> str:
        """Text that is in the format already, so that it is not escaped a second time."""
        return Markup(text) if self.format.writer is MathMl else text

    def text(self, text: str) -> str:
        """Text from a person."""
        return self.safe(self.format.text(text))

    def say(self, sentence: Sentence) -> str:
        """A sentence with its formulas."""
        return self.safe("".join(self._part(part) for part in sentence))

    def _part(self, part: str | Math) -> str:
        """Text, or formulas in chunks between which the line may break."""
        if isinstance(part, str):
            return self.format.text(part)
        writer, plain = self._at(part.at, self.writer), self._at(part.at, Plain)
        pieces = []
        if len(part.parts) == 2 and isinstance(part.parts[1], Num):
            return self._together(writer.write(part.parts[0]), writer.write(part.parts[1]), part)
        for n, formula in enumerate(part.parts):
            chunks = zip(writer.chunks(formula), plain.chunks(formula), strict=True)
            for m, (chunk, spoken) in enumerate(chunks):
                equals = n > 0 and m == 0
                said = f"= {spoken}" if equals else spoken
                written = (self.format.equals if equals else "") + chunk
                pieces.append(
                    self.format.inline.format(written, html_escape(said), typst_string(said))
                )
        return " ".join(pieces)

    def _together(self, name: str, value: str, part: Math) -> str:
        """``name = value``, which no line break parts."""
        said = " = ".join(map(self._at(part.at, Plain).write, part.parts))
        equals = self.format.equals.removeprefix("{}")
        if self.format.writer is Plain:
            return f"{name}\u00a0=\u00a0{value}"
        written = f"{name} {equals}{value}"
        return self.format.inline.format(written, html_escape(said), typst_string(said))

    def plain(self, sentence: Sentence) -> str:
        """A sentence as plain text, for titles and alternative texts."""
        return "".join(
            part
            if isinstance(part, str)
            else " = ".join(map(self._at(part.at, Plain).write, part.parts))
            for part in sentence
        )

    @property
    def breaks(self) -> bool:
        """Whether a line may also break between factors; on a terminal they are narrow."""
        return self.format.writer is not Plain

    def parts(self, equation: Equation) -> list[list[str]]:
        """A line's parts, each in chunks between which the line may break."""
        writer = self._at(equation.at, self.writer)
        return [
            [self.safe(chunk) for chunk in writer.chunks(part, products=self.breaks)]
            for part in equation.parts
        ]

    def spoken(self, equation: Equation) -> list[list[str]]:
        """The same in plain text."""
        writer = self._at(equation.at, Plain)
        return [writer.chunks(part, products=self.breaks) for part in equation.parts]

    def alt(self, text: str) -> str:
        """A plain text as a string literal of the format."""
        return typst_string(text) if self.format.writer is Typst else text

    def draw(self, picture: Picture) -> str:
        """The network."""
        return self.safe(self.format.drawing(picture.drawing, self.plain(picture.caption)))

    @property
    def layout(self) -> Layout:
        """Lines and tables for a terminal."""
        return Layout(self, self.width)

    def kind(self, block: object) -> str:
        """What a block is, in one word."""
        return type(block).__name__.lower()

    def anchor(self, section: Section) -> str:
        """A section's name as an identifier."""
        return "".join(c if c.isalnum() or c == "-" else "-" for c in section.id.lower()).strip("-")
