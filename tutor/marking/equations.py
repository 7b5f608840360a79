"""Whether the parts of a line are equal, to what the printed digits explain."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from tutor.marking.bind import Part, Statement
from tutor.marking.own import NO_VALUE, Trace
from tutor.marking.printed import printed as read_number
from tutor.marking.slips import named_slip
from tutor.marking.verdict import Equation
from tutor.numeric.spread import ByHand, Spread, exact, printed
from tutor.symbolic.formula import Formula


def equations(made: Statement, own: Trace) -> tuple[Equation, ...]:
    """Every two neighbouring parts of a statement that can be compared."""
    reading = ByHand(own, own.unit, Literals(own))
    return tuple(_equations([(part, _value(part, reading)) for part in made.parts]))


def _equations(values: list[tuple[Part, Spread | None]]) -> Iterator[Equation]:
    for (left, a), (right, b) in pairwise(values):
        if a is None or b is None:
            continue
        gap = abs(a.mid - b.mid)
        unit = float(right.number.unit) if right.number else 0.0
        unit = max(unit, float(left.number.unit) if left.number else 0.0)
        holds = gap <= (a.radius + b.radius + unit) * (1 + 1e-9)
        cause = "" if holds or right.number is None else named_slip(right.number, Fraction(a.mid))
        yield Equation(left.text, right.text, right.column, holds, a.mid, b.mid, None, cause)


def _value(part: Part, reading: ByHand) -> Spread | None:
    if part.number:
        return exact(float(part.number.value))
    if part.formula is None:
        return None
    return _read(part.formula, reading)


def _read(formula: Formula, reading: ByHand) -> Spread | None:
    try:
        value = reading.outermost(formula)
    except NO_VALUE:
        return None
    return value if value.mid == value.mid else None


class Literals:
    """What may stand behind a number inside a formula: a given one is exact, the student's own
    has the width of her own, any other that of its last digit."""

    def __init__(self, own: Trace) -> None:
        self.given = {abs(spread.mid) for spread in own.given.values()}
        self.seen: dict[str, Spread] = {}

    def __call__(self, text: str) -> Spread:
        if text not in self.seen:
            self.seen[text] = self._spread(text)
        return self.seen[text]

    def _spread(self, text: str) -> Spread:
        number = read_number(text)
        if number is None:
            top, _, bottom = text.partition("/")
            return exact(float(top) / float(bottom or 1))
        value = float(number.value)
        if not number.unit or abs(value) in self.given:
            return exact(value)
        return printed(value, float(number.unit), text)
