"""The tangent's slope is the gradient, and the differences come near it."""

from __future__ import annotations

from dataclasses import replace

import networks
import numpy as np
import pytest
import sympy
from hypothesis import given, settings

import tutor
from tutor.errors import InputError
from tutor.plots.asked import ANY, Asked, weights_of
from tutor.plots.shoulder import shoulder_of
from tutor.plots.slice import slice_of, slices_of
from tutor.problem.problem import Pattern, Problem
from tutor.solving import Solved
from tutor.symbolic.activations import Activation
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.network import Bias


def test_the_curve_is_e_with_one_weight_replaced() -> None:
    problem = tutor.load("mazur")
    solved = tutor.solve(problem)
    one = slice_of(solved, Asked(weights=("w5",), range=(-2.0, 2.0)))
    expression = solved.sympy("E")
    known = {sympy.Symbol(key): value for key, value in _numbers(solved).items()}
    name = sympy.Symbol("w_y1_h1")
    for n in (0, 137, 400):
        moved = known | {name: one.values[n]}
        by_name = {str(symbol): value for symbol, value in moved.items()}
        value = expression.subs({s: by_name[str(s)] for s in expression.free_symbols})
        assert one.errors[n] == pytest.approx(float(value), rel=1e-9)


def _numbers(solved: tutor.Solution) -> dict[str, float]:
    return {key: solved[key] for key in solved if "/" not in key and "_new" not in key}


@given(networks.problems())
@settings(max_examples=20)
def test_the_point_lies_on_the_curve_and_its_slope_is_the_gradient(problem: Problem) -> None:
    solved = Solved.of(problem)
    for one in slices_of(solved, ANY):
        assert one.values[0] < one.at < one.values[-1]
        middle = np.interp(one.at, one.values, one.errors)
        assert one.error == pytest.approx(middle, rel=1e-3, abs=1e-3)
        first = solved.run.updates[0]
        for at in (first.at, first.presentations[0].at):
            q = slope_of_error(one.weight).marked(at)
            if q in solved.figures.exact:
                assert one.gradient == pytest.approx(float(solved.figures.exact[q]), abs=1e-9)
                break
        else:
            raise AssertionError(one.weight)


def test_the_differences_come_nearer_as_h_grows_smaller() -> None:
    one = slice_of(Solved.of(tutor.load("mazur")), ANY)
    off = [abs(quotient - one.gradient) for *_, quotient in one.differences]
    assert off[0] > 10 * off[1] > 100 * off[2]


def test_cross_entropy_has_no_shoulder() -> None:
    shoulder = shoulder_of(Solved.of(tutor.load("saturated")))
    assert shoulder is not None
    for errors, slope in zip(shoulder.errors, shoulder.slopes, strict=True):
        step = shoulder.nets[1] - shoulder.nets[0]
        near = np.interp(shoulder.at, shoulder.nets, np.gradient(errors, step))
        assert slope == pytest.approx(near, abs=2e-3)
    squared, cross = (np.abs(np.gradient(errors)) for errors in shoulder.errors)
    wrong = -1 if shoulder.target < 0.5 else 0
    assert squared[wrong] < 0.01 * squared.max()
    assert cross[wrong] > 0.99 * cross.max()


@pytest.mark.parametrize("name", ["softmax", "tanh", "delta-rule"])
def test_no_sigmoid_no_shoulder(name: str) -> None:
    solved = Solved.of(tutor.load(name))
    last = solved.problem.network.layers[-1]
    sigmoid = any(a.name == "sigmoid" for a in last.activations)
    assert (shoulder_of(solved) is not None) == sigmoid


WRONG = {
    "w99": '"w99" is no weight',
    "o_h1": "is no weight",
    "": "is no weight",
    "{{7*7}}": "is no weight",
}


@pytest.mark.parametrize(("name", "said"), WRONG.items())
def test_what_is_no_weight_is_refused(name: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        slice_of(Solved.of(tutor.load("mazur")), Asked(weights=(name,)))


def test_a_weight_twice_is_refused() -> None:
    with pytest.raises(InputError, match='"w_y1_h1" is there twice'):
        weights_of(Solved.of(tutor.load("mazur")), ("w5", "w_y1_h1"))


def test_e_that_overflows_leaves_a_gap_and_no_crash() -> None:
    problem = replace(tutor.load("saturated"))
    one = slice_of(Solved.of(problem), Asked(range=(-1e6, 1e6)))
    assert np.isfinite(one.errors).any()


def test_what_floats_cannot_know_is_no_number() -> None:
    page = tutor.plot("slice", tutor.load("bce-t1"), range=(-1000.0, 1000.0)).to_html()
    assert "NaN" not in page
    assert "no value at the left end" in page


def sigmoid_or_relu(activation: str, weight: str, loss: str, target: str) -> Problem:
    """One unit with one weight, whose input is 1."""
    network = networks.shape((1, 1), Bias.NONE, loss, Activation(activation))
    return Problem(network, {network.parameters[0]: weight}, (Pattern(("1",), (target,)),))


def test_e_without_a_value_has_no_curve_that_rises_or_falls() -> None:
    with pytest.raises(InputError, match="too close to 0 or 1"):
        tutor.plot("slice", sigmoid_or_relu("sigmoid", "50", "bce", "0"))


def test_where_a_curve_ends_there_is_a_dash() -> None:
    drawn = tutor.plot("slice", sigmoid_or_relu("relu", "0.5", "bce", "1"))
    text = " ".join(str(drawn.rendered("text")).split())
    assert "no value at the left end, no value at the right" in text
    assert "–" in text
    assert "NaN" not in text


def test_no_shoulder_where_cross_entropy_has_no_value() -> None:
    problem = sigmoid_or_relu("sigmoid", "50", "half_sse", "0")
    assert shoulder_of(Solved.of(problem)) is None
    assert "NaN" not in str(tutor.plot("slice", problem).rendered("text"))
