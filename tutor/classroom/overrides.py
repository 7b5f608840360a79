"""A teacher's own marks: a CSV of student, line, mark and reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from tutor.classroom.submissions import delimiter_of
from tutor.errors import Flaw, InputError, quoted
from tutor.marking.marks import Override
from tutor.problem.file import read_text

COLUMNS = ("student", "line", "mark", "reason")
MOST_BYTES = 10_000_000
MOST_DIGITS = 12


def read_overrides(path: Path) -> dict[str, tuple[Override, ...]]:
    """What is given to each student. Raises InputError with every row that cannot be used."""
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
    given: dict[str, tuple[Override, ...]] = {}
    for student, override in _read(rows, flaws):
        given[student] = (*given.get(student, ()), override)
    if flaws:
        raise InputError(str(path), flaws)
    return given


def _read(rows: csv.DictReader[str], flaws: list[Flaw]) -> Iterator[tuple[str, Override]]:
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
        else:
            yield student, Override(int(line) if line else None, number, reason)


def _mark(text: str) -> Fraction | None:
    plain = text.replace(",", ".")
    digits = plain.removeprefix("-").replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS):
        return None
    return Fraction(plain)
