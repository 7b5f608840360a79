"""A marked working in a format."""

from __future__ import annotations

from pathlib import Path

from tutor.marking.verdict import Marked
from tutor.pages.feedback import feedback, in_its_notation
from tutor.pages.marked_json import marked_json
from tutor.pages.options import FEEDBACK, Marking
from tutor.pages.render import render_document, words_of


def render_marked(
    marked: Marked,
    format: str,
    options: Marking = FEEDBACK,
    *,
    student: str = "",
    templates: Path | None = None,
    fragment: bool = False,
    colour: bool = False,
    width: int = 88,
) -> str:
    """The marked working in one format: html, latex, markdown, text, typst or json."""
    words = words_of(templates)
    if format == "json":
        return marked_json(marked, words, options)
    return render_document(
        feedback(marked, words, options, student),
        in_its_notation(marked).naming,
        format,
        templates=templates,
        fragment=fragment,
        colour=colour,
        width=width,
    )


def render_marked_pdf(
    marked: Marked, options: Marking = FEEDBACK, *, templates: Path | None = None
) -> bytes:
    """The marked working as a PDF, set by the embedded Typst."""
    from tutor.pages.pdf import typst_pdf

    return typst_pdf(render_marked(marked, "typst", options, templates=templates))
