"""Rows of a class that have one id: which they are, and that a teacher's mark holds for each."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tutor.classroom.submissions import Submission

FEW = 6
"""Rows that are named one by one."""


def same_ids(rows: Iterable[Submission], given: Collection[str]) -> dict[int, str]:
    """What is said of each row whose id is another's too; to those in ``given`` a mark is given."""
    by_id: dict[str, list[int]] = {}
    for row in rows:
        if row.student:
            by_id.setdefault(row.student, []).append(row.row)
    return {
        row: _said(found, given=student in given)
        for student, found in by_id.items()
        if len(found) > 1
        for row in found
    }


def _said(rows: list[int], *, given: bool) -> str:
    few = [*map(str, rows[:FEW]), *([f"{len(rows) - FEW} more"] if len(rows) > FEW else ())]
    stands = f"this id stands in rows {', '.join(few[:-1])} and {few[-1]}"
    return f"{stands}, and what a teacher gives holds for each" if given else stands
