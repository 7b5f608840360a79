"""Flat parts of the transfer functions, and units on their curves."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import networks
import pytest
from hypothesis import given, settings

import tutor
from tutor.numeric.exact import as_float
from tutor.pages.plots.lanes import lanes
from tutor.plots.saturation import curve, used
from tutor.solving import Solved
from tutor.symbolic.activations import SOFTMAX, Activation
from tutor.symbolic.quantity import LOCAL, NET, O, W

FLAT = {
    # where the slope is 1 % of the largest, solved by hand
    ("sigmoid", None): (0.25, [(-math.inf, -math.log(199 + 60 * 11**0.5)), (5.98644569, math.inf)]),
    ("tanh", None): (1.0, [(-math.inf, -math.acosh(10)), (math.acosh(10), math.inf)]),
    ("relu", None): (1.0, [(-math.inf, 0.0)]),
    ("leaky_relu", None): (1.0, []),
    ("leaky_relu", "0.005"): (1.0, [(-math.inf, 0.0)]),
    ("elu", None): (1.0, [(-math.inf, math.log(0.01))]),
    ("elu", "1000"): (1000.0, [(-math.inf, math.log(0.01)), (0.0, math.inf)]),
    ("softplus", None): (1.0, [(-math.inf, -math.log(99))]),
    ("linear", None): (1.0, []),
}


@pytest.mark.parametrize(("name", "parameter"), FLAT)
def test_the_flat_parts_end_where_the_slope_is_a_hundredth(
    name: str, parameter: str | None
) -> None:
    largest, flat = FLAT[name, parameter]
    found = curve(Activation(name, parameter))
    assert found.largest == pytest.approx(largest)
    assert [end for part in found.flat for end in part] == pytest.approx(
        [end for part in flat for end in part], abs=1e-8
    )


@given(networks.problems(most=2))
@settings(max_examples=15)
def test_the_units_lie_where_the_certified_solution_has_them(problem: tutor.Problem) -> None:
    solved = Solved.of(problem)
    at = {shown.pattern: shown.at for shown in solved.run.updates[0].presentations}
    curves = used(solved)
    exact = solved.figures.exact
    for mark in (mark for one in curves for mark in one.marks):
        for q, value in ((NET, mark.net), (O, mark.output)):
            expected = as_float(exact[q(mark.unit).marked(at[mark.pattern])])
            assert float(value) == pytest.approx(expected, rel=1e-9, abs=1e-12)
        slope = exact[LOCAL(mark.unit, mark.unit).marked(at[mark.pattern])]
        assert float(mark.slope) == pytest.approx(as_float(slope), rel=1e-9, abs=1e-12)
    units = [
        j
        for layer in problem.network.layers
        for j, activation in zip(layer.units, layer.activations, strict=True)
        if activation.name != SOFTMAX
    ]
    assert {mark.unit for one in curves for mark in one.marks} == set(units)


def test_names_in_one_row_do_not_touch() -> None:
    names = [(float(x), 30.0) for x in (0, 5, 100, 40, 38, 102, -20)]
    rows = lanes(names)
    for row in set(rows):
        ends = sorted(
            (x - w / 2, x + w / 2) for (x, w), r in zip(names, rows, strict=True) if r == row
        )
        assert all(a[1] < b[0] for a, b in itertools.pairwise(ends))


def test_the_saturated_unit_is_named_with_what_is_left() -> None:
    page = tutor.plot("saturation", tutor.load("saturated")).rendered("text")
    assert "h1: f′(net) is 0.000335238, 0.1341" in page
    assert "“when its output is large” is wrong" in page.replace("\n", " ")


def test_a_slope_that_is_only_nearly_0_is_not_called_0() -> None:
    problem = tutor.load("saturated")
    far = replace(problem, parameters={**problem.parameters, W("h1", "x1"): "900"})
    page = str(tutor.plot("saturation", far).rendered("text"))
    assert "h1: f′(net) is 0 to 50 digits" in page
    assert "Outside the picture: h1" in str(tutor.plot("saturation", far).to_html())


def test_softmax_outputs_are_left_out_in_words() -> None:
    page = str(tutor.plot("saturation", tutor.load("softmax")).rendered("text"))
    assert "The softmax outputs have no curve here" in page


def test_nothing_is_drawn_where_weights_are_missing() -> None:
    with pytest.raises(tutor.InputError):
        tutor.plot("saturation", tutor.load("given"))
