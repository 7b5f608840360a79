"""Each statement held against the problem and against the student's own other numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from itertools import combinations

from tutor.marking.equations import equations
from tutor.marking.own import Trace, Way
from tutor.marking.printed import Printed
from tutor.marking.printed import printed as printed_number
from tutor.marking.putin import put_into
from tutor.marking.statement import Statement, scaled
from tutor.marking.verdict import Equation, Kind, Verdict
from tutor.marking.working import Answer, Working, follows, has_numbers
from tutor.numeric.spread import printed
from tutor.symbolic.formula import Formula, Ref
from tutor.symbolic.quantity import Quantity

MOST_SUBSETS = 3
"""Wrong numbers of which every combination is tried as what a later line follows from."""
VALUELESS = "this has no value that can be computed"


class Judge:
    """One reading of a page: a verdict a statement."""

    def __init__(self, working: Working) -> None:
        self.working = working
        self.wrong: set[Quantity] = set()
        """quantities whose printed value is wrong, or follows from one that is"""
        self.mistaken: set[Quantity] = set()
        """those of them whose value is wrong itself"""
        self.earlier = tuple(map(Judge, working.earlier()))
        """the attempts before the last"""

    def at(self, line: int) -> Judge:
        """The attempt at the page that a line belongs to."""
        ends = ((one, one.working.end) for one in self.earlier)
        return next((one for one, end in ends if end and line < end), self)

    @cached_property
    def right(self) -> Trace:
        """The steps with those of the student's numbers that are right. Ask after judging."""
        return self.working.plain_without(self.wrong)

    def judge(self, most_wrong: int | None = None) -> tuple[Verdict, ...] | None:
        """A verdict for every statement, in the order of the page; causes are not looked for.

        None as soon as more lines are wrong than ``most_wrong``.
        """
        statements = self.working.statements
        heights = [self.working.height(made) for made in statements]
        verdicts: dict[int, Verdict] = {}
        wrong = 0
        for n in sorted(range(len(statements)), key=lambda n: (heights[n], n)):
            verdict = verdicts[n] = self.verdict(statements[n])
            q = verdict.quantity
            wrong += verdict.kind is Kind.WRONG
            if most_wrong is not None and wrong > most_wrong:
                return None
            if q and verdict.kind in (Kind.WRONG, Kind.CARRIED):
                for one in (*self.earlier, self):
                    one._keep(q, n, verdict.kind)
        return tuple(verdicts[n] for n in range(len(statements)))

    def _keep(self, q: Quantity, n: int, kind: Kind) -> None:
        """Remembers what is wrong, or follows from that, where statement n tells q's value."""
        if self.working.pinned_by.get(q, n) == n:
            self.wrong.add(q)
            if kind is Kind.WRONG:
                self.mistaken.add(q)

    def _equations(self, made: Statement) -> tuple[Equation, ...]:
        """Whether its parts are equal, by some way through what is not written."""
        working = self.working
        own, given = working.own(made.number), working.frame.written
        told = equations(made, own, working.plain, given)
        formulas = [part.formula for part in made.parts if part.formula]
        if all(one.holds for one in told) or not own.chooses(formulas):
            return told
        for way in Way:
            other = working.own(made.number, (), way), working.plain_without((), way)
            again = equations(made, *other, given)
            if all(one.holds for one in again):
                return again
        return told

    def verdict(self, made: Statement) -> Verdict:
        """What is said of one statement, given what is known to be wrong."""
        return self.at(made.line)._verdict(made)

    def _verdict(self, made: Statement) -> Verdict:
        working = self.working
        q, answer = made.quantity, working.answer(made)
        told = self._equations(made)
        unread = next((part.unread for part in made.parts if part.unread), None)
        lost = unread if q is None or answer is None else None
        slip = lost is None and not all(equation.holds for equation in told)
        hollow = q is not None and answer is None and made.last is not None and not lost
        as_read = partial(
            Verdict,
            made.line,
            lost.column if lost else made.column,
            made.end,
            made.text[max(0, made.column - 1) : max(0, made.end - 1)],
            made.name,
            quantity=q,
            sign=-1 if made.scale < 0 else 1,
            answered=made.number,
            slip=slip,
            equations=told,
            message=unread.message if unread else VALUELESS if hollow else "",
        )
        if q is None or answer is None or q in working.helpers:
            return as_read(Kind.UNREAD if lost or hollow else Kind.UNMARKED)
        truth, scale = working.truth(q), made.factor
        found = partial(
            as_read,
            expected=None if truth is None else truth / scale,
            comes_to=None if answer.number else answer.value / scale,
            formula=working.forms[q][0] if q in working.forms else None,
        )
        if truth is not None and near(truth, answer):
            return found(Kind.CORRECT, seen="full")
        if q in working.frame.given or q not in working.forms:
            return found(Kind.WRONG)
        return self._held(made, q, answer, slip, found)

    def _held(
        self, made: Statement, q: Quantity, answer: Answer, slip: bool, found: partial[Verdict]
    ) -> Verdict:
        """What is not the true value: rounded, right by the student's own numbers, or wrong."""
        working = self.working
        if made.number is None and working.always(made):
            return found(Kind.CORRECT, seen="formula")
        other = not slip and self._other_method(made, q)
        if not other and follows(
            working.ways(q, answer.number, self.wrong), working.forms[q], answer
        ):
            return found(Kind.CORRECT, seen="rounded")
        scale = made.factor
        just, mine = working.plain.step(q), working.own(answer.number).step(q)
        found = partial(
            found,
            expected_from_yours=None if just is None else just.mid / scale,
            interval=None if mine is None else ordered(mine.range, scale),
        )
        blamed = self._carried(q, answer)
        leans = None if blamed or other else self._put_in(made, q, answer)
        if leans is not None:
            blamed = leans & self.wrong
            if not blamed:
                return found(Kind.CORRECT, seen="rounded")
        if blamed:
            lines = working.lines(blamed, made.line)
            return found(Kind.CARRIED, seen="own", blames=lines)
        if just is None and mine is None:
            leans = working.plain.leans_on(working.forms[q][0])
            lines = working.lines(leans & self.wrong, made.line)
            return found(Kind.CARRIED if lines else Kind.UNMARKED, blames=lines)
        return found(Kind.UNMARKED if made.bound else Kind.WRONG)

    def _other_method(self, made: Statement, q: Quantity) -> bool:
        """Whether a formula in symbols is another one, though rounding takes its number near."""
        truth = self.working.truth(q)
        for part in made.parts:
            if part.formula is None or part.number or has_numbers(part.formula):
                continue
            value = self.working.true.of(scaled(part.formula, made.scale))
            if truth is not None and value is not None:
                return not math.isclose(value.mid, truth, rel_tol=1e-6, abs_tol=1e-12)
        return False

    def _carried(self, q: Quantity, answer: Answer) -> set[Quantity]:
        """The wrong numbers that a number follows from, if it follows from any."""
        for without in self._left_out(q):
            ways = self.working.ways(q, answer.number, without)
            found = follows(ways, self.working.forms[q], answer)
            if found and (blamed := found[0].leans_on(found[1]) & self.wrong):
                return blamed
        for value, leans in self.working.routes(answer.number).step(q):
            if value.within(answer.value, answer.unit) and (blamed := self.wrong & leans):
                return blamed
        return set()

    def _put_in(self, made: Statement, q: Quantity, answer: Answer) -> set[Quantity] | None:
        """What a right formula leans on whose numbers stand in the line and may be what they stand
        for, though some of them have no line of their own; None where there is none."""
        for part in made.parts:
            for form in self.working.forms[q] if part.formula and not part.number else ():
                pairs = put_into(form, part.formula) if part.formula else None
                for trace in self.working.ways(q, answer.number) if pairs else ():
                    if self._stands(trace, form, dict(pairs or ()), answer):
                        return trace.leans_on(form)
        return None

    def _stands(
        self, trace: Trace, form: Formula, numbers: Mapping[Quantity, str], answer: Answer
    ) -> bool:
        """Whether each number may be the value it stands for, and the result follows from them."""
        pins = dict(trace.pins)
        for u, text in numbers.items():
            number = printed_number(text)
            value = trace.of(Ref(u))
            if number is None or value is None:
                return False
            stands = printed(number.float_value, _kept(number), u)
            if not value.within(stands.mid, stands.radius):
                return False
            if u not in trace.given:
                pins[u] = stands
        with_them = Trace(trace.formulas, trace.given, pins, trace.unit)
        return follows((with_them,), (form,), answer) is not None

    def _left_out(self, q: Quantity) -> Iterator[tuple[Quantity, ...]]:
        """Which of the wrong numbers before q are not used: none of them first."""
        order = self.working.frame.order
        last = order.get(q, float(len(order)))
        before = [w for w in self.wrong if w in self.working.pins and order.get(w, -1.0) < last]
        few = sorted(before, key=lambda w: order.get(w, -1.0))[-MOST_SUBSETS:]
        for size in range(len(few)):
            yield from combinations(few, size)


def _kept(number: Printed) -> float:
    """The last unit of a number that is put in; nobody keeps less than two digits, so that 0.6 is
    0.60."""
    one_digit = abs(number.value) < 10 * number.unit and number.decimals < 2
    return number.float_unit / (10 if one_digit else 1)


def near(truth: float, answer: Answer) -> bool:
    """Within one last unit of the truth; a plain integer is it, but for the floats."""
    slack = 1e-13 if answer.unit else 1e-9
    return abs(truth - answer.value) <= answer.unit * (1 + 1e-9) + slack * abs(truth)


def ordered(pair: tuple[float, float], scale: float) -> tuple[float, float]:
    """A range in the student's own sign."""
    low, high = sorted((pair[0] / scale, pair[1] / scale))
    return low, high
