"""Equations and tables laid out in columns of characters."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tutor.pages.document import Equation, Sentence, Sign, Table, WorkingLine
from tutor.pages.fitting import BETWEEN

if TYPE_CHECKING:
    from tutor.pages.pen import Pen

MARGIN = 2
"""Columns before a table."""
_ANSI = re.compile(r"\x1b\[\d+m")


GUTTER = 8
"""Columns before a line of a working: its sign and its number."""
_TINTS = {Sign.RIGHT: 32, Sign.CARRIED: 36, Sign.WRONG: 31, Sign.UNREAD: 33}


def width_of(text: str) -> int:
    """How many columns a text takes."""
    bare = _ANSI.sub("", text)
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in bare)
    marks = sum(unicodedata.combining(c) != 0 for c in bare)
    return len(bare) + wide - marks


class Layout:
    """What a terminal page is made of, at most ``width`` columns wide."""

    def __init__(self, pen: Pen, width: int) -> None:
        self.pen, self.width = pen, width

    def equation(self, equation: Equation) -> str:
        """One part a line, the equals signs below each other."""
        ((symbol, _),), *parts = self.pen.parts(equation)
        margin = f"  {symbol}"
        if equation.blank:
            return f"{margin} = {'_' * max(10, min(40, self.width - width_of(margin) - 3))}"
        if width_of(margin) > self.width // 3:
            lines, indent = [margin], 6
            lead = " " * indent + "= "
        else:
            lines, indent = [], width_of(margin) + 1
            lead = margin + " = "
        for part in parts:
            lines += self._wrapped(lead, [chunk for chunk, _ in part], indent + 2)
            lead = " " * indent + "= "
        if equation.note:
            note = f"({self.pen.say(equation.note)})"
            if width_of(lines[-1]) + 3 + width_of(note) <= self.width:
                lines[-1] += f"   {note}"
            else:
                margin = " " * (indent + 2)
                lines.append(self._filled(note, margin, margin))
        return "\n".join(lines)

    def _wrapped(self, lead: str, chunks: Sequence[str], indent: int) -> list[str]:
        lines, line = [], lead + chunks[0]
        for chunk in chunks[1:]:
            if width_of(line) + 1 + width_of(chunk) > self.width:
                lines.append(line)
                line = " " * indent + chunk
            else:
                line += f" {chunk}"
        return [*lines, line]

    def prose(self, sentence: Sentence, indent: str = "", first: str | None = None) -> str:
        """A sentence over as many lines as it needs."""
        return self._filled(self.pen.say(sentence), indent if first is None else first, indent)

    def _filled(self, text: str, first: str, indent: str) -> str:
        filled = textwrap.fill(
            text,
            self.width,
            initial_indent=first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return filled.replace("\u00a0", " ")

    def working_line(self, line: WorkingLine) -> str:
        """A line of a working: sign, number, text, margin; below it what is pointed at."""
        sign = self._tinted(line.sign or " ", line.sign)
        lines: list[str] = []
        lead = f"{sign} {line.n:>4}  "
        for start, end in self._cut(line.text):
            lines.append((lead + line.text[start:end]).rstrip())
            lead = " " * GUTTER
            if carets := _carets(line, start, end):
                lines.append(" " * GUTTER + self._tinted(carets, line.sign))
        if line.margin:
            self._add_margin(lines, self.pen.plain(line.margin), line)
        return "\n".join(lines)

    def _add_margin(self, lines: list[str], margin: str, line: WorkingLine) -> None:
        """At the right edge of the first line that has room, or below all of them."""
        for n, text in enumerate(lines):
            room = self.width - width_of(text) - width_of(margin)
            if room >= 2:
                lines[n] = text + " " * room + self._tinted(margin, line.sign)
                return
        room = max(GUTTER, self.width - width_of(margin))
        lines.append(" " * room + self._tinted(margin, line.sign))

    def _tinted(self, text: str, sign: Sign) -> str:
        return f"\x1b[{_TINTS[sign]}m{text}\x1b[39m" if self.pen.colour and sign else text

    def _cut(self, text: str) -> list[tuple[int, int]]:
        """The parts of a long line, each at most as wide as the page."""
        parts: list[tuple[int, int]] = []
        start, most = 0, max(10, self.width - GUTTER)
        while True:
            end, used = start, 0
            while end < len(text) and (used := used + width_of(text[end])) <= most:
                end += 1
            if end == len(text):
                return [*parts, (start, end)]
            blank = text.rfind(" ", start + most // 2, end)
            end = blank + 1 if blank >= 0 else max(end, start + 1)
            parts.append((start, end))
            start = end

    def table(self, table: Table) -> str:
        """Columns as wide as their widest cell; numbers to the right."""
        rows = [
            [str(self.pen.say(cell)).replace("\u00a0", " ") for cell in row]
            for row in (table.head, *table.rows)
        ]
        widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
        lines, between = [], " " * BETWEEN
        for row in rows:
            cells = [
                cell + " " * (w - width_of(cell)) if n == 0 else " " * (w - width_of(cell)) + cell
                for n, (cell, w) in enumerate(zip(row, widths, strict=True))
            ]
            lines.append(" " * MARGIN + between.join(cells))
        lines.insert(1, " " * MARGIN + between.join("-" * w for w in widths))
        return "\n".join(lines)


def _carets(line: WorkingLine, start: int, end: int) -> str:
    """Carets below the places in this part of the line that are pointed at."""
    below = ""
    for at in range(start, end):
        pointed = any(first <= at < last for first, last in line.spots)
        below += ("^" if pointed else " ") * width_of(line.text[at])
    return below.rstrip()
