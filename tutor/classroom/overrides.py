"""A teacher's own marks: a CSV of student, line, mark and reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from tutor.classroom.submissions import delimiter_of
from tutor.errors import Flaw, InputError, quoted
from tutor.marking.marks import Override
from tutor.problem.file import read_text

COLUMNS = ("student", "line", "mark", "reason")
MOST_BYTES = 10_000_000
MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Given:
    """One row."""

    row: int
    """its line in the file"""
    student: str
    override: Override


def read_overrides(path: Path) -> list[Given]:
    """What is given, in order. Raises InputError with every row that cannot be used."""
    text = read_text(path, MOST_BYTES, "a list of marks").removeprefix("\ufeff")
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), restkey="")
    names = [(name or "").strip().casefold() for name in rows.fieldnames or ()]
    rows.fieldnames = names
    missing = [name for name in COLUMNS[:3] if name not in names]
    if missing:
        raise InputError(
            str(path),
            [Flaw(1, 1, f"the column {missing[0]} is missing", f"write {','.join(COLUMNS)}")],
        )
    flaws: list[Flaw] = []
    given = list(_read(rows, flaws))
    flaws += _twice(given)
    if flaws:
        raise InputError(str(path), flaws)
    return given


def _read(rows: csv.DictReader[str], flaws: list[Flaw]) -> Iterator[Given]:
    for row in rows:
        student, line, mark, reason = ((row.get(name) or "").strip() for name in COLUMNS)
        number = _mark(mark)
        if not student:
            flaws.append(Flaw(rows.line_num, 1, "here is no student"))
        elif line and not (line.isascii() and line.isdigit() and len(line) < MOST_DIGITS):
            what = f"{quoted(line)} is no number of a line"
            flaws.append(Flaw(rows.line_num, 1, what, "leave it empty for the whole working"))
        elif number is None:
            flaws.append(Flaw(rows.line_num, 1, f"{quoted(mark)} is no mark", "write 1 or 0.5"))
        elif number < 0:
            what = f"{quoted(mark)} is less than nothing"
            flaws.append(Flaw(rows.line_num, 1, what, "write what is given, not what is taken off"))
        else:
            yield Given(
                rows.line_num, student, Override(int(line) if line else None, number, reason)
            )


def _twice(given: Iterable[Given]) -> Iterator[Flaw]:
    first: dict[tuple[str, int | None], int] = {}
    for one in given:
        key = one.student, one.override.line
        row = first.setdefault(key, one.row)
        if row != one.row:
            line = "the whole" if one.override.line is None else f"line {one.override.line}"
            what = f"{line} of {quoted(one.student)} has a mark in row {row}"
            yield Flaw(one.row, 1, what, "leave one out")


def _mark(text: str) -> Fraction | None:
    plain = text.replace(",", ".")
    digits = plain.removeprefix("-").replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS):
        return None
    return Fraction(plain)
