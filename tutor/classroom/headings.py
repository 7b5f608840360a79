"""The head of a table of asked numbers: each column is a quantity, and none stands twice."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tutor.classroom.record import frame_of
from tutor.classroom.submissions import PROBLEM, STUDENT, WORKING, Submission, delimiter_of
from tutor.errors import Flaw, InputError, NotCertified, did_you_mean, quoted
from tutor.marking.frame import Frame
from tutor.marking.mark import mark_with
from tutor.problem.file import read_text
from tutor.problem.names import Names
from tutor.symbolic.quantity import Kind

TABLES = (".csv", ".tsv")
MOST_BYTES = 1_000_000_000
OWN = (STUDENT, PROBLEM, WORKING)
SAMPLE = "0.123456789012"
"""A number that is nobody's."""
VECTOR = "[({"
"""How a cell of several numbers begins."""
CELLS = 5
"""So many of those are tried where the sample says nothing."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's name and where it begins in the first line, from 1."""

    name: str
    column: int


def check_headings(
    path: Path, rows: Sequence[Submission], problems: Iterable[str], notation: str | None
) -> None:
    """Raise InputError for a column that stands twice, or that is nothing in any of the problems.

    Other lists than tables of numbers have no such columns.
    """
    if path.suffix.lower() not in TABLES or not path.is_file():
        return
    headings = _headings(path)
    if flaws := list(_twice(headings)):
        raise InputError(str(path), flaws)
    if WORKING in (heading.name.casefold() for heading in headings):
        return
    unknown = [h for h in headings if h.name and h.name.casefold() not in OWN]
    known: list[str] = []
    for problem in dict.fromkeys(problems):
        if not unknown:
            return
        try:
            frame = frame_of(problem, notation)
        except (InputError, NotCertified):
            continue  # its rows say why
        unknown = list(_unknown(frame, unknown, rows, notation))
        known = known or _names(frame, notation)
    if known and unknown:
        raise InputError(str(path), [_no_quantity(heading, known) for heading in unknown])


def _headings(path: Path) -> list[Heading]:
    text = read_text(path, MOST_BYTES, "a class").removeprefix("\ufeff")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    found, end = [], 0
    for name in map(str.strip, next(rows, [])):
        start = max(text.find(name, end), end)
        found.append(Heading(name, start + 1))
        end = start + len(name)
    return found


def _twice(headings: Iterable[Heading]) -> Iterator[Flaw]:
    seen: set[str] = set()
    for heading in headings:
        name = heading.name.casefold() if heading.name.casefold() in OWN else heading.name
        if name and name in seen:
            what = f"the column {quoted(heading.name)} stands twice"
            yield Flaw(1, heading.column, what, "leave one out")
        seen.add(name)


def _unknown(
    frame: Frame, headings: Sequence[Heading], rows: Sequence[Submission], notation: str | None
) -> Iterator[Heading]:
    """What stands above something and names no quantity: not with a sample, nor with vectors."""
    named = _named(frame, (f"{heading.name} = {SAMPLE}" for heading in headings), notation)
    for n, heading in enumerate(headings, 1):
        if n not in named:
            begin = f"{heading.name} = "
            lines = [x for row in rows for x in row.working.split("\n") if x.startswith(begin)]
            vectors = (line for line in lines if line[len(begin)] in VECTOR)
            known = any(_named(frame, [line], notation) for line in islice(vectors, CELLS))
            if lines and not known:
                yield heading


def _named(frame: Frame, lines: Iterable[str], notation: str | None) -> set[int]:
    """The lines that are about a quantity of the problem."""
    marked = mark_with(frame, "\n".join(lines), notation=notation)
    return {v.line for v in marked.verdicts if v.quantity and v.quantity.kind is not Kind.OWN}


def _names(frame: Frame, notation: str | None) -> list[str]:
    """What a column may be called, for suggestions."""
    problem = frame.solved.problem
    names = Names(problem.network, problem.names, notation or problem.notation)
    return [*names.known(), *(q.key for q in frame.truth)]


def _no_quantity(heading: Heading, known: Iterable[str]) -> Flaw:
    what = f"the column {quoted(heading.name)} is no quantity of this problem"
    instead = did_you_mean(heading.name, known, "correct its name or leave the column out")
    return Flaw(1, heading.column, what, instead)
