"""The ways in which a page can be read, and the one that leaves least unexplained."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import isclose

from tutor.marking.bind import Binder
from tutor.marking.claim import Line
from tutor.marking.frame import Frame
from tutor.marking.judge import Judge
from tutor.marking.lexicon import EXACTLY, Meanings
from tutor.marking.own import used
from tutor.marking.parse import name_of
from tutor.marking.statement import Statement, scaled
from tutor.marking.verdict import Convention, Kind, Verdict
from tutor.marking.working import Working, follows, has_numbers
from tutor.problem.notation import NOTATIONS
from tutor.symbolic.formula import Formula
from tutor.symbolic.quantity import PARAMETERS, Quantity
from tutor.symbolic.quantity import Kind as QuantityKind


def best_reading(
    frame: Frame, lines: tuple[Line, ...], notation: str | None, strict: bool
) -> Reading:
    """The reading that leaves least unexplained; its causes are not looked for."""
    best: Reading | None = None
    for reading in _readings(frame, lines, notation, strict):
        found = reading.judged(best)
        best = _better(best, found)
        if best and best.cost <= PERFECT:
            break
        for kind in () if strict else EITHER_SIGN:
            if kind in reading.loose and not (found and found.settles(kind)):
                turned = _read(frame, lines, reading.meanings, {kind: -1})
                best = _better(best, replace(turned, unturned=reading.judge).judged(best))
    assert best is not None
    return best


def _better(best: Reading | None, found: Reading | None) -> Reading | None:
    """The one that explains more; the first where both explain as much."""
    return found if found and (best is None or found.cost < best.cost) else best


@dataclass(frozen=True)
class Reading:
    """One way to understand a page, and how much it leaves unexplained."""

    meanings: Meanings
    signs: Mapping[QuantityKind, int]
    judge: Judge
    verdicts: tuple[Verdict, ...] = ()
    unturned: Judge | None = None
    """of a reading that takes signs to be the other, the same without that"""
    strict: bool = False
    """whether no convention is excused"""
    disputed: int = 0
    """lines whose sign is taken to be one, where the student's own use does not agree"""

    @property
    def cost(self) -> tuple[int, int, int, int, int]:
        """(not read, wrong, false beside a right number, conventions, carried); readings that
        explain more cost less."""
        kinds = [verdict.kind for verdict in self.verdicts]
        return (
            self.unnamed + kinds.count(Kind.UNREAD),
            kinds.count(Kind.WRONG) + self.disputed,
            sum(verdict.slip and verdict.kind is not Kind.WRONG for verdict in self.verdicts),
            len(self.conventions),
            kinds.count(Kind.CARRIED),
        )

    @property
    def unnamed(self) -> int:
        """Statements about nothing that this reading knows."""
        made = self.judge.working.statements
        return sum(one.own or one.quantity is None for one in made)

    @cached_property
    def loose(self) -> set[QuantityKind]:
        """What has a sign on this page that differs from course to course."""
        made = self.judge.working.statements
        stated = {one.quantity.kind for one in made if one.loose and one.quantity}
        formulas = (part.formula for one in made for part in one.parts if part.formula)
        put_in = {u.kind for formula in formulas for u in used(formula)}
        return stated | (put_in & set(EITHER_SIGN))

    @property
    def conventions(self) -> tuple[Convention, ...]:
        """The signs that are taken to be the other, each with the last line that shows it."""
        lines = {kind: line for line, kind in self._flipped()}
        return tuple(Convention(f"sign-{kind.name.lower()}", n) for kind, n in lines.items())

    def _flipped(self) -> Iterator[tuple[int, QuantityKind]]:
        for one in self.judge.working.statements:
            if one.quantity and self._is_flipped(one):
                yield one.line, one.quantity.kind

    def _is_flipped(self, one: Statement) -> bool:
        return one.loose and one.quantity is not None and one.quantity.kind in self.signs

    def _against(self, verdicts: Sequence[Verdict]) -> dict[QuantityKind, int]:
        """How many more lines of a kind are wrong for their sign than right by it: those say
        themselves that their sign is the other. So may its formulas in symbols."""
        lines = self._by_lines(verdicts)
        return {kind: max(0, lines[kind], self._by_symbols[kind]) for kind in EITHER_SIGN}

    def _by_lines(self, verdicts: Sequence[Verdict]) -> Counter[QuantityKind]:
        """Of each kind, the lines that are wrong and right with the other sign, less those that are
        right and wrong with it."""
        counted = Counter[QuantityKind]()
        for kind in EITHER_SIGN:
            made = zip(self.judge.working.statements, verdicts, strict=True)
            loose = [(one, verdict.kind is Kind.WRONG) for one, verdict in made if _is(one, kind)]
            for one, wrong in loose if any(wrong for _, wrong in loose) else ():
                other = self.judge.verdict(replace(one, scale=-one.scale)).kind is Kind.WRONG
                counted[kind] += wrong - other
        return counted

    @cached_property
    def _by_symbols(self) -> Counter[QuantityKind]:
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
        """Whether no more than one line is off, and one is right that would not be if the sign of a
        kind were the other: that one explains no more."""
        _, wrong, false, *_ = self.cost
        return wrong + false <= 1 and any(
            verdict.kind is not Kind.WRONG
            and self.judge.verdict(replace(one, scale=-one.scale)).kind is Kind.WRONG
            for one, verdict in zip(self.judge.working.statements, self.verdicts, strict=True)
            if _is(one, kind)
        )

    def judged(self, best: Reading | None) -> Reading | None:
        """With its verdicts; None as soon as it is clear that it explains less than the best."""
        most = None
        if best:
            if self.unnamed > best.cost[0]:
                return None
            most = best.cost[1] if self.unnamed == best.cost[0] else None
        verdicts = self.judge.judge(most)
        if verdicts is None:
            return None
        against = {} if self.strict else self._against(verdicts)
        disputed = sum(count for kind, count in against.items() if kind not in self.signs)
        if against.get(QuantityKind.DE_DNET):
            disputed += self._in_vain(verdicts)
        if not self.signs:
            return replace(self, verdicts=verdicts, disputed=disputed)
        if any(against[kind] for kind in self.signs) or self._contradicted(verdicts):
            return None
        if self._disputed(verdicts):
            disputed += sum(1 for _ in self._flipped())
        return replace(self, verdicts=verdicts, disputed=disputed)

    def _in_vain(self, verdicts: Sequence[Verdict]) -> int:
        """How many steps follow from a δ of the wrong sign, where more other steps are wrong than
        right: they would be so too, and say nothing about that sign."""
        delta = QuantityKind.DE_DNET
        off = {
            verdict.line
            for one, verdict in zip(self.judge.working.statements, verdicts, strict=True)
            if _is(one, delta) and verdict.kind is Kind.WRONG
        }
        steps = [one for one in verdicts if one.quantity and _is_step(one.quantity)]
        follow = [one for one in steps if not off.isdisjoint(one.blames)]
        kinds = Counter(one.kind for one in steps)
        return len(follow) if kinds[Kind.WRONG] > kinds[Kind.CORRECT] else 0

    def _contradicted(self, verdicts: Sequence[Verdict]) -> bool:
        """Whether more updates go by w + Δw than by w - Δw, where Δw is taken to be the other."""
        if QuantityKind.CHANGE not in self.signs or self.unturned is None:
            return False
        made = self.judge.working.statements
        wrong = [verdict.kind is Kind.WRONG for verdict in verdicts]
        updates = [n for n, one in enumerate(made) if _step_of(self.unturned, one)]
        others = self.unturned.judge() or () if any(wrong[n] for n in updates) else ()
        if len(others) != len(verdicts):
            return False
        off = [other.kind is Kind.WRONG for other in others]
        plus = sum(wrong[n] and not off[n] for n in updates)
        minus = sum(
            not wrong[n] and (off[n] or _cannot_add(self.unturned, made[n])) for n in updates
        )
        return plus > minus

    def _disputed(self, verdicts: Sequence[Verdict]) -> bool:
        """Whether lines that go by a sign that is taken to be the other are wrong, and would not be
        without, and no more lines follow from that sign alone."""
        wrong = [n for n, verdict in enumerate(verdicts) if verdict.kind is Kind.WRONG]
        against = [n for n in wrong if _uses(self.judge, verdicts[n], self.signs)]
        if not against or self.unturned is None:
            return bool(against)
        others = self.unturned.judge() or ()
        if len(others) != len(verdicts):
            return True
        off = sum(others[n].kind is not Kind.WRONG for n in against)
        return off > 0 and off >= self._agreeing(self.unturned)

    def _agreeing(self, unturned: Judge) -> int:
        """How many lines follow from a number whose sign is taken to be the other, and do not from
        one whose sign is not."""
        made = zip(self.judge.working.statements, unturned.working.statements, strict=True)
        return sum(
            _follows_from(self.judge, one, self.signs)
            and not _follows_from(unturned, other, self.signs)
            for one, other in made
            if not self._is_flipped(one)
        )


PERFECT = (0, 0, 0, 0, 0)
_WORD = re.compile(r"[^\W\d_][\w^',]*(?:\[\w+\]\w*)?")
MOST_NOTATIONS = 3
"""Notations that are tried in full, those that know most names first."""
LEAST_KNOWN = 0.8
"""One that knows so much less than another is none that the page is written in."""
EITHER_SIGN = (QuantityKind.DE_DNET, QuantityKind.CHANGE)
"""What has one sign in some courses and the other in others."""


def _readings(
    frame: Frame, lines: tuple[Line, ...], notation: str | None, strict: bool
) -> Iterator[Reading]:
    """Every reading that gives some name of the page another meaning."""
    own = notation or frame.solved.problem.notation
    names = _names(lines)
    plain = all(frame.meanings(own).knows(name) == EXACTLY for name in left_sides(lines))
    among = (own,) if notation or plain else _likely(frame, names, own)
    seen = set()
    for name in among:
        for from_first in (False,) if plain else (False, True):
            meanings = frame.meanings(name, from_first=from_first)
            understood = tuple(meanings.find(word) for word in names)
            if understood in seen:
                continue
            seen.add(understood)
            yield replace(_read(frame, lines, meanings, {}), strict=strict)


def _read(
    frame: Frame, lines: tuple[Line, ...], meanings: Meanings, signs: Mapping[QuantityKind, int]
) -> Reading:
    bound = Binder(frame, meanings, signs).bind(lines)
    return Reading(meanings, signs, Judge(Working(frame, bound)))


def _is(one: Statement, kind: QuantityKind) -> bool:
    """Whether a line states something of a kind under a name whose sign may be the other."""
    return one.loose and one.quantity is not None and one.quantity.kind is kind


def _is_step(q: Quantity) -> bool:
    """Whether a quantity is what an update adds, or what comes of it."""
    return q.kind is QuantityKind.CHANGE or (q.kind in PARAMETERS and q.at.new)


def _step_of(judge: Judge, made: Statement) -> Formula | None:
    """How a new weight comes from its step, where its line names that or has a number beside it."""
    q, working = made.quantity, judge.working
    if q is None or not q.at.new:
        return None
    formulas = [part.formula for part in made.parts if part.formula]
    named = {u for formula in formulas for u in used(formula)}
    for form in working.forms.get(q, ()):
        steps = {u for u in used(form) if u.kind is QuantityKind.CHANGE}
        if steps & (named | working.pins.keys()):
            return form
    return None


def _cannot_add(judge: Judge, made: Statement) -> bool:
    """Whether a new weight is not the old one and the step as that is written."""
    form, answer = _step_of(judge, made), judge.working.answer(made)
    added = judge.working.own(made.number).of(form) if form else None
    return bool(added and answer and not added.within(answer.value, answer.unit))


def _uses(judge: Judge, verdict: Verdict, signs: Mapping[QuantityKind, int]) -> bool:
    """Whether a line states, or is computed from, a number whose sign is taken to be the other."""
    if verdict.quantity and verdict.quantity.kind in signs:
        return True
    all_forms = judge.working.forms.get(verdict.quantity, ()) if verdict.quantity else ()
    names = {u for form in all_forms for u in used(form)}
    return any(u.kind in signs and u in judge.working.pins for u in names)


def _follows_from(judge: Judge, made: Statement, signs: Mapping[QuantityKind, int]) -> bool:
    """Whether a number follows from a printed one whose sign is taken to be the other."""
    working, answer = judge.working, judge.working.answer(made)
    if made.quantity is None or answer is None:
        return False
    named = [
        form
        for form in working.forms.get(made.quantity, ())
        if any(u.kind in signs and u in working.pins for u in used(form))
    ]
    return bool(named and follows([working.own(made.number)], named, answer))


def left_sides(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The left sides of a page."""
    first = (claim.parts[0] for line in lines for claim in line.claims if claim.parts)
    return tuple(dict.fromkeys(name_of(part) or part.text.strip() for part in first))


def _names(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The left sides of a page and every word in it."""
    parts = [part.text for line in lines for claim in line.claims for part in claim.parts]
    return tuple(
        dict.fromkeys((*left_sides(lines), *(w for part in parts for w in _WORD.findall(part))))
    )


def _likely(frame: Frame, names: tuple[str, ...], own: str) -> list[str]:
    """The notations that know most of a page's names, those that know most first; one that knows
    a name that none of these does comes with them."""
    known = {
        name: [meanings.knows(word) for word in names]
        for name, meanings in ((name, frame.meanings(name)) for name in NOTATIONS)
    }
    scores = {name: sum(found) for name, found in known.items()}
    first = sorted(NOTATIONS, key=lambda n: (-scores[n], n != own))
    near = [name for name in first if scores[name] >= LEAST_KNOWN * scores[first[0]]]
    lost = [n for n in range(len(names)) if not any(known[name][n] for name in near)]
    more = [name for name in first if any(known[name][n] for n in lost)]
    likely = [*near[:MOST_NOTATIONS], *more[:1]]
    return likely if own in likely else [*likely, own]
