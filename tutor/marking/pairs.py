"""Two mistakes in one number, where nothing between was written down.

Pairs are many, so that a number must have the digits to tell them apart: at four decimals most
random numbers fit some pair. Where a line between pins one of the two, both are single ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import combinations

from tutor.marking.causes import Fit, Suspects, candidates
from tutor.marking.own import Trace
from tutor.marking.verdict import Cause
from tutor.symbolic.mistakes import Scope

FIGURES = 5
"""Figures that a number needs at least."""
CHANCE = 0.05
"""A fit is told only where, of all pairs that are tried, fewer would fit a random number."""
MOST = 60
"""Single mistakes that are paired."""


def pairs(suspects: Suspects) -> list[Cause]:
    """The pairs whose number is the student's, the nearest first."""
    number = suspects.answer.number
    if number is None or not number.unit or number.figures < FIGURES:
        return []
    plain, trace = suspects.traces[0]
    found = sorted(
        _fits(suspects, plain, trace), key=lambda cause: abs(cause.value - suspects.answer.value)
    )
    return list({cause.id: cause for cause in reversed(found)}.values())[::-1]


def _fits(suspects: Suspects, plain: Trace, trace: Trace) -> Iterator[Cause]:
    q, value = suspects.q, suspects.answer.value
    every = candidates(suspects.frame, trace, q)
    single = [one for one in every if one[1].scope is not Scope.SCHEDULE and one[3]][:MOST]
    tried = [
        (a, b)
        for a, b in combinations(single, 2)
        if a[1].id != b[1].id and a[3].keys().isdisjoint(b[3])
    ]
    right = suspects.judge.working.truth(q)
    fit = Fit(trace, q, suspects.answer.unit, right, CHANCE / max(1, len(tried)))
    for (at, first, _, one), (_, second, _, other) in tried:
        instead = {**one, **other}
        just = plain.mistaken(instead, q)
        if just is None or abs(just.mid - value) > fit.window(just.mid):
            continue
        if fit.tells(just.mid, partial(trace.mistaken, instead, q), value):
            yield Cause(f"{first.id}+{second.id}", at, just.mid)
