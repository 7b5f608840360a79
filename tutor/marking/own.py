"""The steps of a problem with a student's own numbers in the places where she wrote some."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from tutor.numeric.exact import Unknown
from tutor.numeric.spread import ByHand, Spread, exact, rounded
from tutor.symbolic.descent import Run
from tutor.symbolic.formula import Formula, Neg, Num, Product, Ref, Sum
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.rewrite import refs

Unit = Callable[[float], float]

NO_VALUE = (Unknown, ArithmeticError, ValueError)


@dataclass(frozen=True, slots=True)
class Habit:
    """The digits that numbers show: what is not written is taken as kept to the coarser of both."""

    decimals: int = 0
    figures: int = 0

    def unit(self, value: float) -> float:
        """The last unit that somebody keeps of a number."""
        coarse = float(10**-self.decimals)
        if not value or math.isinf(value):
            return coarse
        leading = math.floor(math.log10(abs(value)))
        return float(max(coarse, 10.0 ** (leading - self.figures + 1)))


def unrounded(value: float) -> float:
    """The unit of a number that is carried as it is."""
    return 0.0


class Way(Enum):
    """Which form of a step is taken where a student has written nothing for it."""

    WRITTEN = auto()
    FIRST = auto()
    LAST = auto()


class Trace(Mapping[Quantity, Spread]):
    """A value for every quantity, worked out when it is asked for.

    ``pins`` are the student's printed numbers; what she did not write is computed from them by
    the steps, kept to ``unit``: of the forms of a step, by the one that is nearest to what she
    wrote, or by the first or the last of them (``way``). ``instead`` are other formulas for some.
    """

    def __init__(
        self,
        formulas: Mapping[Quantity, tuple[Formula, ...]],
        given: Mapping[Quantity, Spread],
        pins: Mapping[Quantity, Spread],
        unit: Unit,
        instead: Mapping[Quantity, Formula] | None = None,
        way: Way = Way.WRITTEN,
    ) -> None:
        self.way = way
        self.formulas, self.given, self.pins, self.unit = formulas, given, pins, unit
        self.instead = instead or {}
        self.worked: dict[Quantity, Spread] = {}
        self._used: dict[Quantity, Mapping[Quantity, tuple[Quantity, ...]]] = {}
        self.reading = ByHand(self, unit)
        self._chosen: dict[Quantity, Formula] = {}

    def __getitem__(self, q: Quantity) -> Spread:
        found = self.pins.get(q) or self.given.get(q) or self.worked.get(q)
        if found is None:
            found = self._settled(q)
        return found

    def __iter__(self) -> Iterator[Quantity]:
        return iter({**self.given, **self.formulas, **self.pins})

    def __len__(self) -> int:
        return len({**self.given, **self.formulas, **self.pins})

    def _known(self, q: Quantity) -> bool:
        return q in self.pins or q in self.given or q in self.worked

    def _settled(self, asked: Quantity) -> Spread:
        """Work out everything that is missing, without recursion."""
        waiting = [asked]
        while waiting:
            q = waiting[-1]
            if self._known(q):
                waiting.pop()
                continue
            formula = self.formula(q)
            missing = [u for u in used(formula) if not self._known(u)]
            if missing:
                if len(waiting) > len(self.formulas) + 1:
                    raise Unknown(q)
                waiting += missing
                continue
            value = self.reading.outermost(formula)
            plain = isinstance(formula, Ref | Num)
            unit = 0.0 if plain else self.unit(value.mid)
            self.worked[q] = rounded(value, unit, q) if unit else value
            waiting.pop()
        return self[asked] if self._known(asked) else exact(math.nan)

    def formula(self, q: Quantity) -> Formula:
        """The form of a step that uses most of what is written. Raises Unknown."""
        found = self.instead.get(q) or self._chosen.get(q)
        if found is None:
            found = self._chosen[q] = self._choose(q)
        return found

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
        made = Trace(self.formulas, self.given, self.pins, self.unit, instead, self.way)
        made._chosen = self._chosen
        touched: set[Quantity] = set()
        new = set(instead)
        uses = self._uses(q)
        while new:
            touched |= new
            new = {u for u, names in uses.items() if u not in touched and not new.isdisjoint(names)}
        made.worked = {u: value for u, value in self.worked.items() if u not in touched}
        return made

    def _uses(self, q: Quantity) -> Mapping[Quantity, tuple[Quantity, ...]]:
        """What each step without a printed number that leads to q uses."""
        if q not in self._used:
            self._used[q] = {u: used(self.formula(u)) for u in self.unwritten(q)}
        return self._used[q]

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
                waiting += used(self.formula(q))
        return found

    def unwritten(self, q: Quantity) -> tuple[Quantity, ...]:
        """The steps without a printed number that lead to q, itself first."""
        found = {q: None}
        waiting = list(used(self.formula(q))) if q in self.formulas else []
        while waiting:
            u = waiting.pop()
            if u in found or u in self.pins or u in self.given or u not in self.formulas:
                continue
            found[u] = None
            waiting += used(self.formula(u))
        return tuple(found)


@cache
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
