"""Powers of ten: 8.77·10^-4 is the number 8.77e-4."""

from __future__ import annotations

import re

from tutor.marking.claim import Text

GROUPED = r"\d+\.\d{3}(?: \d{3})+(?: \d{1,2})?"
"""0.298 371 109"""
_BEGINS = r"(?<![\w.^])(?<![eE^][-+])"
_TIMES = r"\s{0,3}[*xX]\s{0,3}"
_TEN = r"10\s?(?:\^|\*\*)\s?"
_BELOW = rf"(?:{_TEN}\(\s?(-\d{{1,3}})\s?\)|(?:{_TEN}|1[eE])(-\d{{1,3}})(?!\d|\.\d))"
_ABOVE = rf"(?:{_TEN}\(\s?\+?(\d{{1,3}})\s?\)|{_TEN}\+?(\d{{1,3}})(?!\d|\.\d))"
_LOST = r"\s?[xX]\s?10(-\d{1,2})(?![\d.])"
"""A power that has lost its place above, as in 2.406x10-3 from a page of print."""
_POWER = re.compile(
    rf"{_BEGINS}(?:([1-9]\.\d+){_LOST}|({GROUPED}|\d+(?:\.\d*)?|\.\d+){_TIMES}{_BELOW}|([1-9]\.\d+){_TIMES}{_ABOVE})",
    re.ASCII,
)
"""0.5*10^2 and 3*10^2 are products: a number with a power above 0 has one digit and decimals."""


def powers_of_ten(line: Text) -> Text:
    """The line with the number that each product with a power of ten is; its digits stay."""
    if "10" not in line.text and "1e" not in line.text.casefold():
        return line
    for match in reversed([*_POWER.finditer(line.text)]):
        start, end = match.span()
        before, after = line.cut(0, start), line.cut(end, len(line.text))
        line = before + _number(match, line.columns[start:end]) + after
    return line


def _number(match: re.Match[str], columns: tuple[int, ...]) -> Text:
    """What a product comes to, from its first column to its last."""
    digits, power = (group for group in match.groups() if group)
    text = f"{digits.replace(' ', '')}e{int(power)}"
    return Text(text, (*columns[: len(text) - 1], columns[-1]))
