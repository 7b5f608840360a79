"""Whether the parts of a line are equal, to what the printed digits explain."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from tutor.marking.own import NO_VALUE, Trace, used
from tutor.marking.printed import printed as read_number
from tutor.marking.slips import named_slip
from tutor.marking.statement import Part, Statement
from tutor.marking.verdict import Equation
from tutor.numeric.floats import float_of
from tutor.numeric.points import Points
from tutor.numeric.spread import ByHand, Spread, Spreads, exact, printed


def equations(
    made: Statement, own: Trace, plain: Trace, written: frozenset[str]
) -> tuple[Equation, ...]:
    """Every two neighbouring parts of a statement that can be compared; ``written`` are the stated
    numbers as texts."""
    by_hand, calculator = (
        ByHand(own, own.unit, Literals(_given(made, plain), written)),
        Points(plain),
    )
    told = _compared(made, by_hand, calculator)
    if all(equation.holds for equation in told):
        return told
    by_hand.log = calculator.log = "log10"
    by_ten = _compared(made, by_hand, calculator)
    return by_ten if all(equation.holds for equation in by_ten) else told


def _compared(made: Statement, by_hand: Spreads, calculator: Points) -> tuple[Equation, ...]:
    values = [(part, _value(part, by_hand), _value(part, calculator)) for part in made.parts]
    return tuple(_equations(values))


Valued = tuple[Part, Spread | None, Spread | None]
"""A part, what it may come to by hand, and what a calculator shows for it."""


def _equations(values: list[Valued]) -> Iterator[Equation]:
    for (left, a, just_a), (right, b, just_b) in pairwise(values):
        if a is None or b is None or just_a is None or just_b is None:
            continue
        unit = max(float(part.number.unit) if part.number else 0.0 for part in (left, right))
        holds = abs(a.mid - b.mid) <= (a.radius + b.radius + unit) * (1 + 1e-9)
        told = math.isfinite(just_a.mid) and right.number is not None and not holds
        cause = ""
        if told and right.number and math.isfinite(a.radius):
            cause = named_slip(right.number, Fraction(just_a.mid), Fraction(a.radius))
        values_of = just_a.mid, just_b.mid
        yield Equation(left.text, right.text, right.column, holds, *values_of, None, cause)


def _value(part: Part, reading: Spreads | Points) -> Spread | None:
    if part.number:
        return exact(float(part.number.value))
    if part.formula is None:
        return None
    try:
        value = reading.outermost(part.formula)
    except NO_VALUE:
        return None
    return None if math.isnan(value.mid) else value


def _given(made: Statement, plain: Trace) -> frozenset[float]:
    """The stated numbers that may stand in a line: those of the quantities that it names, else all;
    but none that the student has come to."""
    formulas = [part.formula for part in made.parts if part.formula and not part.number]
    named = {u for formula in formulas for u in used(formula)} or plain.given.keys()
    values = {abs(plain.given[u].mid) for u in named if u in plain.given}
    return frozenset(values - {abs(spread.mid) for spread in plain.pins.values()})


class Literals:
    """What may stand behind a number inside a formula: a given one is exact, unless the student has
    come to the same, or shows by more zeros that it is rounded; any other has the width of its
    last digit."""

    def __init__(self, given: frozenset[float], written: frozenset[str]) -> None:
        self.given, self.written = given, written
        self.seen: dict[str, Spread] = {}

    def __call__(self, text: str) -> Spread:
        if text not in self.seen:
            self.seen[text] = self._spread(text)
        return self.seen[text]

    def _spread(self, text: str) -> Spread:
        number = read_number(text)
        if number is None:
            return exact(float_of(text))
        value = float(number.value)
        if not number.unit or (abs(value) in self.given and self._copied(text)):
            return exact(value)
        return printed(value, float(number.unit), text)

    def _copied(self, text: str) -> bool:
        padded = "." in text and text.endswith("0")
        return not padded or text.lstrip("-") in self.written
