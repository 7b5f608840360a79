"""The command ``backprop``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from errno import EPIPE
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.errors import InputError

if TYPE_CHECKING:
    from tutor.problem.problem import Problem

ENDINGS = {
    ".html": "html",
    ".htm": "html",
    ".tex": "latex",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".json": "json",
    ".pdf": "pdf",
    ".typ": "typst",
}
FORMATS = ("text", "markdown", "html", "latex", "pdf", "json", "typst")


class Friendly(click.Group):
    """A group of commands whose errors are one sentence each, with exit status 2."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except InputError as error:
            click.echo(str(error), err=True)
            ctx.exit(2)
        except OSError as error:
            if error.errno == EPIPE:
                raise
            where = error.filename or "standard output"
            click.echo(f"{where}: {(error.strerror or str(error)).lower()}", err=True)
            ctx.exit(2)
        except ArithmeticError as error:
            if type(error).__name__ != "NotCertified":
                raise
            click.echo(f"nothing is printed, since the check failed: {error}", err=True)
            click.echo("This is a mistake in backprop; please report the problem file.", err=True)
            ctx.exit(3)


@click.group(cls=Friendly, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="backprop-tutor", message="%(version)s")
def main() -> None:
    """Worked solutions of back-propagation by hand.

    FILE is a problem file, or the name of a shipped problem (see: backprop list).
    """


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


@main.command()
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
@click.option("--fragment", is_flag=True, help="Without head and title, to paste elsewhere.")
@click.option("--pdf-engine", type=click.Choice(["typst", "latex"]), default="typst")
@TEMPLATES
def solve(
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
    fragment: bool,
    pdf_engine: str,
    templates: Path | None,
) -> None:
    """Print the worked solution of a problem."""
    problem = _changed(_load(file), ask=ask, notation=notation, rounding=rounding, show=show)
    targets = _targets(outputs, format_)
    from tutor.pages.options import Options
    from tutor.pages.pdf import latex_pdf
    from tutor.pages.render import render, render_pdf
    from tutor.solution import solve as solve_problem

    solution = solve_problem(problem)
    options = Options(
        derive=derive, symbols=symbols is not None, general=symbols == "general", brief=brief
    )

    def page(kind: str, *, colour: bool = False) -> str | bytes:
        if kind == "pdf" and pdf_engine == "latex":
            return latex_pdf(render(solution, "latex", options, templates=templates))
        if kind == "pdf":
            return render_pdf(solution, options, templates=templates)
        return render(
            solution,
            kind,
            options,
            templates=templates,
            fragment=fragment,
            colour=colour,
            width=_width(),
        )

    _write(targets, page)


@main.command("list")
def list_() -> None:
    """List the shipped problems."""
    from tutor.problem.shipped import load, names

    width = max(map(len, names()))
    for name in names():
        click.echo(f"{name:{width}}  {load(name).title}")


@main.command()
@click.argument("sizes", metavar="SIZES")
@click.option("-o", "--output", metavar="OUT", help="Write to this file instead of the terminal.")
@click.option("--loss", default="half_sse", help="half_sse, sse, mse, bce or cce.")
@click.option("--activation", default="sigmoid", help="Of the hidden units, and the outputs too.")
def new(sizes: str, output: str | None, loss: str, activation: str) -> None:
    """Write a commented problem file to fill in; SIZES as in 2-2-1."""
    from tutor.problem.blank import blank

    text = blank(sizes, loss=loss, activation=activation)
    if output is None:
        click.echo(text, nl=False)
        return
    if Path(output).exists():
        raise InputError(output, "exists already; it is left as it is")
    _save(output, text)


@main.command()
@FILE
@click.option("-o", "--output", metavar="OUT", help="An .svg file; without it, the terminal.")
@NOTATION
def show(file: str, output: str | None, notation: str | None) -> None:
    """Draw the network, every quantity named."""
    problem = _changed(_load(file), notation=notation)
    from tutor.pages.figure import network_svg, network_text

    if output is None:
        click.echo(network_text(problem))
    elif Path(output).suffix.lower() != ".svg":
        raise InputError(output, "is no .svg file; the network is drawn as SVG")
    else:
        _save(output, network_svg(problem))


@main.command()
@FILE
@OUT
@FORMAT
@NOTATION
@TEMPLATES
def sheet(
    file: str,
    outputs: tuple[str, ...],
    format_: str | None,
    notation: str | None,
    templates: Path | None,
) -> None:
    """The blank worksheet: a line for every quantity."""
    problem = _changed(_load(file), notation=notation)
    targets = _targets(outputs, format_)
    from tutor.pages.options import Options
    from tutor.pages.render import render, render_pdf
    from tutor.solution import solve as solve_problem

    solution = solve_problem(problem)

    def page(kind: str, **_: bool) -> str | bytes:
        if kind == "json":
            raise InputError("--format json", "a worksheet has no values; choose another format")
        if kind == "pdf":
            return render_pdf(solution, Options(sheet=True), templates=templates)
        return render(solution, kind, Options(sheet=True), templates=templates, width=_width())

    _write(targets, page)


def _load(file: str) -> Problem:
    from tutor.problem.shipped import load

    return load(file)


def _changed(problem: Problem, **options: object) -> Problem:
    from tutor.problem.options import changed

    return changed(problem, **{key: value for key, value in options.items() if value})


Target = tuple[str | None, str]


def _targets(outputs: Sequence[str], format_: str | None) -> list[Target]:
    """(path or None for standard output, format) of everything to be written."""
    if not outputs:
        return [(None, format_ or "text")]
    targets: list[Target] = []
    for output in outputs:
        kind = ENDINGS.get(Path(output).suffix.lower()) or format_
        if kind is None:
            known = ", ".join(ENDINGS)
            raise InputError(
                output, f"its ending says no format; known are {known}, or use --format"
            )
        targets.append((output, kind))
    return targets


def _write(targets: Sequence[Target], page: Callable[..., str | bytes]) -> None:
    """Make every page before the first is written."""
    pages = []
    for output, kind in targets:
        colour = (
            output is None
            and kind == "text"
            and sys.stdout.isatty()
            and not os.environ.get("NO_COLOR")
        )
        pages.append((output, page(kind, colour=colour)))
    for output, content in pages:
        if output is not None:
            _save(output, content)
        elif isinstance(content, bytes):
            if sys.stdout.isatty():
                raise InputError("--format pdf", "does not go to a terminal; name a file with -o")
            sys.stdout.buffer.write(content)
        else:
            click.echo(content, nl=False)
            sys.stdout.flush()


def _save(output: str, content: str | bytes) -> None:
    from tutor.files import write_whole

    write_whole(Path(output), content)


def _width() -> int:
    import shutil

    return max(40, min(100, shutil.get_terminal_size((88, 24)).columns))


main.add_command(import_module("tutor.check_command").command)
