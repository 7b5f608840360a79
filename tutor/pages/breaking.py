"""Where a long word of a working may go on in the next line of a printed page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from unicodedata import combining

LONGEST = 40
"""Characters without a blank that always stay together."""
_WORD = re.compile(rf"\S{{{LONGEST + 1},}}")
_BETWEEN = re.compile(r"[=+\-−*/·×∙:;,|)\]}](?![=+\-−*/·×∙:;,|)\]}])")


def breaks(text: str) -> frozenset[int]:
    """After operators and brackets of a long word; where it has none, anywhere."""
    return frozenset(at for word in _WORD.finditer(text) for at in _in_word(text, *word.span()))


def _in_word(text: str, start: int, end: int) -> Iterator[int]:
    found = [match.end() for match in _BETWEEN.finditer(text, start, end) if match.end() < end]
    yield from found
    for low, high in pairwise((start, *found, end)):
        yield from (at for at in range(low + LONGEST, high, LONGEST) if not combining(text[at]))
