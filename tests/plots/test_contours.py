"""Lines of equal height: on the height they say, and none where there is none."""

from __future__ import annotations

from math import hypot

import numpy as np

from tutor.pages.canvas import Stroke, Words
from tutor.pages.chart import Axis, Chart
from tutor.pages.contours import contours, levels_of

AXIS = np.linspace(-2, 2, 101)
BOWL = AXIS**2 + AXIS[:, None] ** 2


def chart() -> Chart:
    return Chart(Axis(-2, 2), Axis(-2, 2))


def test_a_bowl_has_circles() -> None:
    drawn = chart()
    contours(drawn, AXIS, AXIS, BOWL, [1.0], numbered=0)
    (circle,) = drawn.shapes
    assert isinstance(circle, Stroke)
    radii = [hypot(4 * x - 2, 4 * y - 2) for x, y in circle.points]
    assert max(abs(radius - 1) for radius in radii) < 1e-3


def test_a_number_stands_on_its_line() -> None:
    drawn = chart()
    contours(drawn, AXIS, AXIS, BOWL, [1.0], numbered=1)
    (text,) = (shape for shape in drawn.shapes if isinstance(shape, Words))
    assert text.text.plain == "1"
    assert abs(hypot(4 * text.x - 2, 4 * text.y - 2) - 1) < 1e-3


def test_levels_lie_closer_where_it_is_low() -> None:
    levels = levels_of(BOWL)
    gaps = np.diff(levels)
    assert 0 < levels[0] < levels[-1] < 8
    assert (np.diff(gaps) > 0).all()


def test_a_plain_and_a_hole_have_no_lines() -> None:
    assert levels_of(np.full((3, 3), 0.1)) == []
    assert levels_of(np.full((3, 3), np.nan)) == []
    drawn = chart()
    contours(drawn, AXIS, AXIS, np.where(AXIS > 0, np.nan, BOWL), [1.0], numbered=0)
    assert all(x <= 0.5 for shape in drawn.shapes for x, _ in shape.points)  # type: ignore[union-attr]
