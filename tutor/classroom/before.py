"""Whose results a folder holds from a run before: those of another class are not written over."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from tutor.classroom.submissions import Submission
from tutor.errors import InputError

RESULTS, TABLE = "results.jsonl", "marks.csv"


def check_folder(folder: Path, rows: Sequence[Submission], submissions: Path) -> None:
    """Raises InputError where a folder has the results of a class, and nobody of this one."""
    before = {*_marked(folder / TABLE), *_done(folder / RESULTS)} - {""}
    if before and rows and before.isdisjoint(row.student for row in rows):
        what = (
            f"holds the marks of another class: {len(before)} students, none of them in"
            f" {submissions}"
        )
        raise InputError(str(folder), what, "name another folder, or remove this one")


def _marked(table: Path) -> Iterator[str]:
    if table.is_file():
        with (
            open(table, encoding="utf-8", errors="replace", newline="") as file,
            suppress(csv.Error),
        ):
            yield from (row["student"] for row in csv.DictReader(file) if row.get("student"))


def _done(results: Path) -> Iterator[str]:
    for line in results.read_bytes().splitlines() if results.is_file() else ():
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        student = record.get("student") if isinstance(record, dict) else None
        if isinstance(student, str):
            yield student
