"""The place within a line that is pointed at."""

from __future__ import annotations

import re

from tutor.marking.verdict import Verdict

_ALIKE = str.maketrans({"−": "-", ",": "."})


def spot(verdict: Verdict, text: str) -> tuple[int, int] | None:
    """Start and end in the text, from 0: the part that is not equal to the one before it, a number
    that is not the one meant, the result, or the whole statement.
    """
    start = max(0, min(verdict.column, len(text)) - 1)
    end = max(start + 1, min(len(text), verdict.end - 1))
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    failing = [e for e in verdict.equations if not e.holds and verdict.column <= e.column]
    if failing:
        begin = failing[0].column - 1
        following = [e.column for e in verdict.equations if e.column > failing[0].column]
        start = begin
        end = min(end, _before_equals(text, following[0] - 1)) if following else end
        return (start, end) if start < end <= len(text) else None
    copied = next((e for e in verdict.equations if e.copied), None)
    if copied and copied.copied:
        found = _number(copied.copied[0], text, copied.start - 1, copied.column - 1)
        start, end = found or (start, end)
    elif verdict.answered:
        at = text.rfind(verdict.answered.text, start, end)
        start, end = (at, at + len(verdict.answered.text)) if at >= 0 else (start, end)
    return (start, end) if start < end <= len(text) else None


def _number(number: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a number stands between two places, with its sign or without; never inside another
    number or a name."""
    for one in dict.fromkeys((number, number.lstrip("+-"))):
        whole = re.compile(rf"(?<![\w.])(?<!e[+-]){re.escape(one)}(?!\.?\w)")
        if match := whole.search(text.translate(_ALIKE), start, end):
            return match.span()
    return None


def _before_equals(text: str, at: int) -> int:
    """Where the part ends that an equals sign before ``at`` closes."""
    while at > 0 and (text[at - 1].isspace() or text[at - 1] in "=≈≅≃"):
        at -= 1
    return at
