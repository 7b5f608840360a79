"""A solution as JSON: every quantity under its canonical key."""

from __future__ import annotations

import json
from decimal import Decimal
from math import isfinite
from typing import TypedDict

from tutor.numeric.exact import as_float
from tutor.pages.plain import Keys, Plain, plain_sentence
from tutor.pages.remarks import remarks
from tutor.pages.words import Words
from tutor.solving import Solved
from tutor.symbolic.formula import Formula, Num, Product, Ref, Sum
from tutor.symbolic.quantity import Kind, Quantity
from tutor.symbolic.step import Step


class Entry(TypedDict, total=False):
    """One quantity. ``value`` is what is carried, ``exact`` the same never rounded.

    ``name`` equals the quantity: -Err6 where Err6 stands for minus it. ``factors`` are keys, where
    it is a product of other quantities and nothing else. ``terms`` are those of a sum, each a key
    or a formula in keys.
    """

    name: str
    value: float | None
    exact: float | None
    shown: str
    rule: str
    formula: str
    numbers: str
    factors: list[str]
    terms: list[str]


class Checks(TypedDict):
    """What was checked before anything was printed.

    Every slope was derived by sympy (``symbolic``). ``checked`` numbers were computed a second way:
    slopes by central differences of E, or ``by_steps`` of each step's formula where the question
    states values. ``central_differences`` is the largest relative difference among them, without
    the ``beyond`` that are so small beside what they come from that rounding explains the whole
    difference.
    """

    symbolic: bool
    central_differences: float
    checked: int
    beyond: int
    by_steps: bool


def solution_json(solution: Solved, words: Words) -> str:
    """Strict JSON, keys in the order of computing."""
    keys = Keys(solution.naming)
    plain = Plain(solution.naming)
    figures, steps = solution.figures, solution.run.by_quantity
    quantities: dict[str, Entry] = {}
    for q, value in figures.values.items():
        entry: Entry = {
            "name": plain.write(Ref(q)),
            "value": _number(value),
            "exact": _number(figures.exact[q]),
            "shown": figures.texts[q],
            "rule": "given",
        }
        if q in figures.lines and q not in solution.pinned:
            entry |= _line(keys, steps[q], figures.lines[q].numbers)
        quantities[q.key] = entry
    problem, certificate = solution.problem, solution.certificate
    checks: Checks = {
        "symbolic": True,
        "central_differences": certificate.central_differences,
        "checked": certificate.checked,
        "beyond": certificate.beyond,
        "by_steps": certificate.by_steps,
    }
    content = {
        "problem": {
            "title": problem.title,
            "source": problem.source,
            "sizes": list(problem.network.sizes),
            "loss": problem.network.loss_name,
            "learning_rate": problem.learning_rate,
            "rounding": str(problem.rounding.default) if problem.rounding else "none",
            "show": str(problem.show),
            "notation": problem.notation,
        },
        "quantities": quantities,
        "asked": [q.key for q in solution.asked],
        "remarks": [
            plain_sentence(solution.naming, sentence) for sentence in remarks(solution, words.say)
        ],
        "certificate": checks,
    }
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _number(value: Decimal) -> float | None:
    """A JSON number; none for what no double can hold. ``shown`` has it in any case."""
    return as_float(value) if isfinite(as_float(value)) else None


def _line(keys: Keys, step: Step, numbers: Formula) -> Entry:
    entry: Entry = {
        "rule": step.rule,
        "formula": keys.write(step.formula),
        "numbers": keys.write(numbers),
    }
    if isinstance(step.formula, Product):
        factors = [x for x in step.formula.xs if x != Num("1")]  # a bias has 1 for an input
        if all(isinstance(x, Ref) for x in factors):
            entry["factors"] = [keys.write(x) for x in factors]
    elif isinstance(step.formula, Sum):
        entry["terms"] = _terms(keys, step, step.formula)
    return entry


def _terms(keys: Keys, step: Step, formula: Sum) -> list[str]:
    """A sum's terms; those that are quantities, such as one path's part, by their keys."""
    q = step.defines
    if step.rule == "hidden-slope":
        return [Quantity(Kind.PATH, (q.units[0], _via(x)), q.at).key for x in formula.xs]
    return [keys.write(x) for x in formula.xs]


def _via(term: Formula) -> str:
    """The unit through which a path goes: the receiver of its weight."""
    factors = term.xs if isinstance(term, Product) else (term,)
    return next(x.to.units[0] for x in factors if isinstance(x, Ref) and x.to.kind is Kind.DE_DNET)
