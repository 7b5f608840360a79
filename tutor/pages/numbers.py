"""Numbers with as many digits as one that a student wrote."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite

from tutor.marking.printed import Printed
from tutor.marking.verdict import Verdict
from tutor.numeric.exact import Exact
from tutor.numeric.figures import SHOWN, written
from tutor.numeric.rounding import Digits

MORE = 9
"""Digits that may be added until two numbers look different."""


def comes_to(verdict: Verdict) -> str:
    """What the line with the student's numbers comes to on a calculator that has those numbers."""
    assert verdict.goes_on
    line, text = verdict.goes_on
    try:
        value = line.numbers.read(Exact({}))
    except (ArithmeticError, TypeError):
        return text
    return like(value, verdict.answered)


def like(value: float | Decimal, example: Printed | None, more: int = 0) -> str:
    """The value with the example's decimals; with six figures where it shows none."""
    digits = Digits(example.decimals) if example and example.decimals else SHOWN
    return written(Decimal(value), digits.more(more))


def apart(one: float, other: float, example: Printed | None) -> tuple[str, str] | None:
    """Two values with as few digits more as show that they differ; None where none do."""
    if not (isfinite(one) and isfinite(other)):
        return None
    for more in range(MORE):
        texts = like(one, example, more), like(other, example, more)
        if texts[0] != texts[1]:
            return texts
    return None
