"""A recipe's network, derived once: what is asked, the steps to it, the mistakes that touch it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import count

import numpy as np

from tutor.numeric.batch import Array, Rows, evaluate_batch
from tutor.numeric.floats import float_of
from tutor.practice.drawing import Picks
from tutor.practice.recipe import Recipe
from tutor.problem.problem import Problem
from tutor.problem.slots import filled
from tutor.solving import Solved, given_texts
from tutor.symbolic.manners import Manner, manners, needed
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.step import Step

COMMON = dict.fromkeys(("other-activation", "other-slope"), ("sigmoid", "tanh", "relu"))
"""Of some mistakes the manners that people are likely to make; the others need not show."""


def common(manner: Manner) -> bool:
    """Whether people are likely to make a mistake in this manner."""
    return manner.tag in COMMON.get(manner.id, (manner.tag,))


class Exercise:
    """Everything about a recipe that no draw changes."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.solved = Solved.of(recipe.problem)
        self.run, self.asked = self.solved.run, self.solved.asked
        self.stated = self.solved.pinned

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps to what is asked."""
        return needed(self.run.steps, self.asked, self.stated)

    @cached_property
    def manners(self) -> tuple[Manner, ...]:
        """The mistakes that must show where they touch what is asked."""
        wanted = self.recipe.mistakes
        found = manners(self.run, self.asked, self.stated)
        return tuple(manner for manner in found if manner.id in wanted and common(manner))

    @cached_property
    def places(self) -> Mapping[Quantity, int]:
        """For each number that the run is given, its place in ``slots`` of the problem."""
        numbered = filled(self.recipe.problem, [str(n) for n, _ in zip(count(), self._texts)])
        return {q: int(text) for q, text in given_texts(numbered, self.run)}

    @cached_property
    def _texts(self) -> list[str]:
        return [text for column in self.recipe.columns for text in column.choices[0]]

    @cached_property
    def _tables(self) -> Mapping[int, tuple[int, Array]]:
        """For each place its column, and the values of the choices."""
        found = {}
        for n, column in enumerate(self.recipe.columns):
            for k, place in enumerate(column.at):
                values = np.array([float_of(choice[k]) for choice in column.choices])
                found[place] = n, values
        return found

    def start(self, picks: Picks) -> Rows:
        """What is given in each draw."""
        tables = self._tables
        return {q: tables[place][1][picks[:, tables[place][0]]] for q, place in self.places.items()}

    def right(self, picks: Picks) -> Rows:
        """Every value that what is asked needs, in each draw."""
        return evaluate_batch(self.steps, self.start(picks))

    def problem(self, picks: Picks) -> Problem:
        """The problem of one draw."""
        return self.recipe.problem_of(tuple(int(pick) for pick in picks))
