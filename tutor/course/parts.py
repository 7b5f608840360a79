"""What a chapter is made of: passages, pictures, errata, questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tutor.course.items import Item
from tutor.course.scene import Scene
from tutor.pages.document import Paragraph, Section
from tutor.pages.givens import given_section
from tutor.pages.plots.kinds import added
from tutor.pages.posed import answer_blocks, asked_blocks
from tutor.practice.generate import Generator
from tutor.practice.posing.pose import pose
from tutor.practice.reading import load_recipe
from tutor.practice.recipe import Ask
from tutor.problem.naming import Naming
from tutor.problem.problem import Problem
from tutor.problem.shipped import load
from tutor.solving import Solved
from tutor.symbolic.quantity import Kind

MOST_ASKED = 3
"""A question of a chapter that asks for more is made shorter."""
Part = Callable[[Scene], Iterator[tuple[Section, Naming]]]
"""Some sections of a chapter, with the names that stand in them."""


def passage(title: str, *items: Item) -> Part:
    """A heading with what stands below it."""

    def part(scene: Scene) -> Iterator[tuple[Section, Naming]]:
        blocks = tuple(block for item in items for block in item(scene))
        yield Section(scene.say(title) if title else (), blocks, 2, title), scene.naming

    return part


def by_numbers(title: str, *items: Item) -> Part:
    """The same, after the problem that its numbers come from."""

    def part(scene: Scene) -> Iterator[tuple[Section, Naming]]:
        given = given_section(scene.solved, scene.words.say)
        blocks = (*given.blocks, *(block for item in items for block in item(scene)))
        yield Section(scene.say(title), blocks, 2, title), scene.naming

    return part


def elsewhere(problem: str, part: Part) -> Part:
    """A part with the numbers of another shipped problem."""

    def other(scene: Scene) -> Iterator[tuple[Section, Naming]]:
        yield from part(replace(scene, solved=Solved.of(load(problem))))

    return other


def picture(*kinds: str) -> Part:
    """Pictures of the problem."""

    def part(scene: Scene) -> Iterator[tuple[Section, Naming]]:
        for section in added(scene.solved, kinds, scene.words):
            yield section, scene.naming

    return part


def errata(*keys: str) -> Part:
    """What slides get wrong."""

    def part(scene: Scene) -> Iterator[tuple[Section, Naming]]:
        blocks = tuple(Paragraph(scene.say(key), caution=True) for key in keys)
        yield Section(scene.say("course_errata"), blocks, 2, "errata"), scene.naming

    return part


def _short(problem: Problem) -> Problem:
    """The same, but where much is asked only the weight that needs most of the way."""
    asked = Solved.of(problem).asked
    weights = [q for q in asked if q.kind in (Kind.GRAD, Kind.W) and len(q.units) == 2]
    if len(asked) <= MOST_ASKED or not weights:
        return problem
    return replace(problem, ask=(weights[-1].key,))


def practice(*recipes: str) -> Part:
    """A question on a fresh problem of each recipe, its answer folded."""

    def part(scene: Scene) -> Iterator[tuple[Section, Naming]]:
        words = scene.words
        yield Section(words.say("course_practice"), (), 2, "practice"), scene.naming
        answers = []
        for n, name in enumerate(recipes, 1):
            recipe = load_recipe(name)
            again = recipes[:n].count(name)
            one = Generator(recipe).problems(scene.seed, again)[-1].problem
            one = _short(one) if recipe.question is Ask.COMPUTE else one
            asked = pose(one, recipe.question, f"{name}/{scene.seed}", recipe.digits)
            naming = asked.solved.naming
            given = given_section(asked.solved, words.say, solved=False)
            blocks = (*given.blocks, *asked_blocks(asked, words))
            yield Section(words.say("course_question", number=n), blocks, 3), naming
            title = words.say("course_answer", number=n)
            answers.append((Section(title, answer_blocks(asked, words), 3, folded=True), naming))
        yield from answers

    return part
