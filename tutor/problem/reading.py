"""The small readers that a problem file is read with: a word, a text, keys, parts in order.

Each notes what is wrong and gives something to go on with, so that one reading finds every flaw.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from tutor.errors import closest, did_you_mean, quoted
from tutor.numeric.rounding import Digits, parse_digits
from tutor.problem.numbers import kind
from tutor.problem.yaml_syntax import equals_sign
from tutor.problem.yaml_tree import Items, Node, Notes, Pairs, Scalar

V = TypeVar("V")
Reader = Callable[[Node, Notes], V]

LONGEST_TEXT = 500


def whole(least: int, most: int) -> Reader[int | None]:
    """A whole number in this range."""

    def read(node: Node, notes: Notes) -> int | None:
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if re.fullmatch(r"[0-9]{1,9}", text) and least <= int(text) <= most:
            return int(text)
        notes.flaw(node, _said(node, "does not fit here"), f"a whole number from {least} to {most}")
        return None

    return read


def prose(node: Node, notes: Notes) -> str:
    """A text on one line."""
    if not isinstance(node, Scalar):
        notes.flaw(node, f"{kind(node)} stands where a text is wanted", "put the text in quotes")
        return ""
    text = "" if node.empty else " ".join(node.text.split())
    if len(text) > LONGEST_TEXT:
        notes.flaw(
            node, f"this text has {len(text)} characters", f"at most {LONGEST_TEXT} are read"
        )
    if bad := next(filter(_unprintable, text), None):
        notes.flaw(node, f"the character U+{ord(bad):04X} cannot be printed", "leave it out")
    return text


TURNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Unseen characters that turn the text after them round; letters need none to run their way."""


def _unprintable(c: str) -> bool:
    """Control characters, halves of characters, private ones, and those that are none."""
    bad = c in TURNS or unicodedata.category(c) in ("Cc", "Cs", "Co")
    return bad or ord(c) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(c) <= 0xFDEF


def one_of(words: Mapping[str, V], what: str) -> Reader[V | None]:
    """What a word stands for, of a few."""

    def read(node: Node, notes: Notes) -> V | None:
        word = node.text.strip() if isinstance(node, Scalar) else ""
        if word.casefold() in words:
            return words[word.casefold()]
        notes.flaw(node, _said(node, f"is no {what}"), did_you_mean(word, words))
        return None

    return read


def yes_no(node: Node, notes: Notes) -> bool | None:
    """true or false."""
    words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    text = node.text.strip().casefold() if isinstance(node, Scalar) else ""
    if text not in words:
        notes.flaw(node, _said(node, "is neither true nor false"), "write true or false")
    return words.get(text)


def digits(node: Node, notes: Notes) -> Digits | None:
    """4 decimals, 4 figures, 4dp, 4sf."""
    found = parse_digits(node.text) if isinstance(node, Scalar) else None
    if not found:
        instead = "write 4 decimals or 4 figures, with up to 30 of them"
        notes.flaw(node, _said(node, "does not say how to round"), instead)
    return found


def _said(node: Node, what: str) -> str:
    """A sentence about what stands here, or that nothing does."""
    if not isinstance(node, Scalar):
        return f"{kind(node)} {what}"
    return "something is missing here" if node.empty else f"{quoted(node.text)} {what}"


_EQUATED = re.compile(r"(\w+)\s*=\s*(.+)")


class Keys:
    """A mapping that is read key by key.

    A key that is not known is told, and read as the one that it is like: what is missing for
    want of it is no second flaw.
    """

    def __init__(self, node: Node | None, notes: Notes, what: str, known: Sequence[str]) -> None:
        self.notes = notes
        self.pairs = dict[str, tuple[Scalar, Node]]()
        if isinstance(node, Pairs):
            self.pairs = {key.text: (key, value) for key, value in node.pairs if key.text in known}
            for key, value in node.pairs:
                if key.text not in known:
                    self._unknown(key, value, what, known)
        elif node:
            notes.flaw(node, _said(node, f"stands where {what} is wanted"), "write key: value")

    def _unknown(self, key: Scalar, value: Node, what: str, known: Sequence[str]) -> None:
        flaw, instead = f"{what} has no key {quoted(key.text)}", did_you_mean(key.text, known)
        meant = closest(key.text, known)
        equated = _EQUATED.fullmatch(key.text)
        if equated and isinstance(value, Scalar) and value.empty:
            flaw, instead = equals_sign(equated[1])
            meant, value = equated[1], Scalar(key.line, key.column, equated[2])
        self.notes.flaw(key, flaw, instead)
        if meant and meant in known and meant not in self.pairs:
            self.pairs[meant] = key, value

    def node(self, key: str) -> Node | None:
        """What stands under a key."""
        return self.pairs[key][1] if key in self.pairs else None

    def take(self, key: str, read: Reader[V | None], default: V) -> V:
        """What a key says."""
        node = self.node(key)
        found = read(node, self.notes) if node else None
        return default if found is None else found


def in_order(
    node: Node, names: Sequence[str], notes: Notes, part: str = "number"
) -> list[Node | None]:
    """The parts of a list or mapping in the order of these names; None for one that is missing."""
    wanted = f"{len(names)} {'is' if len(names) == 1 else 'are'} wanted"
    if isinstance(node, Scalar):
        if len(names) == 1 or node.untold:
            return [node] * len(names)
        what = f"{quoted(node.text)} stands alone where {wanted}"
        notes.flaw(node, what, f"a list of {part}s, one for each of {listing(names)}")
    elif isinstance(node, Pairs):
        return _by_name(node, names, notes)
    elif len(node.items) == len(names):
        return list(node.items)
    else:
        what = f"{counted(len(node.items), part)} where {wanted}"
        notes.flaw(node, what, f"one for each of {listing(names)}")
        return [*node.items, *[None] * len(names)][: len(names)]
    return [None] * len(names)


def _by_name(node: Pairs, names: Sequence[str], notes: Notes) -> list[Node | None]:
    found: dict[str, Node] = {}
    for key, part in node.pairs:
        found[key.text] = part
        if key.text not in names:
            what = f"{quoted(key.text)} is not wanted here"
            notes.flaw(key, what, did_you_mean(key.text, names))
    missing = [name for name in names if name not in found]
    if missing and len(found) < len(names):
        notes.flaw(node, f"here is nothing for {listing(missing)}", f"name {listing(names)}")
    return [found.get(name) for name in names]


def listing(names: Sequence[str]) -> str:
    """x1, x2; or x1, x2, ..., x20."""
    return ", ".join(names if len(names) < 7 else (*names[:2], "...", names[-1]))


def counted(count: int, noun: str) -> str:
    """1 row, 2 rows."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def length(node: Node | None) -> int | None:
    """How many parts a list or mapping has."""
    if isinstance(node, Items):
        return len(node.items)
    return len(node.pairs) if isinstance(node, Pairs) else None
