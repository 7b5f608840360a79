"""A recipe: a kind of problem, with the numbers that may be drawn for it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import prod

from tutor.numeric.rounding import Digits
from tutor.practice.grid import Choices
from tutor.problem.problem import Problem
from tutor.problem.slots import filled
from tutor.problem.writing import written_problem


class Ask(StrEnum):
    """What is done with the problem."""

    COMPUTE = "compute"
    CHOOSE = "choose"
    FACTOR = "factor"
    SIGN = "sign"
    MOST = "most"
    TRUE = "true-or-stochastic"
    FIND = "find-the-mistake"


@dataclass(frozen=True, slots=True)
class Column:
    """Numbers that are drawn together, one choice for all of them."""

    at: tuple[int, ...]
    """places in ``slots`` of the problem"""
    choices: tuple[Choices, ...]
    """in each choice a text for each place"""


@dataclass(frozen=True)
class Recipe:
    """What a recipe file says."""

    name: str
    about: str
    problem: Problem
    """the first choice everywhere"""
    columns: tuple[Column, ...]
    """every place once"""
    digits: Digits
    """what the student is told to keep"""
    mistakes: tuple[str, ...]
    """which must show where they can be made"""
    dead: int = 0
    """ReLU units with a negative net input, in each pattern"""
    question: Ask = Ask.COMPUTE

    @cached_property
    def digest(self) -> bytes:
        """What the draws hang on: everything that the recipe says but for the mistakes, which
        decide only which draws are fit."""
        said = (
            written_problem(self.problem),
            [[column.at, column.choices] for column in self.columns],
            [str(self.digits), self.dead, self.question],
        )
        return hashlib.sha256(json.dumps(said).encode()).digest()

    @cached_property
    def possible(self) -> int:
        """How many problems there are."""
        return prod(len(column.choices) for column in self.columns)

    def problem_of(self, picks: tuple[int, ...]) -> Problem:
        """The problem with one choice for each column."""
        texts: dict[int, str] = {}
        for column, pick in zip(self.columns, picks, strict=True):
            texts.update(zip(column.at, column.choices[pick], strict=True))
        return filled(self.problem, [texts[n] for n in range(len(texts))])
