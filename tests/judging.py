"""Marked pages held against what their students know of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from students import Page, WrittenLine
from telling import Telling, telling

from tutor.marking.verdict import Kind, Marked, Verdict
from tutor.symbolic.mistakes import MISTAKES

Lines = tuple[WrittenLine, ...]


@dataclass(frozen=True)
class Outcome:
    """One page: what was said beside what is true."""

    page: Page
    marked: Marked
    wronged: Lines
    """lines of a right method, given what stands before, that were called wrong; on a page
    without a mistake also those that a slip was seen in"""
    accepted: Lines
    """lines that no right rounding explains and that were accepted"""
    unread: Lines
    """lines that were not read, or in part; what only a wrong schedule has has no name"""
    located: bool | None
    """whether the first wrong line was found exactly; None where there is none, or none is sure"""
    telling: Telling | None
    """what the number of the first wrong line tells"""
    listed: bool | None
    """whether a true cause was named there; None where the digits cannot tell"""
    first: bool | None
    """whether it was named first; None where other mistakes come to the same number"""

    @property
    def sound(self) -> bool:
        """Nothing right was called wrong, nothing wrong was accepted, every line was read."""
        return not (self.wronged or self.accepted or self.unread)

    @property
    def good(self) -> bool:
        """Nothing is to be complained of."""
        return self.sound and False not in (self.located, self.listed, self.first)


def judge(page: Page, marked: Marked) -> Outcome:
    """What a marking got right of one page."""
    said: dict[int, Verdict] = {verdict.line: verdict for verdict in marked.verdicts}
    lines = {line.n: line for line in page.truth}
    wronged, accepted, unread = [], [], []
    for line in page.truth:
        verdict = said.get(line.n)
        named = all(not MISTAKES[id].rescheduling for id in page.ids if id in MISTAKES)
        if verdict is None or verdict.kind in (Kind.UNREAD, Kind.UNMARKED):
            unread.append(line)
            continue
        unread += [line] if verdict.message and named else []
        if line.kind in ("right", "carried") and (
            verdict.kind is Kind.WRONG or (verdict.slip and not page.ids)
        ):
            wronged.append(line)
        elif line.kind == "wrong" and not verdict.slip and _passed(line, verdict, lines):
            accepted.append(line)
    located = listed = first = told = None
    if page.explained is False and page.first_wrong:
        located = marked.first_wrong == page.first_wrong
        line = lines[page.first_wrong]
        told = telling(page, line)
        verdict = said.get(line.n)
        listed, first = _named([c.id for c in verdict.causes] if verdict else [], line, told)
    return Outcome(
        page, marked, tuple(wronged), tuple(accepted), tuple(unread), located, told, listed, first
    )


def _named(causes: list[str], line: WrittenLine, told: Telling) -> tuple[bool | None, bool | None]:
    """Whether a true cause is named, and named first, where the digits can tell."""
    if line.ids == ("arithmetic",):
        named = not causes or causes[0] == "arithmetic"
        return (None, None) if told.fits else (named, named)
    if not told.true:
        return None, None
    return not told.true.isdisjoint(causes), bool(causes) and causes[
        0
    ] in told.true if told.only else None


def _passed(line: WrittenLine, verdict: Verdict, lines: Mapping[int, WrittenLine]) -> bool:
    """Whether a wrong line was let through. Numbers put in may show a wrong value that has no
    line of its own, and a line that is blamed may hold the same mistake; then it does follow."""
    if verdict.kind is Kind.CARRIED and line.here:
        blamed = (lines[n] for n in verdict.blames if n in lines)
        return not any({*line.ids} & {*other.ids} for other in blamed)
    return verdict.kind is Kind.CORRECT
