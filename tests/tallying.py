"""Many judged pages, counted: by mistake, digits, habit, form and notation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from judging import Outcome
from students import Page, WrittenLine

GROUPS: Mapping[str, Callable[[Page], str]] = {
    "all": lambda page: "all",
    "mistake": lambda page: "a pair" if len(page.ids) > 1 else "".join(page.ids) or "none",
    "digits": lambda page: str(page.habit.digits),
    "carries": lambda page: page.habit.carries,
    "rounds": lambda page: page.habit.mode.removeprefix("ROUND_").lower().replace("_", " "),
    "form": lambda page: page.hand.form,
    "spelling": lambda page: page.hand.spelling,
    "notation": lambda page: page.hand.notation,
}
"""What pages are grouped by."""

SHARES = (
    ("located", "wrong pages"),
    ("listed", "tellable"),
    ("first", "only one"),
)
"""What is counted, and of how many."""


def _off(line: WrittenLine, page: Page) -> tuple[float, float]:
    """How far a number is from the true value, and that value."""
    true = page.true[line.quantity]
    return abs(float(line.answered.value * page.hand.scale(line.quantity)) - true), abs(true)


TOLERANCES: Mapping[str, Callable[[float, float], bool]] = {
    "1 %": lambda off, true: off <= 0.01 * true,
    "0.1 %": lambda off, true: off <= 0.001 * true,
    "±0.01": lambda off, true: off <= 0.01,
    "±0.001": lambda off, true: off <= 0.001,
}
"""Fixed tolerances, as graders have them: how far off, and the true value."""
OURS = "here"


@dataclass
class Tally:
    """Many outcomes, counted."""

    rows: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    """by a group and its value"""
    marked: dict[str, Counter[str]] = field(default_factory=dict)
    """by a way of marking: right and wrong lines, and those marked otherwise"""

    def add(self, outcome: Outcome) -> None:
        """Count one page."""
        counts = _counts(outcome)
        for group, of in GROUPS.items():
            self.rows.setdefault((group, of(outcome.page)), Counter()).update(counts)
        for way, counts in _ways(outcome):
            self.marked.setdefault(way, Counter()).update(counts)

    @property
    def all(self) -> Counter[str]:
        """The counts of all pages."""
        return self.rows.get(("all", "all"), Counter())

    def share(self, name: str) -> float:
        """The part of the pages where something was told that could be told."""
        return self.all[name] / max(1, self.all[dict(SHARES)[name]])

    def tables(self) -> Iterator[str]:
        """The tables as text."""
        for group in GROUPS:
            yield f"{group:24} pages lines unread wronged accepted" + "".join(
                f"  {name:>8} of" + " " * 5 for name, _ in SHARES
            )
            rows = [(key, row) for (name, key), row in self.rows.items() if name == group]
            for key, row in sorted(rows, key=lambda item: (-item[1]["wrong pages"], item[0])):
                yield f"{key:24}" + _cells(row)
            yield ""
        yield "lines                 right: rejected   carried: rejected   wrong: accepted"
        for way, row in self.marked.items():
            yield f"{way:12}" + "".join(
                f"{_percent(row[f'{kind} otherwise'], row[kind]):>20}"
                for kind in ("right", "carried", "wrong")
            )


def _cells(row: Counter[str]) -> str:
    counts = f"{row['pages']:6}{row['lines']:6}{row['unread']:7}{row['wronged']:8}"
    shares = (f"{_percent(row[name], row[of]):>10} {row[of]:5}" for name, of in SHARES)
    return f"{counts}{row['accepted']:9}" + "".join(shares)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "-"


def _counts(outcome: Outcome) -> Mapping[str, int]:
    return {
        "pages": 1,
        "lines": len(outcome.page.truth),
        "unread": len(outcome.unread),
        "wronged": len(outcome.wronged),
        "accepted": len(outcome.accepted),
        "wrong pages": outcome.located is not None,
        "tellable": outcome.listed is not None,
        "only one": outcome.first is not None,
        "located": bool(outcome.located),
        "listed": bool(outcome.listed),
        "first": bool(outcome.first),
    }


def _ways(outcome: Outcome) -> Iterable[tuple[str, Counter[str]]]:
    """The lines of a page as marked here, and by fixed tolerances."""
    page = outcome.page
    mine, others = Counter[str](), {way: Counter[str]() for way in TOLERANCES}
    for line in page.truth:
        kind = line.kind
        if kind not in ("right", "carried", "wrong"):
            continue
        ours = outcome.accepted if kind == "wrong" else outcome.wronged
        mine.update({kind: 1, f"{kind} otherwise": line in ours})
        off, true = _off(line, page)
        for way, accepts in TOLERANCES.items():
            accepted = accepts(off, true)
            others[way].update({kind: 1, f"{kind} otherwise": accepted == (kind == "wrong")})
    return ((OURS, mine), *others.items())
