"""Tables of values: Markdown, tabs, columns, comma-separated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from tutor.marking import spoken
from tutor.marking.claim import Text
from tutor.marking.latex import plain

_NUMBER = re.compile(r"[-+−–]?\s?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:\s?[eE×*·].{1,10})?|½|-?\d+/\d+")
_SUM = re.compile(r"[-+−–(]*\s?[\d.½][^=|]*=")
"""A calculation with numbers that stands before an equals sign."""
NAME = re.compile(r"[^\W\d].{0,60}|[\\∂∇Δδ$].{0,80}")
_LABELLED = re.compile(r":\s*[-+−]?\.?\d")
"""A value that stands beside the name already."""
_FORMULA = re.compile(r"[^=|]*[-+*/^·×(][^=|]*")
"""A calculation in a column of its own, beside what it comes to."""
_RULE = re.compile(r"[\s|:+=-]*")
_PIPE = re.compile(r"(?<!\\)\|")
_TAB = re.compile(r"\t+")
_WIDE = re.compile(r"\s{2,}")
_COMMA = re.compile(r"\"[^\"]*\"|(,)")
_SEMICOLON = re.compile(r"\"[^\"]*\"|(;)")
_BLANK = re.compile(r"\s(?=\S+\Z)")
_ORDINARY = re.compile(r"(?:[ -}\t](?<!->))*")
"""A row without an equals sign in another spelling."""
_TWO = re.compile(
    r"\s*(?!is |the |of |are |step |part |layer )[^\s:]+(?: (?!is |of )[^\s:]+)?:?\s+\S+\s*", re.I
)
_TITLE = re.compile(
    r"\s*(?:new|updated|old|initial|final|local|hidden|output|net|error|all)\s[^\d\s]+\s*", re.I
)
"""Two words that are a heading, and no head of two columns."""
_VALUES = {"value", "values", "result", "number", "answer", "wert", "solution", "equals", "amount"}
_UNITS = {"unit", "neuron", "node", "j", "k", "unit j", "unit k", "einheit", "knoten", "neurone"}
"""Heads of a column whose rows may be named by a number alone."""
_INDEX = re.compile(r"(?:,\s.*|\s[^\W\d]_?\{?[ijk]\}?|_\{?[ijk]\}?)\Z")
"""What a head may have behind its word: Net input, I_j."""


MOST_CELLS = 50


class Tabled(NamedTuple):
    """The claims of a table, each a name and its value, and the row after it."""

    claims: tuple[tuple[Text, Text], ...]
    end: int


def read_table(rows: Sequence[Text], at: int) -> Tabled | None:
    """The table that begins in this row, if one does."""
    first = rows[at].text
    if says_equal(rows[at]) or is_rule(rows[at]):
        return None
    for cut in _cutters(first):
        found, end = _block(rows, at, cut)
        claims = tuple(_claims(found)) if found else ()
        if claims:
            return Tabled(claims, end)
    return None


def is_rule(row: Text) -> bool:
    """Whether a row only parts others, or is empty."""
    return bool(_RULE.fullmatch(row.text))


def says_equal(row: Text) -> bool:
    """Whether a row is no row of a table but says that something equals something."""
    if "=" in row.text or spoken.says_equal(row.text):
        return True
    return not _ORDINARY.fullmatch(row.text) and "=" in plain(row).text


def _cutters(first: str) -> Iterator[Callable[[Text], list[Text]]]:
    """The ways in which this row may be cut into cells."""
    yield from delimited(first)
    if _TWO.fullmatch(first) and not _TITLE.fullmatch(first):
        yield partial(_cells, _BLANK)


def delimited(first: str) -> Iterator[Callable[[Text], list[Text]]]:
    """Those with more than a blank between the cells."""
    for pattern, sign in ((_PIPE, "|"), (_TAB, "\t"), (_SEMICOLON, ";"), (_COMMA, ",")):
        if sign in first and "(" not in first.partition(sign)[0]:
            yield partial(_cells, pattern)
    if "  " in first.strip():
        yield partial(_cells, _WIDE)


def _cells(pattern: re.Pattern[str], row: Text) -> list[Text]:
    if pattern is _COMMA:
        row = plain(row)  # turns decimal commas to points
    stripped = row.strip()
    cuts = [m.span() for m in pattern.finditer(stripped.text) if m[0][0] != '"']
    starts, ends = (
        [0, *(end for _, end in cuts)],
        [*(start for start, _ in cuts), len(stripped.text)],
    )
    cells = [_unquoted(stripped.cut(a, b).strip()) for a, b in zip(starts, ends, strict=True)]
    if pattern is _PIPE:
        cells = cells[1:] if cells and not cells[0].text and cuts and cuts[0][0] == 0 else cells
        cells = cells[:-1] if cells and not cells[-1].text else cells
    return cells


def _unquoted(cell: Text) -> Text:
    for mark in ('"', "**", "`"):
        if (
            len(cell.text) >= 2 * len(mark)
            and cell.text.startswith(mark)
            and cell.text.endswith(mark)
        ):
            cell = cell.cut(len(mark), len(cell.text) - len(mark)).strip()
    return cell


def _block(
    rows: Sequence[Text], at: int, cut: Callable[[Text], list[Text]]
) -> tuple[list[list[Text]], int]:
    """The rows of as many cells as the first has, without rules between them."""
    found: list[list[Text]] = []
    end = at
    while end < len(rows):
        text = rows[end].text
        if found and ("-" in text or "=" in text) and is_rule(rows[end]):
            end += 1
            continue
        goes_on = bool(found) and ("|" in text or len(cut(rows[end])) == len(found[0]) > 2)
        whole = bool(text.strip()) and (goes_on or not says_equal(rows[end]))
        cells = cut(rows[end]) if whole else []
        if not found and text[:1].isspace() and _lacks_corner(rows, end, cut, cells):
            cells = [Text("", ()), *cells]
        if not 2 <= len(cells) <= MOST_CELLS or (found and len(cells) != len(found[0])):
            break
        if found and not _row_of_values(cells, found[0][0].text.casefold() in _UNITS):
            break
        found.append(cells)
        end += 1
    return found, end


def _lacks_corner(
    rows: Sequence[Text], at: int, cut: Callable[[Text], list[Text]], cells: list[Text]
) -> bool:
    """Whether a head that begins with blanks has nothing above the names of the rows."""
    below = cut(rows[at + 1]) if at + 1 < len(rows) else []
    return len(below) == len(cells) + 1 and _row_of_values(below)


def _row_of_values(cells: list[Text], numbered: bool = False) -> bool:
    """A name, or a number for one, and behind it at least one number; the others are numbers or
    empty."""
    name, *values = (cell.text for cell in cells)
    numbers = {value for value in values if is_value(value)}
    named = NAME.fullmatch(name) and not _LABELLED.search(name)
    named = named or (numbered and name.isdigit())
    worked = len(values) == 2 and is_value(values[1]) and bool(_FORMULA.fullmatch(values[0]))
    return bool(named and numbers) and (
        worked
        or all(value in numbers or value in ("", "-", "–", "—", "/", "n/a") for value in values)
    )


def is_value(text: str) -> bool:
    """Whether a cell is a number, or a calculation that comes to one."""
    return bool(_NUMBER.fullmatch(text.rpartition("=")[2].strip() if _SUM.match(text) else text))


def _claims(found: list[list[Text]]) -> Iterator[tuple[Text, Text]]:
    head: list[Text] | None = None
    if not _row_of_values(found[0]):
        if len(found) < 2 or any(_NUMBER.fullmatch(cell.text) for cell in found[0][1:]):
            return
        head, found = found[0], found[1:]
    elif len(found[0]) > 2 and is_value(found[0][1].text):
        return
    for name, *values in found:
        name = name.cut(0, len(name.text.rstrip(" :")))
        if len(values) == 2 and not is_value(values[0].text) and is_value(values[1].text):
            formula, value = values
            equals = Text(" = ", (value.column,) * 3)
            yield name, formula + equals + value if formula.text else value
            continue
        for n, value in enumerate(values, 1):
            if is_value(value.text):
                yield _name(name, head[n] if head else None), value


def _name(label: Text, above: Text | None) -> Text:
    """The name of a cell: the head of its column and the label of its row."""
    if above is None or not above.text or above.text.lower() in _VALUES:
        return label
    head = _INDEX.sub("", above.text) + " "
    return Text(head, (label.column,) * len(head)) + label
