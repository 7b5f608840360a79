"""The weights of a layer as a problem file writes them: rows of numbers, or a mapping by units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tutor.problem.reading import counted, in_order, length, listing
from tutor.problem.yaml_tree import Items, Node, Notes, Pairs, Scalar


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows run over the units, weights[to][from]; where it is turned, over their senders."""

    node: Node
    turned: bool = False
    flat: bool = False
    """whether it is the one row or column of a single unit, without brackets of its own"""

    @classmethod
    def of(cls, node: Node, *, turned: bool) -> Matrix:
        """The matrix that stands here."""
        parts = node.items if isinstance(node, Items) else (node,)
        flat = bool(parts) and all(isinstance(part, Scalar) for part in parts)
        if not flat or (isinstance(node, Scalar) and node.untold):
            return cls(node, turned)
        row = Items(node.line, node.column, parts)
        rows = [Items(part.line, part.column, (part,)) for part in parts] if turned else [row]
        return cls(Items(node.line, node.column, tuple(rows)), turned, flat=True)

    @property
    def units(self) -> int | None:
        """How many units it has numbers for; None where it does not tell."""
        return self._width if self.turned else length(self.node) or None

    @property
    def senders(self) -> int | None:
        """How many units it has numbers from."""
        return length(self.node) if self.turned else self._width

    @property
    def _width(self) -> int | None:
        return length(next(iter(_rows(self.node)), None))

    def fits_turned_round(self, senders: Sequence[str], units: int | None) -> bool:
        """Whether it fits only with rows and columns exchanged; ``units`` where that is told."""
        if isinstance(self.node, Pairs):
            return self._named_turned_round(set(senders))
        widths = {length(row) for row in _rows(self.node)}
        if self.flat or len(widths) != 1 or not self._width:
            return False
        wrong = self.senders != len(senders) and self.units == len(senders)
        return wrong and units in (None, self.senders)

    def _named_turned_round(self, senders: set[str]) -> bool:
        outer, inner = _keys(self.node), {key for row in _rows(self.node) for key in _keys(row)}
        here, there = (outer, inner) if self.turned else (inner, outer)
        return bool(there) and there <= senders and not here & senders

    def flaw_turned_round(self, senders: Sequence[str], notes: Notes) -> None:
        """Say that it fits with rows and columns exchanged, at the first row that does not fit."""
        row = next(iter(_rows(self.node)), self.node)
        if isinstance(self.node, Pairs):
            row = self.node.pairs[0][0]
        rows = counted(length(self.node) or 0, "row")
        way = "from" if self.turned else "to"
        what = f"{rows} of {self._width} do not fit as weights[{way}]: {listing(senders)} send here"
        other = "to" if self.turned else "from"
        instead = (
            f"turned round they fit: write rows: {other} at the top, or exchange rows and columns"
        )
        notes.flaw(row, what, instead)

    def cells(
        self, senders: Sequence[str], units: Sequence[str], notes: Notes
    ) -> Iterator[tuple[str, str, Node]]:
        """(to, from, what stands there)."""
        outer, inner = (senders, units) if self.turned else (units, senders)
        alike = self._flaw_of_all_rows(inner, notes)
        for a, row in zip(outer, in_order(self.node, outer, notes, "row"), strict=True):
            if row is None:
                continue
            cells = row.items if alike and isinstance(row, Items) else in_order(row, inner, notes)
            for b, cell in zip(inner, cells, strict=False):
                if cell:
                    yield (b, a, cell) if self.turned else (a, b, cell)

    def _flaw_of_all_rows(self, inner: Sequence[str], notes: Notes) -> bool:
        """Say once, and not for every row, that all have the same wrong length."""
        rows = _rows(self.node)
        alike = len(rows) > 1 and all(isinstance(row, Items) for row in rows)
        wrong = alike and {length(row) for row in rows} == {self._width} != {len(inner)}
        if wrong:
            what = f"all rows have {counted(self._width or 0, 'number')}, not {len(inner)}"
            notes.flaw(rows[0], what, f"one for each of {listing(inner)}")
        return wrong


def _rows(node: Node) -> list[Node]:
    if isinstance(node, Items):
        return list(node.items)
    return [row for _, row in node.pairs] if isinstance(node, Pairs) else []


def _keys(node: Node) -> set[str]:
    return {key.text for key, _ in node.pairs} if isinstance(node, Pairs) else set()
