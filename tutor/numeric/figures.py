"""The digits that a page prints: results, and operands precise enough to give those results again.

On a page rounded to six figures throughout, most lines would be contradicted by a calculator. So a
line's operands carry as many more digits as that line needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, DecimalException, localcontext
from itertools import chain

from tutor.numeric.exact import CONTEXT, Exact, Unknown, number
from tutor.numeric.rounding import Digits, Rounding
from tutor.numeric.trace import Values, evaluate
from tutor.symbolic.formula import Formula, Num, Sum
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.rewrite import Rewrite, refs
from tutor.symbolic.step import Step

SHOWN = Digits(6, figures=True)
"""How a result is shown where a problem says nothing."""


@dataclass(frozen=True, slots=True)
class PutIn:
    """A step's formula with its numbers put in."""

    numbers: Formula
    tested: tuple[str, bool] | None = None
    """where the formula has cases: the number that decides, and whether it is above 0"""


@dataclass(frozen=True)
class Figures:
    """Values and their texts."""

    values: Values
    """what is carried from step to step"""
    exact: Values
    texts: Mapping[Quantity, str]
    lines: Mapping[Quantity, PutIn]
    unrounded: frozenset[Quantity] = frozenset()
    """steps under a rounding rule that had to use an unrounded value"""
    beside: Mapping[Quantity, tuple[PutIn, str]] = field(default_factory=dict)
    """under a rounding rule, what the product comes to where o - t is carried"""


def written(value: Decimal, digits: Digits) -> str:
    """A number with these digits; one that needs fewer is written with fewer."""
    rounded = digits.round(value)
    return plain(rounded.normalize(CONTEXT)) if rounded == value else _cut(rounded, digits)


def kept(value: Decimal, digits: Digits) -> str:
    """A number rounded by a rule: all the digits that the rule keeps, also where they are 0."""
    rounded = digits.round(value)
    return _cut(rounded, digits) if rounded or not digits.figures else "0"


def _cut(rounded: Decimal, digits: Digits) -> str:
    return plain(rounded, below=WHOLE if digits.unit(rounded) <= 1 else CUT)


WHOLE, CUT = 9, 6
"""Powers of ten from which a number is written with one; its last zeros stand for cut digits."""


def plain(value: Decimal, *, below: int = WHOLE) -> str:
    """The digits without an exponent, or as 1.5e-9 where there would be many zeros."""
    size = value.adjusted()
    if not value:
        return f"{0:.{max(0, -size)}f}"
    if -7 < size < below:
        return f"{value:f}"
    mantissa = value.scaleb(-size, CONTEXT)
    return f"{mantissa:f}e{size}"


class _PutIn(Rewrite):
    """Numbers for quantities; of cases, the branch that is taken."""

    def __init__(self, texts: Mapping[Quantity, str], values: Values) -> None:
        self.texts, self.values = texts, values
        self.tested: tuple[str, bool] | None = None

    def ref(self, to: Quantity) -> Formula:
        return Num(self.texts[to])

    def cases(
        self, x: Formula, above: Callable[[], Formula], otherwise: Callable[[], Formula]
    ) -> Formula:
        taken = x.read(Exact({})) > 0
        if isinstance(x, Num):
            self.tested = (x.text, taken)
        return above() if taken else otherwise()


def put_in(formula: Formula, texts: Mapping[Quantity, str], values: Values) -> PutIn:
    """The formula with these texts as its numbers."""
    reading = _PutIn(texts, values)
    return PutIn(formula.read(reading), reading.tested)


def unrounded_figures(
    steps: Iterable[Step],
    start: Mapping[Quantity, Decimal],
    given: Mapping[Quantity, str],
    pins: Mapping[Quantity, Decimal],
    show: Digits,
) -> Figures:
    """Everything carried at full precision and shown with so many digits."""
    steps = tuple(steps)
    values = evaluate(steps, start, pins)
    texts = {q: given.get(q) or written(value, show) for q, value in values.items()}
    lines = {}
    with localcontext(CONTEXT):
        for step in steps:
            q = step.defines
            if q in values and q not in pins and all(u in values for u in refs(step.formula)):
                lines[q] = reproducing(step.formula, values[q], values, given, show)
    return Figures(values, values, texts, lines)


def reproducing(
    formula: Formula, target: Decimal, values: Values, given: Mapping[Quantity, str], show: Digits
) -> PutIn:
    """The formula with just enough digits put in to give ``target`` to half its last one."""
    allowed = show.unit(target) / 2
    used = tuple(refs(formula))
    more = ((show.more(extra), allowed) for extra in range(20))
    finer = ((Digits(n, figures=True), allowed) for n in range(show.count, CONTEXT.prec + 1))
    none: list[tuple[Digits, Decimal]] = []
    if not target and isinstance(formula, Sum):  # terms that end at one place leave nothing
        size = max((values[u].adjusted() for u in used if values[u]), default=0)
        places = range(max(0, show.count - size - 1), max(0, show.count - size - 1) + 8)
        none = [(Digits(n), Decimal(0)) for n in places]
    for digits, least in chain(none, more, finer):
        texts = {u: given.get(u) or written(values[u], digits) for u in used}
        line = put_in(formula, texts, values)
        try:
            if abs(line.numbers.read(Exact({})) - target) <= least:
                return line
        except DecimalException:
            continue
    return put_in(formula, {u: given.get(u) or plain(values[u]) for u in used}, values)


def rounded_figures(
    steps: Iterable[Step],
    start: Mapping[Quantity, Decimal],
    given: Mapping[Quantity, str],
    pins: Mapping[Quantity, Decimal],
    rounding: Rounding,
) -> Figures:
    """Every step computed from rounded values and rounded itself, as by hand."""
    steps = tuple(steps)
    exact = evaluate(steps, start, pins)
    texts = dict(given)
    lines: dict[Quantity, PutIn] = {}
    unrounded: set[Quantity] = set()

    def compute(step: Step, values: Values) -> Decimal:
        q = step.defines
        if any(u not in texts for u in refs(step.formula)):
            raise Unknown(q)
        line = put_in(step.formula, texts, values)
        try:
            value = line.numbers.read(Exact({}))
        except DecimalException:
            line = put_in(step.formula, {**texts, **_off_the_limits(step, values)}, values)
            value = line.numbers.read(Exact({}))
            unrounded.add(q)
        lines[q] = line
        digits = rounding.digits(q)
        rounded, alone = digits.round(value), line.numbers
        texts[q] = kept(value, digits)
        if isinstance(alone, Num) and number(alone.text) == rounded:
            texts[q] = alone.text  # nothing was computed, as with the slope 1 of a linear unit
        return rounded

    def _off_the_limits(step: Step, values: Values) -> dict[Quantity, str]:
        """Operands that only rounding has brought to a limit, with digits that tell them apart."""
        return {
            u: _beside(exact[u], values[u], rounding.digits(u))
            for u in refs(step.formula)
            if values[u] != exact[u]
        }

    values = evaluate(steps, start, pins, compute)
    beside = {}
    with localcontext(CONTEXT):
        for step in steps:
            q = step.defines
            if step.rule == "net-slope" and step.routes and q in lines:
                route = step.routes[0]
                if all(u in texts for u in refs(route)):
                    line = put_in(route, texts, values)
                    value = kept(line.numbers.read(Exact({})), rounding.digits(q))
                    beside[q] = (line, value)
    return Figures(values, exact, texts, lines, frozenset(unrounded), beside)


def _beside(exact: Decimal, rounded: Decimal, digits: Digits) -> str:
    """``exact`` with as many more digits as tell it from what it was rounded to, and three more."""
    for extra in range(50):
        if digits.more(extra).round(exact) != rounded:
            return written(exact, digits.more(extra + 3))
    return plain(exact)
