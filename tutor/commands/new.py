"""``backprop new``"""

from __future__ import annotations

from pathlib import Path

import click

from tutor.errors import InputError
from tutor.files import write_whole


@click.command("new")
@click.argument("sizes", metavar="SIZES")
@click.option("-o", "--output", metavar="OUT", help="Write to this file instead of the terminal.")
@click.option("--loss", default="half_sse", help="half_sse, sse, mse, bce or cce.")
@click.option("--activation", default="sigmoid", help="Of the hidden units, and the outputs too.")
def command(sizes: str, output: str | None, loss: str, activation: str) -> None:
    """Write a commented problem file to fill in; SIZES as in 2-2-1."""
    from tutor.problem.blank import blank

    text = blank(sizes, loss=loss, activation=activation)
    if output is None:
        click.echo(text, nl=False)
    elif Path(output).exists():
        raise InputError(output, "exists already; it is left as it is")
    else:
        write_whole(Path(output), text)
