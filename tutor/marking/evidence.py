"""What the lines of a page say about the signs of its deltas and steps: courses differ in those."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import isclose

from tutor.marking.judge import Judge
from tutor.marking.own import used
from tutor.marking.statement import Statement, scaled
from tutor.marking.verdict import Kind, Verdict
from tutor.marking.working import follows, has_numbers
from tutor.symbolic.formula import Formula
from tutor.symbolic.quantity import PARAMETERS, Quantity
from tutor.symbolic.quantity import Kind as QuantityKind

EITHER_SIGN = (QuantityKind.DE_DNET, QuantityKind.CHANGE)
"""What has one sign in some courses and the other in others."""


@dataclass(frozen=True)
class Evidence:
    """A judged page."""

    judge: Judge
    verdicts: Sequence[Verdict]
    turned: Collection[QuantityKind]
    """what is taken to have the other sign"""
    unturned: Judge | None = None
    """the same page without that"""

    @cached_property
    def refuted(self) -> bool:
        """Whether the lines say that the signs that are taken to be the other are not."""
        return any(self.against[kind] for kind in self.turned) or self._contradicted()

    @cached_property
    def disputed(self) -> int:
        """Lines whose sign is taken to be one, where the student's own use does not agree."""
        found = sum(count for kind, count in self.against.items() if kind not in self.turned)
        if self.against[QuantityKind.DE_DNET]:
            found += self._in_vain()
        return found + (len(flipped(self.judge, self.turned)) if self._misused() else 0)

    @cached_property
    def against(self) -> Mapping[QuantityKind, int]:
        """How many more lines of a kind are wrong for their sign than right by it: those say
        themselves that their sign is the other. So may its formulas in symbols."""
        return {kind: max(0, self._lines(kind), self.by_symbols[kind]) for kind in EITHER_SIGN}

    def _lines(self, kind: QuantityKind) -> int:
        """The lines that are wrong and right with the other sign, less those that are right and
        wrong with it."""
        loose = [(one, found is Kind.WRONG) for one, found in self._made if _is(one, kind)]
        if not any(wrong for _, wrong in loose):
            return 0
        return sum(wrong - self._is_wrong_turned(one) for one, wrong in loose)

    @cached_property
    def by_symbols(self) -> Counter[QuantityKind]:
        """The same of the formulas in symbols: those that come to minus the truth, less those that
        come to it."""
        working, counted = self.judge.working, Counter[QuantityKind]()
        for one in working.statements:
            kind = next((kind for kind in EITHER_SIGN if _is(one, kind)), None)
            truth = working.truth(one.quantity) if kind and one.quantity else None
            for part in one.parts if truth else ():
                if part.formula and not part.number and not has_numbers(part.formula):
                    value = working.true.of(scaled(part.formula, one.scale))
                    ratio = value.mid / truth if value and truth else 0.0
                    if kind and isclose(abs(ratio), 1.0, rel_tol=1e-6):
                        counted[kind] += 1 if ratio < 0 else -1
        return counted

    def settles(self, kind: QuantityKind) -> bool:
        """Whether a line is right that would not be if the sign of a kind were the other."""
        return any(
            found is not Kind.WRONG and self._is_wrong_turned(one)
            for one, found in self._made
            if _is(one, kind)
        )

    @property
    def _made(self) -> Sequence[tuple[Statement, Kind]]:
        kinds = (verdict.kind for verdict in self.verdicts)
        return tuple(zip(self.judge.working.statements, kinds, strict=True))

    def _is_wrong_turned(self, one: Statement) -> bool:
        return self.judge.verdict(replace(one, scale=-one.scale)).kind is Kind.WRONG

    def _in_vain(self) -> int:
        """How many steps follow from a δ of the wrong sign, where more other steps are wrong than
        right: they would be so too, and say nothing about that sign."""
        deltas = (
            one for one, kind in self._made if kind is Kind.WRONG and _is(one, QuantityKind.DE_DNET)
        )
        off = {one.line for one in deltas}
        steps = [one for one in self.verdicts if one.quantity and _is_step(one.quantity)]
        kinds = Counter(one.kind for one in steps)
        if kinds[Kind.WRONG] <= kinds[Kind.CORRECT]:
            return 0
        return sum(not off.isdisjoint(one.blames) for one in steps)

    def _contradicted(self) -> bool:
        """Whether more updates go by w + Δw than by w - Δw, where Δw is taken to be the other."""
        if QuantityKind.CHANGE not in self.turned or self.unturned is None:
            return False
        made = self.judge.working.statements
        wrong = [verdict.kind is Kind.WRONG for verdict in self.verdicts]
        updates = [n for n, one in enumerate(made) if _step_of(self.unturned, one)]
        off = self._wrong_unturned if any(wrong[n] for n in updates) else ()
        if len(off) != len(wrong):
            return False
        plus = sum(wrong[n] and not off[n] for n in updates)
        minus = sum(
            not wrong[n] and (off[n] or _cannot_add(self.unturned, made[n])) for n in updates
        )
        return plus > minus

    def _misused(self) -> bool:
        """Whether lines that go by a sign that is taken to be the other are wrong, and would not be
        without, and no more lines follow from that sign alone."""
        wrong = [n for n, verdict in enumerate(self.verdicts) if verdict.kind is Kind.WRONG]
        against = [n for n in wrong if _uses(self.judge, self.verdicts[n], self.turned)]
        if not against or self.unturned is None:
            return bool(against)
        others = self._wrong_unturned
        if len(others) != len(self.verdicts):
            return True
        off = sum(not others[n] for n in against)
        return off > 0 and off >= self._agreeing(self.unturned)

    @cached_property
    def _wrong_unturned(self) -> Sequence[bool]:
        judged = self.unturned.judge() if self.unturned else None
        return tuple(verdict.kind is Kind.WRONG for verdict in judged or ())

    def _agreeing(self, unturned: Judge) -> int:
        """How many lines follow from a number whose sign is taken to be the other, and do not from
        one whose sign is not."""
        made = zip(self.judge.working.statements, unturned.working.statements, strict=True)
        return sum(
            _follows_from(self.judge, one, self.turned)
            and not _follows_from(unturned, other, self.turned)
            for one, other in made
            if not _is_flipped(one, self.turned)
        )


def flipped(judge: Judge, turned: Collection[QuantityKind]) -> Sequence[tuple[int, QuantityKind]]:
    """The lines whose sign is taken to be the other, each with its kind."""
    made = judge.working.statements
    return tuple((m.line, m.quantity.kind) for m in made if m.quantity and _is_flipped(m, turned))


def _is_flipped(one: Statement, turned: Collection[QuantityKind]) -> bool:
    return any(_is(one, kind) for kind in turned)


def _is(one: Statement, kind: QuantityKind) -> bool:
    """Whether a line states something of a kind under a name whose sign may be the other."""
    return one.loose and one.quantity is not None and one.quantity.kind is kind


def _is_step(q: Quantity) -> bool:
    """Whether a quantity is what an update adds, or what comes of it."""
    return q.kind is QuantityKind.CHANGE or (q.kind in PARAMETERS and q.at.new)


def _step_of(judge: Judge, made: Statement) -> Formula | None:
    """How a new weight comes from its step, where its line names that or has a number beside it."""
    q, working = made.quantity, judge.at(made.line).working
    if q is None or not q.at.new:
        return None
    named = {u for part in made.parts for u in part.names}
    for form in working.forms.get(q, ()):
        steps = {u for u in used(form) if u.kind is QuantityKind.CHANGE}
        if steps & (named | working.pins.keys()):
            return form
    return None


def _cannot_add(judge: Judge, made: Statement) -> bool:
    """Whether a new weight is not the old one and the step as that is written."""
    working = judge.at(made.line).working
    form, answer = _step_of(judge, made), working.answer(made)
    added = working.own(made.number).of(form) if form else None
    return bool(added and answer and not added.within(answer.value, answer.unit))


def _uses(judge: Judge, verdict: Verdict, turned: Collection[QuantityKind]) -> bool:
    """Whether a line states, or is computed from, a number whose sign is taken to be the other."""
    if verdict.quantity and verdict.quantity.kind in turned:
        return True
    all_forms = judge.working.forms.get(verdict.quantity, ()) if verdict.quantity else ()
    names = {u for form in all_forms for u in used(form)}
    return any(u.kind in turned and u in judge.working.pins for u in names)


def _follows_from(judge: Judge, made: Statement, turned: Collection[QuantityKind]) -> bool:
    """Whether a number follows from a printed one whose sign is taken to be the other."""
    working = judge.at(made.line).working
    answer = working.answer(made)
    if made.quantity is None or answer is None:
        return False
    named = [
        form
        for form in working.forms.get(made.quantity, ())
        if any(u.kind in turned and u in working.pins for u in used(form))
    ]
    return bool(named and follows([working.own(made.number)], named, answer))
