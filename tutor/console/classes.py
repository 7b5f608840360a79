"""A class at the command line: a bar where somebody watches, what is to be seen to, and one line at
the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from tutor.classroom.before import TABLE
from tutor.classroom.record import Record
from tutor.classroom.run import Ways, mark_class
from tutor.console.progress import bar
from tutor.errors import InputError
from tutor.pages.escape import printable
from tutor.pages.options import Marking

MOST_NOTES = 20


def check_class(
    problem: str | None,
    submissions: Path,
    folder: Path,
    options: Marking,
    notation: str | None,
    overrides: Path | None,
    templates: Path | None,
    *,
    strict: bool,
    pages: bool,
) -> None:
    """Mark a class into a folder."""
    ways = Ways(options, notation, strict, templates, pages)
    try:
        with bar() as progress:
            counted = mark_class(problem, submissions, folder, ways, overrides, progress)
    except KeyboardInterrupt:
        kept = "the same command goes on from there" if pages else "nothing is written"
        raise InputError(str(folder), f"stopped; {kept}") from None
    for said in _said(counted.records):
        click.echo(said)
    unmarked = len(counted.unmarked)
    rest = f", {unmarked} not" if unmarked else ""
    click.echo(f"{len(counted.marks)} marked{rest}; see {folder / 'summary.html'}")


def _said(records: Sequence[Record]) -> Iterator[str]:
    """What is to be seen to in each row, as far as it fits a screen."""
    notes = [
        f"{record['student']}: {note}" if record["student"] else note
        for record in records
        for note in (*filter(None, [record["error"]]), *record["notes"])
    ]
    yield from map(printable, notes[:MOST_NOTES])
    if len(notes) > MOST_NOTES:
        yield f"{len(notes) - MOST_NOTES} more such notes are in {TABLE}"
