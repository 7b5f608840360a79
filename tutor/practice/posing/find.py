"""A worked solution with one mistake in it, carried through."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tutor.numeric.exact import number
from tutor.numeric.figures import Figures
from tutor.numeric.trace import Undefined
from tutor.practice.exercise import COMMON
from tutor.practice.posing.posed import Posed, Unposable, shuffled, shuffled_names
from tutor.solving import Solved
from tutor.symbolic.manners import needed
from tutor.symbolic.mistakes import MISTAKES, Scope, mistaken, tags
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.rewrite import refs
from tutor.symbolic.step import Step

LONGEST = 20
"""Lines; of a longer solution one asked number is worked out."""
LEAST = 2
"""Figures of the mistaken number: one alone does not tell where it comes from."""
FAR = 10
"""The mistaken number is at most so many times larger or smaller than the right one, and differs
from it by at least the larger one's size over this."""


@dataclass(frozen=True)
class Find(Posed):
    """The lines, one of which is wrong."""

    steps: tuple[Step, ...]
    figures: Figures
    """as they are printed, with the mistake carried through"""
    planted: Quantity
    mistake: str

    @property
    def line(self) -> int:
        """The number of the wrong line, from 1."""
        return 1 + [step.defines for step in self.steps].index(self.planted)

    @property
    def follows(self) -> tuple[int, ...]:
        """The numbers of the lines that follow from it."""
        touched = _touched(self.steps, self.planted)
        return tuple(
            n
            for n, step in enumerate(self.steps, 1)
            if step.defines in touched and step.defines != self.planted
        )


def find(solved: Solved, stream: str) -> Find:
    """One mistake, made in one line, that changes what is asked."""
    groups: list[tuple[Quantity, ...]] = [solved.asked]
    if len(needed(solved.run.steps, solved.asked, solved.pinned)) > LONGEST:
        groups = [(q,) for q in shuffled(solved.asked, f"{stream}/asked")]
    for group in groups:
        for one in _planted(solved, group, stream):
            return one
    what = "no mistake made in one line changes what is asked, and can be seen there"
    raise Unposable(solved, what, "ask for a number with more steps to it")


def _planted(solved: Solved, asked: tuple[Quantity, ...], stream: str) -> Iterator[Find]:
    right = needed(solved.run.steps, asked, solved.pinned)
    local = (id for id, row in MISTAKES.items() if row.scope is not Scope.SCHEDULE)
    for id in shuffled_names(local, f"{stream}/mistakes"):
        places = [
            (tag, step)
            for tag in tags(solved.run, id)
            for step in right
            if tag in COMMON.get(id, (tag,))
        ]
        for tag, step in shuffled(places, f"{stream}/{id}"):
            steps = _with(solved, right, step, id, tag)
            if steps and (figures := _carried(solved, steps, step.defines, asked)):
                yield Find(solved, steps, figures, step.defines, id)


def _with(
    solved: Solved, right: Sequence[Step], at: Step, id: str, tag: str
) -> tuple[Step, ...] | None:
    """The steps with the mistake made in one of them; None where it needs what stands below."""
    made = mistaken(solved.run, id, tag, where=lambda step: step.defines == at.defines)
    wrong = next(step for step in made if step.defines == at.defines)
    n = right.index(at)
    computed = {step.defines for step in right[:n]}
    given = solved.figures.values.keys() - solved.run.by_quantity.keys() | solved.pinned
    if wrong.formula == at.formula or not computed | given >= set(refs(wrong.formula)):
        return None
    return (*right[:n], wrong, *right[n + 1 :])


def _carried(
    solved: Solved, steps: tuple[Step, ...], at: Quantity, asked: Collection[Quantity]
) -> Figures | None:
    """The numbers with the mistake; None where it does not show, or not in what is asked."""
    try:
        figures = solved.figures_of(steps)
    except Undefined:
        return None
    pairs = {step.defines: (figures.values, solved.figures.values) for step in steps}
    if any(q not in wrong or q not in right for q, (wrong, right) in pairs.items()):
        return None
    texts, before = figures.texts, solved.figures.texts
    figures_shown = len(number(texts[at]).as_tuple().digits)
    shows = figures_shown >= LEAST and _apart(figures.values[at], solved.figures.values[at])
    return figures if shows and any(texts[q] != before[q] for q in asked) else None


def _apart(wrong: Decimal, right: Decimal) -> bool:
    small, large = sorted((abs(wrong), abs(right)))
    return 0 < large <= FAR * small and abs(wrong - right) * FAR >= large


def _touched(steps: Sequence[Step], at: Quantity) -> set[Quantity]:
    """A quantity and what follows from it."""
    found = {at}
    for step in steps:
        if not found.isdisjoint(refs(step.formula)):
            found.add(step.defines)
    return found
