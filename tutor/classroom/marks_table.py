"""marks.csv: a row a student, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from tutor.classroom.record import Record
from tutor.classroom.tally import first_wrong, mistakes

HEAD = (
    *("student", "marks", "at_most", "of", "right", "wrong", "unread", "first_wrong_line"),
    *("first_wrong", "mistakes", "page", "note"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the start of a formula."""
NOT_READ = "some lines are not read"
TEACHER = "the mark is the teacher's"


def marks_csv(records: Iterable[Record]) -> str:
    """By student id."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(HEAD)
    for record in sorted(records, key=lambda r: (r["student"].casefold(), r["student"], r["row"])):
        table.writerow(map(_cell, _row(record)))
    return out.getvalue()


def _row(record: Record) -> Iterable[object]:
    marked = record["marked"]
    if not marked:
        return (record["student"], *[None] * (len(HEAD) - 2), _note(record))
    marks, summary = marked["marks"], marked["summary"]
    wrong = first_wrong(marked)
    return (
        record["student"],
        marks["got"],
        marks["at_most"],
        marks["of"],
        summary["correct"] + summary["carried"],
        summary["wrong"],
        summary["unread"],
        marked["first_wrong"],
        wrong,
        " ".join(mistakes(marked)),
        record["page"],
        _note(record),
    )


def _note(record: Record) -> str | None:
    marked, error = record["marked"], record["error"]
    said = (
        error,
        TEACHER if error and marked else None,
        NOT_READ if marked and marked["marks"]["at_most"] != marked["marks"]["got"] else None,
        *record["notes"],
    )
    return "; ".join(filter(None, said)) or None


def _cell(value: object) -> object:
    """Text that no spreadsheet computes; numbers stay numbers."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    return f"{value:.10g}" if isinstance(value, float) else value
