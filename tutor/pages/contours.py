"""Lines of equal height on a chart."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import cast

from contourpy import LineType, contour_generator

from tutor.numeric.batch import Array
from tutor.pages.canvas import Tone
from tutor.pages.chart import Chart, Point

LINES = 9
FLAT = 1e-9
"""Heights that differ by less than this part of the largest are noise."""
_SHORT = 12
"""A line of fewer points has no room for its number."""
_GRAIN = 0.004
"""Points nearer to each other than this part of the box are one."""


def contours(
    chart: Chart,
    x: Array,
    y: Array,
    z: Array,
    levels: Sequence[float],
    *,
    tone: Tone = "soft",
    width: float = 1.0,
    numbered: int = 3,
) -> None:
    """Draw the lines where z (m, n) over x (n) and y (m) has each of these heights.

    The height stands at every ``numbered``-th; 0 leaves it out. Where z is not finite nothing is
    drawn.
    """
    found = contour_generator(x, y, z, line_type=LineType.Separate)
    marks: list[tuple[Point, str]] = []
    for n, level in enumerate(levels):
        arrays = cast(list[Array], found.lines(level))
        lines = [[(float(a), float(b)) for a, b in line] for line in arrays]
        for line in lines:
            chart.line(_thinned(chart, line), tone, width=width)
        longest = max(lines, key=len, default=[])
        if numbered and n % numbered == numbered // 2 and len(longest) >= _SHORT:
            marks.append((longest[len(longest) // 3], f"{level:.2g}"))
    for point, text in marks:
        chart.words(point, text, tone=tone)


def levels_of(z: Array, count: int = LINES) -> list[float]:
    """Heights that lie closer together towards the lowest, so that a bowl has even rings."""
    known = [height for height in z.ravel().tolist() if isfinite(height)]
    low, high = min(known, default=0.0), max(known, default=0.0)
    if high - low <= FLAT * max(abs(low), abs(high)):
        return []
    return [low + (high - low) * ((n + 0.5) / count) ** 2 for n in range(count)]


def _thinned(chart: Chart, line: Sequence[Point]) -> list[Point]:
    """The line without points that lie on top of each other where it is drawn."""
    kept = [line[0]]
    for point in line[1:-1]:
        (a, b), (c, d) = chart.at(kept[-1]), chart.at(point)
        if max(abs(a - c), abs(b - d)) >= _GRAIN:
            kept.append(point)
    return [*kept, line[-1]]
