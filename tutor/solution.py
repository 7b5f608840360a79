"""The public face of a solved problem: its values, and its pages in every format."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from tutor.files import write_whole
from tutor.problem.problem import Problem
from tutor.solving import Solved


def solve(problem: Problem) -> Solution:
    """Derive, evaluate and certify a problem.

    Raises InputError where a step has no value at these numbers or an asked quantity cannot be
    known.
    """
    return Solution.of(problem)


class Solution(Solved):
    """A solved problem that can be printed; a notebook shows its page."""

    def to_html(self, *, fragment: bool = False, **options: bool) -> str:
        """The solution as one self-contained HTML page.

        ``derive``, ``symbols``, ``general`` and ``brief`` are the options of the command line.
        """
        return self._page("html", fragment, options)

    def to_latex(self, *, fragment: bool = False, **options: bool) -> str:
        """The solution as a LaTeX document, or as a fragment for pasting into one's own."""
        return self._page("latex", fragment, options)

    def to_markdown(self, *, fragment: bool = False, **options: bool) -> str:
        """The solution as Markdown with $...$."""
        return self._page("markdown", fragment, options)

    def to_text(self, *, fragment: bool = False, **options: bool) -> str:
        """The solution as plain text."""
        return self._page("text", fragment, options)

    def to_json(self) -> str:
        """Every quantity with its formula, numbers and value, as strict JSON."""
        return self._page("json", False, {})

    def to_pdf(self, path: str | Path | None = None, **options: bool) -> bytes:
        """The solution as a PDF; written to ``path`` whole or not at all, if one is given.

        Raises InputError where the file cannot be written.
        """
        from tutor.pages.options import Options
        from tutor.pages.render import render_pdf

        pdf = render_pdf(self, Options(**cast(Any, options)))
        if path is not None:
            write_whole(Path(path), pdf)
        return pdf

    def _page(self, format: str, fragment: bool, options: Mapping[str, bool]) -> str:
        from tutor.pages.options import Options
        from tutor.pages.render import render

        return render(self, format, Options(**cast(Any, options)), fragment=fragment)

    def _repr_html_(self) -> str:
        return self.to_html(fragment=True)
