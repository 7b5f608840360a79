"""A chart on a canvas: axes, curves, dots, arrows, areas and a legend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, isfinite, log10

from tutor.pages.canvas import Anchor, Area, Canvas, Dot, Shape, Stroke, Tone, Words, placed
from tutor.pages.drawing import Points
from tutor.pages.lettering import FONT, Text

_TOP, _RIGHT, _BOTTOM, _LEFT = 14.0, 22.0, 44.0, 64.0
_ROW = 20.0  # of the legend
_SAMPLE = 26.0  # the line that stands for a curve in the legend
_TICKS = 6
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Axis:
    """What one axis shows: its ends, its name, whether each power of ten is as long, and whether
    there is nothing between whole numbers."""

    low: float
    high: float
    name: str | Text = ""
    log: bool = False
    whole: bool = False

    def part(self, value: float) -> float:
        """Where a value is, from 0 to 1 between the ends."""
        if self.log:
            low, high = log10(self.low), log10(self.high)
            return (log10(value) - low) / (high - low)
        return (value - self.low) / (self.high - self.low)

    def ticks(self) -> list[tuple[float, Text]]:
        """Round values between the ends, as they are written."""
        if self.log:
            return _powers(self.low, self.high)
        return _round(self.low, self.high, 1.0 if self.whole else 0.0)


def _round(low: float, high: float, least: float) -> list[tuple[float, Text]]:
    size = max((high - low) / _TICKS, least)
    power = floor(log10(size))
    step = next(s * 10.0**power for s in (1, 2, 5, 10) if s * 10.0**power >= size * (1 - 1e-9))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    decimals = max(0, -floor(log10(step) + 1e-9))
    largest = max(abs(low), abs(high))
    plain = decimals <= 5 and largest < 1e6
    figures = floor(log10(largest)) - floor(log10(step) + 1e-9) + 1
    return [
        (n * step, Text.of(f"{n * step:.{decimals}f}" if plain else f"{n * step:.{figures}g}"))
        for n in range(first, last + 1)
    ]


def _powers(low: float, high: float) -> list[tuple[float, Text]]:
    first, last = ceil(log10(low) - 1e-9), floor(log10(high) + 1e-9)
    step = max(1, ceil((last - first) / _TICKS))
    return [(10.0**n, Text.power(10, n)) for n in range(first, last + 1, step)]


def around(
    values: Iterable[float], *, air: float = 0.06, zero: bool = False
) -> tuple[float, float]:
    """The ends of an axis on which all these values stand, with a little room."""
    known = [value for value in values if isfinite(value)] or [0.0]
    low, high = min(known), max(known)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    room = (high - low) * air or abs(high) * 0.5 or 1.0
    return (low if zero and low == 0 else low - room), high + room


class Chart:
    """What stands in the box between two axes. What lies outside it is cut off."""

    def __init__(
        self, x: Axis, y: Axis, *, width: float = 560.0, height: float = 340.0, grid: bool = True
    ) -> None:
        self.x, self.y = x, y
        self.width, self.height, self.grid = width, height, grid
        self.shapes: list[Shape] = []
        self.legend: list[tuple[Text, Shape]] = []

    @property
    def room(self) -> Point:
        """How wide and high the box is."""
        return self.width - _LEFT - _RIGHT, self.height - _BOTTOM - _TOP

    def at(self, point: Point) -> Point:
        """Where a point of values stands in the box, from (0, 0) at its left lower corner."""
        return self.x.part(point[0]), self.y.part(point[1])

    def line(
        self,
        points: Sequence[Point],
        tone: Tone = "accent",
        *,
        name: str | Text = "",
        width: float = 2.0,
        dash: str = "",
        arrow: bool = False,
        part: str = "",
    ) -> None:
        """A curve; it is broken where it leaves the box or has no value."""
        pieces = list(self._inside(points))
        for n, piece in enumerate(pieces):
            head = arrow and n == len(pieces) - 1
            self.shapes.append(Stroke(piece, tone, width, dash, head, part))
        if name:
            sample = ((0.0, 0.0), (_SAMPLE, 0.0))
            self.legend.append((Text.of(name), Stroke(sample, tone, width, dash, arrow)))

    def dot(
        self,
        point: Point,
        tone: Tone = "ink",
        *,
        name: str | Text = "",
        hollow: bool = False,
        radius: float = 4.5,
        part: str = "",
    ) -> None:
        """A point."""
        if self.holds(point):
            self.shapes.append(Dot(*self.at(point), radius, tone, hollow, part))
        if name:
            self.legend.append((Text.of(name), Dot(_SAMPLE / 2, 0.0, radius, tone, hollow)))

    def area(
        self, points: Sequence[Point], tone: Tone, opacity: float, *, name: str | Text = ""
    ) -> None:
        """A filled outline, all of it inside."""
        self.shapes.append(Area(tuple(map(self.at, points)), tone, opacity))
        if name:
            box = ((0.0, -5.0), (_SAMPLE, -5.0), (_SAMPLE, 5.0), (0.0, 5.0))
            self.legend.append((Text.of(name), Area(box, tone, opacity)))

    def words(
        self,
        point: Point,
        text: str | Text,
        *,
        anchor: Anchor = "middle",
        tone: Tone = "ink",
        part: str = "",
    ) -> None:
        """A text at a point."""
        if self.holds(point):
            self.shapes.append(Words(*self.at(point), Text.of(text), anchor, tone, True, part))

    def holds(self, point: Point) -> bool:
        """Whether a point of values stands in the box."""
        if not all(map(isfinite, point)) or (self.x.log and point[0] <= 0):
            return False
        if self.y.log and point[1] <= 0:
            return False
        return all(-1e-9 <= part <= 1 + 1e-9 for part in self.at(point))

    def canvas(self, description: str) -> Canvas:
        """The chart, finished."""
        rows = list(self._rows())
        top = _TOP + _ROW * len(rows) + (4 if rows else 0)
        wide, high = self.room
        box = (_LEFT, top, _LEFT + wide, top + high)
        drawn = (_moved(shape, box) for shape in self.shapes)
        shapes = [*self._axes(box), *drawn, *self._names(box)]
        for n, row in enumerate(rows):
            shapes += _row(row, _LEFT, _TOP + _ROW * n)
        scale = (*box, self.x.low, self.y.low, self.x.high, self.y.high)
        return Canvas(self.width, box[3] + _BOTTOM, tuple(shapes), description, scale)

    def _inside(self, points: Sequence[Point]) -> Iterator[Points]:
        """The pieces of a curve that lie in the box, in its coordinates."""
        piece: list[Point] = []
        for a, b in pairwise(points):
            cut = self._cut(a, b)
            if cut is None:
                if len(piece) > 1:
                    yield tuple(piece)
                piece = []
                continue
            start, end = cut
            if not piece or piece[-1] != start:
                if len(piece) > 1:
                    yield tuple(piece)
                piece = [start]
            piece.append(end)
        if len(piece) > 1:
            yield tuple(piece)

    def _cut(self, a: Point, b: Point) -> tuple[Point, Point] | None:
        """The part of a straight line that lies in the box (Liang and Barsky 1984)."""
        if not all(map(isfinite, (*a, *b))):
            return None
        if (self.x.log and min(a[0], b[0]) <= 0) or (self.y.log and min(a[1], b[1]) <= 0):
            return None
        (x0, y0), (x1, y1) = self.at(a), self.at(b)
        enters, leaves = 0.0, 1.0
        for way, room in ((x0 - x1, x0), (x1 - x0, 1 - x0), (y0 - y1, y0), (y1 - y0, 1 - y0)):
            if way == 0:
                if room < 0:
                    return None
            elif way < 0:
                enters = max(enters, room / way)
            else:
                leaves = min(leaves, room / way)
        if enters >= leaves:
            return None
        start = (x0, y0) if enters == 0 else (x0 + enters * (x1 - x0), y0 + enters * (y1 - y0))
        end = (x1, y1) if leaves == 1 else (x0 + leaves * (x1 - x0), y0 + leaves * (y1 - y0))
        return start, end

    def _rows(self) -> Iterator[list[tuple[Text, Shape]]]:
        """The legend in rows that fit."""
        row: list[tuple[Text, Shape]] = []
        used = 0.0
        for text, sample in self.legend:
            wide = _SAMPLE + 8 + text.width + 18
            if row and used + wide > self.width - _LEFT:
                yield row
                row, used = [], 0.0
            row.append((text, sample))
            used += wide
        if row:
            yield row

    def _axes(self, box: tuple[float, float, float, float]) -> Iterator[Shape]:
        left, top, right, bottom = box
        for value, text in self.x.ticks():
            x = left + self.x.part(value) * (right - left)
            if self.grid:
                yield Stroke(((x, top), (x, bottom)), "line", 1.0, part="tick")
            yield Words(x, bottom + 12, text, "middle", "soft", part="tick")
        for value, text in self.y.ticks():
            y = bottom - self.y.part(value) * (bottom - top)
            if self.grid:
                yield Stroke(((left, y), (right, y)), "line", 1.0, part="tick")
            yield Words(left - 6, y, text, "end", "soft", part="tick")
        yield Stroke(((left, top), (left, bottom), (right, bottom)), "soft", 1.0)

    def _names(self, box: tuple[float, float, float, float]) -> Iterator[Shape]:
        left, top, right, bottom = box
        if self.x.name:
            yield Words(right, bottom + 32, Text.of(self.x.name), "end", part="x-name")
        if self.y.name:
            yield Words(left + 6, top + 8, Text.of(self.y.name), "start", boxed=True, part="y-name")


_NUDGE = {"start": (8.0, 0.0), "middle": (0.0, -12.0), "end": (-8.0, 0.0)}
"""How far a text stands from its point."""


def _moved(shape: Shape, box: tuple[float, float, float, float]) -> Shape:
    """A shape from the coordinates of the box to those of the canvas."""
    left, top, right, bottom = box
    dx, dy = _NUDGE[shape.anchor] if isinstance(shape, Words) else (0.0, 0.0)
    return placed(
        shape, lambda x, y: (left + x * (right - left) + dx, bottom - y * (bottom - top) + dy)
    )


def _row(row: Sequence[tuple[Text, Shape]], x: float, y: float) -> Iterator[Shape]:
    for text, sample in row:
        yield placed(sample, _shift(x, y))
        yield Words(x + _SAMPLE + 8, y, text, "start", part=sample.part)
        x += _SAMPLE + 8 + text.width + 18


def _shift(x: float, y: float) -> Callable[[float, float], Point]:
    return lambda a, b: (a + x, b + y)


def stacked(canvases: Sequence[Canvas], gap: float = FONT) -> Canvas:
    """Several pictures, one below the other; their scales follow each other too."""
    shapes: list[Shape] = []
    scale: list[float] = []
    height = 0.0
    for n, canvas in enumerate(canvases):
        height += gap if n else 0.0
        shapes += (placed(shape, _shift(0.0, height)) for shape in canvas.shapes)
        if canvas.scale:
            left, top, right, bottom, *values = canvas.scale
            scale += (left, top + height, right, bottom + height, *values)
        height += canvas.height
    width = max(canvas.width for canvas in canvases)
    said = " ".join(canvas.description for canvas in canvases if canvas.description)
    return Canvas(width, height, tuple(shapes), said, tuple(scale))


def beside(titled: Sequence[tuple[Text, Canvas]]) -> Canvas:
    """Pictures side by side, each below its title."""
    shapes: list[Shape] = []
    x, height = 0.0, 0.0
    for title, canvas in titled:
        shapes.append(Words(x + _LEFT, FONT, title, "start"))
        shapes += (placed(shape, _shift(x, _ROW)) for shape in canvas.shapes)
        x, height = x + canvas.width, max(height, canvas.height)
    said = " ".join(canvas.description for _, canvas in titled)
    return Canvas(x, height + _ROW, tuple(shapes), said)
