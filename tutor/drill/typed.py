"""What a student types at a question, as lines of a working."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.marking.lines import read_lines
from tutor.marking.parse import name_of

LONGEST = 500
"""Characters of a line that is read."""
_BETWEEN = re.compile(r"\s*;\s*|\s*,\s+")


def pieces(text: str) -> tuple[str, ...]:
    """The answers of one line, with ; or a comma and a blank between them, not within brackets."""
    return tuple(piece for piece in _cut(text) if piece)


def _cut(text: str) -> Iterator[str]:
    start = 0
    for match in _BETWEEN.finditer(text):
        before = text[: match.start()]
        if sum(before.count(c) for c in "([{") <= sum(before.count(c) for c in ")]}"):
            yield text[start : match.start()].strip()
            start = match.end()
    yield text[start:].strip()


def name_in(piece: str) -> str:
    """The name that an answer begins with, as in net_h1 = 0.5; "" where there is none."""
    claims = (claim for line in read_lines(piece) for claim in line.claims)
    first = next((claim.parts for claim in claims), ())
    return first[0].text.strip() if len(first) > 1 and name_of(first[0]) else ""


def named(piece: str, name: str) -> str:
    """A bare answer as a line about the quantity of this name."""
    rest = piece.removeprefix(name)
    said = rest if rest[:1] in (" ", ":", "=") else piece
    return f"{name} = {said.lstrip(' :=')}"
