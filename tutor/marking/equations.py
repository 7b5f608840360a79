"""Whether the parts of a line are equal, to what the printed digits explain."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

from tutor.marking.own import NO_VALUE, Trace, used
from tutor.marking.printed import printed as read_number
from tutor.marking.putin import put_into
from tutor.marking.slips import named_slip
from tutor.marking.statement import Part, Statement
from tutor.marking.verdict import Equation
from tutor.numeric.floats import float_of
from tutor.numeric.points import Points
from tutor.numeric.spread import RESIDUE, ByHand, Spread, Spreads, exact, printed
from tutor.symbolic.formula import Ref
from tutor.symbolic.quantity import Quantity

MayBe = Callable[[float, float], bool]
"""Whether a number, by its size and last unit, may be a student's own."""


def equations(
    made: Statement, own: Trace, plain: Trace, written: frozenset[str]
) -> tuple[Equation, ...]:
    """Every two neighbouring parts of a statement that can be compared; ``written`` are the stated
    numbers as texts."""
    given = _given(made, plain)
    by_hand = ByHand(own, own.unit, Literals(given, plain.printed, written))
    calculator = Points(plain)
    told = _compared(made, by_hand, calculator)
    if all(equation.holds for equation in told):
        return told
    by_hand.literal = Literals(given, plain.printed, written, _own(made, own))
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
        unit = max(part.number.float_unit if part.number else 0.0 for part in (left, right))
        holds = abs(a.mid - b.mid) <= (a.radius + b.radius + unit) * (1 + 1e-9) + RESIDUE
        told = math.isfinite(just_a.mid) and right.number is not None and not holds
        cause = ""
        if told and right.number and math.isfinite(a.radius):
            cause = named_slip(right.number, Fraction(just_a.mid), Fraction(a.radius))
        values_of, start = (just_a.mid, just_b.mid), left.column
        yield Equation(left.text, right.text, right.column, holds, *values_of, None, cause, start)


def _value(part: Part, reading: Spreads | Points) -> Spread | None:
    if part.number:
        return exact(part.number.float_value)
    if part.formula is None:
        return None
    try:
        value = reading.outermost(part.formula)
    except NO_VALUE:
        return None
    return None if math.isnan(value.mid) else value


def _given(made: Statement, plain: Trace) -> frozenset[float]:
    """The stated numbers that may stand in a line: those of the quantities that it names, else
    all."""
    formulas = (part for part in made.parts if not part.number)
    named = {u for part in formulas for u in part.names}
    if not named:
        return plain.stated
    return frozenset(abs(plain.given[u].mid) for u in named if u in plain.given)


def _own(made: Statement, own: Trace) -> MayBe:
    """Which numbers of a line may be what the student has come to, written or not: those in its
    place, where the line fills in a formula, else all that are near."""
    q = made.quantity
    lines = [part.formula for part in made.parts if part.formula and not part.number]
    forms = own.formulas.get(q, ()) if q else ()
    for pairs in (put_into(form, line) for form in forms for line in lines):
        if pairs and all(_is_given(own, u, text) for u, text in pairs if u in own.given):
            placed = [(float_of(text), own.of(Ref(u))) for u, text in pairs if u not in own.given]
            return lambda value, unit: any(
                x is not None and abs(put) == value and x.within(put, unit) for put, x in placed
            )
    first = _before(own, q) if q else set()
    names = first.union(*(_before(own, u) for u in first)) - own.given.keys()
    near = [value for u in names if (value := own.of(Ref(u)))]
    return lambda value, unit: any(x.within(value, unit) or x.within(-value, unit) for x in near)


def _is_given(own: Trace, q: Quantity, text: str) -> bool:
    """Whether a number is the one that is stated for a quantity."""
    return math.isclose(own.given[q].mid, float_of(text), rel_tol=1e-12)


def _before(own: Trace, q: Quantity) -> set[Quantity]:
    return {u for form in own.formulas.get(q, ()) for u in used(form)}


class Literals:
    """What may stand behind a number inside a formula: a given one is exact, unless it shows by
    more zeros that it is rounded; any other has the width of its last digit. A given one that the
    student has also come to has that width, too, each time another: either may be meant. So has one
    that ``may_be`` tells."""

    def __init__(
        self,
        given: frozenset[float],
        own: frozenset[float],
        written: frozenset[str],
        may_be: MayBe = lambda value, unit: False,
    ) -> None:
        self.given, self.own, self.written, self.may_be = given, own, written, may_be
        self.seen: dict[str, Spread] = {}

    def __call__(self, text: str) -> Spread:
        if text not in self.seen:
            number = read_number(text)
            value = number.float_value if number else float_of(text)
            unit = number.float_unit if number else 0.0
            given = abs(value) in self.given
            if given and (abs(value) in self.own or self.may_be(abs(value), unit)):
                return printed(value, unit, object())
            self.seen[text] = printed(value, 0.0 if given and self._copied(text) else unit, text)
        return self.seen[text]

    def _copied(self, text: str) -> bool:
        padded = "." in text and text.endswith("0")
        return not padded or text.lstrip("-") in self.written
