"""Names above a chart, in as many rows as they need to stand beside each other."""

from __future__ import annotations

from collections.abc import Sequence

LANE = 17.0
"""the height of a row"""
_GAP = 6.0


def lanes(names: Sequence[tuple[float, float]]) -> list[int]:
    """The row of each name, given the middle of its place and its width."""
    ends: list[float] = []
    """how far each row is taken"""
    rows = [0] * len(names)
    for n in sorted(range(len(names)), key=lambda n: names[n]):
        middle, width = names[n]
        start = middle - width / 2
        row = next((r for r, end in enumerate(ends) if end + _GAP <= start), len(ends))
        ends[row:] = [middle + width / 2, *ends[row + 1 :]]
        rows[n] = row
    return rows
