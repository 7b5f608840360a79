"""Numbers put into a line that are not those of the quantities that they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tutor.marking.printed import Printed, printed
from tutor.marking.putin import put_into
from tutor.marking.slips import slip
from tutor.marking.statement import Part, Statement
from tutor.marking.verdict import Equation
from tutor.marking.working import Working
from tutor.symbolic.formula import Formula, Ref
from tutor.symbolic.quantity import Quantity

BY_PEN = ("digits-swapped", "decimal-point")


@dataclass(frozen=True, slots=True)
class Copy:
    """A number that was put in, and the one that stands for the quantity."""

    equation: Equation
    put: Printed
    meant: Printed
    sure: bool
    """whether the one is the other with a slip of the pen, and no other number of the page"""

    def shown(self, equation: Equation) -> Equation:
        """The equation with the wrong copy told, if it is the one that holds it."""
        told = self.put.text, self.meant.text
        return replace(equation, copied=told) if equation is self.equation else equation


def miscopied(working: Working, made: Statement, equations: tuple[Equation, ...]) -> Copy | None:
    """The one wrong number in a formula of the right shape, where what it comes to is right."""
    parts = {part.text: part.formula for part in made.parts if not part.number}
    for equation in equations:
        line = parts.get(equation.left)
        for form in working.forms.get(made.quantity, ()) if made.quantity and line else ():
            wrong = _wrong(working, form, line) if line and made.scale == 1 else None
            if wrong and len(wrong) == 1 and equation.holds:
                ((put, meant),) = wrong
                sure = _slip_of_pen(put, meant) and put.float_value not in _known(working)
                return Copy(equation, put, meant, sure)
    return None


def rounded_in(working: Working, made: Statement) -> Iterator[float]:
    """What the parts of a line come to into which numbers are put with fewer digits than stand."""
    for part in worked(made):
        for form in working.forms.get(made.quantity, ()) if made.quantity else ():
            pairs = put_into(form, part.formula) if part.formula else None
            value = working.plain.of(part.formula) if part.formula and pairs else None
            if value and all(_is_rounded(working, u, text) for u, text in pairs or ()):
                yield value.mid


def worked(made: Statement) -> Iterator[Part]:
    """The parts of a line that it computes its number from."""
    return (part for part in made.parts if part.formula and not part.number)


def _is_rounded(working: Working, u: Quantity, text: str) -> bool:
    """Whether a number is what stands for a quantity, or follows, rounded or not."""
    put, value = printed(text), working.plain.of(Ref(u))
    if put is None or value is None:
        return False
    return abs(put.float_value - value.mid) <= put.float_unit * (0.5 + 1e-9)


def _wrong(working: Working, form: Formula, line: Formula) -> set[tuple[Printed, Printed]] | None:
    """The numbers of a line that differ from those that stand; None where nothing tells one."""
    found = set()
    for u, text in put_into(form, line) or ():
        put, given, own = printed(text), _given(working, u), tuple(_own(working, u))
        meant = own[-1] if own else given
        if put and meant is None and _follows(working, u, put):
            continue
        if put is None or meant is None:
            return None
        same = given is not None and _is_given(put, given)
        if not same and all(abs(put.value - one.value) > max(put.unit, one.unit) for one in own):
            found.add((put, meant))
    return found


def _follows(working: Working, u: Quantity, put: Printed) -> bool:
    """Whether a number may be what a quantity that is not stated comes to."""
    value = working.own(put).step(u) if u in working.forms else None
    return value is not None and value.within(put.float_value, put.float_unit)


def _is_given(put: Printed, given: Printed) -> bool:
    """Whether a number is a given one, which may have been rounded or cut."""
    return abs(put.value - given.value) <= (put.unit if put.unit > given.unit > 0 else 0)


def _given(working: Working, u: Quantity) -> Printed | None:
    """The number that the problem has for a quantity."""
    text = working.frame.solved.figures.texts.get(u) if u in working.frame.given else None
    return printed(text) if text else None


def _own(working: Working, u: Quantity) -> Iterator[Printed]:
    """The numbers that stand for a quantity on the page."""
    for made in working.statements:
        if made.quantity == u and made.scale == 1 and made.number:
            yield made.number


def _known(working: Working) -> set[float]:
    """Every value that stands on the page or in the problem."""
    given = (spread.mid for spread in working.frame.given.values())
    return {*given, *(made.number.float_value for made in working.statements if made.number)}


def _slip_of_pen(put: Printed, meant: Printed) -> bool:
    """Whether digits have changed places, the point has moved, or one digit is another or gone."""
    a, b = put.text, meant.text
    one_off = len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1
    one_gone = a in {b[:n] + b[n + 1 :] for n in range(len(b))}
    return one_off or one_gone or any(put in slip(id, meant) for id in BY_PEN)
