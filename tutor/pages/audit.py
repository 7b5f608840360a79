"""A printed solution held against the problem, as errata; and what a problem cannot show."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.marking.blind import Blind, Change
from tutor.marking.claim import Line
from tutor.marking.slips import SLIPS
from tutor.marking.verdict import Kind, Marked, Verdict
from tutor.pages.causes import Causes, in_general
from tutor.pages.document import (
    Block,
    Bullets,
    Document,
    Math,
    Paragraph,
    Section,
    Sentence,
    Sign,
    Working,
    WorkingLine,
)
from tutor.pages.escape import printable
from tutor.pages.feedback import in_its_notation, in_math, left_side
from tutor.pages.numbers import apart, comes_to, like
from tutor.pages.spots import spot
from tutor.pages.words import Words
from tutor.solving import Solved
from tutor.symbolic.formula import Named, Num
from tutor.symbolic.quantity import ALWAYS

LONGEST = 2000
"""Characters of a line that are shown."""


def errata(marked: Marked, words: Words) -> Document:
    """The page of a printed solution that was marked strictly."""
    return _Errata(marked, words).document()


class _Errata:
    def __init__(self, marked: Marked, words: Words) -> None:
        self.marked, self.words, self.say = marked, words, words.say
        self.solved = in_its_notation(marked)
        self.causes = Causes(self.solved, words, values=True, printed=True)
        self.verdicts: dict[int, list[Verdict]] = {}
        for verdict in marked.verdicts:
            self.verdicts.setdefault(verdict.line, []).append(verdict)

    def document(self) -> Document:
        lines = tuple(filter(None, map(self._line, self.marked.lines)))
        blocks: list[Block] = [Paragraph(self._first_sentence(), lead=True)]
        if lines:
            blocks.append(Working(lines))
        section = Section(self.say("audit_title"), tuple(blocks), 2, "errata")
        return _page(self.solved, self.words, section)

    def _first_sentence(self) -> Sentence:
        summary = self.marked.summary
        right = summary[Kind.CORRECT] + summary[Kind.CARRIED]
        slips = (v for v in self.marked.verdicts if v.slip and v.kind is not Kind.WRONG)
        unread = (v for v in self.marked.verdicts if v.kind is Kind.UNREAD)
        return self.say(
            "audit_sentence",
            of=right + summary[Kind.WRONG],
            wrong=summary[Kind.WRONG],
            first=self.marked.first_wrong,
            carried=summary[Kind.CARRIED],
            slips=list(dict.fromkeys(str(v.line) for v in slips)),
            unread=list(dict.fromkeys(str(v.line) for v in unread)),
        )

    def _line(self, line: Line) -> WorkingLine | None:
        """A line of which there is something to say."""
        text = printable(line.text[:LONGEST]) + "…" * (len(line.text) > LONGEST)
        verdicts = self.verdicts.get(line.n, [])
        said = tuple(dict.fromkeys(block for v in verdicts for block in self._said(v)))
        if not said:
            return None
        kinds = {v.kind for v in verdicts if v.kind in SIGNS} or {Kind.WRONG}
        sign = next(SIGNS[kind] for kind in SIGNS if kind in kinds)
        bad = (v for v in verdicts if v.slip or v.kind in (Kind.WRONG, Kind.UNREAD))
        spots = dict.fromkeys(s for v in bad if (s := spot(v, text)))
        return WorkingLine(line.n, text, sign, (), tuple(spots), said, open=True)

    def _said(self, verdict: Verdict) -> Iterator[Block]:
        slips = [self.causes.slip(e) for e in verdict.equations if not e.holds or e.copied]
        if verdict.kind is Kind.UNREAD:
            yield Paragraph(self.say("unread_why", message=printable(verdict.message)))
        elif verdict.kind is Kind.WRONG:
            yield from self._wrong(verdict, slips)
        elif verdict.kind is Kind.CARRIED:
            yield Paragraph(self._carried(verdict))
        if verdict.slip or verdict.kind is Kind.WRONG:
            yield from map(Paragraph, dict.fromkeys(slips))
        if verdict.slip and verdict.kind is Kind.CORRECT and verdict.answered:
            yield Paragraph(self._stands(verdict))

    def _stands(self, verdict: Verdict) -> Sentence:
        """A value beside a false equation is right, or as right as rounding on the way allows."""
        assert verdict.answered
        printed = _number(verdict.answered.text)
        off = abs((verdict.expected or 0.0) - verdict.answered.float_value)
        if verdict.expected is None or off <= verdict.answered.unit:
            return self.say("audit_stands", printed=printed)
        return self.say("audit_rounded", printed=printed, truth=_number(self._truth(verdict)))

    def _wrong(self, verdict: Verdict, slips: list[Sentence]) -> Iterator[Block]:
        yield Paragraph(self._should(verdict))
        bare = bool(slips) and all(cause.id in SLIPS for cause in verdict.causes)
        told = () if bare else verdict.causes
        sentences = tuple(dict.fromkeys(self.causes.sentence(verdict, c) for c in told))
        if len(sentences) > 1:
            yield Paragraph(self.say("audit_several"))
            yield Bullets(sentences)
        elif sentences:
            yield Paragraph(sentences[0])
        elif not slips:
            yield Paragraph(self.say("audit_no_cause"))
        if following := self._following(verdict):
            yield Paragraph(self.say("audit_follows", numbers=following))

    def _should(self, verdict: Verdict) -> Sentence:
        if verdict.quantity is None or verdict.expected is None:
            return self.say("audit_other")
        name = _name(verdict)
        if verdict.answered is None:
            return self.say("audit_formula", q=name, truth=_number(_text(verdict.expected)))
        truth = self._truth(verdict)
        yours = comes_to(verdict) if verdict.goes_on and verdict.sign > 0 else truth
        return self.say(
            "audit_value",
            q=name,
            printed=_number(verdict.answered.text),
            yours=_number(yours),
            truth=_number(truth),
            same=yours == truth,
        )

    def _truth(self, verdict: Verdict) -> str:
        """With as many digits more as show that it is another number."""
        assert verdict.answered
        assert verdict.expected is not None
        pair = apart(verdict.expected, verdict.answered.float_value, verdict.answered)
        return pair[0] if pair else like(verdict.expected, verdict.answered)

    def _carried(self, verdict: Verdict) -> Sentence:
        numbers = [str(n) for n in verdict.blames]
        if verdict.answered is None or verdict.expected is None:
            return self.say("margin_carried", numbers=numbers)
        printed = _number(verdict.answered.text)
        truth = _number(self._truth(verdict))
        return self.say("audit_carried", printed=printed, numbers=numbers, truth=truth)

    def _following(self, verdict: Verdict) -> list[str]:
        """The lines that follow from a wrong one, at once or through others."""
        lines = {verdict.line}
        carried = [v for v in self.marked.verdicts if v.kind is Kind.CARRIED]
        while more := {v.line for v in carried if lines & {*v.blames}} - lines:
            lines |= more
        return [str(n) for n in sorted(lines - {verdict.line})]


SIGNS = {Kind.WRONG: Sign.WRONG, Kind.UNREAD: Sign.UNREAD, Kind.CARRIED: Sign.CARRIED}
"""The worst first."""


def unshown(found: Blind, solved: Solved, words: Words) -> Document:
    """The page of what a problem's numbers cannot show."""
    rounding = solved.problem.rounding
    digits = str(rounding.default if rounding else solved.problem.show)
    sentence = words.say(
        "blind_sentence", tested=len(found.tested), hidden=len(found.hidden), digits=digits
    )
    blocks: list[Block] = [Paragraph(sentence, lead=True)]
    for change in found.changes:
        blocks.append(Paragraph(_change(change, words)))
        blocks.append(Bullets(tuple(in_general(id, words) for id in change.shows)))
    if rest := found.without_change:
        blocks.append(Paragraph(words.say("blind_none")))
        blocks.append(Bullets(tuple(in_general(id, words) for id in rest)))
    return _page(solved, words, Section(words.say("blind_title"), tuple(blocks), 2, "unshown"))


def _change(change: Change, words: Words) -> Sentence:
    return words.say(
        "blind_change",
        q=Named(change.quantity),
        pattern=str(change.pattern) if change.pattern else "",
        before=_number(change.before),
        after=_number(change.after),
        several=len(change.shows) > 1,
    )


def _page(solved: Solved, words: Words, section: Section) -> Document:
    problem = solved.problem
    title = problem.title or str(words.say("untitled")[0])
    return Document(title, problem.source, words.language, (section,))


def _name(verdict: Verdict) -> Math:
    return in_math(verdict, left_side(verdict))


def _number(text: str) -> Math:
    return Math((Num(text),), ALWAYS)


def _text(value: float) -> str:
    return like(value, None)
