"""A class at the command line: a bar where somebody watches, and one line at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tutor.classroom.run import Ways, mark_class
from tutor.pages.options import Marking


def check_class(
    problem: str,
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


@contextmanager
def bar() -> Iterator[Callable[[int, int], None]]:
    """What is told of the progress; a bar in a terminal only."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("")
        yield lambda done, of: bar.update(task, completed=done, total=of)
