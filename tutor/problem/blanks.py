"""Which lines of a worked sheet are left open, to be filled in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tutor.numeric.rounding import KIND_NAMES, kind_name
from tutor.symbolic.quantity import Quantity

BLANKS = tuple(dict.fromkeys(KIND_NAMES.values()))
"""Kinds of quantity, as a rounding rule names them."""
_ENDS = re.compile(r"(first|last)\s*:\s*(\d{1,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Blank:
    """The first or last few lines, or those of a kind."""

    first: int = 0
    last: int = 0
    kind: str = ""

    def open(self, lines: Sequence[Quantity]) -> list[bool]:
        """Whether each line, by what it defines, is left open."""
        count = len(lines)
        return [
            n < self.first or n >= count - self.last or kind_name(q) == self.kind
            for n, q in enumerate(lines)
        ]


def blank_of(text: str) -> Blank:
    """``first:3``, ``last:3`` or a kind. Raises ValueError with a sentence."""
    if match := _ENDS.fullmatch(text.strip()):
        count = int(match[2])
        return Blank(first=count) if match[1] == "first" else Blank(last=count)
    if text.strip() in BLANKS:
        return Blank(kind=text.strip())
    known = ", ".join(BLANKS)
    raise ValueError(
        f'"{text[:40]}" says nothing to leave open; write first:3, last:3 or one of {known}'
    )
