"""Papers, keys and marker's sheets as files."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
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


def printed(
    one: Paper, kind: str, formats: Iterable[str], templates: Path | None = None
) -> Iterator[tuple[str, str | bytes]]:
    """One paper, key or marker's sheet, in each format."""
    front, parts = KINDS[kind](one, words_of(templates))
    naming = one.questions[0].solved.naming
    for format in formats:
        how = "typst" if format == "pdf" else format
        text = render_document(front, naming, how, parts, templates=templates)
        yield format, typst_pdf(text) if format == "pdf" else text


@dataclass(frozen=True, slots=True)
class Job:
    """What is made of one paper."""

    paper: Paper
    kinds: tuple[str, ...]
    formats: tuple[str, ...]
    templates: Path | None

    def files(self) -> dict[str, str | bytes]:
        """Every file by its name below the folder."""
        return {
            f"{kind}/{self.paper.code}.{ENDINGS[format]}": content
            for kind in self.kinds
            for format, content in printed(self.paper, kind, self.formats, self.templates)
        }


def files(
    papers: Sequence[Paper],
    kinds: Sequence[str],
    formats: Sequence[str],
    templates: Path | None,
    progress: Callable[[int, int], None],
) -> dict[str, str | bytes]:
    """Every file by its name below the folder; of several PDFs, one with all of them, too."""
    jobs = [Job(one, tuple(kinds), tuple(formats), templates) for one in papers]
    made: dict[str, str | bytes] = {}
    for done, one in enumerate(_made(jobs), 1):
        made |= one
        progress(done, len(jobs))
    for kind in kinds if len(papers) > 1 else ():
        pdfs = [made.get(f"{kind}/{one.code}.pdf") for one in papers]
        if found := [pdf for pdf in pdfs if isinstance(pdf, bytes)]:
            made[f"{kind}/all.pdf"] = joined(found)
    return made


def _made(jobs: Sequence[Job]) -> Iterator[dict[str, str | bytes]]:
    """Each job's files, on all cores where there are several."""
    if len(jobs) < FEW:
        yield from map(Job.files, jobs)
        return
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(Job.files, jobs)


FEW = 3
"""Papers that are made faster than processes start."""


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
