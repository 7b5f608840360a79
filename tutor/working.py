"""The public face of a marked working: what is said of it, and its page in every format."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TypedDict, Unpack

from tutor.files import write_whole
from tutor.marking.marks import Marks
from tutor.marking.verdict import Marked
from tutor.problem.problem import Problem


class Shown(TypedDict, total=False):
    """What a page shows: hints 1, 2 or 3 instead of causes, values, the solution, the reading, and
    marks deducted each time that a mistake is made."""

    hints: int
    values: bool
    solution: bool
    show_reading: bool
    each: bool


def mark(
    problem: Problem, text: str, *, notation: str | None = None, strict: bool = False
) -> MarkedWorking:
    """Mark a student's working line by line.

    Raises InputError where the problem cannot be solved or there is no such notation.
    """
    from tutor.marking.mark import mark as mark_text
    from tutor.problem.options import changed

    changed(problem, notation=notation)
    marked = mark_text(problem, text, notation=notation, strict=strict)
    return MarkedWorking(**{f.name: getattr(marked, f.name) for f in fields(Marked)})


class MarkedWorking(Marked):
    """A marked working that can be printed; a notebook shows its page."""

    def to_html(self, *, fragment: bool = False, **options: Unpack[Shown]) -> str:
        """The marked page as one self-contained HTML page."""
        return self._page("html", fragment, options)

    def to_latex(self, *, fragment: bool = False, **options: Unpack[Shown]) -> str:
        """The marked page as a LaTeX document, or as a fragment for one's own."""
        return self._page("latex", fragment, options)

    def to_markdown(self, *, fragment: bool = False, **options: Unpack[Shown]) -> str:
        """The marked page as Markdown with $...$."""
        return self._page("markdown", fragment, options)

    def to_text(self, *, fragment: bool = False, **options: Unpack[Shown]) -> str:
        """The marked page as plain text."""
        return self._page("text", fragment, options)

    def to_json(self, **options: Unpack[Shown]) -> str:
        """Every statement with its verdict, and the marks, as strict JSON."""
        return self._page("json", False, options)

    @property
    def marks(self) -> Marks:
        """What the working earns."""
        from tutor.marking.marks import marks

        return marks(self)

    def to_pdf(self, path: str | Path | None = None, **options: Unpack[Shown]) -> bytes:
        """The marked page as a PDF; written to ``path`` whole or not at all, if one is given.

        Raises InputError where the file cannot be written.
        """
        from tutor.pages.options import Marking
        from tutor.pages.render_marked import render_marked_pdf

        pdf = render_marked_pdf(self, Marking(**options))
        if path is not None:
            write_whole(Path(path), pdf)
        return pdf

    def _page(self, format: str, fragment: bool, options: Shown) -> str:
        from tutor.pages.options import Marking
        from tutor.pages.render_marked import render_marked

        return render_marked(self, format, Marking(**options), fragment=fragment)

    def _repr_html_(self) -> str:
        return self.to_html(fragment=True)
