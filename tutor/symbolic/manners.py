"""The mistakes that can touch what is asked, each in every manner, as lists of steps."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tutor.symbolic.derivation import closure
from tutor.symbolic.descent import Run
from tutor.symbolic.mistakes import MISTAKES, mistaken, tags
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.rewrite import refs
from tutor.symbolic.step import Step


@dataclass(frozen=True, slots=True)
class Manner:
    """One mistake, made in one manner wherever it applies."""

    id: str
    tag: str
    steps: tuple[Step, ...]
    """what is asked needs these, in order"""
    changed: frozenset[Quantity]
    """what may come to something else than without the mistake, or is not computed"""


def needed(
    steps: Iterable[Step], asked: tuple[Quantity, ...], stated: Collection[Quantity] = ()
) -> tuple[Step, ...]:
    """The steps that what is asked needs, in order, where some values are ``stated``."""
    open_steps = {s.defines: s for s in steps if s.defines not in stated}
    wanted = closure(open_steps, asked)
    return tuple(step for q, step in open_steps.items() if q in wanted)


@cache
def manners(
    run: Run, asked: tuple[Quantity, ...], stated: frozenset[Quantity] = frozenset()
) -> tuple[Manner, ...]:
    """Each manner of each mistake in which something that is asked hangs on it."""
    return tuple(_manners(run, asked, stated))


def _manners(
    run: Run, asked: tuple[Quantity, ...], stated: frozenset[Quantity]
) -> Iterator[Manner]:
    right = needed(run.steps, asked, stated)
    for id in MISTAKES:
        for tag in tags(run, id):
            steps = needed(mistaken(run, id, tag), asked, stated)
            if steps != right:
                yield Manner(id, tag, steps, _changed(right, steps))


def _changed(right: Iterable[Step], steps: Sequence[Step]) -> frozenset[Quantity]:
    before = {step.defines: step for step in right}
    changed = before.keys() - {step.defines for step in steps}
    for step in steps:
        if before.get(step.defines) != step or not changed.isdisjoint(refs(step.formula)):
            changed.add(step.defines)
    return frozenset(changed)
