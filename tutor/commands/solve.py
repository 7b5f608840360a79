"""``backprop solve``"""

from __future__ import annotations

from pathlib import Path

import click

from tutor.console.arguments import FILE, FORMAT, NOTATION, OUT, TEMPLATES, problem
from tutor.console.outputs import outputs_of, refuse, refuse_without
from tutor.console.pages import write_pages
from tutor.console.pictures import kinds_of
from tutor.errors import InputError

UNCHANGED = {
    "fragment": ("pdf", "json", "typst"),
    "symbols": ("json",),
    "derive": ("json",),
    "brief": ("json",),
    "with": ("json",),
}
"""The formats that an option does not change."""


@click.command("solve")
@FILE
@OUT
@FORMAT
@click.option("--ask", multiple=True, metavar="Q", help="What is asked, by any name. Repeatable.")
@NOTATION
@click.option("--round", "rounding", metavar="R", help="none, '4 decimals' or '4 figures'.")
@click.option("--show", metavar="D", help="Digits of a result: '6 figures' or '6 decimals'.")
@click.option("--derive", is_flag=True, help="Add how each slope comes about, line by line.")
@click.option(
    "--symbols",
    is_flag=False,
    flag_value="shape",
    type=click.Choice(["shape", "general"]),
    help="No numbers: this shape, or the rules for any network with i, j, k.",
)
@click.option("--brief", is_flag=True, help="Only what is asked and what it needs.")
@click.option("--with", "pictures", metavar="KINDS", help="Pictures too: slice,flow (see plot).")
@click.option("--fragment", is_flag=True, help="Without head and title, to paste elsewhere.")
@click.option("--pdf-engine", type=click.Choice(["typst", "latex"]), help="typst if left out.")
@TEMPLATES
def command(
    file: str,
    outputs: tuple[str, ...],
    format_: str | None,
    ask: tuple[str, ...],
    notation: str | None,
    rounding: str | None,
    show: str | None,
    derive: bool,
    symbols: str | None,
    brief: bool,
    pictures: str | None,
    fragment: bool,
    pdf_engine: str | None,
    templates: Path | None,
) -> None:
    """Print the worked solution of a problem."""
    asked = problem(file, ask=ask, notation=notation, rounding=rounding, show=show)
    wanted = outputs_of(outputs, format_, reads=(file,))
    said = {
        "fragment": fragment,
        "symbols": symbols,
        "derive": derive,
        "brief": brief,
        "with": pictures,
    }
    for option, formats in UNCHANGED.items():
        if said[option]:
            refuse(f"--{option}", wanted, formats)
    if pdf_engine:
        refuse_without("pdf", "--pdf-engine", wanted)
    from tutor.pages.options import Options

    if pictures and symbols:
        raise InputError("--with", "does not apply to --symbols", "a picture shows numbers")
    options = Options(
        derive=derive,
        symbols=symbols is not None,
        general=symbols == "general",
        brief=brief,
        pictures=() if pictures is None else kinds_of(pictures),
    )
    write_pages(
        asked, wanted, options, templates=templates, fragment=fragment, pdf_engine=pdf_engine
    )
