"""Headings that say what the names below them are: ``Gradients``, and then ``w5: 0.0822``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tutor.marking.claim import Line
from tutor.marking.common import Meaning
from tutor.marking.lexicon import Meanings

_SAID: Mapping[str, str] = {
    "new": r"(?:new|updated?|changed|neue)\b.*?\b(?:weight|bias|parameter|gewicht)|update",
    "delta": r"delta|δ|(?:error|local) (?:signal|term|gradient)",
    "gradient": r"gradient|(?:partial )?derivative|ableitung",
    "net": r"net|net input|weighted sum|pre-?activation",
    "output": r"output|activation|ausgabe",
    "error": r"error|fehler",
}
"""The word that a name below a heading has before it, and what the heading says, or its plural;
what stands above is looked for first, and taken away."""
_KINDS = [
    (word, re.compile(rf"(?<!\w)(?:{said})(?:e?[sn])?(?!\w)")) for word, said in _SAID.items()
]
_WHERE = re.compile(
    r"(?:output|hidden|input) (?!of\b|at\b|in\b|for\b|and\b)(?:layer|unit|neuron|node)?s?"
    r"|gradient descent"
)
"""Words of a heading that do not say what its names are."""
_MOST_WORDS = 8
_MARKUP = re.compile(r"[*_`#:]+")
_SHORT = re.compile(r"[^\W\d]_?\{?[^\W_]{0,3}\}?")
"""A name that is only a unit's or a weight's."""


class Sections:
    """The headings of a page, up to the line at hand."""

    def __init__(self, meanings: Meanings) -> None:
        self.meanings = meanings
        self._below = self._here = ""

    def follow(self, line: Line) -> None:
        """Keeps what a line without claims says of the names below it, and what another says of
        its own before a colon."""
        if not line.claims and line.text.strip():
            self._below = _word(line.text)
        start = line.text[: line.claims[0].parts[0].column - 1] if line.claims else ""
        self._here = _word(start) if start.rstrip().endswith(":") else ""

    def find(self, name: str) -> tuple[Meaning, ...]:
        """What a short name means here."""
        word = self._here or self._below
        return self.meanings.said(f"{word} {name}") if word and _SHORT.fullmatch(name) else ()


def _word(heading: str) -> str:
    """What a heading says of all names below it, if it says one thing."""
    words = " ".join(_MARKUP.sub(" ", heading).casefold().split())
    if len(words.split()) > _MOST_WORDS or words.endswith("."):
        return ""
    words = _WHERE.sub("", words)
    found = []
    for word, said in _KINDS:
        rest = said.sub("", words)
        found += [word] if rest != words else []
        words = rest
    return found[0] if len(found) == 1 else ""
