"""Several names before several values, ``a, b = (0.1, 0.2)`` or ``w5..w7: 0.1 0.2 0.3``, or names
alike before one."""

from __future__ import annotations

import re

from tutor.marking.claim import Text
from tutor.marking.entries import inside, parted
from tutor.marking.statements import parts_of

_NAMES = re.compile(r"[\s(\[]*[^\W\d][^=,\s]*(?:\s*,\s*[^\W\d][^=,\s]*)+[\s)\]]*=[^=]*\d.*")

_RANGE = re.compile(
    r"\s*(?P<name>[^\W\d](?:[^=:,]{0,40}[^\W\d])??_?)(?P<first>\d{1,2})\s*(?:\.{2,3}|…|-|–|to)\s*"
    r"(?:[^\W\d]\w{0,20}?)?(?P<last>\d{1,2})\s*[:=]\s*(?P<values>[-+−\d.,;\s()\[\]]+)"
)
"""The first and the last of names in a row, and numbers."""
_INDEX = re.compile(r"\d+")


def unpacked(row: Text) -> Text:
    """A row with a statement for each name, where it names several and has a value for each."""
    if match := _RANGE.fullmatch(row.text):
        return _counted(row, match)
    if not _NAMES.fullmatch(row.text):
        return row
    columns = [parted(inside(part) or part, ",;") for part in parts_of(row.strip())]
    names, *values = columns
    if len({_INDEX.sub("", name.text.strip()) for name in names}) == 1:
        values = [column * len(names) if len(column) == 1 else column for column in values]
    alike = all(len(column) == len(names) for column in values)
    if not alike or not all(any(map(str.isdigit, cell.text)) for row in values for cell in row):
        return row
    statements = []
    for name, *cells in zip(names, *values, strict=True):
        sides = [piece for cell in cells for piece in (_sign("=", cell), cell)]
        statements.append(Text.joined([name, *sides, _sign(";", name)]))
    return Text.joined(statements)


def _counted(row: Text, match: re.Match[str]) -> Text:
    """A row with a statement for each name from the first to the last, where all have a number."""
    inner = row.cut(*match.span("values")).strip()
    inner = inside(inner) or inner
    values = parted(inner, ",;" if "," in inner.text or ";" in inner.text else " ")
    numbers = range(int(match["first"]), int(match["last"]) + 1)
    if len(values) != len(numbers) or len(values) < 2:
        return row
    name = row.cut(*match.span("name"))
    return Text.joined(
        [
            piece
            for number, value in zip(numbers, values, strict=True)
            for piece in (
                name,
                _sign(str(number), name),
                _sign("=", value),
                value,
                _sign(";", value),
            )
        ]
    )


def _sign(sign: str, beside: Text) -> Text:
    return Text(sign, (beside.column,) * len(sign))
