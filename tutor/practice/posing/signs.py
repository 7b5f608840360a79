"""Which weights grow and which shrink, by signs alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tutor.numeric.bounds import ANYTHING, BETWEEN_0_AND_1, Between, Bounds, just, of_sign
from tutor.numeric.floats import float_of
from tutor.practice.posing.posed import Posed, Unposable, asked_parameters, shuffled
from tutor.solving import Solved, given_texts
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.formula import Formula
from tutor.symbolic.quantity import Kind, Quantity
from tutor.symbolic.rewrite import refs

MOST = 4
"""Weights of one question."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Where a quantity lies, by which formula."""

    quantity: Quantity
    bounds: Bounds
    rule: str
    formula: Formula
    used: tuple[tuple[Quantity, Bounds], ...]
    """the quantities in it"""


@dataclass(frozen=True)
class Signs(Posed):
    """Each weight with the sign of its step: 1 where it grows."""

    answers: tuple[tuple[Quantity, int], ...]
    reasons: tuple[Reason, ...]
    """in the order in which they follow from each other"""


def signs(solved: Solved, stream: str) -> Signs:
    """Weights whose step has a sign that follows from the signs of what is given."""
    tables = _Known(solved, nets=False), _Known(solved, nets=True)
    at = solved.run.updates[0].at
    slopes = {w: slope_of_error(w).marked(at) for w in asked_parameters(solved)}
    sure = {
        w: (table.bounds[q].sign, table)
        for table in reversed(tables)
        for w, q in slopes.items()
        if table.bounds[q].sign is not None
    }
    chosen = _chosen({w: -sign for w, (sign, _) in sure.items() if sign is not None}, stream)
    if len(set(chosen.values())) < 2:
        what = "no two weights of different steps have signs that follow from the given ones"
        instead = "use targets that the outputs cannot pass, such as 0 and 1 for sigmoid units"
        raise Unposable(solved, what, instead)
    answers = tuple((w, chosen[w]) for w in slopes if w in chosen)
    reasons: dict[tuple[Quantity, Bounds], Reason] = {}
    for w, _ in answers:
        _, table = sure[w]
        for one in table.reasons(slopes[w]):
            reasons.setdefault((one.quantity, one.bounds), one)
    return Signs(solved, answers, tuple(reasons.values()))


def _chosen(steps: Mapping[Quantity, int], stream: str) -> dict[Quantity, int]:
    """Some of them, of each sign in turn."""
    groups = [
        [w for w in shuffled(steps, f"{stream}/weights") if steps[w] == sign] for sign in (1, -1, 0)
    ]
    turns = sorted((n, k, w) for k, group in enumerate(groups) for n, w in enumerate(group))
    return {w: steps[w] for _, _, w in turns[:MOST]}


class _Known:
    """What signs alone say of every quantity; of an output also by its net input, with ``nets``."""

    def __init__(self, solved: Solved, *, nets: bool) -> None:
        self.steps = {q: s for q, s in solved.run.by_quantity.items() if q not in solved.pinned}
        self.formulas: dict[Quantity, Formula] = {}
        self.bounds = {
            q: just(float_of(text)) if q.kind is Kind.T else of_sign(float_of(text))
            for q, text in given_texts(solved.problem, solved.run)
        }
        for q, step in self.steps.items():
            if q.kind is Kind.NET and not nets:
                continue
            found = [
                (form, form.read(Between(self.bounds))) for form in (step.formula, *step.routes)
            ]
            sure = [one for one in found if one[1].sign is not None]
            self.formulas[q], self.bounds[q] = (sure or found)[0]
            if step.rule == "softmax" and len(solved.problem.network.outputs) > 1:
                self.bounds[q] = BETWEEN_0_AND_1

    def reasons(self, q: Quantity) -> Iterator[Reason]:
        """Why a quantity lies where it does, what it follows from first."""
        if q not in self.formulas:
            return
        formula, rule = self.formulas[q], self.steps[q].rule
        alone = rule == "softmax" or formula.read(Between({})) == self.bounds[q]
        used = () if alone else tuple(refs(formula))
        for u in used:
            yield from self.reasons(u)
        yield Reason(
            q, self.bounds[q], rule, formula, tuple((u, self.bounds.get(u, ANYTHING)) for u in used)
        )
