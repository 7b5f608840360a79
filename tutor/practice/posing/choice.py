"""Multiple choice: the right number among those that known mistakes come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.numeric.figures import Figures
from tutor.numeric.floats import float_of
from tutor.numeric.ranges import Kept, Range, evaluate_ranges, exact, mistaken_ranges
from tutor.numeric.trace import Undefined
from tutor.practice.exercise import COMMON
from tutor.practice.posing.posed import Posed, Unposable, shuffled
from tutor.solving import Solved, given_texts
from tutor.symbolic.manners import Manner, manners, needed
from tutor.symbolic.quantity import Quantity

MOST, LEAST = 4, 3
"""Wrong numbers beside the right one."""
FAR = 10.0
"""A wrong number is at most so many times larger or smaller than the right one."""
MARGIN = 1.1
"""What ranges of rounding are widened by."""
APART = 100
"""Two numbers differ by at least the larger one's size over this."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the numbers."""

    mistake: str | None
    """the mistake that it comes from; none for the right one"""
    figures: Figures
    """the numbers of the whole way to it"""


@dataclass(frozen=True)
class Choice(Posed):
    """One quantity, several numbers."""

    quantity: Quantity
    options: tuple[Option, ...]

    @property
    def right(self) -> int:
        """The place of the right one, from 0."""
        return next(n for n, option in enumerate(self.options) if option.mistake is None)


def choice(solved: Solved, stream: str) -> Choice:
    """A quantity for which enough mistakes come to plausible numbers that rounding keeps apart."""
    for q in shuffled(solved.asked, f"{stream}/asked"):
        if wrong := _wrong(solved, q, stream):
            options = shuffled((Option(None, solved.figures), *wrong), f"{stream}/order")
            return Choice(solved, q, tuple(options))
    what = "of no asked number do three mistakes come to plausible numbers that differ enough"
    raise Unposable(solved, what, "keep more digits, or ask for a number with more steps to it")


def _wrong(solved: Solved, q: Quantity, stream: str) -> tuple[Option, ...]:
    """What mistakes make of a quantity; none where there are too few."""
    taken = [_range(solved, q)]
    found: list[Option] = []
    for manner in _likely(solved, q, stream):
        made = _range(solved, q, manner)
        if not _plausible(made, taken[0]) or not all(_apart(made, other) for other in taken):
            continue
        try:
            figures = solved.figures_of(manner.steps)
        except Undefined:
            continue
        taken.append(made)
        found.append(Option(manner.id, figures))
        if len(found) == MOST:
            break
    return tuple(found) if len(found) >= LEAST else ()


def _likely(solved: Solved, q: Quantity, stream: str) -> Iterator[Manner]:
    """A manner of each mistake that touches a quantity, in an order that the stream says."""
    seen = set()
    for manner in shuffled(manners(solved.run, (q,), solved.pinned), f"{stream}/mistakes"):
        common = manner.tag in COMMON.get(manner.id, (manner.tag,))
        reached = any(step.defines == q for step in manner.steps)
        if common and reached and manner.id not in seen:
            seen.add(manner.id)
            yield manner


def _range(solved: Solved, q: Quantity, manner: Manner | None = None) -> Range:
    """What rounding by hand can make of a quantity, with a mistake or without one."""
    digits = solved.problem.show
    if solved.problem.rounding:
        digits = solved.problem.rounding.digits(q)
    kept = Kept.showing(digits, float(solved.figures.exact[q].adjusted()))
    start = {u: exact(float_of(text)) for u, text in given_texts(solved.problem, solved.run)}
    steps = needed(solved.run.steps, (q,), solved.pinned)
    found = evaluate_ranges(steps, start, kept)
    if manner:
        ((_, found),) = mistaken_ranges((manner,), found, kept)
    mid, radius = found[q]
    return Range(mid, radius + kept.unit(mid))


def _plausible(one: Range, right: Range) -> bool:
    return bool(abs(right.mid) / FAR <= abs(one.mid) <= abs(right.mid) * FAR)


def _apart(one: Range, other: Range) -> bool:
    gap = abs(one.mid - other.mid)
    clear = APART * gap >= max(abs(one.mid), abs(other.mid))
    return bool(clear and gap > MARGIN * (one.radius + other.radius))
