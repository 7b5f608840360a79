"""What a template writes with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from html import escape as html_escape
from itertools import pairwise
from json import dumps
from urllib.parse import quote

from markupsafe import Markup

from tutor.pages.breaking import breaks
from tutor.pages.document import (
    Equation,
    Link,
    Math,
    Picture,
    Section,
    Sentence,
    Table,
    WorkingLine,
)
from tutor.pages.escape import typst_string
from tutor.pages.fitting import fitting
from tutor.pages.formats import Format
from tutor.pages.mathml import MathMl
from tutor.pages.plain import Colour, Plain
from tutor.pages.terminal import MARGIN, Layout, width_of
from tutor.pages.typst import Typst
from tutor.pages.writer import Writer
from tutor.problem.naming import Naming
from tutor.symbolic.formula import Num
from tutor.symbolic.quantity import At

DENSE = 140
"""What a dense table has room for, in hundredths of another."""


@dataclass(frozen=True)
class Pen:
    """What a template writes with: sentences, formulas and drawings in its format, made safe."""

    format: Format
    naming: Naming
    writer: type[Writer]
    width: int
    _writers: dict[tuple[type[Writer], At], Writer] = field(default_factory=dict)
    _anchors: Counter[str] = field(default_factory=Counter)

    def _at(self, at: At, writer: type[Writer]) -> Writer:
        """The writer for one presentation; it remembers the names that it has written."""
        return self._writers.setdefault((writer, at), writer(self.naming, at))

    def safe(self, text: str) -> str:
        """Text that is in the format already, so that it is not escaped a second time."""
        return Markup(text) if self.format.writer is MathMl else text

    def text(self, text: str) -> str:
        """Text from a person."""
        return self.safe(self.format.text(text))

    def say(self, sentence: Sentence) -> str:
        """A sentence with its formulas."""
        return self.safe("".join(self._part(part) for part in sentence))

    def _part(self, part: str | Math) -> str:
        """Text, or formulas in chunks between which the line may break."""
        if isinstance(part, Link):
            return self.format.link.format(self.format.text(part), quote(part.file))
        if isinstance(part, str):
            return self.format.text(part)
        writer, plain = self._at(part.at, self.writer), self._at(part.at, Plain)
        pieces = []
        if len(part.parts) == 2 and isinstance(part.parts[1], Num):
            return self._together(writer.write(part.parts[0]), writer.write(part.parts[1]), part)
        for n, formula in enumerate(part.parts):
            chunks = zip(writer.chunks(formula), plain.chunks(formula), strict=True)
            for m, (chunk, spoken) in enumerate(chunks):
                equals = n > 0 and m == 0
                said = f"= {spoken}" if equals else spoken
                sign = self.format.equals if equals else self.format.goes_on if m else ""
                shown = (part.large and self.format.large) or self.format.inline
                pieces.append(shown.format(sign + chunk, html_escape(said), typst_string(said)))
        return " ".join(pieces)

    def _together(self, name: str, value: str, part: Math) -> str:
        """``name = value``, which no line break parts."""
        said = " = ".join(map(self._at(part.at, Plain).write, part.parts))
        equals = "<mo>=</mo>" if self.format.writer is MathMl else "= "
        if self.format.writer is Plain:
            return f"{name}\u00a0=\u00a0{value}"
        written = f"{name} {equals}{value}"
        return self.format.inline.format(written, html_escape(said), typst_string(said))

    def tables(self, table: Table) -> list[Table]:
        """A table in parts that are no wider than the page; one to be filled in stays whole."""
        if table.open:
            return [table]
        room = self.width - MARGIN if self.format.writer is Plain else self.format.room
        if table.dense and self.format.room and room:
            room = room * DENSE // 100
        return fitting(table, lambda cell: width_of(self.plain(cell)), room)

    def plain(self, sentence: Sentence) -> str:
        """A sentence as plain text, for titles and alternative texts."""
        return "".join(
            part
            if isinstance(part, str)
            else " = ".join(map(self._at(part.at, Plain).write, part.parts))
            for part in sentence
        )

    @property
    def breaks(self) -> bool:
        """Whether a line may also break between factors: on the narrow page of a phone it must."""
        return self.format.writer is MathMl

    def parts(self, equation: Equation) -> list[list[tuple[str, str]]]:
        """A line's parts, each in chunks between which it may break, and the same in plain text."""
        writer, plain = self._at(equation.at, self.writer), self._at(equation.at, Plain)
        parts: list[list[tuple[str, str]]] = []
        for part in equation.parts:
            chunks = writer.chunks(part, products=self.breaks)
            spoken = plain.chunks(part, products=self.breaks)
            if parts:
                chunks[0], spoken[0] = self.format.line_equals + chunks[0], f"= {spoken[0]}"
            chunks[1:] = [self.format.goes_on + chunk for chunk in chunks[1:]]
            parts.append(list(zip(map(self.safe, chunks), spoken, strict=True)))
        return parts

    def alt(self, text: str) -> str:
        """A plain text as a string literal of the format."""
        return typst_string(text) if self.format.writer is Typst else text

    def draw(self, picture: Picture) -> str:
        """A network or a chart."""
        return self.safe(self.format.drawing(picture.drawing, self.plain(picture.caption)))

    def pointed(self, line: WorkingLine) -> list[tuple[str, bool]]:
        """A line of a working in pieces, each with whether it is pointed at."""
        edges = {0, len(line.text), *(edge for spot in line.spots for edge in spot)}
        cuts = sorted(edges)
        return [
            (line.text[start:end], any(a <= start < b for a, b in line.spots))
            for start, end in pairwise(cuts)
        ]

    def printed(self, line: WorkingLine) -> list[tuple[str, bool, bool]]:
        """The same for paper, with whether the page may break a line before a piece."""
        at, may, pieces = 0, breaks(line.text), []
        for text, pointed in self.pointed(line):
            cuts = sorted({at, at + len(text), *(n for n in may if at < n < at + len(text))})
            pieces += [(line.text[a:b], pointed, a in may) for a, b in pairwise(cuts)]
            at += len(text)
        return pieces

    def narrower(self, columns: int) -> Pen:
        """The same pen on a page with a wider margin."""
        return replace(self, width=self.width - columns)

    @property
    def colour(self) -> bool:
        """Whether the terminal shows colours."""
        return self.writer is Colour

    @property
    def layout(self) -> Layout:
        """Lines and tables for a terminal."""
        return Layout(self, self.width)

    def tall(self, sentence: Sentence) -> bool:
        """Whether a formula in it is higher than a line."""
        return any(isinstance(part, Math) and part.large for part in sentence)

    def kind(self, block: object) -> str:
        """What a block is, in one word."""
        return type(block).__name__.lower()

    def quoted(self, text: str) -> str:
        """A text as a string of JavaScript."""
        return dumps(text)

    def anchor(self, section: Section) -> str:
        """A section's name as an identifier, no two alike."""
        name = "".join(c if c.isalnum() or c == "-" else "-" for c in section.id.lower()).strip("-")
        self._anchors[name] += 1
        return f"{name}-{self._anchors[name]}" if self._anchors[name] > 1 else name
