"""The chart of E over two weights."""

from __future__ import annotations

from dataclasses import replace

from tutor.numeric.batch import Array
from tutor.pages.canvas import Canvas
from tutor.pages.chart import Chart
from tutor.pages.contours import contours, levels_of
from tutor.pages.document import Sentence
from tutor.pages.givens import Say
from tutor.pages.plain import plain_sentence
from tutor.pages.plots.common import label, number
from tutor.pages.plots.planes import plane_axes
from tutor.plots.surface import Surface
from tutor.problem.naming import Naming
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.quantity import E

ARROW = 0.22
"""the part of the box that the arrow has"""
MOST = 200
"""A path with more updates is drawn through so many."""


def times_of(surface: Surface) -> float:
    """How many times as long as the gradient its arrow is drawn; two figures, as it is told."""
    x, y = surface.gradient
    long = (x * x + y * y) ** 0.5
    size = ARROW * float(surface.plane.xs[-1] - surface.plane.xs[0])
    return float(f"{size / long:.1e}") if long else 0.0


def canvas(naming: Naming, surface: Surface, say: Say) -> Canvas:
    """The chart, with a square box: a right angle is seen as one."""
    x, y = surface.plane.at
    chart = plane_axes(naming, surface.plane)
    _lines(chart, surface, naming, say)
    if any(surface.gradient):
        times = times_of(surface)
        tip = x - times * surface.gradient[0], y - times * surface.gradient[1]
        name = label(naming, E).after("−∇")
        chart.line(
            [surface.plane.at, tip], "second", name=name, width=2.6, arrow=True, part="arrow"
        )
    _path(chart, surface, naming, say)
    if (low := surface.lowest) and not low.several:
        lowest = plain_sentence(naming, say("surface_ring"))
        chart.dot((low.x, low.y), "third", hollow=True, name=lowest, part="ring")
        text, sample = chart.legend[-1]
        chart.legend[-1] = text, replace(sample, part="ring")
    chart.dot(surface.plane.at, "second", part="point")
    return chart.canvas(plain_sentence(naming, _described(surface, say)))


def _lines(chart: Chart, surface: Surface, naming: Naming, say: Say) -> None:
    """The contour lines, and heavier the one through the point."""
    levels = dict.fromkeys(float(f"{level:.1e}") for level in levels_of(surface.plane.errors))
    contours(chart, *surface.plane.grid, list(levels), numbered=2)
    chart.shapes[:] = [replace(shape, part="contour") for shape in chart.shapes]
    before = len(chart.shapes)
    contours(chart, *surface.plane.grid, [surface.error], tone="accent", width=2.2, numbered=0)
    heavy = [replace(shape, part="same") for shape in chart.shapes[before:]]
    chart.shapes[before:] = heavy
    if heavy:
        name = label(naming, E).then(f" {plain_sentence(naming, say('surface_same'))}")
        chart.line([], "accent", name=name, width=2.2)


def _path(chart: Chart, surface: Surface, naming: Naming, say: Say) -> None:
    steps = len(surface.path) - 1
    if not steps:
        return
    points = [(a, b) for a, b in surface.plane.seen(thinned(surface.path)).tolist()]
    name = plain_sentence(naming, say("surface_path", count=steps))
    chart.line(points, "ink", name=name, width=1.0, part="path")
    if steps <= 40:
        for point in points[1:]:
            chart.dot(point, "ink", radius=2.0, part="path")


def thinned(path: Array) -> Array:
    """Not more rows of a path than can be told apart."""
    return path[:: -(-len(path) // MOST)]


def _described(surface: Surface, say: Say) -> Sentence:
    low = surface.lowest
    return say(
        "surface_described",
        pair=list(surface.plane.pair),
        x=[number(float(surface.plane.xs[0])), number(float(surface.plane.xs[-1]))],
        y=[number(float(surface.plane.ys[0])), number(float(surface.plane.ys[-1]))],
        point=list(map(number, surface.plane.at)),
        error=number(surface.error),
        slopes=[slope_of_error(q) for q in surface.plane.pair],
        gradient=list(map(number, surface.gradient)),
        lowest=[number(low.x), number(low.y), number(low.error)] if low else [],
    )
