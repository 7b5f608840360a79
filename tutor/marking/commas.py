"""Decimal commas, and commas that part numbers."""

from __future__ import annotations

import re

from tutor.marking.claim import Text

_COMMA = re.compile(r"(?<![\w.,])\d{1,40},(?=\d{1,40}(?!\d|[.,]\d))", re.ASCII)
_POINT = re.compile(r"\d\.\d|(?<![\w.])\.\d", re.ASCII)
_OPEN, _CLOSED = "([{", ")]}"
_BESIDE = re.compile(r";|,\s|\d\s+[-+\d]", re.ASCII)
_WHOLE_BEFORE = re.compile(r"(?:^|[=:,;\[(]|max|array\()\s*$")
_WHOLE_AFTER = re.compile(r"\s*(?:$|[=,;\])]|\^T|\.T)")


def decimal_commas(line: Text) -> Text:
    """The line with a point for each decimal comma; a comma that parts numbers stays.

    Between digits a comma is a decimal one, but inside brackets only where the list is plainly
    parted by something else, or is no list: 0,5 and (0,1; 0,2), not (0.1,0.2) nor (0,1).
    """
    text = line.text
    found = [match.end() - 1 for match in _COMMA.finditer(text)] if "," in text else []
    if not found:
        return line
    inside = _groups(text)
    points = _POINT.search(text) is not None
    parting = {group for group in set(inside.values()) if not _is_decimal(text, group, points)}
    decimal = {at for at in found if inside.get(at) not in parting}
    if not decimal:
        return line
    changed = "".join("." if at in decimal else c for at, c in enumerate(text))
    return Text(changed, line.columns)


def _groups(text: str) -> dict[int, tuple[int, int]]:
    """For each comma in brackets, where its innermost bracket begins and ends."""
    opened: list[tuple[int, list[int]]] = []
    groups: dict[int, tuple[int, int]] = {}
    for at, c in enumerate(text):
        if c in _OPEN:
            opened.append((at, []))
        elif c in _CLOSED and opened:
            start, commas = opened.pop()
            groups.update(dict.fromkeys(commas, (start, at)))
        elif c == "," and opened:
            opened[-1][1].append(at)
    for start, commas in opened:
        groups.update(dict.fromkeys(commas, (start, len(text))))
    return groups


def _is_decimal(text: str, group: tuple[int, int], points: bool) -> bool:
    """Whether the commas between digits of one bracket are decimal ones."""
    start, end = group
    if points or text[start] == "{":
        return False
    if _BESIDE.search(text, start, end):
        return True
    before, after = text[max(0, start - 12) : start], text[end + 1 : end + 8]
    return not (_WHOLE_BEFORE.search(before) and _WHOLE_AFTER.match(after))
