"""Simulated students: a random problem, a right or wrong method, rounding, and a page of working.

Each page knows its own truth, from arithmetic that shares nothing with the marking.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from hands import Habit, Hand, random_habit, random_hand
from lessons import SCHEDULES, Plans, given_in, random_problem, run_of
from methods import possible, wrong_steps
from reach import Floats, Range, Ranges, Values, as_float, used

from tutor.marking.printed import Printed, printed
from tutor.marking.slips import SLIPS, slip
from tutor.numeric.figures import plain
from tutor.problem.naming import Naming
from tutor.problem.notation import NOTATIONS
from tutor.problem.problem import Problem
from tutor.symbolic.formula import Formula
from tutor.symbolic.mistakes import MISTAKES, Scope
from tutor.symbolic.quantity import Kind, Quantity
from tutor.symbolic.step import Step


@dataclass(frozen=True)
class WrittenLine:
    """One line and its truth."""

    n: int
    quantity: Quantity
    answered: Printed
    """as printed, under the name's own sign"""
    kind: str
    """right; carried: right given an earlier wrong line; wrong; hidden: a mistake was made and
    no digit shows it; open: too near to tell"""
    ids: tuple[str, ...] = ()
    """the mistakes made in it, or in steps before it that are not written"""
    here: bool = False
    """whether a mistake was made in the line itself"""


@dataclass(frozen=True)
class Page:
    """A working and its truth."""

    problem: Problem
    text: str
    truth: tuple[WrittenLine, ...]
    ids: tuple[str, ...]
    """the mistakes that were made; none for a right method"""
    habit: Habit
    hand: Hand
    true: Values
    """every right value"""
    student: Student

    @property
    def first_wrong(self) -> int | None:
        """The line with the first mistake that shows."""
        return next((line.n for line in self.truth if line.kind == "wrong"), None)

    @property
    def explained(self) -> bool | None:
        """Whether a right method and right rounding come to all numbers; None: too near to tell."""
        kinds = [line.kind for line in self.truth]
        if "wrong" in kinds:
            before = kinds[: kinds.index("wrong")]
            return None if "open" in before else False
        return None if "open" in kinds else True


class Student:
    """One working in the making."""

    def __init__(self, problem: Problem, random: Random, ids: Sequence[str]) -> None:
        self.problem, self.random = problem, random
        self.run = run_of(problem.network, problem.schedule)
        self.given = given_in(problem, self.run)
        self.habit, self.hand = random_habit(random), random_hand(random, problem, self.run)
        self.steps, self.made = self._method([id for id in ids if id in MISTAKES])
        self.slips = [id for id in ids if id in SLIPS]
        self.right = self.run.by_quantity
        self.start = {q: as_float(text) for q, text in self.given.items()}
        self.values = dict(self.start)
        self.texts = dict(self.given)
        self.printed: dict[Quantity, Printed] = {}
        self.written = self._written()
        self.formulas: dict[Quantity, Formula] = {}
        self.routes: dict[tuple[Kind, int], float] = {}
        """the way that is taken to each kind of slope in each layer, from 0 to 1"""

    def _method(self, ids: Sequence[str]) -> tuple[list[Step], dict[Quantity, set[str]]]:
        """The student's steps, and the mistakes in each."""
        steps: dict[Quantity, Step] = {step.defines: step for step in self.run.steps}
        made: dict[Quantity, set[str]] = {}
        for id in ids:
            whole = wrong_steps(self.run, id, self.random)
            right = self.run.by_quantity
            other = [step for step in whole if right.get(step.defines) != step]
            if other and MISTAKES[id].scope is Scope.STEP:
                other = [self.random.choice(other)]
            for step in other:
                if step.defines not in made:
                    made[step.defines] = {id}
                    steps[step.defines] = step
            if MISTAKES[id].rescheduling:
                order = {step.defines: step for step in whole}
                steps = {q: steps.get(q, step) for q, step in order.items()}
        return list(steps.values()), made

    def _written(self) -> set[Quantity]:
        """What gets a line."""
        random = self.random
        style = random.choice(("all", "all", "gradients", "finals", "some"))
        asides = random.random() < 0.3
        kinds = {
            "gradients": (Kind.GRAD,),
            "finals": (Kind.W, Kind.B) if self.run.schedule.rate else (Kind.GRAD,),
        }.get(style)
        skipped = 0.4 if style == "some" else 0.0
        found = set()
        for step in self.steps:
            q = step.defines
            if q not in self.right or (step.aside and not asides):
                continue
            if (kinds is None or q.kind in kinds) and random.random() >= skipped:
                found.add(q)
        return found

    def work(self) -> None:
        """Every value, in the order of the steps."""
        places = [q for q in self.right if q in self.written]
        slipped = {self.random.choice(places): id for id in self.slips} if places else {}
        slipped = {q: id for q, id in slipped.items() if self._is_told(q, id)}
        for step in self.steps:
            q = step.defines
            formula = step.formula
            if q not in self.made:
                formula = self._route(step)
            if not all(u in self.values for u in used(formula)):
                if q in self.written:
                    self.written.discard(q)
                continue
            self.formulas[q] = formula
            x = formula.read(Floats(self.values))
            scale = float(self.hand.scale(q))
            text = self.habit.text(x / scale)
            self.values[q] = self.habit.carried(x / scale, self.random) * scale
            number = _read(text)
            if q in slipped:
                instead = list(slip(slipped[q], number, list(self.printed.values())))
                if instead:
                    number = self.random.choice(instead)
                    text = number.text
                    self.values[q] = float(number.value) * scale
                    self.made.setdefault(q, set()).add(slipped[q])
            self.printed[q] = number
            self.texts[q] = text if scale == 1 else plain(Decimal(text) * Decimal(scale))

    def _is_told(self, q: Quantity, id: str) -> bool:
        """Whether a slip is one by the problem, too: in another notation a slope that has lost its
        sign is the problem's own."""
        notation = NOTATIONS[self.problem.notation]
        own = Naming(self.problem.network, notation, self.problem.names)
        return id != "sign-lost" or own.scale(q) * self.hand.scale(q) > 0

    def _route(self, step: Step) -> Formula:
        """One way for all slopes of a kind in a layer: nobody changes it from unit to unit."""
        q = step.defines
        layer = self.problem.network.places.get(q.units[0], (0, 0))[0] if q.units else 0
        if (q.kind, layer) not in self.routes:
            self.routes[q.kind, layer] = max(0.0, self.random.uniform(-7, 3)) / 3
        ways = (step.formula, *step.routes)
        return ways[min(int(self.routes[q.kind, layer] * len(ways)), len(ways) - 1)]

    # What is true of a line

    def behind(self, q: Quantity) -> Iterator[Quantity]:
        """q and the steps before it that are not written."""
        seen, waiting = {q}, [q]
        while waiting:
            now = waiting.pop()
            yield now
            for u in used(self.formulas[now]) if now in self.formulas else ():
                if u not in seen and u not in self.written and u not in self.given:
                    seen.add(u)
                    waiting.append(u)

    def known(
        self,
        q: Quantity,
        units: float,
        memo: dict[Quantity, Range],
        without: Collection[Quantity] = (),
    ) -> Range:
        """Where q lies for somebody who has this page, but for some of its lines, if the method
        were right."""
        if q in self.start:
            return self.start[q], self.start[q]
        if q not in memo:
            if q in self.written and q not in without:
                scale = float(self.hand.scale(q))
                number = self.printed[q]
                ends = (float(number.value) * scale, units * float(number.unit) * abs(scale))
                memo[q] = ends[0] - ends[1], ends[0] + ends[1]
            else:
                low, high = self.reached(q, units, memo, without)
                slack = units * max(map(self.habit.unit, (low, high))) if high < math.inf else 0
                memo[q] = low - slack, high + slack
        return memo[q]

    def reached(
        self,
        q: Quantity,
        units: float,
        memo: dict[Quantity, Range],
        without: Collection[Quantity] = (),
    ) -> Range:
        """What a right method can come to from what stands on the page, by any route."""
        step = self.right[q]
        reading = Ranges(lambda u: self.known(u, units, memo, without))
        found = [route.read(reading) for route in (step.formula, *step.routes)]
        return min(x[0] for x in found), max(x[1] for x in found)

    def line(self, n: int, q: Quantity, truth: Values, tainted: set[Quantity]) -> WrittenLine:
        """What is true of one line; a wrong or carried one taints what follows."""
        number, scale = self.printed[q], float(self.hand.scale(q))
        behind = list(self.behind(q))
        ids = {id for u in behind for id in self.made.get(u, ())}
        value, unit = float(number.value) * scale, float(number.unit) * abs(scale)
        if not ids:
            operands = {u for now in behind for u in used(self.formulas[now])}
            kind = "carried" if operands & tainted else "right"
            if kind == "carried":
                tainted.add(q)
            return WrittenLine(n, q, number, kind)

        def within(units: float) -> bool:
            if abs(value - truth[q]) <= units * unit * 1.001:
                return True
            ranges = (self.reached(q, units, {}, without) for without in ((), tainted))
            return any(x[0] - units * unit <= value <= x[1] + units * unit for x in ranges)

        near = abs(value - truth[q]) <= unit
        kind = "wrong" if not within(3) else "hidden" if near else "open"
        if kind == "wrong":
            tainted.add(q)
        return WrittenLine(n, q, number, kind, tuple(sorted(ids)), q in self.made)

    def page(self) -> Page:
        self.work()
        truth = truth_of(self.problem)
        order = [step for step in self.steps if step.defines in self.written]
        if not order:
            raise ArithmeticError
        if self.random.random() < 0.2 and not self.hand.headed and self.run.single:
            order = _by_weight(order, self.formulas)
        lines, found, heading = [], [], ""
        tainted: set[Quantity] = set()
        for step in order:
            q = step.defines
            if self.hand.headed and (now := self._heading(q)) != heading:
                lines.append(now)
                heading = now
            text = self.hand.line(step, self.formulas[q], self.texts, self.printed[q].text)
            lines.append(text)
            found.append(self.line(len(lines), q, truth, tainted))
        ids = tuple(sorted({id for ids in self.made.values() for id in ids}))
        text = "\n".join(lines) + "\n"
        return Page(self.problem, text, tuple(found), ids, self.habit, self.hand, truth, self)

    def _heading(self, q: Quantity) -> str:
        s = q.at.update
        if q.at.new and q.kind not in (Kind.W, Kind.B):
            return f"After update {s}:"
        return f"Iteration {s}:" if self.run.schedule.patterns == 1 else f"Pattern {s}:"


def _read(text: str) -> Printed:
    """The number that was written. Raises ArithmeticError where it is too large to be read."""
    number = printed(text)
    if not number:
        raise ArithmeticError(text)
    return number


def _by_weight(order: Sequence[Step], formulas: Mapping[Quantity, Formula]) -> list[Step]:
    """The factors of each gradient just before it."""
    by = {step.defines: step for step in order}
    found: dict[Quantity, Step] = {}

    def write(q: Quantity) -> None:
        if q not in found and q in formulas:
            for u in used(formulas[q]):
                write(u)
            if q in by:
                found[q] = by[q]

    for step in order:
        if step.defines.kind is Kind.GRAD:
            write(step.defines)
    for step in order:
        write(step.defines)
    return list(found.values())


def truth_of(problem: Problem) -> dict[Quantity, float]:
    """Every right value."""
    solving = run_of(problem.network, problem.schedule)
    found = {q: as_float(text) for q, text in given_in(problem, solving).items()}
    for step in solving.steps:
        found[step.defines] = step.formula.read(Floats(found))
    return found


def student(problem: Problem, random: Random, ids: Sequence[str] | None = None) -> Page:
    """A page of working; without ``ids`` right, wrong, or wrong in two ways by chance.

    Raises ArithmeticError where the numbers grow out of hand.
    """
    if ids is None:
        can = possible(run_of(problem.network, problem.schedule))
        luck = random.random()
        ids = ()
        if 0.35 <= luck < 0.8:
            ids = (random.choice(can),)
        elif 0.8 <= luck < 0.87:
            ids = tuple(random.sample(can, 2))
        elif luck >= 0.87:
            ids = (random.choice(list(SLIPS)),)
    page = Student(problem, random, ids).page()
    if any(abs(line.answered.value) > 1000 for line in page.truth):
        raise ArithmeticError
    return page


def pages(seed: int, count: int, each: int = 10, plans: Plans = SCHEDULES) -> Iterator[Page]:
    """Pages of random problems, some for each; the same for the same seed."""
    random = Random(seed)
    left = count
    while left > 0:
        problem = random_problem(random, plans=plans)
        for _ in range(min(each, left)):
            for _ in range(20):
                try:
                    page = student(problem, random)
                except (ArithmeticError, ValueError):
                    continue
                left -= 1
                yield page
                break
