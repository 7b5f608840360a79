"""Each statement held against the problem and against the student's own other numbers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from tutor.marking.bind import Bound, Statement
from tutor.marking.causes import Suspects
from tutor.marking.equations import equations
from tutor.marking.frame import Frame
from tutor.marking.own import NO_VALUE, Trace, Unit, kept, used
from tutor.marking.printed import Printed
from tutor.marking.slips import SLIPS
from tutor.marking.verdict import Cause, Kind, Verdict
from tutor.numeric.figures import PutIn, put_in, written
from tutor.numeric.rounding import Digits
from tutor.numeric.spread import Spread, exact, printed
from tutor.symbolic.formula import Formula
from tutor.symbolic.quantity import Quantity

MOST_SUBSETS = 4
"""Wrong numbers of which every combination is tried as what a later line follows from."""
PLAIN_FROM = 10
"""A whole number of this size may stand for a rounded one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a statement says its quantity is, in the quantity's own sign."""

    value: float
    unit: float
    number: Printed | None


class Judge:
    """One reading of a page: a verdict a statement."""

    def __init__(self, frame: Frame, bound: Bound) -> None:
        self.frame, self.bound = frame, bound
        self.truth, self.given, self.order = frame.truth, frame.given, frame.order
        extra = {q: (step.formula,) for q, step in bound.extra.items()}
        own = {q: (formula,) for q, formula in bound.helpers.items()}
        self.forms: dict[Quantity, tuple[Formula, ...]] = {**frame.forms, **extra, **own}
        self.pins: dict[Quantity, Spread] = {}
        self.pinned_by: dict[Quantity, int] = {}
        self.wrong: set[Quantity] = set()
        self.verdicts: dict[int, Verdict] = {}

    def judge(self) -> tuple[Verdict, ...]:
        """A verdict for every statement, in the order of the page."""
        statements = self.bound.statements
        for n, made in enumerate(statements):
            self._pin(n, made)
        for n in sorted(range(len(statements)), key=lambda n: (self._height(statements[n]), n)):
            self.verdicts[n] = self._verdict(n, statements[n])
        return tuple(self.verdicts[n] for n in range(len(statements)))

    # What the student has written

    def _pin(self, n: int, made: Statement) -> None:
        answer = self._answer(made)
        q = made.quantity
        if q is None or answer is None or q in self.given:
            return
        if made.number is None and made.last and self._identical(made.last, q, made):
            return
        before = self.pinned_by.get(q)
        if before is not None and answer.number:
            old = self.bound.statements[before].number
            if old and answer.number.covers(old) and answer.number.unit > old.unit:
                return
        self.pins[q] = printed(answer.value, answer.unit, q)
        self.pinned_by[q] = n

    def _answer(self, made: Statement) -> Answer | None:
        """The number that a statement comes to; of a formula, its value at the student's own."""
        scale = float(made.scale)
        if made.number:
            number = made.number
            unit = float(number.unit) or self._whole(number, made.quantity)
            return Answer(float(number.value) * scale, unit * abs(scale), number)
        if made.last is None:
            return None
        value = self._own(kept(None)).of(made.last)
        return None if value is None else Answer(value.mid * scale, value.radius, None)

    def _whole(self, number: Printed, q: Quantity | None) -> float:
        """The unit of a plain integer that stands for a rounded number: 35 for 35.2."""
        value = self.truth.get(q, 0.0) if q else 0.0
        if abs(number.value) < PLAIN_FROM or value == int(value):
            return 0.0
        digits = str(abs(number.value))
        return float(10 ** (len(digits) - max(2, len(digits.rstrip("0")))))

    def _height(self, made: Statement) -> float:
        q = made.quantity
        if q is None:
            return float(len(self.order))
        if q in self.order:
            return self.order[q]
        if q in self.forms:
            heights = [self.order.get(u, -1.0) for u in used(self.forms[q][0])]
            return max(heights, default=0.0) + 0.5
        return -1.0

    def _own(self, unit: Unit, without: Sequence[Quantity] = ()) -> Trace:
        """The steps with the student's numbers, but for some."""
        pins = (
            {q: pin for q, pin in self.pins.items() if q not in without} if without else self.pins
        )
        return Trace(self.forms, self.given, pins, unit)

    def _plain(self) -> Trace:
        """The steps with just the numbers that the student printed, nothing rounded between."""
        pins = {}
        for q, n in self.pinned_by.items():
            answer = self._answer(self.bound.statements[n])
            if answer:
                pins[q] = exact(answer.value)
        return Trace(self.forms, self.given, pins, kept(None))

    def _identical(self, formula: Formula, q: Quantity, made: Statement) -> bool:
        return self.frame.samples.identical(formula, q, float(made.scale))

    # What is said of it

    def _verdict(self, n: int, made: Statement) -> Verdict:
        base = Verdict(
            made.line,
            made.column,
            made.end,
            made.text[max(0, made.column - 1) : max(0, made.end - 1)],
            made.name,
            Kind.UNMARKED,
            quantity=made.quantity,
            sign=-1 if made.scale < 0 else 1,
            answered=made.number,
            equations=equations(made, self._own(kept(made.number)), self.pins, self.given),
        )
        unread = next((part.unread for part in made.parts if part.unread), None)
        q, answer = made.quantity, self._answer(made)
        if unread and (answer is None or q is None):
            return replace(base, kind=Kind.UNREAD, message=unread.message, column=unread.column)
        base = replace(base, slip=any(not e.holds for e in base.equations))
        if q is None or answer is None or q in self.bound.helpers:
            return base
        if unread:
            base = replace(base, message=unread.message)
        return self._held(n, made, q, answer, base)

    def _held(self, n: int, made: Statement, q: Quantity, answer: Answer, base: Verdict) -> Verdict:
        scale = float(made.scale)
        truth = self._true(q)
        base = replace(
            base,
            expected=None if truth is None else truth / scale,
            formula=self.forms[q][0] if q in self.forms else None,
        )
        if q in self.given or q not in self.forms:
            kind = Kind.CORRECT if truth is not None and near(truth, answer) else Kind.WRONG
            if kind is Kind.WRONG:
                self.wrong.add(q)
            return replace(base, kind=kind, seen="full")
        if truth is not None and near(truth, answer):
            return replace(base, kind=Kind.CORRECT, seen="full")
        if self._identical_formula(made, q):
            return replace(base, kind=Kind.CORRECT, seen="formula")
        unit = kept(answer.number)
        all_forms = self.forms[q]
        right = self._own(unit, tuple(self.wrong))
        if self._follows(right, all_forms, answer):
            return replace(base, kind=Kind.CORRECT, seen="rounded")
        plain = self._plain()
        just, mine = plain.step(q), self._own(unit).step(q)
        base = replace(
            base,
            expected_from_yours=None if just is None else just.mid / scale,
            interval=None if mine is None else ordered(mine.range, scale),
        )
        blamed = self._carried(q, all_forms, answer, unit)
        self.wrong.add(q)
        if blamed is not None:
            lines = sorted({self.bound.statements[self.pinned_by[b]].line for b in blamed})
            return replace(base, kind=Kind.CARRIED, seen="own", blames=tuple(lines))
        if made.bound:
            self.wrong.discard(q)
            return base
        return replace(base, kind=Kind.WRONG, goes_on=self._goes_on(q, plain, answer))

    def explained(self, verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
        """The verdicts, with the causes of what is wrong; one that recurs stands first."""
        found = {n: self._causes(n) for n, v in enumerate(verdicts) if v.kind is Kind.WRONG}
        often = Counter(cause.id for causes in found.values() for cause in causes)
        return tuple(
            replace(v, causes=tuple(sorted(found[n], key=lambda cause: rank(cause, often))))
            if n in found
            else v
            for n, v in enumerate(verdicts)
        )

    def _causes(self, n: int) -> list[Cause]:
        made = self.bound.statements[n]
        answer = self._answer(made)
        q = made.quantity
        if q is None or answer is None or q not in self.forms:
            return []
        unit = kept(answer.number)
        right = self._own(unit, tuple(self.wrong))
        suspects = Suspects(self.frame, self._own(unit), right, self._plain())
        causes = suspects.of(q, answer.value, answer.unit, answer.number)
        slips = [e.cause for e in self.verdicts[n].equations if e.cause]
        if slips and self._method_stands(n, q, answer, unit):
            told = [cause for cause in causes if cause.id in SLIPS]
            return told or [Cause(slips[-1], q, math.nan)]
        return causes

    def _method_stands(self, n: int, q: Quantity, answer: Answer, unit: Unit) -> bool:
        """Whether a formula of the line comes to what it should, and only its result does not."""
        made, own = self.bound.statements[n], self._own(unit)
        for equation in self.verdicts[n].equations:
            if equation.left_value is not None and not equation.holds:
                meant = Answer(equation.left_value * float(made.scale), answer.unit, answer.number)
                if self._follows(own, self.forms[q], meant):
                    return True
        return False

    def _true(self, q: Quantity) -> float | None:
        if q in self.truth:
            return self.truth[q]
        value = Trace(self.forms, self.given, {}, kept(None)).step(q)
        return None if value is None else value.mid

    def _identical_formula(self, made: Statement, q: Quantity) -> bool:
        """Whether a statement that ends in a formula is right whatever the numbers are."""
        return made.number is None and made.last is not None and self._identical(made.last, q, made)

    def _follows(self, trace: Trace, all_forms: Sequence[Formula], answer: Answer) -> bool:
        """Whether a number is what one of the formulas gives, to what the digits explain."""
        for form in all_forms:
            value = trace.of(form)
            if value is not None and value.within(answer.value, answer.unit):
                return True
        return False

    def _carried(
        self, q: Quantity, all_forms: Sequence[Formula], answer: Answer, unit: Unit
    ) -> set[Quantity] | None:
        """The wrong numbers that a number follows from; None where it follows from none."""
        for without in self._left_out(q):
            trace = self._own(unit, without)
            for form in all_forms:
                value = trace.of(form)
                if value is not None and value.within(answer.value, answer.unit):
                    blamed = trace.leans_on(form) & self.wrong
                    if blamed:
                        return blamed
        return None

    def _left_out(self, q: Quantity) -> Iterator[tuple[Quantity, ...]]:
        """Which of the wrong numbers before q are not used: none of them first."""
        before = [w for w in self.wrong if w in self.pins and self._before(w, q)]
        yield ()
        if len(before) > 1:
            few = before[-MOST_SUBSETS:]
            for size in range(1, len(few)):
                yield from combinations(few, size)

    def _before(self, w: Quantity, q: Quantity) -> bool:
        return self.order.get(w, -1.0) < self.order.get(q, float(len(self.order)))

    def _goes_on(self, q: Quantity, own: Trace, answer: Answer) -> tuple[PutIn, str] | None:
        """The step with the student's own numbers put in, and what it comes to."""
        formula = own.formula(q)
        value = own.step(q)
        if value is None or answer.number is None:
            return None
        figures = Digits(min(15, max(3, answer.number.figures)), figures=True)
        texts: dict[Quantity, str] = {}
        values: dict[Quantity, Decimal] = {}
        for u in used(formula):
            try:
                number = own[u].mid
            except NO_VALUE:
                return None
            pin = self.pinned_by.get(u)
            made = self.bound.statements[pin].number if pin is not None else None
            values[u] = Decimal(number)
            texts[u] = (
                self.frame.solved.figures.texts[u]
                if u in self.given
                else made.text
                if made and self.bound.statements[pin or 0].scale == 1
                else written(Decimal(number), figures.more(1))
            )
        return put_in(formula, texts, values), written(Decimal(value.mid), figures)


def rank(cause: Cause, often: Mapping[str, int]) -> tuple[int, bool]:
    """What explains most lines stands first; another function than the problem's stands last."""
    return -often[cause.id], cause.id.startswith("other-")


def near(truth: float, answer: Answer) -> bool:
    """Within one last unit of the truth."""
    return abs(truth - answer.value) <= answer.unit * (1 + 1e-9) + 1e-9 * abs(truth) * (
        not answer.unit
    ) + 1e-13 * abs(truth)


def ordered(pair: tuple[float, float], scale: float) -> tuple[float, float]:
    """A range in the student's own sign."""
    low, high = sorted((pair[0] / scale, pair[1] / scale))
    return low, high
