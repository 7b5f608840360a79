"""Tables with a row for each pattern or update, and a column for each quantity."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tutor.marking.claim import Text
from tutor.marking.tables import MOST_CELLS, NAME, delimited, is_rule, is_value, says_equal

_COUNTS = {
    "pattern": r"pattern|sample|example|case|muster|beispiel|p|#|no\.?|nr\.?",
    "iteration": r"iteration|epoch|update|step|round|durchgang|it\.?",
}
"""Heads of a column that counts the rows, by what it counts."""
_COUNTED = [(word, re.compile(rf"(?:{said})\Z", re.IGNORECASE)) for word, said in _COUNTS.items()]
_SHORT = re.compile(
    r"[^\W\d]{1,2}\b.*|\S*[\d_']\S*|net|out(?:put)?|err(?:or)?|delta|target|loss", re.I
)
"""A head that is surely a name, where only blanks part the cells."""


class Cases(NamedTuple):
    """The claims of a table, each a name, its value and the words for its row; the row after it."""

    claims: tuple[tuple[Text, Text, str], ...]
    end: int


def read_cases(rows: Sequence[Text], at: int) -> Cases | None:
    """The table with a row for each case that begins in this row, if one does."""
    first = rows[at]
    if says_equal(first) or is_rule(first):
        return None
    for cut in (*delimited(first.text), _words):
        head = cut(first)
        if not 2 <= len(head) <= MOST_CELLS or not all(_is_name(cell.text) for cell in head):
            continue
        if cut is _words and not all(_SHORT.fullmatch(cell.text) for cell in head):
            continue
        found, end = _rows(rows, at + 1, cut, len(head))
        if found:
            return Cases(tuple(_claims(head, found)), end)
    return None


def _words(row: Text) -> list[Text]:
    """The words of a row."""
    return [row.cut(*word.span()) for word in re.finditer(r"\S+", row.text)]


def _is_name(text: str) -> bool:
    return bool(NAME.fullmatch(text) or _counts(text)) and not is_value(text)


def _counts(head: str) -> str:
    """What the numbers of a column count, if they do."""
    return next((word for word, said in _COUNTED if said.match(head)), "")


def _rows(
    rows: Sequence[Text], at: int, cut: Callable[[Text], list[Text]], width: int
) -> tuple[list[list[Text]], int]:
    """The rows of numbers from here on, and where they end."""
    found: list[list[Text]] = []
    while at < len(rows):
        if not is_rule(rows[at]) or not rows[at].text.strip():
            cells = cut(rows[at]) if rows[at].text.strip() and not says_equal(rows[at]) else []
            values = [is_value(cell.text) for cell in cells]
            if (
                len(cells) != width
                or not values[0]
                or not all(
                    known or not cell.text for known, cell in zip(values, cells, strict=True)
                )
            ):
                break
            found.append(cells)
        at += 1
    return found, at


def _claims(head: list[Text], rows: list[list[Text]]) -> Iterator[tuple[Text, Text, str]]:
    """Each number under its head; a single row that nothing counts is no case of several."""
    counts = _counts(head[0].text)
    for n, row in enumerate(rows, 1):
        several = f"row {n} of {len(rows)}" if len(rows) > 1 else ""
        case = f"{counts} {row[0].text}" if counts else several
        for name, value in zip(head, row, strict=True):
            if value.text and not (counts and name is head[0]):
                yield Text(name.text, (value.column,) * len(name.text)), value, case
