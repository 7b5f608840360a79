"""YAML as a tree in which every part knows its place and every number keeps its text."""

from __future__ import annotations

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
from tutor.problem.yaml_syntax import character_flaw, syntax_flaw

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
            what = f"reading stops here, after {MOST_FLAWS} flaws"
            raise self.fatal(Flaw(at.line, at.column, what))

    def fatal(self, flaw: Flaw) -> Enough:
        """Note a flaw that ends the reading; raise the result."""
        self.flaws.append(flaw)
        return Enough()


def read_tree(text: str, notes: Notes) -> Node | None:
    """The tree of a YAML text; None where it holds nothing.

    Raises Enough where the rest cannot be read.
    """
    growing = _Growing(notes)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            growing.take(event)
    except Enough:
        raise
    except MarkedYAMLError as error:
        raise notes.fatal(syntax_flaw(error, text)) from None
    except ReaderError as error:
        raise notes.fatal(character_flaw(error, text)) from None
    except Exception as error:
        # Of a broken text, ruamel lets out others too: a ValueError for "\U00110000".
        what = f"what comes after this cannot be read as YAML ({error})"
        raise notes.fatal(Flaw(growing.line, growing.column, what)) from None
    root = growing.root
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


class _Growing:
    """The tree so far."""

    def __init__(self, notes: Notes) -> None:
        self.notes, self.documents = notes, 0
        self.line, self.column = 1, 1
        self.open = [_Open(1, 1, mapping=False)]

    @property
    def root(self) -> Node | None:
        return next(iter(self.open[0].nodes), None)

    def take(self, event: Event) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        self.line, self.column = line, column
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                what = "a second document begins here"
                raise self.notes.fatal(Flaw(line, column, what, "one problem a file"))
        elif isinstance(event, NodeEvent):
            _refuse_references(event, line, column, self.notes)
            if isinstance(event, ScalarEvent):
                self._add(Scalar(line, column, event.value, bool(event.style)))
            elif isinstance(event, CollectionStartEvent):
                if len(self.open) > DEEPEST:
                    what = f"this is nested more than {DEEPEST} deep"
                    raise self.notes.fatal(Flaw(line, column, what, "a problem needs five levels"))
                self.open.append(_Open(line, column, isinstance(event, MappingStartEvent)))
        elif isinstance(event, CollectionEndEvent):
            self._add(self.open.pop().closed(self.notes))

    def _add(self, node: Node) -> None:
        self.open[-1].nodes.append(node)


def _refuse_references(event: NodeEvent, line: int, column: int, notes: Notes) -> None:
    """Aliases can grow a small file beyond all bounds; tags mean nothing here."""
    if isinstance(event, AliasEvent):
        what = f"*{event.anchor} repeats another part of the file, which is not supported"
        instead = "write it out, or put text that begins with * in quotes"
        raise notes.fatal(Flaw(line, column, what, instead))
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
            # Nothing has no place of its own: YAML puts it before whatever comes next.
            nothing = isinstance(value, Scalar) and value.empty and not value.text
            yield key, Scalar(key.line, key.column, "") if nothing else value
