"""A class at the command line: a bar where somebody watches, and one line at the end."""

from __future__ import annotations

from pathlib import Path

import click

from tutor.classroom.run import Ways, mark_class
from tutor.console.progress import bar
from tutor.pages.options import Marking


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
    with bar() as progress:
        counted = mark_class(problem, submissions, folder, ways, overrides, progress)
    unmarked = len(counted.unmarked)
    rest = f", {unmarked} not" if unmarked else ""
    click.echo(f"{len(counted.marks)} marked{rest}; see {folder / 'summary.html'}")
