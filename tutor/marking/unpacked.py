"""Several names before several values, ``a, b = (0.1, 0.2)``, or names alike before one."""

from __future__ import annotations

import re

from tutor.marking.claim import Text
from tutor.marking.entries import inside, parted
from tutor.marking.statements import parts_of

_NAMES = re.compile(r"[\s(\[]*[^\W\d][^=,\s]*(?:\s*,\s*[^\W\d][^=,\s]*)+[\s)\]]*=[^=]*\d.*")

_INDEX = re.compile(r"\d+")


def unpacked(row: Text) -> Text:
    """A row with a statement for each name, where it names several and has a value for each."""
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


def _sign(sign: str, beside: Text) -> Text:
    return Text(sign, (beside.column,))
