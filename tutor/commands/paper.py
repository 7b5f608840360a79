"""``backprop paper``"""

from __future__ import annotations

from pathlib import Path

import click

from tutor.console.arguments import TEMPLATES
from tutor.console.progress import bar
from tutor.errors import InputError

FORMATS = ("pdf", "html", "latex", "markdown", "text")


@click.command("paper")
@click.argument("sources", metavar="EXAM", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="FOLDER", type=click.Path(path_type=Path), required=True)
@click.option("--variants", type=int, metavar="N", help="So many papers, for seats.")
@click.option(
    "--per-student",
    "roster",
    type=click.Path(path_type=Path),
    metavar="ROSTER",
    help="One for each student of a CSV with a column student.",
)
@click.option(
    "--avoid",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FOLDER",
    help="Share no number with the papers in this folder. May be repeated.",
)
@click.option("--key", is_flag=True, help="Also the worked solutions, with marks.")
@click.option("--marker", is_flag=True, help="Also sheets for whoever marks by hand.")
@click.option("--open", "open_", is_flag=True, help="For practice: no secret, the same everywhere.")
@click.option("--format", "formats", type=click.Choice(FORMATS), multiple=True, default=("pdf",))
@TEMPLATES
def command(
    sources: tuple[Path, ...],
    output: Path,
    variants: int | None,
    roster: Path | None,
    avoid: tuple[Path, ...],
    key: bool,
    marker: bool,
    open_: bool,
    formats: tuple[str, ...],
    templates: Path | None,
) -> None:
    """Set papers that differ in their numbers and in nothing else.

    EXAM is an exam file; or problem files, or a folder of them, for a plain sheet.
    """
    from tutor.papers.people import roster as students
    from tutor.papers.people import seats
    from tutor.papers.run import Wishes, set_papers
    from tutor.practice.exam import exam_path, load_exam, plain_sheet

    if variants is not None and roster is not None:
        raise InputError("--variants", "with --per-student everybody has a paper", "leave one out")
    people = students(roster) if roster else seats(1 if variants is None else variants)
    path = exam_path(sources[0]) if len(sources) == 1 else None
    exam = load_exam(path) if path else plain_sheet(sources)
    wishes = Wishes(tuple(dict.fromkeys(formats)), key, marker, open_, avoid, templates)
    with bar() as progress:
        papers = set_papers(exam, people, output, wishes, progress)
    click.echo(f"{len(papers)} {'paper' if len(papers) == 1 else 'papers'} in {output / 'papers'}")
