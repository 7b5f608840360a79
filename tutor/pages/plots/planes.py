"""A chart of the plane of two weights, with lines of equal E."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.pages.chart import Axis, Chart
from tutor.pages.contours import contours, levels_of
from tutor.pages.plots.common import label
from tutor.plots.plane import Plane
from tutor.problem.naming import Naming

WIDE, HIGH = 446.0, 418.0
"""so that the box is a square, and a right angle is seen as one"""
BOX = 360.0
"""the side of that square"""


def plane_chart(naming: Naming, plane: Plane, levels: Sequence[float] = ()) -> Chart:
    """The axes and the lines, with some at levels of one's own."""
    x, y = (label(naming, q) for q in plane.pair)
    ends = (float(end) for end in (plane.xs[0], plane.xs[-1], plane.ys[0], plane.ys[-1]))
    left, right, low, high = ends
    chart = Chart(Axis(left, right, x), Axis(low, high, y), width=WIDE, height=HIGH, grid=False)
    grid = plane.xs, plane.ys, plane.errors
    contours(chart, *grid, levels_of(plane.errors))
    contours(chart, *grid, levels, numbered=0)
    return chart
