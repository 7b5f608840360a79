"""``backprop sheet``"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.console.arguments import FILE, FORMAT, NOTATION, OUT, TEMPLATES, problem
from tutor.console.outputs import outputs_of, refuse
from tutor.console.pages import write_pages
from tutor.errors import InputError

if TYPE_CHECKING:
    from tutor.problem.blanks import Blank


@click.command("sheet")
@FILE
@OUT
@FORMAT
@click.option(
    "--blank",
    metavar="WHICH",
    help="A worked sheet with these lines open: first:3, last:3, or a kind such as slope.",
)
@NOTATION
@TEMPLATES
def command(
    file: str,
    outputs: tuple[str, ...],
    format_: str | None,
    blank: str | None,
    notation: str | None,
    templates: Path | None,
) -> None:
    """The blank worksheet: a line for every quantity."""
    asked = problem(file, notation=notation)
    wanted = outputs_of(outputs, format_, reads=(file,))
    refuse("backprop sheet", wanted, ("json",))
    from tutor.pages.options import Options

    write_pages(asked, wanted, Options(sheet=True, blank=_which(blank)), templates=templates)


def _which(text: str | None) -> Blank | None:
    """What --blank says. Raises InputError where that is nothing."""
    from tutor.problem.blanks import blank_of

    try:
        return blank_of(text) if text else None
    except ValueError as error:
        raise InputError("--blank", str(error)) from None
