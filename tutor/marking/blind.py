"""What a problem's numbers cannot show: mistakes that leave what is asked as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from tutor.numeric.floats import float_of, floats
from tutor.problem.problem import Pattern, Problem
from tutor.solving import Solved, given_texts, stated_values
from tutor.symbolic.manners import Manner, manners, needed
from tutor.symbolic.quantity import ETA, Quantity, T, X
from tutor.symbolic.step import Step

MOST_TRIED = 6000
"""Evaluations of a search."""
ENDS = ("0", "1")
"""What only a target is often."""
TENTHS = tuple(f"{sign}0.{n}" for n in range(1, 10) for sign in ("", "-"))
HUNDREDTHS = tuple(f"{sign}0.{n:02}" for n in range(1, 100) if n % 10 for sign in ("", "-"))


@dataclass(frozen=True, slots=True)
class Change:
    """Another value for one given number, and the mistakes that it brings to light."""

    quantity: Quantity
    pattern: int
    """whose input it is; 0 for a weight or bias"""
    before: str
    after: str
    shows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blind:
    """What a problem's numbers cannot show, and what would."""

    tested: tuple[str, ...]
    """every mistake that touches what is asked"""
    hidden: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def without_change(self) -> tuple[str, ...]:
        """Mistakes for which no change of one number was found."""
        shown = {id for change in self.changes for id in change.shows}
        return tuple(id for id in self.hidden if id not in shown)


def blind(solved: Solved) -> Blind:
    """Try every mistake in every manner at the problem's own numbers, then at others."""
    return _Search(solved).blind()


class _Search:
    def __init__(self, solved: Solved) -> None:
        self.solved, self.problem = solved, solved.problem
        self.tried = 0

    def blind(self) -> Blind:
        tested = tuple(dict.fromkeys(manner.id for manner in self.manners))
        hidden = self._hidden(self.problem, self.manners)
        return Blind(tested, hidden, tuple(self._changes(hidden)))

    @cached_property
    def right(self) -> tuple[Step, ...]:
        """The steps that what is asked needs."""
        return needed(self.solved.run.steps, self.solved.asked, self.solved.pinned)

    @cached_property
    def manners(self) -> tuple[Manner, ...]:
        """Each manner of each mistake that touches what is asked, with its steps."""
        return manners(self.solved.run, self.solved.asked, self.solved.pinned)

    def _hidden(self, problem: Problem, manners: Iterable[Manner]) -> tuple[str, ...]:
        """The mistakes of which a manner leaves every asked value as it is, to its digits."""
        start = {q: float_of(t) for q, t in given_texts(problem, self.solved.run)}
        start |= {q: float(v) for q, v in stated_values(problem, self.solved.run)}
        self.tried += 1
        right = floats(self.right, start)
        found = dict.fromkeys(
            manner.id for manner in manners if self._alike(right, floats(manner.steps, start))
        )
        return tuple(found)

    def _alike(self, right: Mapping[Quantity, float], wrong: Mapping[Quantity, float]) -> bool:
        self.tried += 1
        return all(
            q not in right or (q in wrong and abs(right[q] - wrong[q]) <= self._unit(q, right[q]))
            for q in self.solved.asked
        )

    def _unit(self, q: Quantity, value: float) -> float:
        """One unit of the last digit that the problem shows."""
        rounding = self.problem.rounding
        digits = rounding.digits(q) if rounding else self.problem.show
        return float(digits.unit(Decimal(value)))

    def _changes(self, hidden: tuple[str, ...]) -> Iterator[Change]:
        """Changes of one number, each the one that shows most of what is still hidden."""
        waiting = hidden
        while waiting and (change := self._best(waiting, hidden)):
            yield change
            waiting = tuple(id for id in waiting if id not in change.shows)

    def _best(self, waiting: tuple[str, ...], hidden: tuple[str, ...]) -> Change | None:
        """It may hide nothing that could be seen."""
        manners = [one for one in self.manners if one.id in waiting]
        others = [one for one in self.manners if one.id not in hidden]
        best: Change | None = None
        for values in (ENDS, TENTHS, HUNDREDTHS):
            for change, problem in self._candidates(values):
                if self.tried > MOST_TRIED:
                    return best
                still = self._hidden(problem, manners)
                shows = tuple(id for id in waiting if id not in still)
                if len(shows) > (len(best.shows) if best else 0) and not self._hidden(
                    problem, others
                ):
                    best = replace(change, shows=shows)
                    if len(shows) == len(waiting):
                        return best
            if best:
                return best
        return best

    def _candidates(self, values: Sequence[str]) -> Iterator[tuple[Change, Problem]]:
        """Each value for each number in turn."""
        problem = self.problem
        for text in values:
            if text in ENDS:
                for n in range(len(problem.patterns)):
                    yield from self._targets(n, text)
                continue
            for q, before in problem.parameters.items():
                parameters = {**problem.parameters, q: text}
                yield Change(q, 0, before, text, ()), replace(problem, parameters=parameters)
            if problem.learning_rate and text[0] != "-":
                change = Change(ETA, 0, problem.learning_rate, text, ())
                yield change, replace(problem, learning_rate=text)
            for n in range(len(problem.patterns)):
                yield from self._inputs(n, text)
                if text[0] != "-":
                    yield from self._targets(n, text)

    def _inputs(self, n: int, text: str) -> Iterator[tuple[Change, Problem]]:
        pattern = self.problem.patterns[n]
        units = zip(self.problem.network.inputs, pattern.inputs, strict=True)
        for i, (unit, before) in enumerate(units):
            if before is not None:
                inputs = (*pattern.inputs[:i], text, *pattern.inputs[i + 1 :])
                yield self._changed(n, replace(pattern, inputs=inputs), X(unit), before, text)

    def _targets(self, n: int, text: str) -> Iterator[tuple[Change, Problem]]:
        """Those of a softmax hang together."""
        pattern, network = self.problem.patterns[n], self.problem.network
        told = () if network.layers[-1].softmax else pattern.targets or ()
        for k, (unit, before) in enumerate(zip(network.outputs, told, strict=False)):
            if before is not None:
                targets = (*told[:k], text, *told[k + 1 :])
                yield self._changed(n, replace(pattern, targets=targets), T(unit), before, text)

    def _changed(
        self, n: int, pattern: Pattern, q: Quantity, before: str, text: str
    ) -> tuple[Change, Problem]:
        patterns = self.problem.patterns
        change = Change(q, n + 1 if len(patterns) > 1 else 0, before, text, ())
        others = (*patterns[:n], pattern, *patterns[n + 1 :])
        return change, replace(self.problem, patterns=others)
