"""The teacher's page: marks, mistakes, what went wrong first, how hard each item was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import mean, median

from tutor.classroom.record import Record
from tutor.classroom.tally import NO_CAUSE, Tally
from tutor.pages.causes import in_general
from tutor.pages.document import (
    Block,
    Bullets,
    Document,
    Link,
    Math,
    Paragraph,
    Section,
    Sentence,
    Table,
)
from tutor.pages.escape import printable, shown
from tutor.pages.render import render_document, words_of
from tutor.pages.words import Words
from tutor.solving import Solved
from tutor.symbolic.formula import Named

TENTHS = 10
LONGEST_SHOWN = 60


def summary(counted: Tally, solved: Solved, format: str, *, templates: Path | None = None) -> str:
    """The page in a format."""
    words = words_of(templates)
    page = _Page(counted, solved, words).document()
    return render_document(page, solved.naming, format, templates=templates)


class _Page:
    def __init__(self, counted: Tally, solved: Solved, words: Words) -> None:
        self.counted, self.solved, self.words = counted, solved, words
        self.say = words.say

    def document(self) -> Document:
        problem = self.solved.problem
        title = problem.title or str(self.say("untitled")[0])
        return Document(title, problem.source, self.words.language, tuple(self._sections()))

    def _sections(self) -> Iterator[Section]:
        parts = {
            "marks": self._marks,
            "mistakes": self._mistakes,
            "first": self._first,
            "items": self._items,
            "variants": self._variants,
            "students": self._students,
        }
        for name, part in parts.items():
            if blocks := tuple(part()):
                yield Section(self.say(f"class_{name}_title"), blocks, 2, name)

    def _marks(self) -> Iterator[Block]:
        counted = self.counted
        yield Paragraph(
            self.say(
                "class_sentence",
                workings=len(counted.records),
                unmarked=len(counted.unmarked),
                mean=_plain(mean(counted.marks)) if counted.marks else "",
                median=_plain(median(counted.marks)) if counted.marks else "",
                of="" if counted.of is None else _plain(counted.of),
                share=_percent(mean(counted.shares)) if counted.shares else "",
                right=counted.untouched,
                open=len(counted.open),
            ),
            lead=True,
        )
        for record in counted.unmarked:
            student = _shown(record["student"])
            said = self.say("class_unmarked", student=student, why=printable(record["error"] or ""))
            yield Paragraph(said, caution=True)
        if counted.shares:
            yield self._table("shares", self._shares())

    def _shares(self) -> Iterator[tuple[Sentence, ...]]:
        tenths = [min(int(share * TENTHS + 1e-9), TENTHS - 1) for share in self.counted.shares]
        for n in reversed(range(TENTHS)):
            low, high = (f"{100 * (n + more) // TENTHS}" for more in (0, 1))
            yield self.say("class_range", low=low, high=high), (str(tenths.count(n)),)

    def _mistakes(self) -> Iterator[Block]:
        if self.counted.mistakes:
            yield Paragraph(self.say("class_likeliest"))
            yield Bullets(tuple(self._counted(*row) for row in self.counted.mistakes))

    def _counted(self, id: str, workings: int, lines: int) -> Sentence:
        counts = self.say("class_counts", workings=workings, lines=lines)
        return (*counts, " ", *self._mistake(id))

    def _mistake(self, id: str) -> Sentence:
        return self.say("class_no_cause") if id == NO_CAUSE else in_general(id, self.words)

    def _first(self) -> Iterator[Block]:
        if self.counted.first:
            rows = ((self._name(key), (str(count),)) for key, count in self.counted.first)
            yield self._table("first", rows)

    def _items(self) -> Iterator[Block]:
        if self.counted.items:
            rows = (
                (self._name(item.key), (f"{_percent(item.mean)} %",), (f"{item.answered}",))
                for item in sorted(self.counted.items, key=lambda item: item.mean)
            )
            yield self._table("items", rows, "mean", "answered")

    def _variants(self) -> Iterator[Block]:
        if len(self.counted.variants) > 1:
            rows = (
                ((_shown(one.problem),), (str(one.workings),), (f"{_percent(one.mean)} %",))
                for one in self.counted.variants
            )
            yield self._table("variants", rows, "workings", "mean")

    def _students(self) -> Iterator[Block]:
        marked = [record for record in self.counted.records if record["marked"]]
        if marked:
            yield self._table("students", map(self._student, marked), "marks", "start")
        if self.counted.open:
            names = (_shown(record["student"]) for record in self.counted.open)
            yield Bullets(tuple(self.say("class_open", student=name) for name in names))

    def _student(self, record: Record) -> tuple[Sentence, ...]:
        marks, line = record["marked"]["marks"], record["marked"]["first_wrong"]
        got, of = _plain(marks["got"]), _plain(marks["of"])
        if unread := [str(n) for n in marks["unread"]]:
            at_most = _plain(marks["at_most"])
            said = self.say("class_marks_open", got=got, at_most=at_most, of=of, unread=unread)
        else:
            said = self.say("class_marks_of", got=got, of=of)
        start = self.say("class_line", line=str(line)) if line else ()
        student, page = _shown(record["student"]), record["page"]
        return (Link(student, page) if page else student,), said, start

    def _table(self, name: str, rows: Iterator[tuple[Sentence, ...]], *columns: str) -> Table:
        """A table whose words are found by its name; two columns have the words ``of`` it."""
        keys = columns or ("count",)
        head = (self.say(f"class_{name}_head"), *(self.say(f"class_{key}") for key in keys))
        return Table(self.say(f"class_{name}_caption"), head, tuple(rows))

    def _name(self, key: str) -> Sentence:
        """A quantity as the problem prints it; what only another problem has stays a key."""
        found = self.solved.find(key)
        if len(found) != 1:
            return (_shown(key),)
        return (Math((Named(found[0]),), found[0].at._replace(new=False)),)


def _shown(text: str) -> str:
    return shown(text, LONGEST_SHOWN)


def _plain(number: float) -> str:
    return f"{number:.4g}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"
