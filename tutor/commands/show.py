"""``backprop show``"""

from __future__ import annotations

from pathlib import Path

import click

from tutor.console.arguments import FILE, NOTATION, problem
from tutor.errors import InputError
from tutor.files import write_whole


@click.command("show")
@FILE
@click.option("-o", "--output", metavar="OUT", help="An .svg file; without it, the terminal.")
@NOTATION
def command(file: str, output: str | None, notation: str | None) -> None:
    """Draw the network, every quantity named."""
    drawn = problem(file, notation=notation)
    from tutor.pages.figure import network_svg, network_text

    if output is None:
        click.echo(network_text(drawn))
    elif Path(output).suffix.lower() != ".svg":
        raise InputError(output, "is no .svg file; the network is drawn as SVG")
    else:
        write_whole(Path(output), network_svg(drawn))
