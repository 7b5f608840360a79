"""Which known mistakes give a wrong number: tried at the student's own numbers and at the true."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, partial
from itertools import chain

from tutor.marking.coarse import coarser, rounded_to
from tutor.marking.copies import rounded_in, worked
from tutor.marking.frame import Frame
from tutor.marking.judge import Judge
from tutor.marking.own import NO_VALUE, Trace, Way, used
from tutor.marking.printed import Printed
from tutor.marking.slips import COPIED, Beside, explaining, explains
from tutor.marking.statement import Statement
from tutor.marking.verdict import Cause
from tutor.marking.working import Answer, has_numbers
from tutor.numeric.spread import Spread
from tutor.symbolic.formula import Formula
from tutor.symbolic.mistakes import Mistake, Scope
from tutor.symbolic.quantity import PARAMETERS, Kind, Quantity
from tutor.symbolic.wrong.site import Variant

LUCK = 0.3
"""A fit is told only where a random number of that size would fit less often than this."""
UNSEEN_LUCK = 0.001
"""The same for a mistake in a calculation of which the page shows nothing."""
COPY_LUCK = Fraction(1, 20)
"""A number that is another of the page is a copy where so few would be by chance."""
FAR = 8.0
"""A number that is so many times farther off than rounding takes the right one is not looked at."""


class Fit:
    """How near a mistake must come to a wrong number that shows this unit, by one way."""

    def __init__(
        self, trace: Trace, q: Quantity, unit: float, right: float | None, luck: float = LUCK
    ) -> None:
        usual = trace.step(q)
        self.unit, self.right, self.luck = unit, right, luck
        self.reach = usual.radius if usual else 0.0
        self.size = abs(usual.mid) if usual else 0.0
        self.start = _start(trace, q)

    def window(self, just: float) -> float:
        """How far off a number is looked at, where a mistake comes to ``just``, nothing rounded."""
        if not math.isfinite(just):
            return -math.inf
        wide = self.reach * max(1.0, abs(just) / self.size) if self.size else math.inf
        return FAR * (wide + self.unit)

    def tells(
        self,
        just: float,
        result: Callable[[], Spread | None],
        value: float,
        some: Callable[[bool], bool] = bool,
    ) -> bool:
        """Whether a mistake gives the number, and would few others of its size.

        The number may be an array of them; ``some`` says whether any is true. ``result`` is what
        rounding makes of the mistake; it is asked where the number is farther than a unit from what
        the mistake comes to by itself.
        """
        off, unit = abs(just - value), self.unit
        few = self._few(just, value)
        nothing = (value == 0) & (just == 0)  # what comes to no number at all is no luck
        told = (off <= unit) & (few(unit) | nothing)
        farther = (off > unit) & few(unit) & few(off / 2)
        reached = result() if some(farther) else None
        if reached is not None:
            narrow = few(reached.radius + unit) | few(off)
            told = told | (farther & narrow & reached.within(value, unit))
        return told

    def _few(self, just: float, value: float) -> Callable[[float], bool]:
        """Whether few numbers would be as near as this."""
        start = self.start
        sizes = () if start is None else (abs(value - start), self._size(just, start))

        def few(width: float) -> bool:
            found = 2 * width <= 0.0
            for size in sizes:
                found = found | (2 * width <= self.luck * size)
            return found

        return few

    def _size(self, just: float, start: float) -> float:
        """How large what a mistake changes is by its own number and by the right one."""
        right = start if self.right is None else self.right
        return max(abs(just - start), abs(right - start))


def _start(trace: Trace, q: Quantity) -> float | None:
    """What a mistake leaves of a number: of a new weight, the old one; None where it has none."""
    if q.kind not in PARAMETERS:
        return 0.0
    try:
        return trace[used(trace.formula(q))[0]].mid
    except NO_VALUE:
        return None


def candidates(
    frame: Frame, trace: Trace, q: Quantity
) -> Iterator[tuple[Quantity, Mistake, Variant, Mapping[Quantity, Formula]]]:
    """Each manner of each mistake that touches q or a step before it that is not written."""
    groups: dict[tuple[str, str], dict[Quantity, tuple[Mistake, Variant]]] = {}
    open_steps = trace.unwritten(q)
    for mistake, formulas in frame.schedules:
        if not formulas.keys().isdisjoint(open_steps):
            yield q, mistake, Variant(frame.forms[q][0]), formulas
    for u in open_steps:
        for mistake, variant in frame.variants(u):
            groups.setdefault((mistake.id, variant.tag), {})[u] = mistake, variant
    for places in sorted(groups.values(), key=lambda places: q not in places):
        first = q if q in places else min(places, key=frame.order.__getitem__)
        mistake, variant = places[first]
        if mistake.scope is Scope.RULE:
            yield first, mistake, variant, {u: v.formula for u, (_, v) in places.items()}
            places = {q: places[q]} if q in places and len(places) > 1 else {}
        yield from _repeated(places)
        for u, (mistake, variant) in places.items():
            yield u, mistake, variant, {u: variant.formula}


def _repeated(
    places: Mapping[Quantity, tuple[Mistake, Variant]],
) -> Iterator[tuple[Quantity, Mistake, Variant, Mapping[Quantity, Formula]]]:
    """A slip in a step, made again in each presentation."""
    patterns: dict[tuple[Kind, tuple[str, ...]], list[Quantity]] = {}
    for u in places:
        patterns.setdefault((u.kind, u.units), []).append(u)
    for first, *others in patterns.values():
        if others:
            mistake, variant = places[first]
            yield first, mistake, variant, {u: places[u][1].formula for u in (first, *others)}


class Pen:
    """What a slip of the pen may have made of a number, with what rounding can do before it."""

    def __init__(self, own: Trace, q: Quantity, scale: Fraction = Fraction(1)) -> None:
        """``scale`` is what the number's name is of the quantity's value."""
        self.own, self.q, self.scale = own, q, scale

    def slips(
        self,
        number: Printed,
        expected: float,
        others: Sequence[Fraction],
        early: Sequence[Fraction],
        among: Iterable[str] | None = None,
    ) -> Iterator[str]:
        """The slips that lead from the value that should stand here to the number."""
        return explaining(number, self.meant(expected), Beside(others, early, self.reach), among)

    def meant(self, value: float) -> Fraction:
        """A value of the quantity, as it would be written under its name."""
        return Fraction(value) / self.scale

    @cached_property
    def reach(self) -> Fraction:
        """How far rounding moves the value, as it would be written."""
        mine = self.own.step(self.q)
        radius = mine.radius if mine else 0.0
        return Fraction(radius) / abs(self.scale) if math.isfinite(radius) else Fraction(0)


def apart(number: Printed, count: int) -> bool:
    """Whether a number has the digits to tell so many numbers apart."""
    return count * number.unit < COPY_LUCK * abs(number.value)


def listed(mistakes: Sequence[Cause], slips: Iterable[Cause]) -> tuple[Cause, ...]:
    """Each cause once; no copy besides a mistake, but for one that fits easily."""
    sure = any(not easy(mistake) for mistake in mistakes)
    best: dict[str, Cause] = {}
    for cause in chain(mistakes, slips):
        if not (sure and cause.id == COPIED):
            best.setdefault(cause.id, cause)
    return tuple(best.values())


def easy(cause: Cause) -> bool:
    """Whether a cause fits many a number."""
    return cause.id.startswith("other-") or cause.id in (COPIED, "rounded-early")


class Suspects:
    """The mistakes that may stand behind one number."""

    def __init__(self, judge: Judge, q: Quantity, answer: Answer, made: Statement) -> None:
        self.judge, self.frame = judge, judge.working.frame
        self.q, self.answer, self.made = q, answer, made
        working = judge.working
        self.own, self.plain = working.own(answer.number), working.plain

    @cached_property
    def traces(self) -> tuple[tuple[Trace, Trace], ...]:
        """The student's numbers and the right ones: as printed, and with what rounding can do."""
        return tuple(self._traces())

    def _traces(self) -> Iterator[tuple[Trace, Trace]]:
        working, number = self.judge.working, self.answer.number
        seen = set()
        for without in dict.fromkeys(((), tuple(self.judge.wrong))):
            for way in Way if not without else (Way.WRITTEN,):
                trace = working.own(number, without, way)
                told = without, frozenset(trace.unwritten(self.q))
                if told not in seen:
                    seen.add(told)
                    yield working.plain_without(without, way), trace

    def causes(self, among: Collection[str] | None = None) -> list[Cause]:
        """Every cause whose number is the student's, the simplest first."""
        found = list(self._mistakes(self.traces, among, LUCK))
        if not found and among is None:
            found = list(self._mistakes((self._unseen(),), among, UNSEEN_LUCK))
        found.sort(key=lambda cause: abs(cause.value - self.answer.value))
        return list(listed(found, self._slips()))

    def alike(self) -> tuple[str, ...]:
        """The mistakes at this very step that print the same number as the right way."""
        found = {}
        for mistake, variant in self.frame.variants(self.q):
            if mistake.id not in found:
                value = self.own.of(variant.formula)
                if value is not None and value.within(self.answer.value, self.answer.unit):
                    found[mistake.id] = True
        return tuple(found)

    def _unseen(self) -> tuple[Trace, Trace]:
        """The steps as if nothing were written: a mistake made in another calculation."""
        working = self.judge.working
        pins = tuple(working.pins)
        return working.plain_without(pins), working.own(self.answer.number, pins)

    def _mistakes(
        self, traces: Iterable[tuple[Trace, Trace]], among: Collection[str] | None, luck: float
    ) -> Iterator[Cause]:
        value, q = self.answer.value, self.q
        right = self.judge.working.truth(q)
        for plain, trace in traces:
            fit = Fit(trace, q, self.answer.unit, right, luck)
            for at, mistake, variant, instead in candidates(self.frame, trace, q):
                if among is not None and mistake.id not in among:
                    continue
                just = plain.mistaken(instead, q)
                if just is None or abs(just.mid - value) > fit.window(just.mid):
                    continue
                if fit.tells(just.mid, partial(trace.mistaken, instead, q), value):
                    yield Cause(mistake.id, at, just.mid, variant.words)

    def _slips(self) -> Iterator[Cause]:
        """The slips of the pen that lead from the value that should stand here to the one that
        does."""
        number = self.answer.number
        right = self.judge.right.step(self.q) if self.judge.wrong else None
        pen = self._pen
        for expected in filter(None, (self.plain.step(self.q), right)):
            if number is None or not math.isfinite(expected.mid):
                return
            for name in pen.slips(number, expected.mid, self._copies(number), self._early):
                yield Cause(name, self.q, expected.mid)

    def copied(self) -> bool:
        """Whether the number is another one of the page."""
        number, expected = self.answer.number, self.plain.step(self.q)
        if number is None or expected is None or not math.isfinite(expected.mid):
            return False
        beside = Beside(self._copies(number))
        return explains(COPIED, number, self._pen.meant(expected.mid), beside)

    @cached_property
    def _pen(self) -> Pen:
        return Pen(self.own, self.q, self.answer.scale)

    @cached_property
    def _early(self) -> list[Fraction]:
        """What comes out, as it would be written, where numbers are rounded on the way: by the
        line's own numbers, where it shows any."""
        working = self.judge.working
        if any(part.formula and has_numbers(part.formula) for part in worked(self.made)):
            return list(map(Fraction, rounded_in(working, self.made)))
        shown = working.shown(self.answer.number)
        values = (rounded_to(self.plain, self.q, kept) for kept in coarser(shown))
        return [self._pen.meant(value) for value in values if math.isfinite(value)]

    def _copies(self, number: Printed) -> list[Fraction]:
        """The other numbers of the page that are not wrong themselves, or else those that this one
        is computed from, where its digits tell them apart."""
        working, wrong = self.judge.working, {self.q, *self.judge.mistaken}
        pinned = ((u, n) for u, n in working.pinned_by.items() if u not in wrong)
        printed = {u: working.statements[n].number for u, n in pinned}
        operands = {u: printed.get(u) for u in used(self.plain.formula(self.q))}
        for among in (printed, operands):
            values = {other.value for other in among.values() if other}
            if apart(number, len(values)):
                return list(values)
        return []
