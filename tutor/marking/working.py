"""What a student has written, as numbers: the values that later lines may come from."""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from tutor.marking.frame import Frame
from tutor.marking.own import Habit, Trace, Unit, Way, unrounded, used
from tutor.marking.printed import Printed
from tutor.marking.printed import printed as printed_number
from tutor.marking.routes import Routes
from tutor.marking.statement import Bound, Statement
from tutor.numeric.spread import Spread, exact, printed
from tutor.symbolic.formula import Formula
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.rewrite import literals

FEWEST = 2
"""Figures, and decimals, that everybody keeps."""
PLAIN_FROM = 10
"""A whole number of this size may stand for a rounded one."""
SAME = 1e-12
"""What floats may differ by, where two numbers are one."""
MOST_ATTEMPTS = 8
"""Attempts at a page that are told apart; the last holds what follows."""


class Answer(NamedTuple):
    """What a statement says its quantity is, in the quantity's own sign."""

    value: float
    unit: float
    number: Printed | None
    """as it is written"""
    scale: Fraction = Fraction(1)
    """the value is this many times what is written"""


class Working:
    """A page under one reading: every quantity's printed value, and what follows from those.

    Where a quantity gets another number, another attempt begins. Up to the line ``end`` of the
    next one, what comes later counts only where nothing has been stated before.
    """

    def __init__(self, frame: Frame, bound: Bound, end: int | None = None) -> None:
        self.frame, self.statements, self.bound = frame, bound.statements, bound
        self.end = end
        self.helpers = bound.helpers
        extra = {q: (step.formula,) for q, step in bound.extra.items()}
        own = {q: (formula,) for q, formula in bound.helpers.items()}
        self.forms: dict[Quantity, tuple[Formula, ...]] = {**frame.forms, **extra, **own}
        self.pins: dict[Quantity, Spread] = {}
        self._traces: dict[Hashable, Trace] = {}
        self._routes: dict[Unit, Routes] = {}
        self.pinned_by: dict[Quantity, int] = {}
        self._alike: dict[Quantity, list[int]] = {}
        """the statements that give a quantity the number that it has"""
        self._ends: list[int] = []
        for n, made in enumerate(self.statements):
            if end is None or made.line < end or made.quantity not in self.pins:
                self._pin(n, made)

    def _pin(self, n: int, made: Statement) -> None:
        answer = self.answer(made)
        q = made.quantity
        if q is None or answer is None or q in self.frame.given:
            return
        if made.number is None and self.always(made):
            return
        before = self.pinned_by.get(q)
        if before is not None and answer.number:
            old = self.statements[before].number
            if old and answer.number.covers(old) and answer.number.unit > old.unit:
                return
        pin = printed(answer.value, answer.unit, q)
        if before is not None and not _alike(pin, self.pins[q]):
            self._alike.pop(q)
            self._begin(self.statements[before].line, made.line)
        self._alike.setdefault(q, []).append(n)
        self.pins[q], self.pinned_by[q] = pin, n

    def _begin(self, before: int, line: int) -> None:
        """Another attempt begins where this one has stated the quantity in a line before."""
        began = self._ends[-1] if self._ends else 0
        if began <= before < line and len(self._ends) < MOST_ATTEMPTS - 1:
            self._ends.append(line)

    def earlier(self) -> Iterator[Working]:
        """The page as each attempt but the last has it."""
        return (Working(self.frame, self.bound, end) for end in self._ends)

    def answer(self, made: Statement) -> Answer | None:
        """The number that a statement comes to; of a formula, its value at the student's own."""
        scale = made.factor
        if made.number:
            number = made.number
            unit = number.float_unit or self._whole(number, made.quantity)
            return Answer(number.float_value * scale, unit * abs(scale), number, made.scale)
        if made.last is None:
            return None
        value = Trace(self.forms, self.frame.given, self.pins, unrounded).of(made.last)
        if value is None or not math.isfinite(value.mid + value.radius):
            return None
        return Answer(value.mid * scale, value.radius, None, made.scale)

    def _whole(self, number: Printed, q: Quantity | None) -> float:
        """The unit of a plain integer that stands for a rounded number: 35 for 35.2, 0 for 0.00, 1
        for 1.00."""
        value = self.frame.truth.get(q, 0.0) if q else 0.0
        if value == int(value):
            return 0.0
        if abs(number.value) < PLAIN_FROM:
            kept = self.habit.unit(number.float_value) if number.value else 0.0
            return max(kept, float(10**-self._zeros)) if self._zeros else 0.0
        digits = str(abs(number.value))
        return float(10 ** (len(digits) - max(2, len(digits.rstrip("0")))))

    @cached_property
    def _zeros(self) -> int:
        """The decimals that a bare digit stands for: those of half of the results."""
        shown = (made.number for made in self.statements)
        decimals = sorted(number.decimals for number in shown if number and number.unit)
        return decimals[len(decimals) // 2] if decimals else 0

    def always(self, made: Statement) -> bool:
        """Whether the formula that a statement ends in is right whatever the numbers are."""
        if made.last is None or made.quantity is None:
            return False
        return self.frame.samples.identical(made.last, made.quantity, made.factor)

    def height(self, made: Statement) -> float:
        """Where a statement's quantity stands among the steps."""
        q, order = made.quantity, self.frame.order
        if q is None:
            return float(len(order))
        if q in order:
            return order[q]
        if q in self.forms:
            return max((order.get(u, -1.0) for u in used(self.forms[q][0])), default=0.0) + 0.5
        return -1.0

    @cached_property
    def habit(self) -> Habit:
        """The digits that most numbers of the page show, those put in among them; never those of
        a single one, which may be a slip."""
        seen = [number for made in self.statements for number in numbers(made)]
        decimals = sorted(number.decimals for number in seen)
        figures = sorted(number.figures for number in seen)
        most = min(len(seen) * 3 // 4, max(0, len(seen) - 2))
        return Habit(max(FEWEST, decimals[most]), max(FEWEST, figures[most])) if seen else Habit()

    def own(
        self,
        number: Printed | None,
        without: Collection[Quantity] = (),
        way: Way = Way.WRITTEN,
    ) -> Trace:
        """The steps with the student's numbers, but for some; what is between may be rounded to the
        digits of a number, or of the page where that shows more."""
        habit = self.shown(number)
        key = habit, frozenset(without), way
        if key not in self._traces:
            if habit:
                self._traces[key] = self.own(None, without, way).kept(habit.unit)
            else:
                pins = {q: pin for q, pin in self.pins.items() if q not in without}
                self._traces[key] = Trace(self.forms, self.frame.given, pins, unrounded, way=way)
        return self._traces[key]

    def shown(self, number: Printed | None) -> Habit | None:
        """The digits of a number, or of the page where that shows more; None where it is exact."""
        if number is None or not (number.unit or self._zeros):
            return None
        decimals = max(self.habit.decimals, number.decimals)
        return Habit(decimals, max(self.habit.figures, number.figures))

    def ways(
        self, q: Quantity, number: Printed | None, without: Collection[Quantity] = ()
    ) -> Iterator[Trace]:
        """The same by each way to q through the steps that are not written; with nothing rounded
        between, where rounding may leave no value (the ln of 0.0000)."""
        first, *others = Way
        trace = self.own(number, without, first)
        yield trace
        if trace.chooses(self.forms[q]):
            yield from (self.own(number, without, way) for way in others)
        if trace.step(q) is None:
            yield self.plain_without(without)

    def routes(self, number: Printed | None) -> Routes:
        """Every way through the steps that are not written."""
        trace = self.own(number)
        if trace.unit not in self._routes:
            self._routes[trace.unit] = Routes(trace)
        return self._routes[trace.unit]

    @cached_property
    def plain(self) -> Trace:
        """The steps with just the numbers that are printed, nothing rounded between."""
        return self.plain_without(())

    def plain_without(self, without: Collection[Quantity], way: Way = Way.WRITTEN) -> Trace:
        """The same without some of the numbers, by one way through what is not written."""
        key = "plain", frozenset(without), way
        if key not in self._traces:
            pins = {q: pin for q, pin in self._printed.items() if q not in without}
            self._traces[key] = Trace(self.forms, self.frame.given, pins, None, way=way)
        return self._traces[key]

    @cached_property
    def _printed(self) -> dict[Quantity, Spread]:
        answers = {q: self.answer(self.statements[n]) for q, n in self.pinned_by.items()}
        return {q: exact(answer.value) for q, answer in answers.items() if answer}

    @cached_property
    def true(self) -> Trace:
        """The steps without any of the student's numbers."""
        return Trace(self.forms, self.frame.given, {}, None)

    def truth(self, q: Quantity) -> float | None:
        """The right value."""
        if q in self.frame.truth:
            return self.frame.truth[q]
        value = self.true.step(q)
        return None if value is None else value.mid

    def lines(self, quantities: Collection[Quantity], near: int) -> tuple[int, ...]:
        """The lines that state these quantities; where several state one alike, the last up to
        ``near``."""
        return tuple(sorted({self._line(q, near) for q in quantities}))

    def _line(self, q: Quantity, near: int) -> int:
        lines = [self.statements[n].line for n in self._alike[q]]
        return max((line for line in lines if line <= near), default=lines[0])


def _alike(a: Spread, b: Spread) -> bool:
    """Whether two numbers may be one, to more digits and to fewer."""
    return abs(a.mid - b.mid) <= a.radius + b.radius + SAME * abs(a.mid)


def follows(
    traces: Iterable[Trace], all_forms: Sequence[Formula], answer: Answer
) -> tuple[Trace, Formula] | None:
    """The way and the formula that give a number, to what the digits explain."""
    for trace in traces:
        for form in all_forms:
            value = trace.of(form)
            if value is not None and value.within(answer.value, answer.unit):
                return trace, form
    return None


def numbers(made: Statement) -> Iterator[Printed]:
    """Every number of a statement whose digits say something."""
    for part in made.parts:
        texts = literals(part.formula) if part.formula and not part.number else ()
        for number in (part.number, *map(printed_number, texts)):
            if number and number.unit:
                yield number


def has_numbers(formula: Formula) -> bool:
    """Whether numbers with decimals are put into a formula."""
    return any("." in text or "e" in text for text in literals(formula))
