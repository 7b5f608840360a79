"""Submissions of plain numbers, marked as tables: all rows with the same names at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tutor.classroom.counted import counted
from tutor.classroom.record import Record, Task, frame_of, record_of
from tutor.errors import InputError, NotCertified
from tutor.marking.columns import columns
from tutor.marking.finals import Finals, marked
from tutor.pages.options import Marking

Row = tuple[Task, Sequence[str]]
"""A submission, and its numbers as they are written."""
Kind = tuple[str, str | None, tuple[str, ...]]
"""The problem, the notation and the names of a table."""


def by_tables(tasks: Iterable[Task]) -> Iterator[Record]:
    """The submissions that need no page, in no order, with what their pages would say."""
    tables: dict[Kind, list[Row]] = {}
    for task in tasks:
        lines = [line.partition(" = ") for line in task.submission.working.rstrip().split("\n")]
        if all(equals for _, equals, _ in lines) and not task.submission.flaw:
            kind = task.problem, task.notation, tuple(name for name, _, _ in lines)
            tables.setdefault(kind, []).append((task, [number for _, _, number in lines]))
    finals: dict[tuple[str, str | None], Finals] = {}
    for (problem, notation, names), rows in tables.items():
        key = problem, notation
        if key not in finals:
            try:
                finals[key] = Finals(frame_of(*key))
            except (InputError, NotCertified):
                continue  # a page says why
        yield from _table(finals[key], names, rows)


def _table(finals: Finals, names: Sequence[str], rows: Sequence[Row]) -> Iterator[Record]:
    asked = columns(finals.frame, names, rows[0][0].notation)
    if asked is None:
        return
    found = finals.mark(asked, [numbers for _, numbers in rows])
    entries: dict[tuple[int, Marking], Any] = {}
    for (task, _), place in zip(rows, found.rows.tolist(), strict=True):
        if place < 0:
            continue
        key = place, task.options
        if key not in entries:
            said = marked(finals.frame, asked, found.said[place])
            entries[key] = counted(said, task.options)
        yield record_of(task, entries[key])
