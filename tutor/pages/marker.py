"""Sheets for whoever marks by hand: what is accepted, and what each mistake still earns."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tutor.marking.frame import Frame
from tutor.marking.mark import mark_with
from tutor.marking.marks import marks
from tutor.marking.own import Habit, Trace, Way
from tutor.numeric.figures import kept
from tutor.numeric.floats import floats
from tutor.pages.document import Block, Document, Math, Paragraph, Section, Sentence, Table
from tutor.pages.paper import Parts, named_part, of_paper, shown_marks
from tutor.pages.words import Words
from tutor.practice.exercise import common
from tutor.practice.variants import Paper, Question
from tutor.symbolic.formula import Named, Num
from tutor.symbolic.manners import manners
from tutor.symbolic.quantity import Quantity

MOST = 60
"""Rows of mistakes on one sheet."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A mistake's numbers, as a student prints them, and what they earn."""

    ids: tuple[str, ...]
    """one, or several that these digits cannot tell apart"""
    texts: Mapping[Quantity, str]
    """what differs from the right numbers"""
    earns: Fraction


class Sheet:
    """What there is to know about one question."""

    def __init__(self, question: Question) -> None:
        self.question, self.solved = question, question.solved
        self.frame = Frame(self.solved)
        start = {q: value for q, value in self.frame.truth.items() if q in self.frame.given}
        self.start = start
        self.right = {q: self.text(self.frame.truth[q]) for q in self.solved.asked}

    def text(self, value: float) -> str:
        """A number with the digits that the student is told to keep."""
        return kept(Decimal(value), self.question.digits)

    def accepted(self, q: Quantity) -> tuple[float, float]:
        """Between what ends an asked number is right, however it was rounded on the way."""
        truth = self.frame.truth[q]
        shown = self.question.digits
        unit = float(shown.unit(Decimal(truth)))
        leading = math.floor(math.log10(abs(truth))) if truth else 0
        decimals = max(0, -round(math.log10(unit)))
        figures = shown.count if shown.figures else max(2, leading + 1 + decimals)
        habit = Habit(decimals, figures)
        ends = [truth - unit, truth + unit]
        for way in Way:
            trace = Trace(self.frame.forms, self.frame.given, {}, habit.unit, way=way)
            for form in self.frame.forms.get(q, ()):
                value = trace.of(form)
                if value is not None:
                    ends += [value.range[0] - unit, value.range[1] + unit]
        return min(ends), max(ends)

    @property
    def of(self) -> Fraction:
        """The marks of the whole."""
        return marks(mark_with(self.frame, self._page(self.right))).of

    def mistakes(self) -> list[Shown]:
        """Each mistake, in each manner, that changes an asked number at these digits."""
        rows: dict[tuple[tuple[Quantity, str], ...], list[str]] = {}
        for manner in manners(self.solved.run, self.solved.asked, self.solved.pinned):
            values = floats(manner.steps, self.start)
            texts = {q: self.text(values[q]) for q in self.solved.asked if q in values}
            if not common(manner):
                continue
            changed = tuple((q, text) for q, text in texts.items() if text != self.right[q])
            if changed:
                rows.setdefault(changed, []).append(manner.id)
        found = []
        for row, ids in list(rows.items())[:MOST]:
            page = {**self.right, **dict(row)}
            earned = marks(mark_with(self.frame, self._page(page))).got
            found.append(Shown(tuple(dict.fromkeys(ids)), dict(row), earned))
        return found

    @staticmethod
    def _page(texts: Mapping[Quantity, str]) -> str:
        return "\n".join(f"{q.key} = {text}" for q, text in texts.items())


def marker(one: Paper, words: Words) -> tuple[Document, Parts]:
    """The sheet of one paper."""
    title = "marker_title"
    front = of_paper(one, title, words, Section((), (Paragraph(words.say("marker_lead")),)))
    return front, [
        (
            named_part(question, n, (Section((), tuple(_tables(question, words))),), words),
            question.solved.naming,
        )
        for n, question in enumerate(one.questions, 1)
    ]


def _tables(question: Question, words: Words) -> Iterator[Block]:
    sheet = Sheet(question)
    head = tuple(
        words.say(key) for key in ("answers_name", "answers_value", "marker_from", "marker_to")
    )
    rows = []
    for q in sheet.solved.asked:
        unit = question.digits.unit(Decimal(sheet.frame.truth[q]))
        low, high = map(Decimal, sheet.accepted(q))
        told = (low // unit * unit, -(-high // unit) * unit)
        ends = (_number(f"{end:f}") for end in told)
        rows.append((_name(q), _number(sheet.right[q]), *ends))
    yield Table(words.say("marker_interval_caption"), head, tuple(rows))
    of = shown_marks(sheet.of)
    names = tuple((Math((Named(q),)),) for q in sheet.solved.asked)
    head = (words.say("marker_mistake"), words.say("marker_earns", of=of), *names)
    shown = []
    for row in sheet.mistakes():
        cells = [
            _number(row.texts[q]) if q in row.texts else words.say("marker_same")
            for q in sheet.solved.asked
        ]
        shown.append((_called(row.ids), (shown_marks(row.earns),), *cells))
    yield Table(words.say("marker_mistakes_caption"), head, tuple(shown), dense=True)


def _called(ids: tuple[str, ...]) -> Sentence:
    """The mistakes by name."""
    return (", ".join(id.replace("-", " ") for id in ids),)


def _name(q: Quantity) -> Sentence:
    return (Math((Named(q),), large=True),)


def _number(text: str) -> Sentence:
    return (Math((Num(text),)),)
