"""YAML as a tree in which every part knows its place and every number keeps its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)
from ruamel.yaml.reader import ReaderError

from tutor.errors import Flaw, quoted

DEEPEST = 20
MOST_FLAWS = 100
UNTOLD = "?"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A word, a number or a text, as it was written."""

    line: int
    column: int
    text: str
    in_quotes: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing stands here."""
        return not self.in_quotes and self.text in ("", "~", "null", "Null", "NULL")

    @property
    def untold(self) -> bool:
        """Whether it stands for a number that the question does not tell."""
        return self.empty or self.text == UNTOLD


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    line: int
    column: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping; of a key that stands there twice, the first."""

    line: int
    column: int
    pairs: tuple[tuple[Scalar, Node], ...]


Node = Scalar | Items | Pairs


class Enough(Exception):
    """Reading stops here; what is wrong has been noted."""


@dataclass(slots=True)
class Notes:
    """What reading a file finds besides its values."""

    flaws: list[Flaw] = field(default_factory=list)
    untold: list[Node] = field(default_factory=list)
    """where a number is left open"""

    def flaw(self, at: Node, what: str, instead: str = "") -> None:
        """Note what is wrong here, and read on."""
        self.flaws.append(Flaw(at.line, at.column, what, instead))
        if len(self.flaws) >= MOST_FLAWS:
            raise self.fatal(at.line, at.column, f"reading stops here, after {MOST_FLAWS} flaws")

    def fatal(self, line: int, column: int, what: str, instead: str = "") -> Enough:
        """Note what is wrong here; raise the result."""
        self.flaws.append(Flaw(line, column, what, instead))
        return Enough()


def read_tree(text: str, notes: Notes) -> Node | None:
    """The tree of a YAML text; None where it holds nothing.

    Raises Enough where the rest cannot be read.
    """
    try:
        root = _grown(YAML(typ="safe", pure=True).parse(text), notes)
    except Enough:
        raise
    except MarkedYAMLError as error:
        raise _syntax(error, notes) from None
    except ReaderError as error:
        raise _character(error, text, notes) from None
    except Exception as error:
        # Of a broken text, ruamel lets out others too: a ValueError for "\U00110000".
        raise notes.fatal(1, 1, f"this cannot be read as YAML ({error})") from None
    return None if isinstance(root, Scalar) and root.empty else root


@dataclass(slots=True)
class _Open:
    """A list or a mapping whose end has not come yet."""

    line: int
    column: int
    mapping: bool
    nodes: list[Node] = field(default_factory=list)

    def closed(self, notes: Notes) -> Node:
        if not self.mapping:
            return Items(self.line, self.column, tuple(self.nodes))
        pairs = tuple(zip(self.nodes[::2], self.nodes[1::2], strict=True))
        if len(pairs) == 1 and all(isinstance(n, Scalar) and n.empty for n in pairs[0]):
            # In a list, YAML takes a bare ? for a mapping from nothing to nothing.
            return Scalar(self.line, self.column, UNTOLD)
        return Pairs(self.line, self.column, tuple(_distinct(pairs, notes)))


def _grown(events: Iterator[Event], notes: Notes) -> Node | None:
    open_: list[_Open] = [_Open(1, 1, mapping=False)]
    documents = 0
    for event in events:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise notes.fatal(
                    line, column, "a second document begins here", "one problem a file"
                )
        elif isinstance(event, NodeEvent):
            _refuse_references(event, line, column, notes)
            if isinstance(event, ScalarEvent):
                open_[-1].nodes.append(Scalar(line, column, event.value, bool(event.style)))
            elif isinstance(event, CollectionStartEvent):
                if len(open_) > DEEPEST:
                    raise notes.fatal(line, column, f"this is nested more than {DEEPEST} deep")
                open_.append(_Open(line, column, isinstance(event, MappingStartEvent)))
        elif isinstance(event, CollectionEndEvent):
            closed = open_.pop().closed(notes)
            open_[-1].nodes.append(closed)
    return open_[0].nodes[0] if open_[0].nodes else None


def _refuse_references(event: NodeEvent, line: int, column: int, notes: Notes) -> None:
    """Aliases can grow a small file beyond all bounds; tags mean nothing here."""
    if isinstance(event, AliasEvent):
        what = f"*{event.anchor} repeats another part of the file, which is not supported"
        raise notes.fatal(
            line, column, what, "write it out, or put text that begins with * in quotes"
        )
    here = Scalar(line, column, "")
    if event.anchor is not None:
        what = f"&{event.anchor} names a part of the file, which is not supported"
        notes.flaw(here, what, "leave it out, or put text that begins with & in quotes")
    if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag is not None:
        what = f"the tag {quoted(str(event.tag))} is not supported"
        notes.flaw(here, what, "leave it out, or put text that begins with ! in quotes")


def _distinct(pairs: tuple[tuple[Node, Node], ...], notes: Notes) -> Iterator[tuple[Scalar, Node]]:
    seen: dict[str, Scalar] = {}
    for key, value in pairs:
        if not isinstance(key, Scalar):
            notes.flaw(key, "a key must be a word", "for example loss: half_sse")
        elif first := seen.get(key.text):
            what = f"{quoted(key.text)} stands here twice, first at {first.line}:{first.column}"
            notes.flaw(key, what, "leave one out")
        else:
            seen[key.text] = key
            yield key, value


BARE = ("a bare ? cannot stand here", 'write "?" in quotes')
SYNTAX: tuple[tuple[str, tuple[str, str]], ...] = (
    (r"found character '\\t'", ("a tab stands here", "YAML wants spaces")),
    (r"found character '(.)'", ("a value cannot begin with {0}", "put it in quotes")),
    (
        "mapping values are not allowed",
        (
            "a colon does not fit here",
            "text with a colon goes in quotes; or the line above lacks its colon, or the "
            "indentation is wrong",
        ),
    ),
    ("mapping keys are not allowed", BARE),
    (r"found '\?'", BARE),
    (
        r"expected ',' or '[\]}]', but got '\['",
        ("a bracket does not fit here", 'a comma is missing, or quotes around a name: "E[2]"'),
    ),
    (
        r"expected ',' or '([\]}])'",
        ("what opens at {line}:{column} is not closed, or lacks a comma", "close it with {0}"),
    ),
    (
        "found unexpected end of stream",
        ("the quotation mark at {line}:{column} is not closed", "close it"),
    ),
    (
        "expected <block end>|document start",
        ("this line does not fit those above", "what belongs together begins in one column"),
    ),
    (
        "could not find expected ':'",
        ("a colon is missing after this", "each line reads key: value"),
    ),
    ("escape", ("no such sign can follow a backslash", "use single quotes, '...'")),
)
"""What ruamel says of broken YAML, and what to say instead."""


def _syntax(error: MarkedYAMLError, notes: Notes) -> Enough:
    mark = error.problem_mark or error.context_mark
    context = error.context_mark or mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    said = str(error.problem or error.context)
    for pattern, (what, instead) in SYNTAX:
        if match := re.search(pattern, said):
            place = {"line": context.line + 1, "column": context.column + 1} if context else {}
            what, instead = (part.format(*match.groups(), **place) for part in (what, instead))
            return notes.fatal(line, column, what, instead)
    return notes.fatal(line, column, f"this is not YAML: {said}")


def _character(error: ReaderError, text: str, notes: Notes) -> Enough:
    at = min(int(error.position), len(text))
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    code = error.character if isinstance(error.character, int) else ord(error.character)
    return notes.fatal(line, column, f"the character U+{code:04X} cannot stand in a text file")
