"""Many rows at once come to what one row comes to, in numpy by itself and in 60 digits."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from math import isnan
from random import Random

import networks
import numpy as np
import oracle
import pytest
from hypothesis import given
from lessons import NETWORKS, given_in, random_problem, run_of

from tutor.numeric.batch import Array, Rows, evaluate_batch, mistaken_batch
from tutor.numeric.exact import number
from tutor.numeric.trace import Undefined, evaluate
from tutor.problem.problem import Problem
from tutor.symbolic.descent import Run
from tutor.symbolic.manners import Manner, manners
from tutor.symbolic.mistakes import MISTAKES, mistaken, tags
from tutor.symbolic.quantity import ETA, Kind, Quantity
from tutor.symbolic.schedule import Schedule
from tutor.symbolic.step import Step

CLOSE = {"rel": 1e-8, "abs": 1e-10}
DRAWS = 1000


def two_two_two() -> Run:
    problem = networks.two_two_two(batch=False)
    return run_of(problem.network, replace(problem, learning_rate="0.5").schedule)


def drawn(solving: Run, count: int = DRAWS) -> dict[Quantity, Array | float]:
    """Every number that a run is given, from a fixed seed."""
    random = np.random.default_rng(5)
    told = sorted(solving.quantities - solving.by_quantity.keys())
    return {q: 0.5 if q == ETA else random.integers(-99, 100, count) / 100 for q in told}


@pytest.mark.parametrize("network", NETWORKS, ids=lambda n: f"{n.sizes} {n.loss_name}")
def test_many_problems_of_one_shape_are_an_independent_back_propagation_each(
    network: networks.Network,
) -> None:
    random = Random(3)
    first = random_problem(random, network)
    problems = [first]
    while len(problems) < 40:
        problem = random_problem(random, network)
        if problem.schedule == first.schedule:
            problems.append(problem)
    solving = run_of(network, first.schedule)
    texts = [given_in(problem, solving) for problem in problems]
    start = {q: np.array([oracle.number(row[q]) for row in texts]) for q in texts[0]}
    found = {q.key: value for q, value in evaluate_batch(solving.steps, start).items()}
    for n, problem in enumerate(problems):
        wanted = oracle.values(problem)
        assert {key: found[key][n] for key in wanted} == pytest.approx(wanted, **CLOSE)


def exactly(steps: tuple[Step, ...], start: Mapping[Quantity, Decimal]) -> dict[Quantity, float]:
    """One row in 60 digits; NaN for the first step without a value, and nothing after it."""
    try:
        return {q: float(value) for q, value in evaluate(steps, start).items()}
    except Undefined as stopped:
        done = steps[: steps.index(stopped.step)]
        found = exactly(done, start)
        return {**found, stopped.step.defines: float("nan")}


def tame(solving: Run, values: Mapping[Quantity, float]) -> bool:
    """Whether floats can follow: nothing grows without bounds, no output under a logarithm is all
    but 0 or 1, and no net input is all but at a kink."""
    near = (min(abs(x), abs(1 - x)) for q, x in values.items() if q.kind in (Kind.O, Kind.NET))
    matched = solving.derivation.network.loss_name in ("bce", "cce")
    return all(abs(x) < 1e4 for x in values.values() if not isnan(x)) and all(
        x > 1e-5 or (x == 0 and not matched) for x in near
    )


def every_manner(solving: Run) -> tuple[Manner, ...]:
    return manners(solving, tuple(solving.by_quantity))


def agree(
    solving: Run, found: Mapping[Quantity, Array], n: int, wanted: Mapping[Quantity, float]
) -> None:
    assert found.keys() >= wanted.keys()
    for q, value in wanted.items() if tame(solving, wanted) else ():
        assert found[q][n] == pytest.approx(value, **CLOSE, nan_ok=True), q.key


@given(networks.problems(most=2))
def test_every_mistake_in_every_manner_comes_to_its_exact_value(problem: Problem) -> None:
    solving = run_of(problem.network, problem.schedule)
    rows = [{q: number(text) for q, text in given_in(problem, solving).items()}]
    rows.append({q: -value if q.units else value for q, value in rows[0].items()})
    start = {q: np.array([float(row[q]) for row in rows]) for q in rows[0]}
    right = evaluate_batch(solving.steps, start)
    wrong = list(mistaken_batch(every_manner(solving), right))
    for n, row in enumerate(rows):
        agree(solving, right, n, exactly(solving.steps, row))
        for manner, found in wrong:
            agree(solving, found, n, exactly(manner.steps, row))


def same(found: Mapping[Quantity, Array], wanted: Rows) -> bool:
    return found.keys() == wanted.keys() and all(
        np.array_equal(found[q], wanted[q], equal_nan=True) for q in wanted
    )


PLANS = (
    Schedule(rate=False),
    Schedule(epochs=2, momentum=True),
    Schedule(patterns=2),
    Schedule(patterns=2, batch=True, mean=True),
)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: f"{plan.patterns} {plan.batch}")
def test_all_mistakes_of_a_thousand_draws_are_those_of_each(plan: Schedule) -> None:
    solving = run_of(NETWORKS[0], plan)
    start = drawn(solving)
    found = list(mistaken_batch(every_manner(solving), evaluate_batch(solving.steps, start)))
    made = [(id, tag) for id in MISTAKES for tag in tags(solving, id)]
    assert [(manner.id, manner.tag) for manner, _ in found] == made
    for manner, values in found:
        steps = mistaken(solving, manner.id, manner.tag)
        wanted = evaluate_batch(steps, start)
        asked = (*start, *solving.by_quantity)
        assert same(
            {q: values[q] for q in asked if q in values},
            {q: wanted[q] for q in asked if q in wanted},
        )
        one = evaluate_batch(steps, {q: np.broadcast_to(x, DRAWS)[7] for q, x in start.items()})
        seventh = {q: float(x) for q, x in one.items()}
        assert {q: x[7] for q, x in values.items()} == pytest.approx(
            {q: seventh[q] for q in values}, rel=1e-12, nan_ok=True
        )


def test_a_row_without_a_value_is_not_a_number_and_says_nothing() -> None:
    problem = networks.two_two_two(batch=False)
    network = replace(problem.network, loss_name="bce")
    solving = run_of(network, problem.schedule)
    start = drawn(solving, 4)
    start |= {q: np.array([0.1, 800, -800, np.nan]) for q in start if q.key.startswith("b_y")}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = {q.key: value for q, value in evaluate_batch(solving.steps, start).items()}
    assert found["o_y1"][:3] == pytest.approx([found["o_y1"][0], 1, 0])
    assert np.isnan(found["E"]).tolist() == [False, True, True, True]
    assert np.isfinite(found["net_h1"]).all()


def test_what_is_not_told_is_left_out() -> None:
    solving = two_two_two()
    start = drawn(solving)
    found = {q.key for q in evaluate_batch(solving.steps, {q: start[q] for q in start if q != ETA})}
    assert "dE/dw_h1_x1" in found
    assert "w_h1_x1_new" not in found
