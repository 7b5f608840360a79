"""What a teacher can give: for lines that there are, and never more than can be earned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from tutor.classroom.overrides import Given
from tutor.classroom.record import Task, frame_of
from tutor.errors import Flaw, InputError, NotCertified
from tutor.marking.mark import mark_with
from tutor.marking.marks import Marks, Why, marks, plain

ADDED = "line {line} has no marks of its own, the {mark} given for it {verb} added"


def check_given(path: Path, given: Iterable[Given], tasks: Iterable[Task]) -> dict[int, list[str]]:
    """What is to be said of a row of the class for the marks that are given there.

    Raises InputError with every mark that cannot be given.
    """
    by_student: dict[str, list[Given]] = {}
    for one in given:
        by_student.setdefault(one.student, []).append(one)
    flaws: list[Flaw] = []
    notes: dict[int, list[str]] = {}
    for task in tasks:
        if rows := by_student.get(task.submission.student):
            try:
                bounds = _Bounds(task, rows)
            except (InputError, NotCertified):
                continue  # the row of the class says why
            flaws += bounds.flaws()
            notes[task.submission.row] = list(bounds.notes())
    if flaws:
        raise InputError(str(path), dict.fromkeys(flaws))
    return notes


class _Bounds:
    """One working, marked without and with what is given."""

    def __init__(self, task: Task, given: Sequence[Given]) -> None:
        self.task, self.given = task, given
        self.read = not task.submission.flaw and bool(task.submission.working.strip())
        lines = any(one.override.line is not None for one in given)
        working = task.submission.working if self.read and lines else ""
        frame = frame_of(task.problem, task.notation)
        marked = mark_with(frame, working, notation=task.notation, strict=task.strict)
        self.last = max(line.n for line in marked.lines)
        each = task.options.each
        self.earned = marks(marked, each=each)
        fits = [one.override for one in given if one.override.line and not self._said(one)]
        self.total = marks(marked, each=each, overrides=fits).got

    def flaws(self) -> Iterator[Flaw]:
        """What cannot be given."""
        for one in self.given:
            if said := self._said(one) or self._too_much(one):
                yield Flaw(one.row, 1, *said)

    def notes(self) -> Iterator[str]:
        """What a teacher may not have meant."""
        for one in self.given:
            line, mark = one.override.line, one.override.mark
            if line is not None and mark and not _worth(self.earned, line):
                verb = "is" if mark == 1 else "are"
                yield ADDED.format(line=line, mark=plain(mark), verb=verb)

    def _said(self, one: Given) -> tuple[str, str] | None:
        line, mark, of = one.override.line, one.override.mark, self.earned.of
        if line is None:
            what = f"{plain(mark)} is more than the {plain(of)} marks of the whole"
            return (what, "") if mark > of else None
        if not self.read:
            return "this working has no lines", "leave the line empty for the whole working"
        if not 1 <= line <= self.last:
            return f"this working has no line {line}", f"its last is line {self.last}"
        worth = _worth(self.earned, line)
        if worth and mark > worth:
            return f"line {line} can earn {plain(worth)}, not {plain(mark)}", ""
        return None

    def _too_much(self, one: Given) -> tuple[str, str] | None:
        """Where what is added for lines makes more than the whole."""
        line, mark, of = one.override.line, one.override.mark, self.earned.of
        if line is None or self.total <= of or _worth(self.earned, line):
            return None
        what = f"line {line} has no marks of its own, and with {plain(mark)} for it"
        return f"{what} the working has {plain(self.total)} of {plain(of)}", ""


def _worth(earned: Marks, line: int) -> Fraction:
    """The marks that hang on a line; one that was not read may be any that is still open."""
    on_it = [
        item.worth.whole
        for item in earned.items
        if item.line == line or (item.why is Why.UNREAD and item.because == line)
    ]
    return sum(on_it, Fraction(0)) or earned.open * (line in earned.unread)
