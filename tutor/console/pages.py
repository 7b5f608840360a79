"""Pages of a problem, solved, in every format that is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.console.outputs import Output, width, write

if TYPE_CHECKING:
    from tutor.pages.options import Options
    from tutor.problem.problem import Problem


def write_pages(
    problem: Problem,
    outputs: Sequence[Output],
    options: Options,
    *,
    templates: Path | None = None,
    fragment: bool = False,
    pdf_engine: str | None = None,
) -> None:
    """Solve a problem and write what the options show of it."""
    from tutor.pages.pdf import latex_pdf
    from tutor.pages.render import render, render_pdf
    from tutor.solution import solve

    solution = solve(problem)

    def page(output: Output) -> str | bytes:
        if output.format == "pdf" and pdf_engine == "latex":
            return latex_pdf(render(solution, "latex", options, templates=templates))
        if output.format == "pdf":
            return render_pdf(solution, options, templates=templates)
        return render(
            solution,
            output.format,
            options,
            templates=templates,
            fragment=fragment,
            colour=output.coloured,
            width=width(),
        )

    write(outputs, page)
