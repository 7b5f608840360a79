"""A statement about a vector or matrix is a statement about each of its entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from tutor.marking.claim import Claim, Text

_WRAPPED = re.compile(r"\s*(?:np\.|numpy\.)?(?:array|matrix|tensor|Matrix|vector)\s*\(")
_TURNED = re.compile(r"\s*(?:\^\s?\(?(?:T|top|tr)\)?|\.T|')\s*\Z")
_DTYPE = re.compile(r",\s*dtype\s*=.*\Z")
_OPEN = {"(": ")", "[": "]", "{": "}"}
_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
_ONE = re.compile(
    rf"(?:(?:np\.|numpy\.)?(?:array|matrix|tensor|vector)\s?)?"
    rf"[\[({{]{{1,3}}\s*({_NUMBER.pattern})\s*,?\s*[\])}}]{{1,3}}",
    re.ASCII,
)
_LIST = re.compile(rf"{_NUMBER.pattern}(?:\s*,\s+{_NUMBER.pattern})+", re.ASCII)
"""The numbers of a vector without its brackets."""
MOST_ENTRIES = 400
MOST_WRAPPED = 4
Table = tuple[tuple[Text, ...], ...]


def entries(parts: tuple[Text, ...]) -> Iterator[Claim]:
    """The claims that ``parts`` make: one, or one for each entry of a vector or matrix.

    Parts that are no vector of the same size, such as the formula in vectors, are left out of the
    entries' claims; the name is kept.
    """
    parts = (parts[0], *map(_alone, parts[1:]))
    shapes = [_entries(part) for part in parts]
    last = next((table for table in reversed(shapes) if table), None)
    if last is None or sum(map(len, last[0])) > MOST_ENTRIES:
        yield Claim(parts)
        return
    table, flat = last
    shapes[0] = shapes[0] or _names(parts[0], table)
    size = (len(table[0]),) if flat else (len(table), len(table[0]))
    cells = [
        [cell for row in other[0] for cell in row] if other and _same(other[0], table) else None
        for other in shapes
    ]
    name = [] if shapes[0] else [parts[0]]
    for n, at in enumerate(product(*map(range, size))):
        found = [column[n] for column in cells if column is not None]
        if shapes[0]:
            yield Claim(tuple(found))
        else:
            yield Claim((*name, *found), at, size)


def _names(part: Text, table: Table) -> tuple[Table, bool] | None:
    """The names that stand in a bracket with blanks between, where there are as many numbers."""
    inner = inside(part)
    names = tuple(parted(inner, " ")) if inner else ()
    return ((names,), True) if len(names) > 1 and _same((names,), table) else None


def _alone(part: Text) -> Text:
    """The number that is the only entry of a vector or matrix."""
    match = _ONE.fullmatch(part.text) if part.text[-1:] in (")", "]", "}") else None
    return part.cut(*match.span(1)) if match else part


def _same(a: Table, b: Table) -> bool:
    """Whether two are of one size; a column and a row of numbers are."""
    sizes = [(len(t), len(t[0])) for t in (a, b)]
    return sizes[0] == sizes[1] or (1 in sizes[0] and sizes[0] == sizes[1][::-1])


def _entries(part: Text) -> tuple[Table, bool] | None:
    """The rows of a matrix, or one row for a vector and whether it is one."""
    part = part.strip()
    turned = _TURNED.search(part.text)
    if turned:
        part = part.cut(0, turned.start()).strip()
    wrapped = _WRAPPED.match(part.text)
    if wrapped and part.text.endswith(")"):
        part = part.cut(wrapped.end(), len(part.text) - 1)
        if dtype := _DTYPE.search(part.text):
            part = part.cut(0, dtype.start())
        part = part.strip()
    inner = inside(part)
    if inner is None:
        return ((_cells(part),), True) if _LIST.fullmatch(part.text) else None
    inner = _unwrapped(inner)
    rows = _rows(inner)
    if len(rows) == 1 and inside(rows[0]) is None:
        cells = _cells(rows[0])
        return ((cells,), True) if len(cells) > 1 else None
    table = tuple(_cells(inside(row) or row) for row in rows)
    if len({len(row) for row in table}) != 1 or not table[0]:
        return None
    if len(table) == 1 and len(table[0]) == 1:
        return None
    return _transposed(table) if turned else table, False


def _unwrapped(inner: Text) -> Text:
    """A matrix without a bracket too many, as LaTeX has it with brackets around an array."""
    for _ in range(MOST_WRAPPED):
        deeper = inside(inner)
        if deeper is None or inner.text[0] != "[" or inside(deeper) is None:
            break
        inner = deeper
    return inner


def _transposed(table: Table) -> Table:
    return tuple(zip(*table, strict=True))


def inside(part: Text) -> Text | None:
    """What stands in the bracket that a text is as a whole."""
    text = part.text
    if not text or text[0] not in _OPEN or text[-1] != _OPEN[text[0]]:
        return None
    depth = 0
    for at, c in enumerate(text):
        depth += (c in _OPEN) - (c in ")]}")
        if not depth:
            return part.cut(1, at).strip() if at == len(text) - 1 else None
    return None


def _rows(inner: Text) -> Sequence[Text]:
    """The rows of a matrix in brackets, or parted by semicolons; else the text itself."""
    if inner.text[:1] in _OPEN:
        found = [cell for cell in parted(inner, ",; ") if cell.text]
        if all(inside(cell) is not None for cell in found):
            return found
    by_semicolon = [cell for cell in parted(inner, ";") if cell.text]
    if len(by_semicolon) > 1 and any(len(_cells(row)) > 1 for row in by_semicolon):
        return by_semicolon
    return [inner]


def _cells(row: Text) -> tuple[Text, ...]:
    for marks in (",;", ","):
        cells = parted(row, marks)
        if len(cells) > 1:
            return tuple(cell for cell in cells if cell.text)
    words = parted(row, " ")
    if len(words) > 1 and all(_NUMBER.fullmatch(word.text) for word in words):
        return tuple(words)
    return (row,)


def parted(text: Text, marks: str) -> list[Text]:
    """A text cut at marks that stand outside its brackets; blanks count once."""
    found, depth, start = [], 0, 0
    for at, c in enumerate(text.text):
        depth += (c in _OPEN) - (c in ")]}")
        if c in marks and not depth:
            found.append(text.cut(start, at).strip())
            start = at + 1
    found.append(text.cut(start, len(text.text)).strip())
    return [cell for cell in found if cell.text] if " " in marks else found
