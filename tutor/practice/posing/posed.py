"""What all questions have in common."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tutor.errors import InputError
from tutor.solving import Solved
from tutor.symbolic.quantity import PARAMETERS, Kind, Quantity, parameter

A = TypeVar("A")


class Unposable(InputError):
    """A problem has no answer to a question of this kind that is clear enough."""

    def __init__(self, solved: Solved, what: str, instead: str) -> None:
        problem = solved.problem
        self.why = f"{what}; {instead}"
        super().__init__(problem.where, what, instead)


@dataclass(frozen=True)
class Posed:
    """A question on a problem."""

    solved: Solved


def shuffled(items: Iterable[A], stream: str) -> Sequence[A]:
    """The items in an order that hangs on the stream alone."""
    told = tuple(items)
    keys = [hashlib.sha256(f"{stream}/{n}".encode()).digest() for n in range(len(told))]
    return [told[n] for n in sorted(range(len(told)), key=keys.__getitem__)]


def shuffled_names(names: Iterable[str], stream: str) -> Sequence[str]:
    """Names in an order in which one more changes no other's place."""
    return sorted(names, key=lambda name: hashlib.sha256(f"{stream}/{name}".encode()).digest())


def asked_parameters(solved: Solved) -> tuple[Quantity, ...]:
    """The weights and moving biases whose gradients or values are asked; all where none are."""
    kinds = (Kind.GRAD, Kind.CHANGE, *PARAMETERS)
    named = {parameter(q.units) for q in solved.asked if q.kind in kinds}
    problem = solved.problem
    every = [q for q in problem.network.parameters if q.kind is Kind.W or problem.update_biases]
    return tuple(q for q in every if q in named) or tuple(every)
