"""E and its gradient anywhere are what the certified solution and an independent numpy say."""

from __future__ import annotations

import json
from dataclasses import replace

import networks
import numpy as np
import pytest
import quickjs
from hypothesis import assume, given, settings

import tutor
from tutor.errors import InputError
from tutor.pages.javascript import model
from tutor.plots.landscape import Landscape
from tutor.plots.slice import seen_first
from tutor.problem.problem import Problem
from tutor.problem.shipped import names
from tutor.solving import Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.quantity import NET, E

CLOSE = {"rel": 1e-7, "abs": 1e-9}


def lively(problem: Problem) -> Solved:
    """Solved, with no net input at a kink, where floats and exact numbers part."""
    solved = Solved.of(problem)
    nets = [float(v) for q, v in solved.figures.exact.items() if q.kind is NET("h1").kind]
    assume(all(abs(net) > 1e-9 for net in nets))
    return solved


@given(networks.problems())
@settings(max_examples=40)
def test_at_the_problems_own_weights_it_is_the_certified_solution(problem: Problem) -> None:
    solved = lively(problem)
    land = seen_first(solved, Landscape.of(solved))
    first, exact = solved.run.updates[0], solved.figures.exact
    batch = E.marked(first.at) in exact
    at = first.at if batch else first.presentations[0].at
    assert float(land.error(land.point)) == pytest.approx(float(exact[E.marked(at)]), **CLOSE)
    found = land.gradient(land.point)
    for n, q in enumerate(land.parameters):
        assert found[n] == pytest.approx(float(exact[slope_of_error(q).marked(at)]), **CLOSE)


@given(networks.problems())
@settings(max_examples=25)
def test_the_gradient_is_the_slope_of_e_everywhere(problem: Problem) -> None:
    solved = lively(problem)
    land, h = Landscape.of(solved), 1e-5
    for n in range(land.point.size):
        values = land.point[n] + np.array([-h, 0, h])
        below, here, above = land.error(land.moved([n], values[:, None]))
        left, right = (here - below) / h, (above - here) / h
        assume(abs(left - right) < 1e-3)  # no kink between
        assert land.gradient(land.point)[n] == pytest.approx((above - below) / (2 * h), abs=1e-4)


@given(networks.problems())
@settings(max_examples=25)
def test_a_page_computes_the_same_by_itself(problem: Problem) -> None:
    check_the_page(Landscape.of(lively(problem)))


@pytest.mark.parametrize("name", names())
def test_a_page_computes_every_shipped_problem(name: str) -> None:
    solved = Solved.of(tutor.load(name))
    if not solved.problem.given:
        check_the_page(Landscape.of(solved))


def check_the_page(land: Landscape) -> None:
    """What the script computes at other weights is what the landscape has there."""
    weights = land.point + 0.25
    said = json.loads(
        quickjs.Context().eval(f"JSON.stringify(({model(land)})({weights.tolist()}))")
    )
    assert said["E"] == pytest.approx(float(land.error(weights)), **CLOSE)
    assert said["g"] == pytest.approx(land.gradient(weights).tolist(), **CLOSE)


@pytest.mark.parametrize("name", ["given", "diaz"])
def test_what_the_problem_lacks_is_said(name: str) -> None:
    problem = tutor.load(name)
    if problem.given or not problem.network.loss:
        with pytest.raises(InputError, match="plot"):
            Landscape.of(Solved.of(problem))
    else:
        bare = replace(problem, network=replace(problem.network, loss_name=None), ask=("o_h1",))
        with pytest.raises(InputError, match="no loss"):
            Landscape.of(Solved.of(bare))
