"""What a class did, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tutor.classroom.record import Record

NO_CAUSE = ""


@dataclass(frozen=True, slots=True)
class ItemTally:
    """One asked quantity over the class."""

    key: str
    mean: float
    """the share of its marks that was earned"""
    answered: int
    of: int
    """workings that were asked for it"""


@dataclass(frozen=True, slots=True)
class Variant:
    """One problem of a class whose students have several."""

    problem: str
    workings: int
    mean: float
    """the share of the marks that was earned"""


@dataclass(frozen=True, slots=True)
class Tally:
    """A class."""

    records: tuple[Record, ...]
    shares: tuple[float, ...]
    """of the marks, by working"""
    marks: tuple[float, ...]
    of: float | None
    """what could be earned, where that is the same for all"""
    mistakes: tuple[tuple[str, int, int], ...]
    """id, workings and lines, the most frequent first; the empty id is a mistake of no known
    cause"""
    first: tuple[tuple[str, int], ...]
    """the quantity of the first wrong line, and in how many workings"""
    items: tuple[ItemTally, ...]
    variants: tuple[Variant, ...]

    @property
    def unmarked(self) -> list[Record]:
        """Rows that could not be marked."""
        return [record for record in self.records if not record["marked"]]

    @property
    def open(self) -> list[Record]:
        """Workings of which a line was not read and may be worth something."""
        marked = (r for r in self.records if r["marked"])
        return [r for r in marked if r["marked"]["marks"]["unread"]]

    @property
    def untouched(self) -> int:
        """Workings without a wrong line."""
        read = (r for r in self.records if r["marked"] and not r["error"])
        return sum(not r["marked"]["summary"]["wrong"] for r in read)


def tally(records: Iterable[Record]) -> Tally:
    """The whole of a class."""
    rows = tuple(records)
    marked = [record["marked"] for record in rows if record["marked"]]
    totals = {entry["marks"]["of"] for entry in marked}
    return Tally(
        rows,
        tuple(_share(entry) for entry in marked),
        tuple(entry["marks"]["got"] for entry in marked),
        totals.pop() if len(totals) == 1 else None,
        tuple(_mistakes(marked)),
        tuple(Counter(q for entry in marked if (q := first_wrong(entry))).most_common()),
        tuple(_items(marked)),
        tuple(_variants(rows)),
    )


def first_wrong(entry: Any) -> str:
    """The quantity of the first wrong line."""
    for line in entry["lines"]:
        if line["verdict"] == "wrong" and line["n"] == entry["first_wrong"]:
            return str(line["quantity"] or line["text"])
    return ""


def mistakes(entry: Any) -> list[str]:
    """The mistakes of a working, each once: of those that fit a line, the likeliest."""
    found = (id for line in entry["lines"] for id in _of_line(line))
    return [id for id in dict.fromkeys(found) if id != NO_CAUSE]


def _of_line(line: Any) -> Sequence[str]:
    if line["verdict"] != "wrong":
        return ()
    causes = line["causes"]
    return causes[0]["id"].split("+") if causes else (NO_CAUSE,)


def _mistakes(marked: Sequence[Any]) -> Iterable[tuple[str, int, int]]:
    lines = Counter(id for entry in marked for line in entry["lines"] for id in _of_line(line))
    students = Counter(
        id for entry in marked for id in {i for line in entry["lines"] for i in _of_line(line)}
    )
    for id in sorted(students, key=lambda id: (-students[id], -lines[id], id)):
        yield id, students[id], lines[id]


def _items(marked: Sequence[Any]) -> Iterable[ItemTally]:
    by_key: dict[str, list[Any]] = {}
    for entry in marked:
        for item in entry["marks"]["items"]:
            by_key.setdefault(item["quantity"], []).append(item)
    for key, items in by_key.items():
        of = sum(item["of"] for item in items)
        got = sum(item["method"] + item["accuracy"] for item in items)
        answered = sum(item["line"] is not None for item in items)
        yield ItemTally(key, got / of if of else 1.0, answered, len(items))


def _variants(rows: Sequence[Record]) -> Iterable[Variant]:
    by_problem: dict[str, list[float]] = {}
    for record in rows:
        if record["marked"]:
            by_problem.setdefault(record["problem"], []).append(_share(record["marked"]))
    for problem, shares in sorted(by_problem.items()):
        yield Variant(problem, len(shares), sum(shares) / len(shares))


def _share(entry: Any) -> float:
    marks = entry["marks"]
    return float(marks["got"] / marks["of"]) if marks["of"] else 1.0
