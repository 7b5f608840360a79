"""Which presentation a name without a mark belongs to: the passes through a problem, in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tutor.symbolic.descent import Presentation, Run, Update
from tutor.symbolic.quantity import ETA, MU, PARAMETERS, At, Kind, Quantity


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
        if q.kind in PARAMETERS:
            if new or self.again:
                return q.marked(self.update.new)
            return dict(self.update.before).get(q, q)
        if q.kind is Kind.CHANGE:
            return q.marked(self.update.at)
        at = self.shown.at if self.shown else self.update.at
        if q.kind in (Kind.X, Kind.T):
            return q.marked(at)
        return q.marked(At(at.update, at.pattern, new or self.again))


def passes(run: Run) -> Iterator[Pass]:
    """Every pass, in the order in which a student works."""
    for update in run.updates:
        yield from (Pass(update, shown) for shown in update.presentations)
        if run.schedule.batch:
            yield Pass(update, None)
        if run.schedule.rate and run.schedule.again:
            yield from (Pass(update, shown, again=True) for shown in update.presentations)


class Headed(NamedTuple):
    """The pass that a heading tells."""

    n: int
    sure: bool
    """whether it says so itself; Step 2 may as well be the backward pass of the first"""


def headed(among: Sequence[Pass], words: str, now: int) -> Headed:
    """The pass that a heading such as "pattern 2" or "after the update" begins; else ``now``."""
    told = _LISTED.sub("", words.casefold())
    for sure, signs in _TOLD:
        fit = [(fits, _number(told, match)) for said, fits in signs if (match := said.search(told))]
        if fit:
            found = (n for n, one in enumerate(among) if all(f(one, count) for f, count in fit))
            return Headed(next((n for n in found if n >= now), now), sure)
    return Headed(now, True)


def cased(among: Sequence[Pass], words: str, now: int) -> int | None:
    """The pass that a row of a table is of: "pattern 2" of the update at hand, "iteration 2", or
    "row 2 of 4", whatever the rows are; None where there are not so many."""
    word, number, *count = words.split()
    here = presented(among, now)
    if word == "row":
        rows = here if len(here) > 1 else presented(among)
        return rows[int(number) - 1] if int(count[-1]) <= len(rows) else None
    return headed(among, words, here[0] if word == "pattern" and here else 0).n


def presented(among: Sequence[Pass], now: int | None = None) -> list[int]:
    """The passes that first show a pattern, or those of the update at hand."""
    shown = (n for n, one in enumerate(among) if one.shown and not one.again)
    return [n for n in shown if now is None or among[n].update is among[now].update]


_COUNTER = re.compile(r"[\s*_#>-]{0,4}([tnk])\s?=\s?(\d{1,2})\s?(?:[*_]{0,2}(:).*|[*_]{0,2}\s*)")


class Counted(NamedTuple):
    """A heading such as ``t = 2:`` in words."""

    words: str
    sure: bool
    """whether a colon says that it is a heading; t = 1 may as well be a target"""


def counted(run: Run, text: str) -> Counted | None:
    """The heading that a count of updates or patterns is, where there are as many."""
    match = _COUNTER.fullmatch(text)
    if not match:
        return None
    letter, number, colon = match.groups()
    patterns = run.schedule.patterns if run.schedule.batch else 1
    counts = {"iteration": len(run.updates), "pattern": patterns}
    several = [word for word, most in counts.items() if most > 1]
    word = next(iter(several if letter == "t" else reversed(several)), None)
    if word is None or not 0 < int(number) <= counts[word]:
        return None
    return Counted(f"{word} {number}", colon is not None)


def _number(told: str, word: re.Match[str]) -> int | None:
    """The number behind the word that it counts, else the last before it: pattern 2, 2nd pass."""
    behind = _BEHIND.match(told, word.end())
    if behind and (number := _counted(behind[1])):
        return number
    before = re.split(r"[:,;]", told[: word.start()])[-1].split()
    return next((n for part in reversed(before) if (n := _counted(part))), None)


def _counted(part: str) -> int | None:
    """The number that a word says: 2, 2nd, second."""
    if match := _DIGITS.fullmatch(part):
        return int(match[1])
    return next((n for n, words in enumerate(_COUNTS, 1) if part in words), None)


_LISTED = re.compile(r"\A\(?(?:\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+|[a-z]\))\s+")
"""The place of a heading in a list: 2. Update."""
_BEHIND = re.compile(r"\s*\(?(?:no\.?|nr\.?|number|nummer)?\s*#?(\w+)")
_DIGITS = re.compile(r"(\d{1,3})(?:st|nd|rd|th|\.)?", re.ASCII)
_COUNTS = (
    ("first", "one", "erste", "erster", "erstes"),
    ("second", "two", "zweite", "zweiter", "zweites"),
    ("third", "three", "dritte", "dritter", "drittes"),
    ("fourth", "four", "vierte", "vierter", "viertes"),
)


def _of_update(one: Pass, number: int | None) -> bool:
    return not one.again and number in (None, one.update.at.update)


_TRAINED = r"(?:updat\w*|steps?|training|learning|iterations?|epochs?|rounds?|batch\w*|correction)"
_Signs = tuple[tuple[re.Pattern[str], Callable[[Pass, int | None], bool]], ...]
"""What a heading may say, and the passes that it may mean."""
_AGAIN: _Signs = (
    (
        re.compile(
            rf"\bagain\b|\b(?:after|nach)\b[^:]*\b{_TRAINED}\b"
            r"|\b(?:with|using|mit)\b[^:]*\b(?:new|updated|neuen)\b"
        ),
        lambda one, n: one.again,
    ),
)
_COUNTED: _Signs = (
    (
        re.compile(r"\b(?:pattern|sample|example|presentation|muster|beispiel)s?\b"),
        lambda one, n: one.shown is not None and not one.again and n in (None, one.shown.pattern),
    ),
    (re.compile(r"\b(?:iteration|epoch|round|update|durchgang)s?\b"), _of_update),
)
_STEPS: _Signs = ((re.compile(r"\b(?:step|pass|schritt)\b"), _of_update),)
_SUMS: _Signs = (
    (
        re.compile(
            r"\b(?:sum\w*|totals?|adding|added)\b[^:]*\b(?:patterns|samples|examples|presentations"
            r"|muster|beispiele)\b"
        ),
        lambda one, n: one.shown is None,
    ),
)
_TOTALS: _Signs = (
    (
        re.compile(r"\bbatch\b|\btotals?\b(?! (?:error|loss))|\b(?:together|zusammen|insgesamt)\b"),
        lambda one, n: one.shown is None,
    ),
)
_TOLD = ((True, _AGAIN), (True, _SUMS), (True, _COUNTED), (False, _STEPS), (True, _TOTALS))
"""The same, surest first, and whether each is sure."""
