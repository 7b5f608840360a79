"""Sheets for whoever marks by hand: what is accepted, and what each mistake still earns."""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tutor.marking.frame import Frame
from tutor.marking.mark import mark_with
from tutor.marking.marks import marks
from tutor.marking.own import Habit, Trace, Way
from tutor.marking.verdict import Marked
from tutor.numeric.figures import kept
from tutor.numeric.floats import floats
from tutor.pages.document import Block, Document, Math, Paragraph, Section, Sentence, Table
from tutor.pages.paper import Parts, named_part, of_paper, shown_marks
from tutor.pages.posed import answer_blocks
from tutor.pages.words import Words
from tutor.practice.exercise import common
from tutor.practice.variants import Paper, Question
from tutor.symbolic.formula import Named, Num
from tutor.symbolic.manners import Manner, manners
from tutor.symbolic.quantity import Quantity

_EARNED: dict[Hashable, Fraction] = {}
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
        return marks(self._marked(self.right, ())).of

    def mistakes(self) -> list[Shown]:
        """Each mistake, in each manner, that changes an asked number at these digits."""
        rows: dict[tuple[tuple[Quantity, str], ...], list[Manner]] = {}
        for manner in manners(self.solved.run, self.solved.asked, self.solved.pinned):
            values = floats(manner.steps, self.start)
            texts = {q: self.text(values[q]) for q in self.solved.asked if q in values}
            if not common(manner):
                continue
            changed = tuple((q, text) for q, text in texts.items() if text != self.right[q])
            if changed:
                rows.setdefault(changed, []).append(manner)
        found = []
        for row, made in list(rows.items())[:MOST]:
            ids = tuple(dict.fromkeys(manner.id for manner in made))
            found.append(Shown(ids, dict(row), self._earned(dict(row), made)))
        return found

    def _earned(self, changed: Mapping[Quantity, str], made: Sequence[Manner]) -> Fraction:
        """The marks of a page with a mistake. Where the same mistake changes the same quantities
        of another variant, it earns the same there, and is not marked again."""
        problem, network = self.solved.problem, self.solved.problem.network
        asked = self.solved.asked, problem.marks, problem.schedule
        key = network, asked, frozenset(changed), tuple((one.id, one.tag) for one in made)
        if key not in _EARNED:
            page = {**self.right, **changed}
            _EARNED[key] = marks(self._marked(page, {one.id for one in made})).got
        return _EARNED[key]

    def _marked(self, texts: Mapping[Quantity, str], ids: Collection[str]) -> Marked:
        """A page of just these numbers, with these mistakes behind them."""
        page = "\n".join(f"{q.key} = {text}" for q, text in texts.items())
        return mark_with(self.frame, page, notation=self.solved.problem.notation, suspected=ids)


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
    if question.posed:
        yield from answer_blocks(question.posed, words)
        return
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
