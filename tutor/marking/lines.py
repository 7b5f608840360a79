"""A working cut into lines, and lines into claims."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.marking.cases import read_cases
from tutor.marking.claim import Claim, Line, LineKind, Text
from tutor.marking.corrections import corrected, without_struck
from tutor.marking.entries import entries
from tutor.marking.joining import at_prompt, joined
from tutor.marking.latex import plain
from tutor.marking.mapping import is_mapping, read_mapping
from tutor.marking.sentences import (
    count_apart,
    heading,
    is_prose,
    said,
    unit_label,
    without_bullet,
    without_comment,
)
from tutor.marking.spoken import spelled_out
from tutor.marking.statements import MOST_PARTS, parts_of, statements
from tutor.marking.tables import read_table
from tutor.marking.unpacked import unpacked

MOST_LINES = 5_000
LONGEST_LINE = 2_000
MOST_CHARACTERS = 200_000
MOST_CLAIMS = 2_000
WIDE = 1 << 20
"""Columns are counted on from line to line while lines are joined: line * WIDE + column."""
_TOO_LONG = f"this line is too long to read: {LONGEST_LINE:,} characters are the most"
_TOO_MUCH = (
    f"what follows is not read: {MOST_LINES:,} lines, {MOST_CHARACTERS:,} characters"
    f" and {MOST_CLAIMS:,} statements are the most"
)


def read_lines(text: str) -> tuple[Line, ...]:
    """The lines of a working, with the claims that they make, in plain spelling."""
    written = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while len(written) > 1 and not written[-1].strip():
        written.pop()
    return tuple(_Reading(written, text).lines())


class _Reading:
    """The lines of one working, read from the top."""

    def __init__(self, written: list[str], text: str) -> None:
        self.written, self.text = written, text
        self.end = _within(written)
        """how many lines are read"""
        self.claims: dict[int, list[Claim]] = {}
        self.headings: dict[int, str] = {}
        self.cases: dict[int, str] = {}
        self.last: tuple[int, int] | None = None
        """where the claim stands that a line beginning with = goes on with"""
        self.kept = 0

    def lines(self) -> Iterator[Line]:
        if is_mapping(self.text):
            self.end = min(len(self.written), MOST_LINES)
            rows = [_row(n, line) for n, line in enumerate(self.written[: self.end], 1)]
            mapped = read_mapping(rows)
        else:
            mapped = None
        if mapped is None:
            self._read([_row(n, line) for n, line in enumerate(self.written[: self.end], 1)])
        else:
            for parts in mapped:
                self._keep(tuple(_shortened(part) for part in parts))
                if self.kept >= MOST_CLAIMS:
                    last = max(self.claims)
                    self.claims[last].append(Claim((parts[0],), flaw=_TOO_MUCH))
                    self.end = min(self.end, last)
                    break
        for n, line in enumerate(self.written[: self.end], 1):
            yield self._line(n, line)
        if len(self.written) > self.end:
            yield _flawed(self.end + 1, self.written[self.end], _TOO_MUCH)

    def _read(self, rows: list[Text]) -> None:
        self.rows = [
            without_struck(row) if len(row.text) <= LONGEST_LINE else Text("", ()) for row in rows
        ]
        at = 0
        while at < len(self.rows) and self.kept < MOST_CLAIMS:
            at = self._block(at)
        if at < len(self.rows):
            self.end = at

    def _line(self, n: int, line: str) -> Line:
        title = self.headings.get(n, "")
        if n in self.claims:
            claims, case = tuple(map(_placed, self.claims[n])), self.cases.get(n, "")
            return Line(n, line, LineKind.CLAIMS, claims, title, case)
        if len(line) > LONGEST_LINE:
            return _flawed(n, line, _TOO_LONG)
        return Line(n, line, LineKind.HEADING if title else LineKind.PROSE, (), title)

    def _block(self, at: int) -> int:
        """Reads the table or the line at ``at``; where to go on."""
        row = self.rows[at]
        table = read_table(self.rows, at)
        if table and not (heading(row) or at_prompt(row)):
            for parts in table.claims:
                name, value = (plain(part).strip() for part in parts)
                self._keep((name, *parts_of(value)))
            self.last = None
            return table.end
        cases = read_cases(self.rows, at)
        if cases and not at_prompt(row):
            for name, value, case in cases.claims:
                self.cases[value.column // WIDE] = case
                self._keep((plain(name).strip(), *parts_of(plain(value).strip())))
            self.last = None
            return cases.end
        row, end = joined(self.rows, at)
        self._row(row)
        return end

    def _row(self, row: Text) -> None:
        if not row.text.strip():
            return
        n = row.columns[0] // WIDE
        title = heading(row)
        if title:
            self.headings[n] = title.words
            self.last = None
            row = title.rest
        row = spelled_out(corrected(without_comment(plain(without_bullet(row)))))
        row = count_apart(row)
        labelled = unit_label(row)
        for statement in statements(unpacked(labelled[1] if labelled else row)):
            self._statement(statement, labelled[0] if labelled else None)

    def _statement(self, statement: Text, unit: Text | None) -> None:
        parts = parts_of(statement.strip())
        if parts and not parts[0].text and len(parts) > 1:
            self._go_on(parts[1:])
            return
        claimed = said(parts)
        if claimed and unit and claimed[0].text.replace(" ", "").isalpha():
            claimed = (claimed[0].beside(unit), *claimed[1:])
        if claimed and not is_prose(parts, claimed):
            self._keep(claimed)
        elif len(parts) > 1:
            self.last = None

    def _go_on(self, parts: list[Text]) -> None:
        """A line that begins with an equals sign."""
        if self.last is None:
            self._keep(tuple(parts))
            return
        n, at = self.last
        before = self.claims[n][at]
        if len(before.parts) > MOST_PARTS:
            self._keep(tuple(parts))
            return
        del self.claims[n][at:]
        self._keep((*before.parts, *parts), n)

    def _keep(self, parts: tuple[Text, ...], n: int = 0) -> None:
        """Keeps a claim on the line where it begins, an entry's where its number stands."""
        for part in parts:
            for line in range(part.column // WIDE, part.end // WIDE + 1):
                self.claims.setdefault(line, [])
        found = list(entries(parts))
        self.kept += len(found)
        for claim in found:
            own = claim.parts[1 if claim.index and len(claim.parts) > 1 else 0]
            line = n or (own.column or claim.parts[0].column) // WIDE
            self.claims.setdefault(line, []).append(claim)
            self.last = (line, len(self.claims[line]) - 1)
        if len(found) > 1:
            self.last = None


def _within(written: list[str]) -> int:
    """How many lines are read of a working."""
    left = MOST_CHARACTERS
    for n, line in enumerate(written[:MOST_LINES]):
        left -= len(line) if len(line) <= LONGEST_LINE else 0
        if left < 0:
            return n
    return min(len(written), MOST_LINES)


def _shortened(part: Text) -> Text:
    """A value of a mapping in plain spelling; one too long stays too long to be parsed."""
    return plain(part.cut(0, LONGEST_LINE + 1)).strip()


def _row(n: int, line: str) -> Text:
    """A line whose columns tell its number too."""
    return Text(line, tuple(range(n * WIDE + 1, n * WIDE + 1 + len(line))))


def _flawed(n: int, line: str, flaw: str) -> Line:
    return Line(n, line, LineKind.CLAIMS, (Claim((Text.of(line[:80]),), flaw=flaw),))


def _placed(claim: Claim) -> Claim:
    """A claim with columns of its own lines."""
    lines = tuple(part.column // WIDE for part in claim.parts)
    parts = tuple(Text(part.text, tuple(c % WIDE for c in part.columns)) for part in claim.parts)
    return Claim(parts, claim.index, claim.shape, lines if len(set(lines)) > 1 else (), claim.flaw)
