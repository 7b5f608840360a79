"""One problem on the student's desk: solved, its questions, and the marking of single answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from tutor.drill.plan import Question, plan
from tutor.drill.state import How, Kept
from tutor.drill.typed import name_in, named
from tutor.marking.frame import Frame
from tutor.marking.mark import mark_with, next_line
from tutor.marking.verdict import Kind, Marked, Verdict
from tutor.numeric.figures import PutIn, written
from tutor.numeric.rounding import Digits
from tutor.pages.document import Math
from tutor.pages.lines import shown_text
from tutor.pages.plain import plain_sentence
from tutor.problem.file import parse
from tutor.solving import Solved
from tutor.symbolic.formula import Named
from tutor.symbolic.quantity import Quantity

RIGHT = (Kind.CORRECT, Kind.CARRIED)
HOW = {Kind.CORRECT: How.RIGHT, Kind.CARRIED: How.CARRIED, Kind.WRONG: How.OWN}


@dataclass(frozen=True, slots=True)
class Answer:
    """One number or formula that was typed, marked."""

    verdict: Verdict
    marked: Marked
    line: int
    kept: Kept | None = None
    """as it would stand on the page"""

    @property
    def right(self) -> bool:
        """Whether it is right, as it is or from own numbers."""
        return self.verdict.kind in RIGHT


class Desk:
    """A problem as it is practised."""

    def __init__(self, text: str) -> None:
        """Raises InputError where the text is no problem that can be solved."""
        self.solved = Solved.of(parse(text))
        self.frame = Frame(self.solved)
        self.questions: tuple[Question, ...] = plan(self.solved)

    @cached_property
    def asked(self) -> Mapping[str, Quantity]:
        """Every number of the questions, by its key."""
        return {q.key: q for question in self.questions for q in question.quantities}

    def digits(self, q: Quantity) -> Digits:
        """What the student is told to keep."""
        rounding = self.solved.problem.rounding
        return rounding.digits(q) if rounding else self.solved.problem.show

    def name(self, q: Quantity) -> str:
        """What a line about q begins with: its name on the page where that is read as q."""
        shown = plain_sentence(self.solved.naming, (Math((Named(q),)),))
        meanings = self.frame.meanings(self.solved.problem.notation)
        meant = [meaning.quantity for meaning in meanings.find(shown)]
        return shown if meant[:1] == [q] else q.key

    def answers(self, page: Iterable[Kept], piece: str, q: Quantity | None) -> list[Answer]:
        """What was typed, held against the page; a bare answer is about q."""
        line = piece if name_in(piece) else named(piece, self.name(q)) if q else ""
        if not line:
            return []
        before = [kept.line for kept in page]
        found = self._marked(before, line)
        formula = found[0][0] if len(found) == 1 else None
        if formula and formula.comes_to is not None and formula.kind is Kind.WRONG:
            told = self._marked(before, f"{line} = {self.text(formula)}")
            found = told if [v.kind for v, _ in told] == [Kind.WRONG] else found
        return [Answer(v, marked, len(before) + 1, self._kept(before, v)) for v, marked in found]

    def next_line(self, page: Iterable[Kept], q: Quantity) -> tuple[PutIn, str] | None:
        """How the page goes on with the student's own numbers."""
        text = "\n".join(kept.line for kept in page)
        return next_line(self.frame, text, q, self.digits(q))

    def worked(self, q: Quantity) -> Kept:
        """The right line."""
        return Kept(q.key, f"{self.name(q)} = {shown_text(self.solved, q)}", How.SHOWN)

    def _marked(self, before: list[str], line: str) -> list[tuple[Verdict, Marked]]:
        """What is said of one more line."""
        marked, n = mark_with(self.frame, "\n".join((*before, line))), len(before) + 1
        return [(verdict, marked) for verdict in marked.verdicts if verdict.line == n]

    def _kept(self, before: list[str], verdict: Verdict) -> Kept | None:
        """The answer as one line with a number, where that is as right or wrong as the answer."""
        q, text = verdict.quantity, self.text(verdict)
        if q is None or not text or verdict.kind not in HOW:
            return None
        for name in (self.name(q), verdict.name):
            line = f"{name} = {text}"
            found = [v for v, _ in self._marked(before, line)]
            if [(v.quantity, v.kind in RIGHT) for v in found] == [(q, verdict.kind in RIGHT)]:
                return Kept(q.key, line, HOW[found[0].kind])
        return None

    def text(self, verdict: Verdict) -> str:
        """The number of an answer; of a formula, what it comes to at the digits that are kept."""
        if verdict.answered:
            return verdict.answered.text
        if verdict.comes_to is None or verdict.quantity is None:
            return ""
        return written(Decimal(verdict.comes_to), self.digits(verdict.quantity))

    def coarse(self, answer: Answer) -> bool:
        """Whether a right answer, or what was put in, has so few digits that many wrong ones would
        be right, too."""
        verdict, q = answer.verdict, answer.verdict.quantity
        if not answer.right or q is None or not self.text(verdict):
            return False
        own = verdict.kind is Kind.CARRIED
        target = verdict.expected_from_yours if own else verdict.expected
        if answer.kept is None or target is None or not verdict.answered:
            return answer.kept is None
        told = float(self.digits(q).unit(Decimal(target))) * (1 + 1e-9)
        off = abs(verdict.answered.float_value - target)
        return verdict.answered.float_unit > told and off > told
