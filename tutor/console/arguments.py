"""Arguments that several commands have, and the problem that they name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.console.outputs import FORMATS

if TYPE_CHECKING:
    from tutor.problem.problem import Problem

FILE = click.argument("file", metavar="FILE")
NOTATION = click.option("--notation", metavar="N", help="Name quantities as this course does.")
OUT = click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="OUT",
    help="Write to this file; its ending says the format. May be repeated.",
)
FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="The format for standard output, or for an OUT without a known ending.",
)
TEMPLATES = click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with your own words.j2 or pages, over the shipped ones.",
)


def problem(file: str, **options: object) -> Problem:
    """The problem in a file or of a name, with what the options change in it."""
    from tutor.problem.options import changed
    from tutor.problem.shipped import load

    return changed(load(file), **{key: value for key, value in options.items() if value})
