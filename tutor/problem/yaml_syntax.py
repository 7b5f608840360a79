"""What is wrong with a text that is not YAML, in plain words."""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError, StreamMark
from ruamel.yaml.reader import ReaderError

from tutor.errors import Flaw

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
        ("what opens at {place} is not closed, or lacks a comma", "close it with {0}"),
    ),
    (
        "found unexpected end of stream",
        ("this quotation mark is not closed", "close it"),
    ),
    (
        "expected <block end>|document start",
        ("this line does not fit those above", "what belongs together begins in one column"),
    ),
    ("expected the node content", ("something is missing before this", "write it")),
    (
        "sequence entries are not allowed",
        ("a list cannot begin here", "begin it on the next line, or use [a, b]"),
    ),
    (
        "could not find expected ':'",
        ("a colon is missing after this", "each line reads key: value"),
    ),
    ("escape", ("no such sign can follow a backslash", "use single quotes, '...'")),
)
"""What ruamel says of broken YAML, and what to say instead."""


def equals_sign(key: str) -> tuple[str, str]:
    """What is wrong with ``key = value``, and what would be right."""
    return "an equals sign stands where a colon is wanted", f"write {key}: ..."


_EQUALS = re.compile(r"\s*(?:-\s+)?(\w+)\s*(=)\s")
_EQUALS_IN_BRACES = re.compile(r".*[{,]\s*(\w+)\s*(=)\s")


def _equals_flaw(mark: StreamMark, text: str, *, braces: bool) -> Flaw | None:
    """An equals sign for a colon, in the line where the text stops being YAML or before it."""
    lines = [f"{line} " for line in text.splitlines()[: mark.line + 1]]
    last = lines.pop()[: mark.column] if mark.line < len(lines) else ""
    before = [(n, line) for n, line in enumerate(lines) if line.strip()][-1:]
    for n, line in ((mark.line, last), *before):
        if match := (_EQUALS_IN_BRACES if braces else _EQUALS).match(line):
            return Flaw(n + 1, match.start(2) + 1, *equals_sign(match[1]))
    return None


def syntax_flaw(error: MarkedYAMLError, text: str) -> Flaw:
    """Where a text stops being YAML, and why."""
    mark = error.problem_mark or error.context_mark
    context = error.context_mark or mark
    said = str(error.problem or error.context)
    if "end of stream" in said:
        mark = context
    if mark and (flaw := _equals_flaw(mark, text, braces="expected ','" in said)):
        return flaw
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    for pattern, sentence in SYNTAX:
        if match := re.search(pattern, said):
            place = f"{context.line + 1}:{context.column + 1}" if context else "the start"
            parts = [part.format(*match.groups(), place=place) for part in sentence]
            return Flaw(line, column, *parts)
    return Flaw(line, column, f"this is not YAML: {said}")


def character_flaw(error: ReaderError, text: str) -> Flaw:
    """A character that no text file has."""
    at = min(int(error.position), len(text))
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    code = error.character if isinstance(error.character, int) else ord(error.character)
    return Flaw(line, column, f"the character U+{code:04X} cannot stand in a text file")
