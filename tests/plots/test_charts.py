"""Charts: nothing leaves its box, and every format draws the same shapes safely."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.pages.canvas import Area, Canvas, Dot, Stroke, Words
from tutor.pages.canvas_svg import svg
from tutor.pages.canvas_tikz import tikz
from tutor.pages.chart import Axis, Chart, around
from tutor.pages.lettering import Text

ANY = st.floats(-1e6, 1e6) | st.sampled_from([nan, inf, -inf])


@given(st.lists(st.tuples(ANY, ANY), min_size=2, max_size=8))
def test_a_curve_never_leaves_its_box(points: list[tuple[float, float]]) -> None:
    chart = Chart(Axis(-1, 2, "x"), Axis(0.5, 3, "y"))
    chart.line(points, name="a curve")
    for point in points:
        chart.dot(point)
        chart.words(point, "here")
    canvas = chart.canvas("")
    left, top, right, bottom = canvas.scale[:4]
    for shape in chart.canvas("").shapes:
        if isinstance(shape, Stroke) and shape.tone == "accent" and shape.points[0][1] > top - 1:
            assert all(left - 1e-6 <= x <= right + 1e-6 for x, _ in shape.points)
            assert all(top - 1e-6 <= y <= bottom + 1e-6 for _, y in shape.points)
    ET.fromstring(svg(canvas, title="t", standalone=True))


def test_a_line_through_the_box_keeps_its_part_inside() -> None:
    chart = Chart(Axis(0, 1), Axis(0, 1))
    chart.line([(-1, -1), (2, 2)])
    (stroke,) = chart.shapes
    assert isinstance(stroke, Stroke)
    assert stroke.points == ((0, 0), (1, 1))


TICKS = {
    (0.0, 1.0): ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"],
    (-4.0, 4.0): ["−4", "−2", "0", "2", "4"],
    (0.0, 0.003): ["0.0000", "0.0005", "0.0010", "0.0015", "0.0020", "0.0025", "0.0030"],
    (1e6, 3e6): ["1e+06", "1.5e+06", "2e+06", "2.5e+06", "3e+06"],
    (1.0, 1.000002): ["1", "1.0000005", "1.000001", "1.0000015", "1.000002"],
}


@pytest.mark.parametrize(("ends", "texts"), TICKS.items())
def test_ticks_are_round(ends: tuple[float, float], texts: list[str]) -> None:
    assert [text.plain for _, text in Axis(*ends).ticks()] == texts


def test_powers_of_ten_are_as_far_apart() -> None:
    axis = Axis(1e-4, 1.0, log=True)
    assert [text.plain for _, text in axis.ticks()] == ["10^-4", "10^-3", "10^-2", "10^-1", "10^0"]
    assert [axis.part(10.0**n) for n in range(-4, 1)] == pytest.approx([0, 0.25, 0.5, 0.75, 1])


@given(st.floats(-1e5, 1e5), st.floats(1e-6, 1e5))
def test_a_range_has_two_to_eight_ticks(low: float, wide: float) -> None:
    ticks = Axis(low, low + wide).ticks()
    assert 2 <= len(ticks) <= 9
    assert len({text.plain for _, text in ticks}) == len(ticks)


def test_values_that_are_all_alike_still_have_an_axis() -> None:
    assert around([0.0, 0.0]) == (-1.0, 1.0)
    assert around([]) == (-1.0, 1.0)
    low, high = around([5.0, nan, inf])
    assert low < 5 < high


HOSTILE = '</svg><script>alert(1)</script>&"%$#\\'


def test_texts_are_harmless_in_every_format() -> None:
    shapes = (
        Words(1, 2, Text.of(HOSTILE)),
        Stroke(((0, 0), (5, 5)), arrow=True, part=HOSTILE),
        Dot(1, 1, hollow=True),
        Area(((0, 0), (1, 0), (1, 1)), "accent", 0.3),
    )
    canvas = Canvas(10, 10, shapes, HOSTILE)
    for standalone in (True, False):
        drawn = svg(canvas, title=HOSTILE, standalone=standalone)
        assert "<script" not in drawn
        ET.fromstring(drawn)
    assert r"\textbackslash{}" in tikz(canvas)


def test_an_arrow_of_no_length_has_no_head() -> None:
    canvas = Canvas(10, 10, (Stroke(((1, 1), (1, 1)), arrow=True),), "")
    assert "<polygon" not in svg(canvas, title="", standalone=True)
    assert "fill" not in tikz(canvas).split("\n")[-2]
