"""E over two weights, the path, and the ends of many starts, held against an independent
back-propagation and central differences."""

from __future__ import annotations

from dataclasses import replace

import networks
import numpy as np
import oracle
import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

import tutor
from tutor.errors import InputError
from tutor.numeric.batch import Array
from tutor.numeric.rounding import Digits
from tutor.plots.asked import ANY, Asked
from tutor.plots.hessian import hessian
from tutor.plots.minima import LEVEL, Manner, minima_of
from tutor.plots.surface import Surface, surface_of
from tutor.plots.updates import moving
from tutor.problem.file import parse
from tutor.problem.problem import Problem
from tutor.problem.shipped import load
from tutor.solving import Solved
from tutor.symbolic.quantity import parameter

CLOSE = {"rel": 1e-6, "abs": 1e-9}
FEW = settings(max_examples=12)
SADDLE = """
loss: half_sse
learning_rate: 0.1
layers:
  - {activation: linear, weights: [[0.5]]}
  - {activation: linear, weights: [[0.5]]}
patterns: [{inputs: [1], targets: [1]}]
"""


def surface(problem: Problem, asked: Asked = ANY) -> Surface:
    """The surface of a problem that has two weights."""
    if len(problem.network.parameters) < 2:
        reject()
    return surface_of(Solved.of(problem), asked)


def error_at(problem: Problem, weights: Array) -> float:
    """E over all patterns by the independent back-propagation."""
    names = zip(problem.network.parameters, weights.tolist(), strict=True)
    moved = replace(
        problem,
        parameters={q: repr(value) for q, value in names},
        learning_rate=None,
        momentum=None,
        batch=True,
        epochs=1,
    )
    with np.errstate(all="ignore"):
        return oracle.values(moved)["E[1]"]


@FEW
@given(networks.problems(), st.integers(0, 100), st.integers(0, 100))
def test_heights_are_an_independent_e(problem: Problem, m: int, n: int) -> None:
    problem = replace(problem, mean=problem.batch and problem.mean)
    found = surface(problem)
    assert found.plane.pair[0] != found.plane.pair[1]
    place = np.array([found.plane.xs[n], found.plane.ys[m]])
    there = found.plane.inside(place)
    expected = error_at(problem, there)
    assume(np.isfinite(expected) and np.isfinite(found.plane.errors[m, n]))
    assert found.plane.errors[m, n] == pytest.approx(expected, **CLOSE)
    assert found.error == pytest.approx(error_at(problem, found.land.point), **CLOSE)


@FEW
@given(networks.problems())
def test_a_path_is_the_problems_own_updates(problem: Problem) -> None:
    assume(problem.learning_rate)
    found, values = surface(problem), oracle.values(problem)
    updates = problem.epochs * (1 if problem.batch else len(problem.patterns))
    assert len(found.path) > updates
    single = updates == 1 and not problem.batch
    for n in range(1, updates + 1):
        for k, q in enumerate(problem.network.parameters):
            key = f"{q.key}_new" + ("" if single else f"[{n}]")
            expected = values.get(key, found.path[0][k])
            assert found.path[n][k] == pytest.approx(expected, **CLOSE)


@FEW
@given(networks.problems())
def test_nothing_in_the_picture_is_lower_than_the_lowest(problem: Problem) -> None:
    found = surface(problem)
    known = found.plane.errors[np.isfinite(found.plane.errors)]
    if found.lowest:
        assert found.lowest.error <= known.min() + 1e-9 * np.ptp(known)
        at = found.plane.inside(np.array([found.lowest.x, found.lowest.y]))
        assert found.lowest.error == pytest.approx(error_at(problem, at), **CLOSE)


def test_the_gradient_is_the_certified_one_and_the_slope_of_the_grid() -> None:
    solved = Solved.of(load("mazur"))
    found = surface_of(solved, Asked(weights=("w1", "w5")))
    assert found.gradient == pytest.approx((solved["dE/dw1"], solved["dE/dw5"]))
    step = np.array([1e-5, 0.0])
    ends = [found.plane.at + step, found.plane.at - step]
    above, below = (found.land.error(found.plane.inside(e)) for e in ends)
    assert found.gradient[0] == pytest.approx((above - below) / 2e-5, rel=1e-6)


def test_curvatures_are_second_differences_of_e() -> None:
    found = surface(load("tanh"))
    land, places = found.land, np.arange(found.land.point.size)
    bends = hessian(land, places, land.point[None])[0]
    h = 1e-3
    for a in places:
        for b in places:
            p, q = np.eye(places.size)[[a, b]] * h
            four = [land.error(land.point + s * p + t * q) for s in (1, -1) for t in (1, -1)]
            mixed = (four[0] - four[1] - four[2] + four[3]) / (4 * h * h)
            assert bends[a, b] == pytest.approx(mixed, rel=1e-3, abs=1e-4)


def test_a_valley_is_told_from_a_minimum_and_a_saddle() -> None:
    # E = (1 - w v)² / 2 has a valley at w v = 1 and a saddle at 0.
    land = surface(parse(SADDLE)).land
    found = minima_of(land, np.ones(2), seed=3)
    assert found
    assert {rest.manner for rest in found.rests} == {Manner.LEVEL}
    assert found.errors.max() < 1e-12
    at_zero = np.linalg.eigvalsh(hessian(land, np.arange(2), np.zeros((1, 2))))[0]
    assert at_zero == pytest.approx([-1, 1])
    assert np.abs(np.linalg.eigvalsh(hessian(land, np.arange(2), np.ones((1, 2))))[0][0]) < LEVEL


def test_a_minimum_of_two_patterns_is_the_least_square() -> None:
    text = (
        "loss: half_sse\nmode: batch\nlearning_rate: 0.1\n"
        "layers: [{activation: linear, weights: [[0.3]], biases: [0.1]}]\n"
        "patterns: [{inputs: [1], targets: [1]}, {inputs: [2], targets: [0]},"
        " {inputs: [3], targets: [1]}]\n"
    )
    found = surface(parse(text))
    search = minima_of(found.land, np.ones(2), seed=1)
    assert search
    (rest,) = search.rests
    assert rest.manner is Manner.MINIMUM
    fit, residual, *_ = np.linalg.lstsq(
        np.array([[1, 1], [2, 1], [3, 1]]), np.array([1, 0, 1]), rcond=None
    )
    assert rest.error == pytest.approx(residual[0] / 2)
    assert search.ends[0] == pytest.approx(fit, abs=1e-8)
    assert found.lowest
    lowest = found.plane.inside(np.array([found.lowest.x, found.lowest.y]))
    assert lowest == pytest.approx(fit, abs=1e-5)


def test_held_biases_stay_held() -> None:
    problem = load("mazur")
    assert moving(problem).tolist().count(0.0) == 2
    held = surface(problem).path - surface(problem).path[0]
    assert not held[:, moving(problem) == 0].any()
    assert parameter(("h",)) in problem.network.parameters


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"weights": ("w1", "w1")}, "is there twice"),
        ({"weights": ("w1", "w2", "w3")}, "two weights"),
        ({"weights": ("w77",)}, "is no weight"),
        ({"range": (3.0, 1.0)}, "empty"),
        ({"range": (3.0, 6.0)}, "leaves out"),
        ({"range": (0.0, 1e9)}, "too far"),
    ],
)
def test_what_cannot_be_drawn_is_told(asked: dict[str, object], what: str) -> None:
    with pytest.raises(InputError, match=what):
        tutor.plot("surface", load("mazur"), **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "loss: half_sse\nlayers: [{activation: linear, weights: [[1]]}]\n"
            "patterns: [{inputs: [1], targets: [0]}]\n",
            "one weight",
        ),
        (
            "loss: bce\nlayers: [{activation: sigmoid, weights: [[1, 1]]}]\n"
            "patterns: [{inputs: [40, 40], targets: [0]}]\n",
            "too large",
        ),
    ],
)
def test_a_problem_without_a_surface(text: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        tutor.plot("surface", parse(text))


def test_without_a_learning_rate_there_is_no_path() -> None:
    problem = load("vanishing-gradient")
    assert "no learning rate" in str(tutor.plot("surface", problem).rendered("text"))
    with pytest.raises(InputError, match="no learning_rate"):
        tutor.plot("surface", problem, steps=5)


def test_a_kink_has_no_right_angle() -> None:
    text = (
        "loss: half_sse\nlayers:\n  - {activation: leaky_relu, weights: [[1, -1]]}\n"
        "  - {activation: linear, weights: [[0.7]]}\npatterns: [{inputs: [1, 1], targets: [1]}]\n"
    )
    assert not surface(parse(text)).smooth
    assert "right angle" not in str(tutor.plot("surface", parse(text)).rendered("text"))
    for name in ("mazur", "leaky-relu", "softmax"):
        assert surface(load(name)).smooth


def test_a_path_that_grows_without_bounds_ends() -> None:
    found = surface(replace(load("delta-rule"), learning_rate="30"), Asked(steps=50))
    assert found.endless
    assert len(found.path) < 51
    assert np.isfinite(found.path).all()
    assert not surface(load("delta-rule"), Asked(steps=50)).endless


@FEW
@given(networks.problems(networks.ROUNDINGS))
def test_every_problem_has_its_page(problem: Problem) -> None:
    assume(len(problem.network.parameters) > 1)
    page = tutor.plot("surface", replace(problem, show=Digits(4)))
    assert "nan" not in str(page.rendered("text")).lower().split()
    assert page.to_svg().count("<svg") >= 2
