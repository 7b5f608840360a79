"""What students print for a generated problem: every mistake, every way of rounding."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from random import Random

from tutor.numeric.floats import Floats
from tutor.numeric.rounding import Digits
from tutor.solving import Solved, given_texts, stated_values
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.step import Step


def rounded(value: float, digits: Digits, down: bool) -> float:
    if not value:
        return 0.0
    count = digits.count
    if digits.figures:
        count -= math.floor(math.log10(abs(value))) + 1
    scaled = abs(value) * 10.0**count
    whole = math.floor(scaled + 1e-7) if down else math.floor(scaled + 0.5)
    return math.copysign(whole / 10.0**count, value)


def text(value: float, digits: Digits) -> str:
    if not digits.figures:
        return f"{value:.{digits.count}f}"
    decimals = digits.count - 1 - (math.floor(math.log10(abs(value))) if value else 0)
    return f"{value:.{max(0, decimals)}f}"


def by_hand(
    solved: Solved, steps: Iterable[Step], digits: Digits, random: Random
) -> Mapping[Quantity, str]:
    """The asked numbers of somebody who takes these steps and rounds in her own way."""
    every, down = random.choice((True, False)), random.choice((True, False))
    values = {q: float(eval_text(t)) for q, t in given_texts(solved.problem, solved.run)}
    values |= {q: float(v) for q, v in stated_values(solved.problem, solved.run)}
    for step in steps:
        try:
            value = step.formula.read(Floats(values))
        except (KeyError, ArithmeticError, ValueError):
            continue
        values[step.defines] = rounded(value, digits, down) if every else value
    asked = {q: values[q] for q in solved.asked if q in values}
    return {q: text(rounded(value, digits, down), digits) for q, value in asked.items()}


def eval_text(number: str) -> float:
    top, _, bottom = number.partition("/")
    return float(top) / float(bottom or 1)
