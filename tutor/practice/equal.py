"""How hard a draw is: what variants of one set have in common."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from tutor.practice.drawing import Picks
from tutor.practice.draws import Draws, Flags
from tutor.practice.exercise import Exercise
from tutor.symbolic.formula import Call, Cases, Formula, Neg, Power, Product, Quotient, Ref, Sum
from tutor.symbolic.quantity import Quantity

Ints = npt.NDArray[np.int64]

COMPARABLE = 3.0
"""Condition numbers differ at most by this factor either way from the usual one."""
FEW = 0.25
"""Given digits differ at most by this part of them from the usual number."""


@dataclass(frozen=True, slots=True)
class Effort:
    """Of each draw."""

    operations: Ints
    """additions, multiplications and functions that are not trivial, to all that is asked"""
    negatives: Ints
    """negative factors in all products"""
    digits: Ints
    """significant digits of the given numbers"""


@dataclass(frozen=True, slots=True)
class Standard:
    """What every draw of a recipe is held to."""

    operations: int
    negatives: int
    """or one more"""
    digits: tuple[float, float]

    @classmethod
    def usual(cls, effort: Effort) -> Standard:
        """What most of some draws have. There must be one."""
        operations = Counter(effort.operations.tolist()).most_common(1)[0][0]
        found = Counter(effort.negatives[effort.operations == operations].tolist())
        negatives = max(found, key=lambda n: (found[n] + found[n + 1], -n))
        middle = float(np.median(effort.digits))
        return cls(operations, negatives, (middle * (1 - FEW), middle * (1 + FEW)))

    def met(self, effort: Effort) -> Flags:
        """Which draws are as hard."""
        low, high = self.digits
        met: Flags = effort.operations == self.operations
        met = met & (effort.negatives >= self.negatives) & (effort.negatives <= self.negatives + 1)
        return met & (effort.digits >= low) & (effort.digits <= high)


def effort(exercise: Exercise, draws: Draws) -> Effort:
    """How hard each draw is."""
    count = len(draws)
    operations, negatives = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    for step in exercise.steps:
        operations += _operations(step.formula)
        for q in _factors(step.formula):
            value = draws.rows[q]
            operations -= (value == 0) | (np.abs(value) == 1)
            negatives += value < 0
    return Effort(operations, negatives, _digits(exercise, draws.picks))


def _digits(exercise: Exercise, picks: Picks) -> Ints:
    total = np.zeros(len(picks), dtype=np.int64)
    for n, column in enumerate(exercise.recipe.columns):
        counts = [sum(map(_figures, choice)) for choice in column.choices]
        total += np.array(counts)[picks[:, n]]
    return total


def _figures(text: str) -> int:
    digits = "".join(c for c in text if c.isdigit()).lstrip("0")
    return max(1, len(digits))


@cache
def _operations(formula: Formula) -> int:
    inner = sum(map(_operations, _parts(formula)))
    match formula:
        case Sum(xs) | Product(xs):
            return inner + len(xs) - 1
        case Quotient() | Power() | Call():
            return inner + 1
        case _:
            return inner


@cache
def _factors(formula: Formula) -> tuple[Quantity, ...]:
    """What is multiplied by something else."""
    mine = formula.xs if isinstance(formula, Product) else ()
    inner = (q for part in _parts(formula) for q in _factors(part))
    return (*(x.to for x in mine if isinstance(x, Ref)), *inner)


def _parts(formula: Formula) -> tuple[Formula, ...]:
    match formula:
        case Sum(xs) | Product(xs):
            return xs
        case Quotient(a, b):
            return a, b
        case Neg(x) | Power(x, _) | Call(_, x):
            return (x,)
        case Cases(x, _, _):
            return (x,)
        case _:
            return ()
