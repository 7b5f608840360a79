"""What the digits of a wrong number can tell: every mistake of the table that comes to it.

Nothing here is shared with the marking but the tables of mistakes and of slips.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import chain

from methods import manners, steps_with, variants
from reach import EVERYTHING, Range, Ranges, used
from students import Page, Student, WrittenLine

from tutor.marking.printed import Printed, printed
from tutor.marking.slips import SLIPS, slip
from tutor.symbolic.formula import Formula
from tutor.symbolic.mistakes import MISTAKES, Scope
from tutor.symbolic.quantity import Kind, Quantity

CHANCE = 0.1
"""A mistake that would come to more than this part of all numbers of that size tells nothing."""
COPIES = ("copied-wrong",)
"""Slips to any number of the page: by luck they tell nothing at all."""

Formulas = Mapping[Quantity, Formula]


@dataclass(frozen=True)
class Telling:
    """What one wrong number tells."""

    fits: frozenset[str]
    """the mistakes and slips whose number it is, to what rounding can reach"""
    true: frozenset[str]
    """those of them that were made, where the fit is no luck"""

    @property
    def only(self) -> bool:
        """Whether nothing else comes to the number."""
        return bool(self.true) and self.fits == self.true


def telling(page: Page, line: WrittenLine) -> Telling:
    """What a wrong line's number tells."""
    found = dict(chain(_mistakes(page.student, line), _slips(page, line)))
    sure = {id for id, lucky in found.items() if not lucky}
    return Telling(frozenset(found), frozenset(sure & set(line.ids)))


class _Reach:
    """What can be printed for a quantity by somebody with this page and these formulas."""

    def __init__(self, student: Student, q: Quantity, formulas: Formulas) -> None:
        self.student, self.q, self.formulas = student, q, formulas
        self.memo: dict[Quantity, Range] = {}
        self.reading = Ranges(self.known)

    def known(self, u: Quantity) -> Range:
        student = self.student
        if u in student.start or u in student.written:
            return student.known(u, 1, {})
        if u not in self.memo:
            low, high = self.formulas[u].read(self.reading)
            slack = max(map(student.habit.unit, (low, high))) if abs(low) + abs(high) < 1e9 else 0
            self.memo[u] = low - slack, high + slack
        return self.memo[u]

    def result(self) -> Range:
        """The range of the quantity itself."""
        try:
            return self.formulas[self.q].read(self.reading)
        except (ArithmeticError, ValueError, KeyError):
            return EVERYTHING

    def unwritten(self) -> dict[Quantity, None]:
        """The quantity and the steps without a line that lead to it."""
        found, waiting = {self.q: None}, [self.q]
        while waiting:
            now = waiting.pop()
            for u in used(self.formulas[now]):
                if u not in found and u not in self.student.start and u not in self.student.written:
                    found[u] = None
                    waiting.append(u)
        return found

    def changed(self, instead: Formulas) -> _Reach | None:
        """The same with other formulas; None where they do not touch the quantity."""
        behind = self.unwritten()
        touched: set[Quantity] = set()
        new = set(instead) & set(behind)
        while new:
            touched |= new
            new = {
                u for u in behind if u not in touched and not new.isdisjoint(used(self.formulas[u]))
            }
        if self.q not in touched:
            return None
        made = _Reach(self.student, self.q, {**self.formulas, **instead})
        made.memo.update((u, value) for u, value in self.memo.items() if u not in touched)
        return made


def _mistakes(student: Student, line: WrittenLine) -> Iterator[tuple[str, bool]]:
    """Each mistake that comes to a number. One that comes to a tenth of all numbers is none."""
    scale = float(student.hand.scale(line.quantity))
    value = float(line.answered.value) * scale
    unit = float(line.answered.unit) * abs(scale)
    right = {q: step.formula for q, step in student.right.items()}
    before = _before(student, line.quantity)
    routes = {q: f for q, f in student.formulas.items() if q not in student.made and q in right}
    for formulas in (right, {**right, **routes}):
        base = _Reach(student, line.quantity, formulas)
        usual = sum(base.result()) / 2 if before is not None else 0.0
        for id, instead in _candidates(student, base):
            made = base.changed(instead)
            if made is None:
                continue
            low, high = made.result()
            size = max(abs(x - (before or 0)) for x in (value, usual, (low + high) / 2))
            wide = high - low + 2 * unit > CHANCE * size
            if not wide and low - unit <= value <= high + unit:
                yield id, False


def _before(student: Student, q: Quantity) -> float | None:
    """The weight that an update changes: only by how much it does says something."""
    same = (u for u in used(student.right[q].formula) if (u.kind, u.units) == (q.kind, q.units))
    old = next(same, None) if q.kind in (Kind.W, Kind.B) else None
    return student.values[old] if old else None


def _candidates(student: Student, base: _Reach) -> Iterator[tuple[str, Formulas]]:
    """Each manner of each mistake in the steps behind a number: at all of them, and at the last."""
    run, q = student.run, base.q
    groups: dict[tuple[str, str], dict[Quantity, Formula]] = {}
    for u in base.unwritten():
        for id, variant in variants(run, u):
            groups.setdefault((id, variant.tag), {})[u] = variant.formula
    for (id, _), instead in groups.items():
        alone = instead if MISTAKES[id].scope is Scope.STEP else {q} & set(instead)
        if MISTAKES[id].scope is not Scope.STEP:
            yield id, instead
        for u in alone:
            yield id, {u: instead[u]}
    for id, mistake in MISTAKES.items():
        for tag in manners(run, id) if mistake.rescheduling else ():
            steps = steps_with(run, id, tag)
            yield id, {s.defines: s.formula for s in steps if student.right.get(s.defines) != s}


def _slips(page: Page, line: WrittenLine) -> Iterator[tuple[str, bool]]:
    """The slips of the pen that lead to the number, and whether so many numbers do that it may
    be luck."""
    student = page.student
    scale = float(student.hand.scale(line.quantity))
    right = {q: step.formula for q, step in student.right.items()}
    low, high = _Reach(student, line.quantity, right).result()
    middle = (low + high) / 2 / scale
    if not math.isfinite(middle):
        return
    others = [other.answered for other in page.truth if other.n != line.n]
    for id in SLIPS:
        instead = {
            number.value
            for meant in _meant(student, middle, line.answered)
            for number in slip(id, meant, others)
        }
        unit = line.answered.unit
        lucky = 2 * len(instead) * unit >= CHANCE * abs(line.answered.value)  # so is a bare 0
        if line.answered.value in instead and id != "arithmetic" and not (lucky and id in COPIES):
            yield id, lucky


def _meant(student: Student, value: float, shown: Printed) -> Iterator[Printed]:
    """How the right number may have been written."""
    exact = Decimal(repr(value))
    unit = student.habit.digits.unit(exact)
    for mode in (ROUND_HALF_UP, ROUND_DOWN):
        near = exact.quantize(unit, mode)
        for off in (-1, 0, 1):
            number = printed(f"{near + off * unit:f}")
            if number and number.value != shown.value:
                yield number
