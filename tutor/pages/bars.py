"""Bars on a scale of powers of ten, in groups, each with its number beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from tutor.pages.canvas import Area, Canvas, Shape, Stroke, Tone, Words
from tutor.pages.chart import Axis
from tutor.pages.lettering import Text

_ROW, _TITLE, _GAP = 18.0, 22.0, 8.0
_THICK = 11.0
_TOP, _BOTTOM, _AIR = 8.0, 30.0, 10.0
_FURTHEST = 300.0
"""Numbers with a power of ten beyond this, up or down, are drawn as if they had this one."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One number; 0 has no bar."""

    name: Text
    value: Decimal
    text: Text
    tone: Tone


Group = tuple[Text, Sequence[Bar]]


def bars(groups: Sequence[Group], description: str, *, width: float = 560.0) -> Canvas:
    """Every group below the one before it, its title first."""
    every = [bar for _, rows in groups for bar in rows]
    titles = max(title.width for title, _ in groups)
    left = max(14 + max(bar.name.width for bar in every), titles) + _AIR
    right = width - max(bar.text.width for bar in every) - _AIR - 4
    axis = _axis([bar.value for bar in every])
    height = sum(_TITLE + _ROW * len(rows) + _GAP for _, rows in groups)
    bottom = _TOP + height
    shapes = [*_scale(axis, left, right, bottom), *_rows(groups, axis, left, right)]
    return Canvas(width, bottom + _BOTTOM, tuple(shapes), description)


def _axis(values: Sequence[Decimal]) -> Axis:
    """Powers of ten between which all of these lie, none at the very end."""
    powers = [_power(value) for value in values if value] or [0.0]
    return Axis(10.0 ** floor(min(powers) - 0.3), 10.0 ** max(ceil(max(powers)), 0), log=True)


def _power(value: Decimal) -> float:
    """Of ten."""
    return max(-_FURTHEST, min(_FURTHEST, float(value.log10())))


def _scale(axis: Axis, left: float, right: float, bottom: float) -> Iterator[Shape]:
    for value, text in axis.ticks():
        x = left + axis.part(value) * (right - left)
        yield Stroke(((x, _TOP), (x, bottom)), "line", 1.0)
        yield Words(x, bottom + 12, text, "middle", "soft")
    yield Stroke(((left, _TOP), (left, bottom), (right, bottom)), "soft", 1.0)


def _rows(groups: Sequence[Group], axis: Axis, left: float, right: float) -> Iterator[Shape]:
    y = _TOP
    for title, rows in groups:
        yield Words(4, y + _TITLE / 2, title, "start", boxed=True)
        y += _TITLE
        for bar in rows:
            yield Words(left - _AIR, y + _ROW / 2, bar.name, "end", "soft")
            end = left
            if bar.value:
                end += axis.part(10.0 ** _power(bar.value)) * (right - left)
                yield _box(left, end, y + (_ROW - _THICK) / 2, bar.tone)
            yield Words(end + 6, y + _ROW / 2, bar.text, "start", boxed=True)
            y += _ROW
        y += _GAP


def _box(left: float, right: float, top: float, tone: Tone) -> Area:
    bottom = top + _THICK
    return Area(((left, top), (right, top), (right, bottom), (left, bottom)), tone)
