"""One pattern at a time and all at once: each number held against a second way to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import assume, given, settings
from networks import problems, shape

import tutor
from tutor.cli import main
from tutor.errors import InputError
from tutor.numeric.exact import as_float
from tutor.plots.asked import ANY, Asked
from tutor.plots.descent import Descent
from tutor.plots.escape import escape_of
from tutor.plots.halving import halving_of
from tutor.plots.landscape import Landscape
from tutor.plots.plane import pair_of
from tutor.plots.pulls import pulls_of
from tutor.plots.routes import routes_of
from tutor.plots.stable import limits_of
from tutor.plots.turns import turns_of
from tutor.problem.problem import Pattern, Problem
from tutor.solving import Solved
from tutor.symbolic.activations import Activation
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.network import Bias
from tutor.symbolic.quantity import At, W

SEVERAL = problems().filter(lambda problem: len(problem.patterns) > 1)


@settings(max_examples=15, deadline=None)
@given(SEVERAL.filter(lambda problem: problem.learning_rate))
def test_a_run_is_that_of_the_worked_page(problem: Problem) -> None:
    problem = replace(problem, momentum=None)
    solved = Solved.of(problem)
    assume(not solved.too_far)
    descent = Descent.of(solved, ANY)
    way = descent.whole if problem.batch else descent.ordered
    path = descent.run(way(problem.epochs), np.array([descent.rate]))[:, 0]
    values = solved.figures.values
    for n, held in enumerate(solved.run.holds[update.new] for update in solved.run.updates):
        told = [as_float(values[held[q]]) for q in descent.land.parameters]
        assert path[n + 1] == pytest.approx(told, rel=1e-6, abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(SEVERAL)
def test_the_arrows_are_minus_the_certified_gradients(problem: Problem) -> None:
    solved = Solved.of(replace(problem, batch=True, rounding=None, epochs=1))
    land = Landscape.of(solved)
    assume(len(land.parameters) > 1)
    pair = pair_of(solved, land, ANY, land.parameters)
    pulls = pulls_of(land, pair, ANY)
    values = solved.figures.values
    slopes = [slope_of_error(q) for q in pair]
    for p, arrow in enumerate(pulls.arrows, 1):
        told = [-as_float(values[slope.marked(At(1, p))]) for slope in slopes]
        assert arrow == pytest.approx(told, rel=1e-6, abs=1e-9)
    total = [-as_float(values[slope.marked(At(1))]) for slope in slopes]
    assert pulls.true == pytest.approx(total, rel=1e-6, abs=1e-9)


@settings(max_examples=8, deadline=None)
@given(SEVERAL)
def test_every_problem_has_its_page(problem: Problem) -> None:
    text = why = ""
    try:
        text = tutor.plot("stochastic", problem, steps=2).to_html()
    except InputError as error:
        why = str(error)
    assert not why or "one weight" in why or "too large" in why
    assert "NaN" not in text.split("<script", maxsplit=1)[0]


def local_minimum() -> Descent:
    return Descent.of(Solved.of(tutor.load("local-minimum")), ANY)


def hand_written(weights: np.ndarray, pattern: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """E and its gradient of the problem local-minimum, by hand."""
    xs, ts = np.array([0.5, 3, -2]), np.array([1, -1, 1])
    a, b = weights[..., 0], weights[..., 1]
    x, t = xs[pattern], ts[pattern]
    h = 1 / (1 + np.exp(-a * x))
    off = b * h - t
    return off**2 / 2, np.stack([off * b * h * (1 - h) * x, off * h], axis=-1)


def test_the_difference_shrinks_like_the_second_derivatives_say() -> None:
    """The second gradient differs by its own second derivatives times the first step, and so on:
    the distance is eta squared times a number that differences of the gradient tell."""
    descent = local_minimum()
    land, point, h = descent.land, descent.land.point, 1e-5
    gradients = land.gradients(point)
    total = np.zeros(len(point))
    for q in range(descent.count):
        before = gradients[:q].sum(axis=0)
        ahead, behind = (land.gradients(point + sign * h * before)[q] for sign in (1, -1))
        total += (ahead - behind) / (2 * h)
    halving = halving_of(descent)
    assert halving.square
    last = halving.apart[-1] / halving.rates[-1] ** 2
    assert last == pytest.approx(float(np.linalg.norm(total)), rel=5e-3)


def test_a_step_may_be_worse_for_others() -> None:
    turns = turns_of(local_minimum())
    weights = np.array([1.0, -0.5])
    for p in range(3):
        told = [float(hand_written(weights, np.array(q))[0]) for q in range(3)]
        assert turns.errors[p] == pytest.approx(told)
        weights = weights - hand_written(weights, np.array(p))[1]
    assert turns.raised == [(1,), (0, 2), (1,)]


def test_a_line_bears_two_by_its_curvature() -> None:
    """E = 1/2 sum (t - w x)^2 has the curvature sum x^2: batch descent diverges beyond 2 by it."""
    network = shape((1, 1), Bias.NONE, function=Activation("linear"))
    patterns = (Pattern(("1",), ("2",)), Pattern(("0.5",), ("1",)))
    problem = Problem(network, {W("y1", "x1"): "0.3"}, patterns, learning_rate="0.5", batch=True)
    order, shuffled, batch = limits_of(Descent.of(Solved.of(problem), ANY)).every
    assert batch.stable == pytest.approx(2 / 1.25, rel=0.02)
    assert batch.bounded
    # one by one: |(1 - eta)(1 - eta / 4)| = 1
    assert order.stable == shuffled.stable == pytest.approx(5, rel=0.02)


def test_shuffled_runs_leave_the_shipped_minimum() -> None:
    descent = local_minimum()
    routes = routes_of(descent)
    escape = escape_of(descent, routes)
    assert escape is not None
    assert abs(sum(hand_written(escape.bottom, np.arange(3))[1])) == pytest.approx([0, 0], abs=1e-7)
    assert escape.curvatures[0] > 0.01
    runs = np.tile([1.0, -0.5], (200, 1))
    for which in descent.shuffled(descent.epochs, range(1, 201)):
        runs = runs - hand_written(runs, which[0])[1]
    ends = hand_written(runs[:, None], np.arange(3))[0].sum(axis=1)
    assert len(escape.left) == (ends < escape.error * (1 - 1e-3)).sum()
    assert len(escape.left) > 150


def test_where_nothing_is_left_nothing_is_said() -> None:
    descent = Descent.of(Solved.of(tutor.load("two-patterns-batch")), ANY)
    assert escape_of(descent, routes_of(descent)) is None


def test_a_shuffled_epoch_has_every_pattern_once() -> None:
    picks = local_minimum().shuffled(4, (1, 2), 2)
    assert [which.shape for which in picks] == [(2, 2), (1, 2)] * 4
    for n in range(0, 8, 2):
        epoch = np.concatenate(picks[n : n + 2])
        assert (np.sort(epoch, axis=0) == np.arange(3)[:, None]).all()


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("mazur", [], "there is one pattern; two are needed, two-patterns-stochastic has them"),
        ("local-minimum", ["--weight", "w9"], '"w9" is no weight'),
        ("local-minimum", ["--weight", "w_h1_x1"] * 2, "twice"),
        ("local-minimum", ["--range", "5:9"], "-0.5 and 1, do not lie between its ends"),
        ("local-minimum", ["--range", "1:1"], "1:1 is empty"),
        ("local-minimum", ["--steps", "9999"], "2000 is the limit"),
    ],
)
def test_bad_input_is_explained_and_nothing_written(
    name: str, arguments: list[str], said: str, tmp_path: Path
) -> None:
    file = tmp_path / "out.svg"
    found = CliRunner().invoke(main, ["plot", "stochastic", name, "-o", str(file), *arguments])
    assert found.exit_code
    assert said in " ".join(found.output.split())
    assert not file.exists()


def test_options_reach_the_picture() -> None:
    problem = tutor.load("local-minimum")
    descent = Descent.of(Solved.of(problem), Asked(steps=4, seed=9))
    assert [route.updates for route in routes_of(descent).every] == [12, 12, 8, 4]
    assert "seed 9" in tutor.plot("stochastic", problem, seed=9, steps=4).rendered("text")
