"""The page without a format: sections of equations, sentences, tables and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from string import ascii_uppercase
from typing import Self

from tutor.pages.canvas import Canvas
from tutor.pages.drawing import Drawing
from tutor.symbolic.formula import Formula
from tutor.symbolic.quantity import ALWAYS, At, Quantity


@dataclass(frozen=True, slots=True)
class Math:
    """A formula inside a sentence, or several that are equal."""

    parts: tuple[Formula, ...]
    at: At = ALWAYS
    large: bool = False
    """whether a fraction in it has the height that it has in a line of its own"""


class Link(str):
    """Text that leads to a file beside the page, where the format can."""

    file: str
    """relative to the page"""

    def __new__(cls, text: str, file: str) -> Self:
        """The text, with the file."""
        made = super().__new__(cls, text)
        made.file = file
        return made


Sentence = tuple[str | Math, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or two; a caution stands out."""

    text: Sentence
    caution: bool = False
    lead: bool = False
    """the sentence that a page opens with"""


@dataclass(frozen=True, slots=True)
class Bullets:
    """Sentences of equal rank."""

    items: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Sentences one of which is to be chosen, a letter before each."""

    items: tuple[Sentence, ...]

    @property
    def lettered(self) -> tuple[tuple[str, Sentence], ...]:
        """Each with its letter."""
        return tuple(zip(ascii_uppercase, self.items, strict=False))


@dataclass(frozen=True, slots=True)
class Equation:
    """``symbol = chain rule = formula = numbers = value``; a part that says nothing new is left
    out."""

    defines: Quantity | None
    parts: tuple[Formula, ...]
    at: At = ALWAYS
    note: Sentence = ()
    asked: bool = False
    blank: bool = False
    """a line to write on instead of the value"""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of sentences under a head; the first column names the row."""

    caption: Sentence
    head: tuple[Sentence, ...]
    rows: tuple[tuple[Sentence, ...], ...]
    open: bool = False
    """whether its empty cells are written in by hand"""
    dense: bool = False
    """whether it is long and looked up in, not read"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A network or a chart."""

    drawing: Drawing | Canvas
    caption: Sentence


@dataclass(frozen=True, slots=True)
class Album:
    """Leaves that a page on a screen shows one at a time."""

    leaves: tuple[tuple[Sentence, tuple[Block, ...]], ...]
    turns: tuple[str, str] | None = None
    """of steps, which are all printed, the words for back and next; else one leaf is chosen"""

    @property
    def printed(self) -> tuple[tuple[Sentence, tuple[Block, ...]], ...]:
        """The leaves that stand on paper."""
        return self.leaves if self.turns else self.leaves[:1]


@dataclass(frozen=True, slots=True)
class Live:
    """Blocks that a page on a screen lets its reader change."""

    name: str
    """what the page's script calls it"""
    blocks: tuple[Block, ...]
    model: str
    """a function of JavaScript that computes the network again"""
    data: str
    """what else the script needs, as JSON"""


@dataclass(frozen=True, slots=True)
class Ruled:
    """Lines to write on."""

    count: int


@dataclass(frozen=True, slots=True)
class Fields:
    """What somebody writes at the head of a paper: each name, and what is filled in already."""

    items: tuple[tuple[Sentence, str], ...]


class Sign(StrEnum):
    """How a line of a working stands, at a glance."""

    RIGHT = "✓"
    CARRIED = "↪"
    WRONG = "✗"
    UNREAD = "?"
    NONE = ""


@dataclass(frozen=True, slots=True)
class WorkingLine:
    """A line as a student wrote it, and what is said of it."""

    n: int
    text: str
    sign: Sign = Sign.NONE
    margin: Sentence = ()
    spots: tuple[tuple[int, int], ...] = ()
    """the places that are pointed at: start and end in the text, from 0"""
    said: tuple[Block, ...] = ()
    open: bool = False
    """whether what is said is seen at once"""


@dataclass(frozen=True, slots=True)
class Working:
    """A working, line by line."""

    lines: tuple[WorkingLine, ...]


Block = (
    Paragraph
    | Bullets
    | Choices
    | Equation
    | Table
    | Picture
    | Album
    | Live
    | Ruled
    | Fields
    | Working
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it; level 2 below the title, 3 below that."""

    title: Sentence
    blocks: tuple[Block, ...]
    level: int = 2
    id: str = ""
    new_page: bool = False
    """whether it begins a page where it is printed"""
    folded: bool = False
    """whether a page on a screen opens it on demand"""
    anchor: str = ""
    """what the contents of a long page lead to"""


@dataclass(frozen=True, slots=True)
class Document:
    """A page in one language and no format."""

    title: str
    source: str
    language: str
    sections: tuple[Section, ...]
    contents: tuple[tuple[str, str], ...] = ()
    """of a long page: the anchor and title of each chapter"""
    code: str = ""
    """of a paper that is printed on both sides: what stands at the foot of each page"""
    whose: str = ""
    """the student whose working it is, where a page is one of many"""

    @property
    def moves(self) -> bool:
        """Whether something on it is turned or moved on a screen."""
        blocks = (block for section in self.sections for block in section.blocks)
        return any(isinstance(block, Album | Live) for block in blocks)
