"""A marked working becomes a document: first sentence, lines with margins, what to practise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tutor.marking.claim import Line
from tutor.marking.marks import is_possible, marks
from tutor.marking.slips import SLIPS
from tutor.marking.verdict import Convention, Kind, Marked, Verdict
from tutor.pages.causes import Causes, in_general
from tutor.pages.document import (
    Block,
    Bullets,
    Document,
    Equation,
    Math,
    Paragraph,
    Section,
    Sentence,
    Sign,
    Table,
    Working,
    WorkingLine,
)
from tutor.pages.escape import printable, shown
from tutor.pages.marks import marks_section, marks_sentence
from tutor.pages.numbers import comes_to
from tutor.pages.options import WHOLE, Marking
from tutor.pages.spots import spot
from tutor.pages.words import Words
from tutor.pages.worked import document
from tutor.problem.notation import NOTATIONS
from tutor.solving import Solved
from tutor.symbolic.formula import Formula, Named, Neg, Num, Ref, factors
from tutor.symbolic.quantity import NET
from tutor.symbolic.quantity import Kind as QuantityKind

SIGNS = {
    Kind.WRONG: Sign.WRONG,
    Kind.UNREAD: Sign.UNREAD,
    Kind.CARRIED: Sign.CARRIED,
    Kind.CORRECT: Sign.RIGHT,
    Kind.UNMARKED: Sign.WRONG,
}
"""The worst first: a line with several statements has the sign of its worst. What is not marked has
one only where its arithmetic is wrong."""
LONGEST = 2000
"""Characters of a line that are shown."""
LONGEST_NAME = 40
LONGEST_ID = 60


def feedback(marked: Marked, words: Words, options: Marking, student: str = "") -> Document:
    """The page of a marked working; of one of many also whose it is."""
    page = _Page(marked, words, options).document()
    return replace(page, whose=shown(student, LONGEST_ID))


def said_of(marked: Marked, words: Words, options: Marking, n: int) -> tuple[Block, ...]:
    """What is said of line n alone."""
    return _Page(marked, words, options).said_of(n)


def in_its_notation(marked: Marked) -> Solved:
    """The solution with quantities named as the student's notation does."""
    solved = marked.solved
    if marked.notation not in NOTATIONS or marked.notation == solved.problem.notation:
        return solved
    ask = tuple(q.key for q in solved.asked) if solved.problem.ask else ()
    return replace(solved, problem=replace(solved.problem, notation=marked.notation, ask=ask))


class _Page:
    def __init__(self, marked: Marked, words: Words, options: Marking) -> None:
        self.marked, self.words, self.options = marked, words, options
        self.say = words.say
        self.solved = in_its_notation(marked)
        self.causes = Causes(self.solved, words, values=options.values)
        self.verdicts: dict[int, list[Verdict]] = {}
        for verdict in marked.verdicts:
            self.verdicts.setdefault(verdict.line, []).append(verdict)
        self.first_with: dict[object, int] = {}
        """the line that a mistake was first seen in"""
        self.pointed = False
        """whether the first mistake has been met"""

    def document(self) -> Document:
        problem = self.solved.problem
        title = problem.title or str(self.say("untitled")[0])
        return Document(title, problem.source, self.words.language, tuple(self._sections()))

    def _sections(self) -> Iterator[Section]:
        blocks: list[Block] = [Paragraph(self._first_sentence(), lead=True)]
        earned = marks(self.marked, each=self.options.each, overrides=self.options.overrides)
        if earned.begun:
            blocks.append(Paragraph(marks_sentence(earned, self.words)))
        blocks.append(Paragraph(self._read_as()))
        if conventions := tuple(map(self._convention, self.marked.conventions)):
            blocks.append(Bullets(tuple(dict.fromkeys(conventions))))
        blocks.append(Working(tuple(map(self._line, self.marked.lines))))
        yield Section(self.say("working_title"), tuple(blocks), 2, "working")
        if self.options.show_reading:
            yield Section(self.say("reading_title"), (self._reading(),), 2, "reading")
        if earned.begun and (told := marks_section(earned, self.words)):
            yield told
        if practise := self._practise():
            title = self.say("practise_title")
            yield Section(title, (Bullets(practise),), 2, "practise")
        if untold := self._untold():
            blocks = [Paragraph(self.say("untold")), Bullets(untold)]
            yield Section(self.say("untold_title"), tuple(blocks), 2, "untold", folded=True)
        if self.options.solution:
            yield from document(self.solved, self.words, WHOLE).sections

    # What stands before the lines

    def _first_sentence(self) -> Sentence:
        marked, summary = self.marked, self.marked.summary
        right = summary[Kind.CORRECT] + summary[Kind.CARRIED]
        following = self._following()
        follow = sum(v.kind is Kind.CARRIED and v.line in following for v in marked.verdicts)
        stands = (v for v in marked.verdicts if v.slip and v.kind is not Kind.WRONG)
        slips = dict.fromkeys(str(v.line) for v in stands)
        return self.say(
            "marked_sentence",
            right=right,
            of=right + summary[Kind.WRONG],
            first=marked.first_wrong,
            follow=follow,
            slips=list(slips),
            unread=summary[Kind.UNREAD],
        )

    def _following(self) -> set[int]:
        """The lines that follow from the first wrong one, at once or through others."""
        following = {self.marked.first_wrong}
        carried = [v for v in self.marked.verdicts if v.kind is Kind.CARRIED]
        while more := {v.line for v in carried if following & {*v.blames}} - following:
            following |= more
        return {n for n in following if n is not None}

    def _read_as(self) -> Sentence:
        """How names are understood, shown on the first weight."""
        network, naming = self.solved.problem.network, self.solved.naming
        weight = next(w for w in network.parameters if len(w.units) == 2)
        to, sender = weight.units
        return self.say(
            "read_as",
            notation=self.solved.problem.notation,
            net=Named(NET(to)),
            weight=Named(weight),
            to=naming.unit(to),
            sender=naming.unit(sender),
        )

    def _convention(self, convention: Convention) -> Sentence:
        key = f"convention_{convention.id.replace('-', '_')}"
        if key in self.words.macros:
            return self.say(key, line=str(convention.line))
        name = convention.id.replace("-", " ")
        return self.say("convention_other", name=name, line=str(convention.line))

    # One line

    def said_of(self, n: int) -> tuple[Block, ...]:
        """What is said of line n."""
        return next((self._line(line).said for line in self.marked.lines if line.n == n), ())

    def _line(self, line: Line) -> WorkingLine:
        text = printable(line.text[:LONGEST]) + "…" * (len(line.text) > LONGEST)
        verdicts = [v for v in self.verdicts.get(line.n, ()) if v.slip or v.kind != Kind.UNMARKED]
        if not verdicts:
            return WorkingLine(line.n, text)
        sign = next(s for kind, s in SIGNS.items() if any(v.kind is kind for v in verdicts))
        first = line.n == self.marked.first_wrong
        margins = dict.fromkeys(self._margin(v) for v in verdicts)
        spots = [spot(v, text) for v in verdicts if v.slip or v.kind in (Kind.WRONG, Kind.UNREAD)]
        said = [block for v in verdicts for block in self._said(v)]
        return WorkingLine(
            line.n,
            text,
            sign,
            tuple(_joined(margins, "; ")),
            tuple(dict.fromkeys(s for s in spots if s)),
            tuple(dict.fromkeys(said)),
            first or sign is Sign.UNREAD,
        )

    def _margin(self, verdict: Verdict) -> Sentence:
        match verdict.kind:
            case Kind.CARRIED:
                numbers = [str(n) for n in verdict.blames]
                right = self.say("margin_carried", numbers=numbers)
                return (*right, "; ", *self.say("margin_slip")) if verdict.slip else right
            case Kind.UNREAD:
                return self.say("margin_unread")
            case Kind.CORRECT if is_possible(verdict):
                return self.say("margin_possible")
            case Kind.CORRECT | Kind.UNMARKED:
                return self.say("margin_slip" if verdict.slip else "margin_right")
        return self._wrong_margin(verdict)

    def _wrong_margin(self, verdict: Verdict) -> Sentence:
        before = self._before(verdict)
        if verdict.line == self.marked.first_wrong and not self.pointed:
            self.pointed = True
            return self.say("margin_first")
        if before and before != verdict.line:
            return self.say("margin_again", number=str(before))
        return self.say("margin_slip" if _is_slip(verdict) else "margin_too")

    def _before(self, verdict: Verdict) -> int | None:
        """The line where the same mistake was first seen."""
        if len(verdict.causes) != 1 or self.options.hints:
            return None
        id, copied = verdict.causes[0].id, [e.copied for e in verdict.equations if e.copied]
        if id in SLIPS and not copied:
            return None
        return self.first_with.setdefault(copied[0] if id in SLIPS else id, verdict.line)

    def _said(self, verdict: Verdict) -> Iterator[Block]:
        if verdict.line in self.marked.trivial:
            yield Paragraph(self.say("untested"))
        if is_possible(verdict):
            yield Paragraph(self.say("possible_why"))
        if verdict.kind is Kind.UNREAD and verdict.message:
            yield Paragraph(self.say("unread_why", message=printable(verdict.message)))
        if verdict.kind is Kind.WRONG or verdict.slip:
            if self.options.hints:
                yield from self._hint(verdict)
            else:
                yield from self._explained(verdict)

    def _hint(self, verdict: Verdict) -> Iterator[Block]:
        slip = any(not equation.holds for equation in verdict.equations)
        name = in_math(verdict, left_side(verdict)) if verdict.quantity else printable(verdict.name)
        if self.options.hints == 1:
            hint = self.say("hint_where", line=str(verdict.line), q=name, slip=slip)
            yield Paragraph(hint)
        elif self.options.hints == 2:
            looks = self.causes.looks(verdict)
            if not looks and (slip or not name):
                looks = [self.say("hint_calculate")]
            yield from map(Paragraph, looks or [self.say("hint_any", q=name)])
        elif verdict.formula and verdict.quantity:
            yield Paragraph(self.say("hint_formula"))
            yield self._equation(verdict, verdict.formula)
        else:
            yield Paragraph(self.say("hint_calculate"))

    def _explained(self, verdict: Verdict) -> Iterator[Block]:
        slips = [self.causes.slip(e) for e in verdict.equations if not e.holds or e.copied]
        yield from map(Paragraph, dict.fromkeys(slips))
        if verdict.kind is Kind.UNMARKED:
            return
        if verdict.kind is not Kind.WRONG and verdict.answered:
            answer = Math((Num(verdict.answered.text),))
            yield Paragraph(self.say("value_stands", answer=answer))
            return
        untold = () if slips and _is_slip(verdict) else verdict.causes
        sentences = list(dict.fromkeys(self.causes.sentence(verdict, c) for c in untold))
        if len(sentences) > 1:
            yield Paragraph(self.say("causes_several"))
            yield Bullets(tuple(sentences))
        elif sentences:
            yield Paragraph(sentences[0])
        elif not slips and verdict.answered:
            answer = Math((Num(verdict.answered.text),))
            yield Paragraph(self.say("cause_none", answer=answer))
        elif not slips:
            yield Paragraph(self.say("cause_none_formula"))
        if self.options.rule:
            yield from self._goes_on(verdict)

    def _goes_on(self, verdict: Verdict) -> Iterator[Block]:
        """The rule with the student's own numbers in it; what it comes to with --values."""
        q, formula = verdict.quantity, verdict.formula
        if q is None or formula is None:
            return
        parts: list[Formula] = [formula]
        if verdict.goes_on:
            numbers = verdict.goes_on[0].numbers
            if len(factors(formula)) == len(factors(numbers)):
                parts.append(numbers)
            if self.options.values:
                parts.append(Num(comes_to(verdict)))
            yield Paragraph(self.say("goes_on" if verdict.goes_on_own else "goes_on_right"))
        yield self._equation(verdict, *parts)
        if self.options.values and q in self.solved.figures.texts:
            whole = (Ref(q), Num(self.solved.figures.texts[q]))
            answer = Math(whole, q.at._replace(new=False))
            yield Paragraph(self.say("from_the_start", answer=answer))

    def _equation(self, verdict: Verdict, *parts: Formula) -> Equation:
        assert verdict.quantity
        at = verdict.quantity.at._replace(new=False)
        return Equation(verdict.quantity, (Ref(verdict.quantity), *parts), at)

    # What stands below

    def _reading(self) -> Table:
        rows = []
        for verdict in self.marked.verdicts:
            name = printable(verdict.name or verdict.text)
            cut = name[:LONGEST_NAME] + "…" * (len(name) > LONGEST_NAME)
            seen = f"seen_{verdict.seen}"
            rows.append(
                (
                    (str(verdict.line),),
                    (cut,),
                    self._meant(verdict),
                    self.say(seen) if seen in self.words.macros else (),
                )
            )
        head = tuple(self.say(f"reading_{c}") for c in ("line", "written", "quantity", "seen"))
        return Table(self.say("reading_caption"), head, tuple(rows))

    def _meant(self, verdict: Verdict) -> Sentence:
        if verdict.quantity is None:
            return self.say("reading_nothing")
        if verdict.quantity.kind is QuantityKind.OWN:
            return self.say("reading_own")
        return (in_math(verdict, left_side(verdict)),)

    def _practise(self) -> tuple[Sentence, ...]:
        if self.options.hints:
            return ()
        wrong = [v for v in self.marked.verdicts if v.kind is Kind.WRONG or v.slip]
        return tuple(dict.fromkeys(s for v in wrong for s in self.causes.practise(v)))

    def _untold(self) -> tuple[Sentence, ...]:
        """The mistakes that right lines cannot show, each with those lines."""
        lines: dict[str, dict[str, None]] = {}
        for verdict in () if self.options.hints else self.marked.verdicts:
            for id in verdict.cannot_tell:
                lines.setdefault(id, {})[str(verdict.line)] = None
        return tuple(
            (*self.say("untold_in", numbers=list(numbers)), " ", *in_general(id, self.words))
            for id, numbers in lines.items()
        )


def _is_slip(verdict: Verdict) -> bool:
    """Whether only the arithmetic of the line is wrong, or a number that was put in."""
    bare = all(cause.id in SLIPS for cause in verdict.causes)
    return bare and any(not e.holds or e.copied for e in verdict.equations)


def left_side(verdict: Verdict) -> Formula:
    """What the left side of a statement stands for."""
    assert verdict.quantity
    own = Ref(verdict.quantity)
    return Neg(own) if verdict.sign < 0 else own


def in_math(verdict: Verdict, formula: Formula) -> Math:
    """A formula where a statement holds."""
    assert verdict.quantity
    return Math((formula,), verdict.quantity.at._replace(new=False))


def _joined(sentences: dict[Sentence, None], between: str) -> Iterator[str | Math]:
    for n, sentence in enumerate(sentences):
        if n:
            yield between
        yield from sentence
