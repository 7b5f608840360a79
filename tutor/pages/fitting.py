"""Tables as wide as the page: columns that do not fit go on in a further table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tutor.pages.document import Sentence, Table

BETWEEN = 3
"""Characters between two columns."""


def fitting(table: Table, width: Callable[[Sentence], int], room: int | None) -> list[Table]:
    """The table, or several with its first column and as many of the others as have ``room``."""
    rows = (table.head, *table.rows)
    first, *others = (max(map(width, column)) for column in zip(*rows, strict=True))
    if room is None or first + sum(BETWEEN + other for other in others) <= room:
        return [table]
    most = max(1, (room - first) // (BETWEEN + max(others)))
    several = -(-len(others) // most)
    each = -(-len(others) // several)
    return [
        _columns(table, slice(start, start + each)) for start in range(1, len(table.head), each)
    ]


def _columns(table: Table, others: slice) -> Table:
    head, *rows = ((row[0], *row[others]) for row in (table.head, *table.rows))
    return replace(table, head=head, rows=tuple(rows))
