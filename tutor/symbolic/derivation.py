"""All steps of one presentation of one pattern: the forward pass and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import sympy

from tutor.symbolic.backprop import backward, slope_of_error
from tutor.symbolic.formula import Formula, Ref, minus
from tutor.symbolic.network import Network, forward
from tutor.symbolic.proof import NotEqual, as_sympy, is_zero, symbol
from tutor.symbolic.quantity import DE_DNET, Kind, O, Quantity, T
from tutor.symbolic.rewrite import refs
from tutor.symbolic.step import Step

SLOPES = (Kind.DE_DO, Kind.LOCAL)


@dataclass(frozen=True)
class Derivation:
    """The steps of a shape, symbols only; every local slope and shortcut is proved by sympy."""

    network: Network
    forward: tuple[Step, ...]
    backward: tuple[Step, ...]

    @cached_property
    def steps(self) -> dict[Quantity, Step]:
        """Every step by what it defines."""
        return {step.defines: step for step in (*self.forward, *self.backward)}

    @property
    def gradients(self) -> tuple[Quantity, ...]:
        """dE/dw of every weight and bias."""
        return tuple(slope_of_error(q) for q in self.network.parameters)


@cache
def derive(
    network: Network, *, given: frozenset[Quantity] = frozenset(), merged: bool = False
) -> Derivation:
    """Derive a shape once. ``given`` quantities are stated by the question.

    With ``merged``, dE/dnet of an output is o - t where the loss and the transfer function match,
    instead of the product that it comes to.
    """
    steps = tuple(forward(network))
    shortcuts = {DE_DNET(j): minus(Ref(O(j)), Ref(T(j))) for j in network.outputs}
    stated = {q for q in given if q.kind in SLOPES and q.units[0] in network.outputs}
    if stated or not network.matched:
        shortcuts = {}
    back = tuple(backward(steps, given, shortcuts, merged=merged))
    _prove_shortcuts(network, back, shortcuts)
    return Derivation(network, steps, back)


def _prove_shortcuts(
    network: Network,
    back: tuple[Step, ...],
    shortcuts: Mapping[Quantity, Formula],
) -> None:
    """o - t is the sum of products, the targets of a softmax adding up to 1."""
    known = {q: as_sympy(s.formula) for s in back if (q := s.defines) not in shortcuts}
    first, *others = network.outputs
    if others and network.layers[-1].softmax:
        rest = sympy.Add(*(symbol(T(j)) for j in others))
        known[T(first)] = 1 - rest
        known = {q: e.xreplace({symbol(T(first)): 1 - rest}) for q, e in known.items()}
    for step in back:
        if step.defines in shortcuts:
            form, *routes = (as_sympy(f, known) for f in (step.formula, *step.routes))
            if not all(is_zero(form - route) for route in routes):
                raise NotEqual(f"{step.defines.key}: its formulas differ")


def closure(steps: Mapping[Quantity, Step], asked: tuple[Quantity, ...]) -> set[Quantity]:
    """What is asked and all that it needs."""
    needed: set[Quantity] = set()
    waiting = list(asked)
    while waiting:
        q = waiting.pop()
        if q not in needed:
            needed.add(q)
            if q in steps:
                waiting += refs(steps[q].formula)
    return needed
