"""What a student has struck out or put right: the last that is written counts."""

from __future__ import annotations

import re

from tutor.marking.claim import Text

_INSIDE = r"(?:[^{}]|\{[^{}]*\}){0,200}"
_BLANKS = r"(?:[\s~$]|\\[,;:! ]|\\q?quad\b)*"
_STRUCK = re.compile(
    r"~~(?=\S)[^~\n]{1,200}(?<=\S)~~"
    r"|<(s|del|strike)>[^<\n]{1,200}</\1>"
    rf"|\\(?:sout|st|xout)\s*\{{{_INSIDE}\}}"
    rf"|\\[xb]?cancel\s*\{{{_INSIDE}\}}(?={_BLANKS}[-+−]?[\d.])"
    rf"|\\[xb]?cancel\s*\{{[^{{}}=]{{1,200}}=[^{{}}]{{1,200}}\}}"
    r"|(?:[^\s][\u0335\u0336] ?)+",
    re.IGNORECASE,
)
"""A factor that is cancelled in a fraction has no number behind it."""
_WORD = (
    r"(?:no|nope|nein|non|sorry|pardon|oops|ups|correction|corrected|korrektur|korrigiert|rather"
    r"|actually|instead|wrong|falsch|mistake|i meant?|should be|make that|better|besser|sondern)"
)
"""What says that the number before it was not meant."""
_WORDS = re.compile(rf"(?<![\w'])(?:{_WORD}\b(?:[\s,:!)=…]|\.\.+|\.\s)*)+", re.IGNORECASE)
_BEFORE = " ,;.:(-="
_NUMBER = r"[-+−]?(?:\d+[.,]\d*|[.,]\d+)(?:[eE][-+]?\d+)?"
_OLD = re.compile(rf"{_NUMBER}|[-+]?\d+")
_NEW = re.compile(rf"{_NUMBER}(?=\s*\)?\.?\s*(?:[,;)\n]|\Z))")
_LEADS = re.compile(
    rf"\s*\(?(?:{_WORD}\b[\s,:!]*)+(?:{_NUMBER}\s*[.)]?\s*\Z|[^=]{{1,80}}=)", re.IGNORECASE
)
MOST = 8
"""Corrections of one line that are looked at."""


def without_struck(row: Text) -> Text:
    """A line without what is struck out in it."""
    return row.replaced(_STRUCK, lambda match: " ")


def corrects(text: str) -> bool:
    """Whether a line puts right the one before."""
    return _LEADS.match(text) is not None


def corrected(row: Text) -> Text:
    """A line in plain spelling without the numbers that it takes back: ``0.36 no: 0.63``."""
    for _ in range(MOST):
        words = _WORDS.finditer(row.text)
        instead = next((new for match in words if (new := _put_right(row, match))), None)
        if instead is None:
            break
        row = instead
    return row


def _put_right(row: Text, match: re.Match[str]) -> Text | None:
    """The line without what these words take back; None where that is not clear."""
    text = row.text
    before = text[: match.start()].rstrip(_BEFORE)
    start = max(before.rfind(sign) for sign in (";", ", ", "\n")) + 1
    name, equals, _ = before[start:].partition("=")
    if not equals:
        return None
    rest = row.cut(match.end(), len(text))
    if "(" in text[len(before) : match.start()] and ")" not in match[0]:
        shut = rest.text.find(")")
        rest = rest.cut(0, shut) + rest.cut(shut + 1, len(rest.text)) if shut >= 0 else rest
    old = before[before.rindex("=") + 1 :].strip()
    if not _NEW.match(rest.text):
        if rest.text[:1] not in "0123456789.-+(":
            return _stated_again(row, before, start, rest)
        if "=" not in rest.text:
            return None
    if not _OLD.fullmatch(old):
        return None
    kept = before.rindex("=") + 1 if _NEW.match(rest.text) else start + len(name) + 1
    return row.cut(0, kept) + Text(" ", (rest.column,)) + rest


def _stated_again(row: Text, before: str, start: int, rest: Text) -> Text | None:
    """Another statement after a correction: of the same name it stands for the one before."""
    left, equals, _ = rest.text.partition("=")
    if not equals:
        return None
    name, again = before[start:].partition("=")[0].strip(), left.strip()
    same = name == again or name.endswith((f" {again}", f":{again}"))
    kept = row.cut(0, start if same or again.endswith(f" {name}") else len(before))
    return kept + Text("; ", (rest.column,) * 2) + rest if kept.text.strip() else rest
