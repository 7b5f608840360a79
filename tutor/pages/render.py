"""A document in a format: the only place that renders templates of pages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from tutor.files import shipped
from tutor.pages.document import Document
from tutor.pages.formats import FORMATS
from tutor.pages.numbers_json import solution_json
from tutor.pages.options import WHOLE, Options
from tutor.pages.pen import Pen
from tutor.pages.plain import Colour
from tutor.pages.templates import environment, faults_in
from tutor.pages.words import Words
from tutor.pages.worked import document
from tutor.problem.naming import Naming
from tutor.solving import Solved

_MARKS = {
    "block_start_string": "<%",
    "block_end_string": "%>",
    "variable_start_string": "<<",
    "variable_end_string": ">>",
    "comment_start_string": "<#",
    "comment_end_string": "#>",
}
"""Where {{ and {% belong to the format itself."""


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
        return solution_json(solution, words_of(templates))
    return render_document(
        document(solution, words_of(templates), options),
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
    parts: Sequence[tuple[Document, Naming]] = (),
    *,
    templates: Path | None = None,
    fragment: bool = False,
    colour: bool = False,
    width: int = 88,
) -> str:
    """Any document in one format; after its own sections those of parts that name quantities in
    their own ways."""
    kind = FORMATS[format]
    writer = Colour if colour else kind.writer
    environment = _environment(format, templates)

    def rendered(page: Document, naming: Naming, **how: object) -> str:
        pen = Pen(kind, naming, writer, width)
        with faults_in(templates):
            template = environment.get_template(kind.template)
            text = template.render(page=page, pen=pen, font=_font, **how)
        return "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"

    safe = Markup if format == "html" else str
    made = [safe(rendered(*part, fragment="part", parts=())) for part in parts]
    moves = any(one.moves for one in (page, *(part for part, _ in parts)))
    return rendered(page, naming, fragment=fragment, parts=made, moves=moves)


def render_pdf(
    solution: Solved, options: Options = WHOLE, *, templates: Path | None = None
) -> bytes:
    """The worked solution as a PDF, set by the embedded Typst."""
    from tutor.pages.pdf import typst_pdf

    return typst_pdf(render(solution, "typst", options, templates=templates))


@cache
def words_of(templates: Path | None) -> Words:
    """The sentences, with a teacher's own before them."""
    return Words(templates)


@cache
def _environment(format: str, templates: Path | None) -> SandboxedEnvironment:
    folders = [folder for folder in (templates, shipped("templates")) if folder]
    marks = _MARKS if FORMATS[format].own_marks else {}
    return environment(*folders, autoescape=format == "html", marks=marks)


@cache
def _font() -> str:
    """The font for formulas, as base64."""
    from base64 import b64encode

    return b64encode((shipped("templates") / "fonts" / "stix-two-math.woff2").read_bytes()).decode()
