"""Whom papers are for: seats, or the students of a list."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tutor.errors import InputError
from tutor.practice.variants import Who
from tutor.problem.file import read_text

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST = 2000
LONGEST = 100
MOST_BYTES = 1_000_000
FORMULA = ("=", "+", "-", "@")
STUDENT, NAME = "student", "name"


def seats(count: int) -> list[Who]:
    """A, B, ..., Z, A2, B2, ...

    Raises InputError for a count that means nothing.
    """
    if not 1 <= count <= MOST:
        raise InputError("--variants", f"{count} is no number of papers", f"write 1 to {MOST:,}")
    names = (LETTERS[n % 26] + (str(n // 26 + 1) if n >= 26 else "") for n in range(count))
    return [Who(name) for name in names]


def roster(path: Path) -> list[Who]:
    """The students of a CSV with a column student, and perhaps one called name.

    Raises InputError with the line of what cannot be used.
    """
    text = read_text(path, MOST_BYTES, "a roster").removeprefix("\ufeff")
    head = text.split("\n", 1)[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    columns = [cell.strip().casefold() for cell in next(rows, [])]
    if STUDENT not in columns:
        raise InputError(f"{path}:1", 'there is no column "student"', "the first line names them")
    found: dict[str, Who] = {}
    for cells in rows:
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        if not any(row.values()):
            continue
        id, name, at = row.get(STUDENT, ""), row.get(NAME, ""), f"{path}:{rows.line_num}"
        if not id or max(len(id), len(name)) > LONGEST or not (id + name).isprintable():
            raise InputError(at, "here is no id of a student", f"at most {LONGEST} characters")
        if any(text[:1] in FORMULA for text in (id, name or id)):
            what = "a spreadsheet would take this for a formula"
            raise InputError(at, what, f"an id or a name does not begin with {' '.join(FORMULA)}")
        if id in found:
            raise InputError(at, f"the student {id} stands here a second time", "leave one out")
        found[id] = Who(id, name, id)
    if not 1 <= len(found) <= MOST:
        raise InputError(str(path), f"{len(found)} students are listed", f"1 to {MOST:,} can be")
    return list(found.values())
