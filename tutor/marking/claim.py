"""What a student's page says before anybody knows what its names mean: lines and claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Text:
    """A text in plain spelling; each character knows the column (from 1) that it was written in."""

    text: str
    columns: tuple[int, ...]

    @classmethod
    def of(cls, text: str, column: int = 1) -> Text:
        """A text as it stands from this column on."""
        return cls(text, tuple(range(column, column + len(text))))

    @property
    def column(self) -> int:
        """Where it begins; 0 for an empty text."""
        return self.columns[0] if self.columns else 0

    @property
    def end(self) -> int:
        """The column after its last character."""
        return self.columns[-1] + 1 if self.columns else 0

    def cut(self, start: int, end: int) -> Text:
        """A slice of it."""
        return Text(self.text[start:end], self.columns[start:end])

    def strip(self) -> Text:
        """Without blanks around it."""
        if self.text == self.text.strip():
            return self
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(start, len(self.text.rstrip())))

    def __add__(self, other: Text) -> Text:
        return Text(self.text + other.text, self.columns + other.columns)

    def beside(self, other: Text) -> Text:
        """Both, with a blank between them."""
        return self + Text(" ", (self.end,)) + other if self.text else other

    @classmethod
    def joined(cls, pieces: Sequence[Text]) -> Text:
        """Pieces one after the other."""
        if len(pieces) == 1:
            return pieces[0]
        return cls("".join(p.text for p in pieces), tuple(c for p in pieces for c in p.columns))

    def replaced(self, pattern: re.Pattern[str], instead: Callable[[re.Match[str]], str]) -> Text:
        """Each match of a pattern written anew; it stands where the match began."""
        if not pattern.search(self.text):
            return self
        pieces: list[str] = []
        columns: list[int] = []
        end = 0
        for match in pattern.finditer(self.text):
            piece = instead(match)
            pieces += self.text[end : match.start()], piece
            columns += self.columns[end : match.start()]
            columns += [self.columns[match.start()]] * len(piece)
            end = match.end()
        return Text(
            "".join((*pieces, self.text[end:])),
            (*columns, *self.columns[end:]),
        )


class Unread(Exception):
    """A text that cannot be read: what is wrong, and the column of the line (from 1)."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.message, self.column = message, column


@dataclass(frozen=True, slots=True)
class Claim:
    """``part = part = ...``: all parts are said to be equal. The first may be a name."""

    parts: tuple[Text, ...]
    index: tuple[int, ...] = ()
    """which entry of a vector (n,) or matrix (row, column) it is about, from 0; the first part is
    then the whole's name"""
    shape: tuple[int, ...] = ()
    """the size of that vector or matrix"""
    lines: tuple[int, ...] = ()
    """the line of each part, where they do not all stand on the line that holds the claim"""
    flaw: str = ""
    """why the whole of it is not read: a line too long"""


class LineKind(StrEnum):
    """What a line is."""

    CLAIMS = "claims"
    HEADING = "heading"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the working as it was written."""

    n: int
    """its number in the text, from 1"""
    text: str
    kind: LineKind
    claims: tuple[Claim, ...] = ()
    heading: str = ""
    """the plain words of a heading: "pattern 2", "after the update"; claims may follow it"""
    case: str = ""
    """the same for this line alone, which is a row of a table"""
