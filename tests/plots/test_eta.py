"""Gradient descent at many rates."""

from __future__ import annotations

from dataclasses import replace

import networks
import numpy as np
import pytest
from hypothesis import assume, given, settings

import tutor
from tutor.numeric.exact import as_float
from tutor.numeric.floats import float_of
from tutor.pages.document import Table
from tutor.plots.eta import STEPS, Course, Passes, rates_of
from tutor.solving import Solved

SHIPPED = ("mazur", "softmax", "two-patterns-stochastic", "two-patterns-batch", "momentum")


@given(networks.problems(most=2))
@settings(max_examples=20)
def test_e_goes_as_in_the_certified_solution(problem: tutor.Problem) -> None:
    assume(problem.learning_rate)
    problem = replace(problem, epochs=2)
    solved = Solved.of(problem)
    assume(not solved.too_far)
    patterns = len(problem.patterns)
    turns = 1 if problem.batch else patterns
    descent = Passes.of(solved, 2 * turns)
    momentum = float_of(problem.momentum) if problem.momentum else 0.0
    assert problem.learning_rate
    found = descent.errors(np.array([float_of(problem.learning_rate)]), momentum)[0]
    states = solved.errors[::turns]
    share = patterns if problem.mean else 1
    expected = [sum(as_float(e.value) for e in each if e) / share for each in states]
    assert found == pytest.approx(expected, rel=1e-8, abs=1e-12)


@pytest.mark.parametrize("name", [*SHIPPED, "delta-rule", "leaky-relu", "three-hidden-layers"])
def test_the_limit_is_where_e_begins_to_rise(name: str) -> None:
    rates = rates_of(Solved.of(tutor.load(name)), None)
    for run in rates.runs:
        falls = all(
            b <= a + 1e-9 * run.errors[0] for a, b in zip(run.errors, run.errors[1:], strict=False)
        )
        assert falls == (run.course in (Course.FALLS, Course.STAYS))
    if rates.limit:
        assert next(run for run in rates.runs if run.rate == rates.limit).course is Course.FALLS
        beyond = rates.descent.errors(np.array([1.02 * rates.limit]), rates.runs[0].momentum)[0]
        assert not (np.diff(beyond) <= 1e-9 * beyond[0]).all()


def test_the_limit_of_a_linear_unit_is_2_by_the_squares_of_its_inputs() -> None:
    problem = tutor.load("delta-rule")
    squares = 1 + sum(float_of(text or "0") ** 2 for text in problem.patterns[0].inputs)
    limit = rates_of(Solved.of(problem), None).limit
    assert limit == pytest.approx(2 / squares, rel=0.01)


def test_more_steps_are_taken_where_they_are_asked_for() -> None:
    solved = Solved.of(tutor.load("two-patterns-stochastic"))
    assert rates_of(solved, None).descent.updates[-1] == STEPS
    assert rates_of(solved, 7).descent.updates == [0, 2, 4, 6, 8]


def test_too_many_steps_are_refused() -> None:
    with pytest.raises(tutor.InputError, match="1000 is the limit"):
        tutor.plot("eta", tutor.load("mazur"), steps=1001)


def test_without_a_gradient_no_rate_changes_anything() -> None:
    problem = tutor.load("delta-rule")
    still = replace(problem, parameters=dict.fromkeys(problem.parameters, "0"))
    still = replace(still, patterns=(replace(still.patterns[0], targets=("0",)),))
    rates = rates_of(Solved.of(still), None)
    assert {run.course for run in rates.runs} == {Course.STAYS}
    assert "does not change" in str(tutor.plot("eta", still).rendered("text"))


def test_what_is_left_of_e_is_not_compared_beyond_the_digits_of_floats() -> None:
    page = " ".join(str(tutor.plot("eta", tutor.load("softmax")).rendered("text")).split())
    assert "η = 22.8, 182 and 364: in 30 updates" in page
    page = " ".join(str(tutor.plot("eta", tutor.load("momentum")).rendered("text")).split())
    assert "both are at ≈ 0" in page


def test_the_table_of_e_is_short() -> None:
    document = tutor.plot("eta", tutor.load("mazur")).document
    tables = [b for section in document.sections for b in section.blocks if isinstance(b, Table)]
    assert [len(table.rows) for table in tables] == [11, 11]
    assert {table.rows[-1][0] for table in tables} == {("30",)}
