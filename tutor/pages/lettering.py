"""The texts of a drawing: a line of text, or a name with its indices."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Self

from tutor.problem.glyph import Glyph

FONT = 13.0
"""the size of every text, in the units of the drawing"""
BASELINE = 0.34 * FONT
"""how far a baseline stands below the middle of its line"""
SMALLER = 0.78
"""the size of an index"""

_CONTROL = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}

# Widths in font sizes of DejaVu Sans, the widest face that a reader is likely to have.
_ADVANCE = {
    **dict.fromkeys("iljI.,:;'| ", 0.34),
    **dict.fromkeys("ftr()[]-/!", 0.41),
    **dict.fromkeys("+=<>\N{MINUS SIGN}·≤≥→~^#", 0.84),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ&", 0.79),
    **dict.fromkeys("mwMW@%", 1.0),
}


@dataclass(frozen=True, slots=True)
class Run:
    """Letters at one height: 0 on the line, -1 below it, 1 above."""

    text: str
    level: int = 0
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A line of a drawing."""

    runs: tuple[Run, ...]
    plain: str
    """the same where there are no indices"""

    @classmethod
    def of(cls, text: str | Text) -> Text:
        """Any text, made harmless."""
        return text if isinstance(text, Text) else cls((Run(clean(text)),), clean(text))

    @classmethod
    def name(cls, glyph: Glyph) -> Self:
        """A quantity's name."""
        parts = (
            (glyph.base, 0),
            (",".join((*glyph.sup, glyph.new)) if glyph.new else ",".join(glyph.sup), 1),
            (",".join(glyph.sub), -1),
        )
        runs = (Run(clean(text), level, len(text) == 1 and not level) for text, level in parts)
        return cls(tuple(run for run in runs if run.text), clean(glyph.text))

    @classmethod
    def power(cls, base: int, exponent: int) -> Self:
        """A power, such as ten to the minus three."""
        shown = clean(str(exponent))
        return cls((Run(str(base)), Run(shown, 1)), f"{base}^{exponent}")

    def __bool__(self) -> bool:
        return bool(self.plain)

    def then(self, text: str) -> Text:
        """This, and more on the line."""
        return Text((*self.runs, Run(clean(text))), self.plain + clean(text))

    def after(self, text: str) -> Text:
        """More on the line, and this."""
        return Text((Run(clean(text)), *self.runs), clean(text) + self.plain)

    @property
    def width(self) -> float:
        """At most so wide."""
        sizes = ((SMALLER if run.level else 1.0, run.text) for run in self.runs)
        return FONT * sum(size * sum(map(_advance, text)) for size, text in sizes)


def _advance(c: str) -> float:
    if unicodedata.combining(c):
        return 0.0
    wide = unicodedata.east_asian_width(c) in "WF" or ord(c) > 0x2FFF
    return _ADVANCE.get(c, 1.1 if wide else 0.66)


def clean(text: str) -> str:
    """With a true minus, and no control characters: XML forbids them, a terminal obeys them."""
    text = re.sub(r"(?<![^\s=(])-(?=[\d.])", "\N{MINUS SIGN}", text)
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in _CONTROL else c for c in text
    )
