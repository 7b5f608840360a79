"""What is written as a problem file is read as the same problem."""

from __future__ import annotations

from dataclasses import replace

import networks
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tutor.problem.file import parse
from tutor.problem.problem import Problem
from tutor.problem.shipped import load, names
from tutor.problem.slots import filled, slots
from tutor.problem.writing import written_problem


def again(problem: Problem) -> Problem:
    return parse(written_problem(problem))


@pytest.mark.parametrize("name", names())
def test_a_shipped_problem(name: str) -> None:
    problem = replace(load(name), path=None)
    assert again(problem) == problem
    assert filled(problem, [text for _, text in slots(problem)]) == problem


@given(networks.problems(most=2))
def test_a_random_problem(problem: Problem) -> None:
    assume(problem.learning_rate or problem.epochs == 1)  # a file says epochs with a rate only
    assert again(problem) == problem
    assert filled(problem, [text for _, text in slots(problem)]) == problem


@given(st.text(st.characters(categories=["L", "N", "P", "Sm"]), min_size=1, max_size=40))
@example("no")
@example('a: "b" # c')
@example("- x")
@example("{{ 7 }}")
def test_any_title(title: str) -> None:
    assert again(replace(load("mazur"), title=title)).title == title
