"""A chart of the plane of two weights, with lines of equal E."""

from __future__ import annotations

from tutor.pages.chart import Axis, Chart
from tutor.pages.contours import contours, levels_of
from tutor.pages.plots.common import label
from tutor.plots.plane import Plane
from tutor.problem.naming import Naming

WIDE, HIGH = 446.0, 418.0
"""so that the box is a square, and a right angle is seen as one"""
BOX = 360.0
"""the side of that square"""


def plane_chart(naming: Naming, plane: Plane) -> Chart:
    """The axes and the lines."""
    x, y = (label(naming, q) for q in plane.pair)
    ends = (float(end) for end in (plane.xs[0], plane.xs[-1], plane.ys[0], plane.ys[-1]))
    left, right, low, high = ends
    chart = Chart(Axis(left, right, x), Axis(low, high, y), width=WIDE, height=HIGH, grid=False)
    contours(chart, plane.xs, plane.ys, plane.errors, levels_of(plane.errors))
    return chart
