"""Marked pages held against what their students know of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from students import Page, WrittenLine

from tutor.marking.verdict import Kind, Marked, Verdict


@dataclass(frozen=True)
class Outcome:
    """One page: what was said beside what is true."""

    page: Page
    marked: Marked
    wronged: tuple[WrittenLine, ...]
    """lines of a right method, given what stands before, that were called wrong"""
    accepted: tuple[WrittenLine, ...]
    """lines that no right rounding explains and that were accepted"""
    unread: int
    located: bool | None
    """whether the first wrong line was found exactly; None where there is none, or none is sure"""
    listed: bool | None
    first: bool | None
    """whether a true cause was named there, and named first"""

    @property
    def sound(self) -> bool:
        """Nothing right was called wrong, nothing wrong was accepted."""
        return not self.wronged and not self.accepted


def judge(page: Page, marked: Marked) -> Outcome:
    """What a marking got right of one page."""
    said: dict[int, Verdict] = {verdict.line: verdict for verdict in marked.verdicts}
    wronged, accepted, unread = [], [], 0
    for line in page.truth:
        verdict = said.get(line.n)
        if verdict is None or verdict.kind in (Kind.UNREAD, Kind.UNMARKED):
            unread += 1
        elif line.kind in ("right", "carried") and verdict.kind is Kind.WRONG:
            wronged.append(line)
        elif line.kind == "wrong" and not verdict.slip and _passed(line, verdict):
            accepted.append(line)
    located = listed = first = None
    if page.explained is False:
        n = page.first_wrong
        located = marked.first_wrong == n
        line = next(line for line in page.truth if line.n == n)
        verdict = said.get(line.n)
        found = [cause.id for cause in verdict.causes] if verdict else []
        if "arithmetic" in line.ids:
            listed = first = not found or found[0] == "arithmetic"
        else:
            listed = bool(set(found) & set(line.ids))
            first = bool(found) and found[0] in line.ids
    return Outcome(page, marked, tuple(wronged), tuple(accepted), unread, located, listed, first)


def _passed(line: WrittenLine, verdict: Verdict) -> bool:
    """Whether a wrong line was let through. Numbers put in may show a wrong value that has no
    line of its own; then the line does follow from it."""
    return verdict.kind is Kind.CORRECT or (verdict.kind is Kind.CARRIED and line.here)


@dataclass
class Tally:
    """Many outcomes, counted."""

    pages: int = 0
    lines: int = 0
    unread: int = 0
    right_pages: int = 0
    wronged_pages: int = 0
    wronged_right_pages: int = 0
    wronged_lines: int = 0
    accepted_lines: int = 0
    wrong_lines: int = 0
    by: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        """Count one page."""
        page = outcome.page
        self.pages += 1
        self.lines += len(page.truth)
        self.unread += outcome.unread
        self.right_pages += not page.ids
        self.wronged_pages += bool(outcome.wronged)
        self.wronged_right_pages += bool(outcome.wronged) and not page.ids
        self.wronged_lines += len(outcome.wronged)
        self.accepted_lines += len(outcome.accepted)
        self.wrong_lines += sum(line.kind == "wrong" for line in page.truth)
        if outcome.located is not None:
            for key in ("all", " + ".join(page.ids), str(page.habit.digits)):
                row = self.by.setdefault(key, Counter())
                row["pages"] += 1
                row["located"] += bool(outcome.located)
                row["listed"] += bool(outcome.listed)
                row["first"] += bool(outcome.first)
        for key in (f"habit {page.habit.carries}", f"form {page.hand.form}"):
            row = self.by.setdefault(key, Counter())
            row["all"] += 1
            row["wronged"] += bool(outcome.wronged)

    def rows(self) -> Iterable[str]:
        """The tables as text."""
        yield f"pages {self.pages}, lines {self.lines}, not read {self.unread}"
        yield (
            f"right pages with a line called wrong: {self.wronged_right_pages} of "
            f"{self.right_pages}; all pages: {self.wronged_pages}, {self.wronged_lines} lines"
        )
        yield f"wrong numbers accepted: {self.accepted_lines} of {self.wrong_lines} lines"
        yield f"{'first wrong line of':32} pages  located   listed    first"
        for key, row in sorted(self.by.items(), key=lambda item: -item[1]["pages"]):
            if total := row["pages"]:
                shares = (100 * row[name] / total for name in ("located", "listed", "first"))
                yield f"{key:32} {total:5}" + "".join(f"{share:8.1f}%" for share in shares)
        for key, row in sorted(self.by.items()):
            if row["all"]:
                yield f"{key:32} {row['all']:5} pages, {row['wronged']} with a line wronged"
