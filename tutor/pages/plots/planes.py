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


def plane_axes(naming: Naming, plane: Plane) -> Chart:
    """The axes alone."""
    across, up = (
        Axis(float(ends[0]), float(ends[-1]), label(naming, q))
        for q, ends in zip(plane.pair, (plane.xs, plane.ys), strict=True)
    )
    return Chart(across, up, width=WIDE, height=HIGH, grid=False)


def plane_chart(naming: Naming, plane: Plane, levels: Sequence[float] = ()) -> Chart:
    """The axes and the lines, with some at levels of one's own."""
    chart = plane_axes(naming, plane)
    contours(chart, *plane.grid, levels_of(plane.errors))
    contours(chart, *plane.grid, levels, numbered=0)
    return chart
