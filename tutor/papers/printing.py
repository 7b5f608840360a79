"""Papers, keys and marker's sheets as files."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tutor.pages.document import Document
from tutor.pages.marker import marker
from tutor.pages.paper import Parts, key, paper
from tutor.pages.pdf import typst_pdf
from tutor.pages.render import render_document, words_of
from tutor.pages.words import Words
from tutor.practice.variants import Paper

Kind = Callable[[Paper, Words], tuple[Document, Parts]]

KINDS: dict[str, Kind] = {"papers": paper, "keys": key, "marker": marker}
"""What a folder can hold, and who writes it."""
ENDINGS = {"pdf": "pdf", "html": "html", "latex": "tex", "markdown": "md", "text": "txt"}
"""The formats, and how their files end."""


def printed(one: Paper, kind: str, format: str, templates: Path | None = None) -> str | bytes:
    """One paper, key or marker's sheet in one format."""
    front, parts = KINDS[kind](one, words_of(templates))
    naming = one.questions[0].solved.naming
    how = "typst" if format == "pdf" else format
    text = render_document(front, naming, how, parts, templates=templates)
    return typst_pdf(text) if format == "pdf" else text


def files(
    papers: Sequence[Paper],
    kinds: Sequence[str],
    formats: Sequence[str],
    templates: Path | None,
    progress: Callable[[int, int], None],
) -> Iterator[tuple[str, str | bytes]]:
    """Every file by its name below the folder; of several PDFs, one with all of them, too."""
    total, done = len(papers) * len(kinds) * len(formats), 0
    for kind in kinds:
        for format in formats:
            made = []
            for one in papers:
                content = printed(one, kind, format, templates)
                made.append(content)
                yield f"{kind}/{one.code}.{ENDINGS[format]}", content
                done += 1
                progress(done, total)
            if format == "pdf" and len(papers) > 1:
                yield f"{kind}/all.pdf", joined([one for one in made if isinstance(one, bytes)])


def joined(pdfs: Sequence[bytes]) -> bytes:
    """All pages in one file; each part begins on a sheet of its own, printed on both sides."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for pdf in pdfs:
        reader = PdfReader(io.BytesIO(pdf))
        writer.append(reader, import_outline=False)
        if len(reader.pages) % 2:
            writer.add_blank_page()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
