"""Every shipped recipe: its problems are right, alike in effort, unlike in numbers, and each
mistake is found. Of the mistakes a few are tried; with EVERY_MISTAKE=1 all of them."""

from __future__ import annotations

import os
from functools import cache
from itertools import pairwise
from random import Random

import pytest
from papers import by_hand

from tutor.marking.frame import Frame
from tutor.marking.mark import mark_with
from tutor.marking.verdict import Kind
from tutor.practice.generate import Generated, Generator
from tutor.practice.reading import load_recipe, recipe_names
from tutor.problem.file import parse
from tutor.solving import Solved
from tutor.symbolic.manners import Manner

NAMES = recipe_names()
EVERY = bool(os.environ.get("EVERY_MISTAKE"))
PROBLEMS, TRIED = (4, None) if EVERY else (3, 2)


@cache
def set_of(name: str) -> tuple[Generator, list[Generated]]:
    generator = Generator(load_recipe(name))
    return generator, generator.problems(7, PROBLEMS)


def required(generator: Generator) -> list[Manner]:
    """The manners that must show in every problem."""
    rows = zip(generator.exercise.manners, generator.search.required, strict=True)
    return [manner for manner, must in rows if must]


def working(solved: Solved, generator: Generator, manner: Manner | None, random: Random) -> str:
    steps = manner.steps if manner else generator.exercise.steps
    got = by_hand(solved, steps, generator.recipe.digits, random)
    return "\n".join(f"{q.key} = {text}" for q, text in got.items())


@pytest.mark.parametrize("name", NAMES)
def test_its_problems_are_solved_certified_and_read_back(name: str) -> None:
    generator, found = set_of(name)
    assert generator.recipe.about
    assert generator.recipe.problem.title
    for one in found:
        assert parse(one.file()) == one.problem
        assert Solved.of(one.problem).certificate is not None


@pytest.mark.parametrize("name", NAMES)
def test_its_problems_are_equally_hard_and_share_no_number(name: str) -> None:
    generator, found = set_of(name)
    told = [one.certificate for one in found]
    assert len({one.operations for one in told}) == 1
    negatives = [one.negatives for one in told]
    assert max(negatives) - min(negatives) <= 1
    solved = [Solved.of(one.problem) for one in found]
    for a, b in pairwise(solved):
        shared = {q.key for q in a.asked if a.figures.texts[q] == b.figures.texts[q] != "0"}
        assert not shared, generator.recipe.name


@pytest.mark.parametrize("name", NAMES)
def test_a_right_student_passes_and_each_mistake_is_named(name: str) -> None:
    generator, found = set_of(name)
    random = Random(name)
    for one in found if EVERY else found[:1]:
        solved = Solved.of(one.problem)
        frame = Frame(solved)
        for _ in range(3):
            marked = mark_with(frame, working(solved, generator, None, random))
            assert all(verdict.kind is Kind.CORRECT for verdict in marked.verdicts)
        manners = required(generator)
        for manner in random.sample(manners, TRIED or len(manners)):
            marked = mark_with(frame, working(solved, generator, manner, random))
            wrong = [verdict for verdict in marked.verdicts if verdict.kind is Kind.WRONG]
            named = {cause.id for verdict in wrong for cause in verdict.causes}
            assert manner.id in named, (manner.id, manner.tag)
