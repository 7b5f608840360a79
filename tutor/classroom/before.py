"""Whose results a folder holds from a run before: those of another class are not written over."""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from tutor.classroom.submissions import Submission
from tutor.errors import InputError

RESULTS, TABLE = "results.jsonl", "marks.csv"
WRITTEN = (RESULTS, TABLE, "summary.html", "summary.txt")


def check_folder(
    folder: Path, rows: Sequence[Submission], submissions: Path, problems: Collection[str]
) -> None:
    """Raises InputError where a folder has the results of another class, of which most students
    are not in this one, or of another problem than ``problems``; also where the submissions would
    be written over."""
    if submissions.resolve() in ((folder / name).resolve() for name in WRITTEN):
        what = f"its {submissions.name} is what is read here, and would be written over"
        raise InputError(str(folder), what, "name another folder")
    done = list(_done(folder / RESULTS))
    before = {*_marked(folder / TABLE), *(student for student, _ in done)} - {""}
    lost = before.difference(row.student for row in rows)
    if rows and len(lost) * 2 > len(before):
        what = (
            f"holds the marks of another class: {len(before)} students, {_some(before, lost)} of"
            f" them in {submissions}"
        )
        raise InputError(str(folder), what, "name another folder, or remove this one")
    others = {problem for _, problem in done if problem}
    if others and others.isdisjoint(problems):
        what = f"holds the marks of another problem, {min(others)}"
        raise InputError(str(folder), what, "name another folder, or remove this one")


def _some(before: Collection[str], lost: Collection[str]) -> str:
    return str(len(before) - len(lost)) if len(lost) < len(before) else "none"


def _marked(table: Path) -> Iterator[str]:
    if table.is_file():
        with (
            open(table, encoding="utf-8", errors="replace", newline="") as file,
            suppress(csv.Error),
        ):
            yield from (row["student"] for row in csv.DictReader(file) if row.get("student"))


def _done(results: Path) -> Iterator[tuple[str, str]]:
    """The student and the problem of each row."""
    for line in results.read_bytes().splitlines() if results.is_file() else ():
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        told = record if isinstance(record, dict) else {}
        student, problem = (told.get(key) for key in ("student", "problem"))
        if isinstance(student, str):
            yield student, problem if isinstance(problem, str) else ""
