"""Which presentation a name without a mark belongs to: the passes through a problem, in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tutor.symbolic.descent import Presentation, Run, Update
from tutor.symbolic.quantity import ETA, MU, Kind, Quantity


@dataclass(frozen=True, slots=True)
class Pass:
    """One way through the network: forward and backward, or forward again after an update."""

    update: Update
    shown: Presentation | None
    """the pattern; None for the totals of a batch"""
    again: bool = False

    def place(self, q: Quantity) -> Quantity:
        """A quantity without a mark, as this pass knows it."""
        new = q.at.new
        if q.at.update:
            return q
        if q.at.pattern:
            shown = (one for one in self.update.presentations if one.pattern == q.at.pattern)
            return q.marked(next((one.at for one in shown), q.at)._replace(new=new))
        if q in (ETA, MU) or q.kind is Kind.OWN:
            return q
        if q.kind in (Kind.W, Kind.B):
            if new or self.again:
                return q.marked(self.update.new)
            return dict(self.update.before).get(q, q)
        if q.kind is Kind.CHANGE:
            return q.marked(self.update.at)
        at = self.shown.at if self.shown else self.update.at
        if q.kind in (Kind.X, Kind.T):
            return q.marked(at)
        return q.marked(at._replace(new=new or self.again))


def passes(run: Run) -> Iterator[Pass]:
    """Every pass, in the order in which a student works."""
    for update in run.updates:
        yield from (Pass(update, shown) for shown in update.presentations)
        if run.schedule.batch:
            yield Pass(update, None)
        if run.schedule.rate and run.schedule.again:
            yield from (Pass(update, shown, again=True) for shown in update.presentations)


def headed(among: Sequence[Pass], words: str, now: int) -> int:
    """The pass that a heading such as "pattern 2" or "after the update" begins; else ``now``."""
    told = words.casefold()
    number = next((n for part in told.replace(":", " ").split() if (n := _counted(part))), None)
    for signs, fits in _HEADINGS:
        if any(sign in told for sign in signs):
            found = (n for n, one in enumerate(among) if fits(one, number))
            return next((n for n in found if n >= now), now)
    return now


def _counted(part: str) -> int | None:
    """The number that a word says: 2, 2nd, second."""
    if match := _DIGITS.fullmatch(part):
        return int(match[1])
    return next((n for n, words in enumerate(_COUNTS, 1) if part in words), None)


_DIGITS = re.compile(r"(\d{1,3})(?:st|nd|rd|th|\.)?", re.ASCII)
_COUNTS = (
    ("first", "one", "erste", "erster", "erstes"),
    ("second", "two", "zweite", "zweiter", "zweites"),
    ("third", "three", "dritte", "dritter", "drittes"),
    ("fourth", "four", "vierte", "vierter", "viertes"),
)
_HEADINGS: tuple[tuple[tuple[str, ...], Callable[[Pass, int | None], bool]], ...] = (
    (("after", "again", "new weights", "updated"), lambda one, n: one.again),
    (
        ("pattern", "sample", "example", "presentation", "muster", "beispiel"),
        lambda one, n: one.shown is not None and not one.again and n in (None, one.shown.pattern),
    ),
    (
        ("iteration", "epoch", "round", "pass", "update", "step", "durchgang", "schritt"),
        lambda one, n: not one.again and n in (None, one.update.at.update),
    ),
    (("batch", "total"), lambda one, n: one.shown is None),
)
"""Words of a heading, and the passes that they may mean."""
