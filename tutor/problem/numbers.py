"""Numbers as people write them: the text is kept, and what is no number is called by its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from tutor.errors import quoted
from tutor.problem.yaml_tree import Items, Node, Notes, Scalar

WRONG = ""
"""Goes on in the place of a number that could not be read."""
LONGEST_NUMBER = 40
LARGEST = 10**9
SMALLEST = Fraction(1, 10**30)

_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d+))?", re.ASCII)
_FRACTION = re.compile(r"[+-]?\d+\s*/\s*(\d+)", re.ASCII)
AS_NUMBER = 'write it like 0.25, 2.5e-3 or "1/3"'
_NO_NUMBERS: tuple[tuple[str, str, str], ...] = (
    (r"(?i)[+-]?\.?nan", "is not a number (NaN)", AS_NUMBER),
    (r"(?i)[+-]?\.?inf(inity)?|[+-]?∞", "is infinity, not a number", AS_NUMBER),
    (r"(?i)true|false|yes|no|on|off", "is yes or no, not a number", AS_NUMBER),
    (r"[+-]?\d+,\d+", "has a decimal comma", "write a point"),
    (r"[\u2010-\u2015\u2212].*", "begins with another sign than the keyboard's minus", "write -"),
    (r"[+-]?\d[\d_ ]*[_ ][\d_ .]*", "has marks between its digits", "write them without"),
    (r"(?=.*[^\x00-\x7f])[\d.,/+-]+", "has digits other than 0 to 9", AS_NUMBER),
    (r"[+-]?[\d.]+\s*%", "is a percentage", "write 0.05 for 5%"),
)
"""What people write in a number's place."""


def number(node: Node, notes: Notes) -> str:
    """A number's text, without a leading +."""
    if not isinstance(node, Scalar):
        notes.flaw(node, f"{kind(node)} stands where a number is wanted", AS_NUMBER)
        return WRONG
    text = node.text.strip()
    wrong = _wrong_number(text, node)
    if wrong:
        notes.flaw(node, *wrong)
        return WRONG
    return re.sub(r"\s", "", text).removeprefix("+")


def _wrong_number(text: str, node: Scalar) -> tuple[str, str] | None:
    """What is wrong with a number's text, and what would be right."""
    if node.empty:
        return "a number is missing here", AS_NUMBER
    if len(text) > LONGEST_NUMBER:
        return f"{quoted(text)} is too long", f"a number has at most {LONGEST_NUMBER} characters"
    if match := _FRACTION.fullmatch(text):
        if not int(match[1]):
            return f"{quoted(text)} divides by zero", ""
    elif match := _DECIMAL.fullmatch(text):
        exponent = int(match[1] or 0)
        if abs(exponent) > LONGEST_NUMBER:
            huge = "large" if exponent > 0 else "small"
            return f"{quoted(text)} is too {huge}", "sizes from 1e-30 to below 1e9 are read"
    else:
        return _no_number(text)
    size = abs(value(text))
    if size >= LARGEST:
        return f"{quoted(text)} is too large", "numbers stay below 1e9"
    if size and size < SMALLEST:
        return f"{quoted(text)} is too small", "write 0, or at least 1e-30"
    return None


def _no_number(text: str) -> tuple[str, str]:
    for pattern, what, instead in _NO_NUMBERS:
        if re.fullmatch(pattern, text):
            return f"{quoted(text)} {what}", instead
    return f"{quoted(text)} is not a number", AS_NUMBER


def value(text: str) -> Fraction:
    """The exact value of a number's text."""
    return Fraction(re.sub(r"\s", "", text))


def told(node: Node, notes: Notes) -> str | None:
    """A number's text; None for ``?``, which a question with given values may have."""
    if isinstance(node, Scalar) and node.untold:
        notes.untold.append(node)
        return None
    return number(node, notes)


def number_in(wanted: str, fits: Callable[[Fraction], bool]) -> Callable[[Node, Notes], str]:
    """A number that fits; ``wanted`` says which those are."""

    def read(node: Node, notes: Notes) -> str:
        text = number(node, notes)
        if text == WRONG or fits(value(text)):
            return text
        notes.flaw(node, f"{quoted(text)} does not fit here", f"it must be {wanted}")
        return WRONG

    return read


def kind(node: Node) -> str:
    """A list or a mapping."""
    return "a list" if isinstance(node, Items) else "a mapping"
