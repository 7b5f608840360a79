"""A working cut into lines, and lines into claims."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.marking.claim import Claim, Line, LineKind, Text
from tutor.marking.entries import entries
from tutor.marking.latex import plain
from tutor.marking.mapping import read_mapping
from tutor.marking.sentences import (
    heading,
    is_prose,
    said,
    unit_label,
    without_bullet,
    without_comment,
)
from tutor.marking.tables import Tabled, read_table

MOST_LINES = 5_000
LONGEST_LINE = 2_000
MOST_JOINED = 60
WIDE = 1 << 20
"""Columns are counted on from line to line while lines are joined: line * WIDE + column."""
_TOO_LONG = f"this line is too long to read: {LONGEST_LINE:,} characters are the most"
_TOO_MANY = f"only the first {MOST_LINES:,} lines are read"
_MATRIX_OPEN = re.compile(r"\\begin\s*\{[a-zA-Z]*(?:matrix|array)\*?\}")
_MATRIX_SHUT = re.compile(r"\\end\s*\{[a-zA-Z]*(?:matrix|array)\*?\}")
_GOES_ON = re.compile(r"\s*(?:&?\s*[\[(]|\\begin|\\left|[-+]?[\d.])")
_ENDS_OPEN = re.compile(r"(?:=|≈|\\approx|:=)\s*\Z|:\s*\Z")
_EQUALS = re.compile(r"(?<![<>!])=")
_BETWEEN = re.compile(r"\n|;|,\s+(?:and\s+)?|\s+(?:and|und)\s+|(?<=[^\s,;]) {3,}(?=[^\W\d]\S* *=)")


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
        read = written[:MOST_LINES]
        self.rows = [
            Text(line, tuple(range(n * WIDE + 1, n * WIDE + 1 + len(line))))
            if len(line) <= LONGEST_LINE
            else Text("", ())
            for n, line in enumerate(read, 1)
        ]
        self.claims: dict[int, list[Claim]] = {}
        self.headings: dict[int, str] = {}
        self.last: tuple[int, int] | None = None
        """where the claim stands that a line beginning with = goes on with"""

    def lines(self) -> Iterator[Line]:
        mapped = read_mapping(self.text, self.rows)
        if mapped is not None:
            for parts in mapped:
                self._keep(tuple(plain(part).strip() for part in parts))
        else:
            at = 0
            while at < len(self.rows):
                at = self._block(at)
        for n, line in enumerate(self.written[:MOST_LINES], 1):
            yield self._line(n, line)
        if len(self.written) > MOST_LINES:
            rest = MOST_LINES + 1
            line = self.written[MOST_LINES]
            flawed = Claim((Text.of(line[:80]),), flaw=_TOO_MANY)
            yield Line(rest, line, LineKind.CLAIMS, (flawed,))

    def _line(self, n: int, line: str) -> Line:
        title = self.headings.get(n, "")
        if len(line) > LONGEST_LINE:
            flawed = Claim((Text.of(line[:80]),), flaw=_TOO_LONG)
            return Line(n, line, LineKind.CLAIMS, (flawed,))
        if n in self.claims:
            return Line(n, line, LineKind.CLAIMS, tuple(map(_placed, self.claims[n])), title)
        return Line(n, line, LineKind.HEADING if title else LineKind.PROSE, (), title)

    def _block(self, at: int) -> int:
        """Reads the table or the line at ``at``; where to go on."""
        table: Tabled | None = read_table(self.rows, at)
        if table:
            for parts in table.claims:
                self._keep(tuple(plain(part).strip() for part in parts))
            self.last = None
            return table.end
        row, end = self._joined(at)
        self._row(row)
        return end

    def _joined(self, at: int) -> tuple[Text, int]:
        """A line with those that belong to it: an open matrix, a line that ends in = or \\."""
        row, end = self.rows[at], at + 1
        pieces, last = [row], row
        opened = _opened(row.text)
        while end < len(self.rows) and end - at < MOST_JOINED:
            following = self.rows[end]
            stripped = last.text.rstrip()
            if stripped.endswith("\\") and not stripped.endswith("\\\\"):
                pieces[-1] = last.cut(0, len(stripped) - 1)
            elif opened > 0 or (
                _ENDS_OPEN.search(last.text) and _GOES_ON.match(following.text) and stripped
            ):
                if opened > 0 and "=" in following.text and "\\" not in following.text:
                    break
            else:
                break
            if not following.text.strip():
                break
            pieces += Text(" ", (following.column,)), following
            opened += _opened(following.text)
            last = following
            end += 1
        return Text.joined(pieces), end

    def _row(self, row: Text) -> None:
        if not row.text.strip():
            return
        n = row.columns[0] // WIDE
        title = heading(row)
        if title:
            self.headings[n] = title.words
            self.last = None
            row = title.rest
        row = without_comment(plain(without_bullet(row)))
        labelled = unit_label(row)
        for statement in _statements(labelled[1] if labelled else row):
            self._statement(statement, labelled[0] if labelled else None)

    def _statement(self, statement: Text, unit: Text | None) -> None:
        parts = _parts(statement.strip())
        if parts and not parts[0].text and len(parts) > 1:
            self._go_on(parts[1:])
            return
        claimed = said(parts)
        if claimed and unit and claimed[0].text.replace(" ", "").isalpha():
            claimed = (claimed[0].beside(unit), *claimed[1:])
        if claimed and not is_prose(claimed):
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
        del self.claims[n][at:]
        self._keep((*before.parts, *parts), n)
        for part in parts:
            if part.columns:
                self.claims.setdefault(part.columns[0] // WIDE, [])

    def _keep(self, parts: tuple[Text, ...], n: int = 0) -> None:
        """Keeps a claim on the line where it begins, an entry's where its number stands."""
        found = list(entries(parts))
        for claim in found:
            own = claim.parts[1 if claim.index and len(claim.parts) > 1 else 0]
            line = n or (own.columns or claim.parts[0].columns or (WIDE,))[0] // WIDE
            self.claims.setdefault(line, []).append(claim)
            self.last = (line, len(self.claims[line]) - 1)
        if len(found) > 1:
            self.last = None


def _opened(text: str) -> int:
    """How many matrices and square brackets a line leaves open."""
    matrices = len(_MATRIX_OPEN.findall(text)) - len(_MATRIX_SHUT.findall(text))
    return matrices or text.count("[") - text.count("]")


def _placed(claim: Claim) -> Claim:
    """A claim with columns of its own lines."""
    lines = tuple(part.columns[0] // WIDE if part.columns else 0 for part in claim.parts)
    parts = tuple(
        Text(part.text, tuple(_column(c, line) for c in part.columns))
        for part, line in zip(claim.parts, lines, strict=True)
    )
    return Claim(parts, claim.index, claim.shape, lines if len(set(lines)) > 1 else ())


def _column(place: int, line: int) -> int:
    """The column in its line."""
    return place % WIDE


def _statements(row: Text) -> Iterator[Text]:
    """The statements of a line; what follows a comma is one only where it holds an equals sign."""
    inside = _inside(row.text)
    start, mark = 0, None
    cuts = [m for m in _BETWEEN.finditer(row.text) if not inside[m.start()] or m[0] == "\n"]
    ends = [*(m.start() for m in cuts[1:]), len(row.text)][: len(cuts)]
    for match, end in zip(cuts, ends, strict=True):
        following = row.text[match.end() : end]
        own = match[0] in ("\n", ";") or _EQUALS.search(following)
        if own:
            yield row.cut(start, match.start() if mark is None else mark)
            start, mark = match.end(), None
        elif mark is None and _is_remark(following):
            mark = match.start()
    yield row.cut(start, len(row.text) if mark is None else mark)


def _is_remark(text: str) -> bool:
    """Whether this is words only."""
    return bool(re.fullmatch(r"\s*(?:[^\W\d_]{2,}[\s.!]*)+", text))


def _inside(text: str) -> list[bool]:
    """For each character, whether brackets are open around it; none where they do not match."""
    inside, depth = [], 0
    for c in text:
        depth = max(0, depth + (c in "([{") - (c in ")]}"))
        inside.append(depth > 0)
    return inside if not depth else [False] * len(text)


def _parts(statement: Text) -> list[Text]:
    """What stands between the equals signs."""
    inside = _inside(statement.text)
    cuts = [m.start() for m in _EQUALS.finditer(statement.text) if not inside[m.start()]]
    starts, ends = [0, *(cut + 1 for cut in cuts)], [*cuts, len(statement.text)]
    return [statement.cut(a, b).strip() for a, b in zip(starts, ends, strict=True)]
