"""Lines that belong together: an open matrix, a formula that is not finished, a correction."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.marking.claim import Text
from tutor.marking.corrections import corrects

_PROMPT = re.compile(r"\s*(?:>>>|(?:In|Out)\s?\[\d+\]:)")
_ASKED = re.compile(r"\s*(?:>>>|In \[\d+\]:)\s*[^=\s#'\"][^=#'\"]*\Z")
_PRINTED = re.compile(r"\s*(?:>>>|In \[\d+\]:)\s*print\(([^=#'\"]*)\)\s*")
_NAMED = re.compile(r"\s*(?:>>>|In \[\d+\]:)\s*[^\W\d]\w*\s*\Z")
_TOLD = re.compile(r"\s*(?:Out\s?\[\d+\]:\s*)?(?=[-+]?\.?\d[^=]*\Z|[\[(]|array|np\.)")
"""A formula at a prompt, and the value that is printed for it."""
MOST_JOINED = 60
_MATRIX_OPEN = re.compile(r"\\begin\s*\{[a-zA-Z]*(?:matrix|array)\*?\}")
_MATRIX_SHUT = re.compile(r"\\end\s*\{[a-zA-Z]*(?:matrix|array)\*?\}")
_ENDS_WITH_NAME = re.compile(r"(?:=|≈|\\approx|:)\Z")
_BEGINS_WITH_VALUE = re.compile(r"\s*(?:&?\s*[\[(]|\\begin|\\left|[-+−]?[\d.])")
_ENDS_WITH_SIGN = re.compile(r"[\w)\]}]\s*[-+−*/·×]\Z")
_BEGINS_WITH_PLUS = re.compile(r"\s*[+·×]\s*[\w(\\]")


def joined(rows: Sequence[Text], at: int) -> tuple[Text, int]:
    """A line with those that belong to it, and the line after them."""
    printed = _PRINTED.fullmatch(rows[at].text)
    pieces = [rows[at].cut(*printed.span(1)) if printed else rows[at]]
    opened = _opened(rows[at].text)
    end = at + 1
    while end < min(len(rows), at + MOST_JOINED):
        last, following = rows[end - 1], rows[end]
        if not _belongs(last.text.rstrip(), following.text, opened):
            break
        pieces[-1] = _without_backslash(pieces[-1])
        sign = " "
        if told := _told(last.text, following.text):
            sign, following = "=", following.cut(told.end(), len(following.text))
        pieces += Text(sign, (following.column,)), following
        opened += _opened(following.text)
        end += 1
    return Text.joined(pieces), end


def at_prompt(row: Text) -> bool:
    """Whether a line belongs to a session of Python."""
    return _PROMPT.match(row.text) is not None


def _belongs(last: str, following: str, opened: int) -> bool:
    """Whether a line goes on with the one before."""
    if not following.strip():
        return False
    if _broken(last) or _told(last, following):
        return True
    if opened > 0:
        return "=" not in following or "\\" in following
    if "=" in last and (_ENDS_WITH_SIGN.search(last) or corrects(following)):
        return True
    if _ENDS_WITH_NAME.search(last) and any(map(str.isalnum, last)):
        return _BEGINS_WITH_VALUE.match(following) is not None
    return "=" in last and _BEGINS_WITH_PLUS.match(following) is not None


def _told(last: str, following: str) -> re.Match[str] | None:
    """What is printed below a formula at a prompt: one number, or anything below a name."""
    told = _TOLD.match(following) if _ASKED.match(last) else None
    one = told is not None and following[told.end() : told.end() + 1] not in "[(a"
    return told if one or _NAMED.match(last) or _PRINTED.fullmatch(last) else None


def _broken(line: str) -> bool:
    return line.endswith("\\") and not line.endswith("\\\\")


def _without_backslash(line: Text) -> Text:
    stripped = line.text.rstrip()
    return line.cut(0, len(stripped) - 1) if _broken(stripped) else line


def _opened(text: str) -> int:
    """How many matrices and square brackets a line leaves open."""
    matrices = len(_MATRIX_OPEN.findall(text)) - len(_MATRIX_SHUT.findall(text))
    return matrices or text.count("[") - text.count("]")
