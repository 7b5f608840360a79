"""``backprop sheet``"""

from __future__ import annotations

from pathlib import Path

import click

from tutor.console.arguments import FILE, FORMAT, NOTATION, OUT, TEMPLATES, problem
from tutor.console.outputs import outputs_of, refuse
from tutor.console.pages import write_pages


@click.command("sheet")
@FILE
@OUT
@FORMAT
@NOTATION
@TEMPLATES
def command(
    file: str,
    outputs: tuple[str, ...],
    format_: str | None,
    notation: str | None,
    templates: Path | None,
) -> None:
    """The blank worksheet: a line for every quantity."""
    asked = problem(file, notation=notation)
    wanted = outputs_of(outputs, format_)
    refuse("backprop sheet", wanted, ("json",))
    from tutor.pages.options import Options

    write_pages(asked, wanted, Options(sheet=True), templates=templates)
