"""The public face of a picture: its numbers' page in every format, and the picture alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tutor.files import write_whole
from tutor.pages.document import Document
from tutor.pages.plots.alone import svg
from tutor.pages.plots.kinds import page
from tutor.pages.render import render_document, words_of
from tutor.plots.asked import ANY, Asked, check_range
from tutor.problem.problem import Problem
from tutor.solving import Solved


def plot(
    kind: str,
    problem: Problem,
    *,
    weights: Sequence[str] = (),
    range: tuple[float, float] | None = None,
    seed: int = ANY.seed,
    steps: int | None = None,
    templates: Path | None = None,
) -> Plot:
    """A picture of a problem: flow, slice and the other kinds of ``backprop plot``.

    ``weights`` are names; ``range`` is between which values they move; ``seed`` is for what is
    shuffled or drawn, ``steps`` the updates of a path. Raises InputError where the problem lacks
    what the kind needs, or there is no such weight.
    """
    if range:
        check_range(*range)
    solved = Solved.of(problem)
    asked = Asked(tuple(weights), range, seed, steps)
    return Plot(page(solved, kind, asked, words_of(templates)), solved, templates)


@dataclass(frozen=True, repr=False)
class Plot:
    """A picture with its question and its numbers; a notebook shows it."""

    document: Document
    solved: Solved
    templates: Path | None = None

    def to_svg(self) -> str:
        """The pictures alone, one below the other."""
        return svg(self.document, self.solved.naming)

    def to_png(self) -> bytes:
        """The same in pixels, two for each unit of the SVG."""
        from tutor.pages.pdf import typst_png

        return typst_png(self.to_svg())

    def to_html(self, *, fragment: bool = False) -> str:
        """The page, complete in itself; its pictures can be changed."""
        naming, templates = self.solved.naming, self.templates
        return render_document(
            self.document, naming, "html", templates=templates, fragment=fragment
        )

    def to_pdf(self, path: str | Path | None = None) -> bytes:
        """The page as a PDF; written to ``path`` whole or not at all, if one is given."""
        from tutor.pages.pdf import typst_pdf

        pdf = typst_pdf(self._page("typst"))
        if path is not None:
            write_whole(Path(path), pdf)
        return pdf

    def rendered(self, format: str, colour: bool = False, width: int = 88) -> str | bytes:
        """The page in any format, or the picture alone as svg or png."""
        match format:
            case "svg":
                return self.to_svg()
            case "png":
                return self.to_png()
            case "pdf":
                return self.to_pdf()
            case _:
                return self._page(format, colour, width)

    def _page(self, format: str, colour: bool = False, width: int = 88) -> str:
        return render_document(
            self.document,
            self.solved.naming,
            format,
            templates=self.templates,
            colour=colour,
            width=width,
        )

    def _repr_html_(self) -> str:
        return self.to_html(fragment=True)
