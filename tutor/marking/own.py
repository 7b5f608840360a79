"""The steps of a problem with a student's own numbers in the places where she wrote some."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from tutor.numeric.exact import Unknown
from tutor.numeric.points import Points
from tutor.numeric.spread import ByHand, Spread, rounded
from tutor.symbolic.descent import Run
from tutor.symbolic.formula import Formula, Neg, Num, Product, Ref, Sum
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.rewrite import refs

Unit = Callable[[float], float]
Form = tuple[Formula, tuple[Quantity, ...]]
"""A formula and the quantities that it uses."""
NOTHING_ELSE: Mapping[Quantity, Formula] = MappingProxyType({})

NO_VALUE = (Unknown, ArithmeticError, ValueError)


class Habit(NamedTuple):
    """The digits that numbers show: what is not written is taken as kept to the coarser of both."""

    decimals: int = 0
    figures: int = 0

    def unit(self, value: float) -> float:
        """The last unit that somebody keeps of a number."""
        if not value or math.isinf(value):
            return self._coarse
        leading = math.floor(math.log10(abs(value)))
        return max(self._coarse, 10.0 ** (leading - self.figures + 1))

    @property
    def _coarse(self) -> float:
        return 10.0**-self.decimals


def unrounded(value: float) -> float:
    """The unit of a number that is carried as it is."""
    return 0.0


class Way(Enum):
    """Which form of a step is taken where a student has written nothing for it."""

    WRITTEN = auto()
    FIRST = auto()
    LAST = auto()


class Trace(dict[Quantity, Spread]):
    """A value for every quantity, worked out when it is asked for.

    ``pins`` are the student's printed numbers; what she did not write is computed from them by
    the steps, kept to ``unit``: of the forms of a step, by the one that is nearest to what she
    wrote, or by the first or the last of them (``way``). ``instead`` are other formulas for some.
    Without a unit every number is just itself, the pins too, and nothing is rounded.
    """

    def __init__(
        self,
        formulas: Mapping[Quantity, tuple[Formula, ...]],
        given: Mapping[Quantity, Spread],
        pins: Mapping[Quantity, Spread],
        unit: Unit | None,
        instead: Mapping[Quantity, Formula] = NOTHING_ELSE,
        way: Way = Way.WRITTEN,
    ) -> None:
        super().__init__(given)
        self.update(pins)
        self.way = way
        self.formulas, self.given, self.pins, self.instead = formulas, given, pins, instead
        self.unit, self._unit = unit or unrounded, unit
        self.reading = ByHand(self, unit) if unit else Points(self)
        self._chosen: dict[Quantity, Form] = {}
        self._users: dict[Quantity, Mapping[Quantity, Sequence[Quantity]]] = {}

    def __missing__(self, asked: Quantity) -> Spread:
        """Work out everything that it needs, without recursion."""
        waiting = [asked]
        while waiting:
            q = waiting[-1]
            if q in self:
                waiting.pop()
                continue
            formula, names = self._form(q)
            missing = [u for u in names if u not in self]
            if missing:
                if len(waiting) > len(self.formulas) + 1:
                    raise Unknown(q)
                waiting += missing
                continue
            value = self.reading.outermost(formula)
            unit = 0.0 if isinstance(formula, Ref | Num) else self.unit(value.mid)
            self[q] = self._carried(q, value, unit) if unit else value
            waiting.pop()
        return self[asked]

    def _carried(self, q: Quantity, value: Spread, unit: float) -> Spread:
        """A result as it is used further on."""
        return rounded(value, unit, q)

    @cached_property
    def stated(self) -> frozenset[float]:
        """The problem's numbers, without signs."""
        return frozenset(abs(one.mid) for one in self.given.values())

    @cached_property
    def printed(self) -> frozenset[float]:
        """The student's numbers, without signs."""
        return frozenset(abs(pin.mid) for pin in self.pins.values())

    def formula(self, q: Quantity) -> Formula:
        """The form of a step that uses most of what is written. Raises Unknown."""
        return self._form(q)[0]

    def _form(self, q: Quantity) -> Form:
        """The same with the quantities that it uses."""
        if q in self.instead:
            return self.instead[q], used(self.instead[q])
        if q not in self._chosen:
            formula = self._choose(q)
            self._chosen[q] = formula, used(formula)
        return self._chosen[q]

    def _choose(self, q: Quantity) -> Formula:
        all_forms = self.formulas.get(q)
        if not all_forms:
            raise Unknown(q)
        if len(all_forms) == 1 or self.way is Way.FIRST or not self.pins:
            return all_forms[0]
        if self.way is Way.LAST:
            return all_forms[-1]
        return max(all_forms, key=self._written)

    def _written(self, formula: Formula) -> float:
        """The part of a formula's quantities that is written or given."""
        names = used(formula)
        return sum(u in self.pins or u in self.given for u in names) / max(1, len(names))

    def changed(self, instead: Mapping[Quantity, Formula], q: Quantity) -> Trace:
        """The same with other formulas for some steps; what they do not touch is kept."""
        made = self._alike(self._unit, instead)
        made.update(self)
        users, touched = self._used_by(q), set(instead)
        waiting = list(instead)
        while waiting:
            new = [u for u in users.get(waiting.pop(), ()) if u not in touched]
            touched.update(new)
            waiting += new
        for u in touched:
            if u not in self.given and u not in self.pins:
                made.pop(u, None)
        return made

    def mistaken(self, instead: Mapping[Quantity, Formula], q: Quantity) -> Spread | None:
        """What the step that defines q gives with other formulas for some steps."""
        return self.changed(instead, q).step(q)

    def kept(self, unit: Unit) -> Trace:
        """The same, kept to another unit."""
        made = self._alike(unit, self.instead)
        made._users = self._users
        return made

    def _alike(self, unit: Unit | None, instead: Mapping[Quantity, Formula]) -> Trace:
        """The same steps and numbers, nothing worked out."""
        made = Trace(self.formulas, self.given, self.pins, unit, instead, self.way)
        made._chosen = self._chosen
        return made

    def _used_by(self, q: Quantity) -> Mapping[Quantity, Sequence[Quantity]]:
        """The steps without a printed number that lead to q, each under all that it uses."""
        if q not in self._users:
            users: dict[Quantity, list[Quantity]] = {}
            for u in self.unwritten(q):
                for name in self._form(u)[1]:
                    users.setdefault(name, []).append(u)
            self._users[q] = users
        return self._users[q]

    def of(self, formula: Formula) -> Spread | None:
        """What a formula comes to; None where it has no value."""
        try:
            value = self.reading.outermost(formula)
        except NO_VALUE:
            return None
        return None if math.isnan(value.mid) else value

    def step(self, q: Quantity) -> Spread | None:
        """What the step that defines q gives, whatever is printed for q."""
        try:
            return self.of(self.formula(q))
        except NO_VALUE:
            return None

    def leans_on(self, formula: Formula) -> set[Quantity]:
        """The printed numbers that a formula's value comes from."""
        found: set[Quantity] = set()
        waiting = list(used(formula))
        seen: set[Quantity] = set()
        while waiting:
            q = waiting.pop()
            if q in seen:
                continue
            seen.add(q)
            if q in self.pins:
                found.add(q)
            elif q not in self.given and q in self.formulas:
                waiting += self._form(q)[1]
        return found

    def chooses(self, all_forms: Iterable[Formula]) -> bool:
        """Whether a step that is not written, and leads to one of these, can be taken by more than
        one form."""
        waiting = [u for form in all_forms for u in used(form)]
        seen = set()
        while waiting:
            u = waiting.pop()
            if u in seen or u in self.pins or u in self.given or u not in self.formulas:
                continue
            seen.add(u)
            if len(self.formulas[u]) > 1:
                return True
            waiting += self._form(u)[1]
        return False

    def unwritten(self, q: Quantity) -> tuple[Quantity, ...]:
        """The steps without a printed number that lead to q, itself first."""
        found = {q: None}
        waiting = list(self._form(q)[1]) if q in self.formulas else []
        while waiting:
            u = waiting.pop()
            if u in found or u in self.pins or u in self.given or u not in self.formulas:
                continue
            found[u] = None
            waiting += self._form(u)[1]
        return tuple(found)


@lru_cache(maxsize=4096)
def used(formula: Formula) -> tuple[Quantity, ...]:
    """The quantities that a formula uses."""
    return tuple(refs(formula))


def forms(run: Run) -> Mapping[Quantity, tuple[Formula, ...]]:
    """Every formula by which people come to a quantity: the step's, its routes, and those with a
    part that has a name of its own (delta * o for the three factors)."""
    named: dict[Formula, Quantity] = {
        s.formula: s.defines for s in run.steps if isinstance(s.formula, Product | Neg | Sum)
    }
    found: dict[Quantity, tuple[Formula, ...]] = {}
    for step in run.steps:
        direct = (step.formula, *step.routes)
        more = (f for form in direct for f in _folded(form, step.defines, named))
        found[step.defines] = tuple(dict.fromkeys((*direct, *more)))
    return found


def _folded(
    formula: Formula, itself: Quantity, named: Mapping[Formula, Quantity]
) -> Iterator[Formula]:
    """The formula with parts replaced by the quantities that they define."""

    def name(part: Formula) -> Formula:
        q = named.get(part)
        return part if q is None or q == itself else Ref(q)

    match formula:
        case Sum(xs):
            yield Sum(tuple(map(name, xs)))
        case Product(xs) if len(xs) > 2:
            for size in range(2, len(xs)):
                for start in range(len(xs) - size + 1):
                    part = Product(xs[start : start + size])
                    if name(part) != part:
                        yield Product((*xs[:start], name(part), *xs[start + size :]))
        case _:
            return
