"""What a session says, as blocks of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tutor.drill.desk import Answer, Desk
from tutor.drill.plan import way
from tutor.drill.state import How, Kept, State
from tutor.drill.supply import Shown
from tutor.marking.verdict import Kind as VerdictKind
from tutor.pages.causes import in_general
from tutor.pages.document import Block, Bullets, Equation, Math, Paragraph, Section, Sentence
from tutor.pages.escape import printable
from tutor.pages.feedback import left_side, said_of
from tutor.pages.givens import digits_sentence, given_section, unit_names
from tutor.pages.lines import Lines
from tutor.pages.options import WHOLE, Marking, Options
from tutor.pages.words import Value, Words
from tutor.pages.worked import document
from tutor.problem.naming import Naming
from tutor.symbolic.formula import Formula, Named, Num, Product, Ref, Sum
from tutor.symbolic.mistakes import MISTAKES
from tutor.symbolic.quantity import ALWAYS, Kind, Quantity
from tutor.symbolic.rewrite import refs

Said = Block | Section
CAUSES, LOOK = Marking(rule=False), Marking(hints=2)
HELP = ("hint", "show", "skip", "back", "help", "q")
MATCHED = "matched"
"""The hint where the slope at a net input is output - target."""
MOST_NAMES = 4
"""Numbers that a question names; of a few more it says how many."""
GIVEN = ("given", "answers", "certificate")
"""Parts of a worked solution that a student at its end has seen, or does not need."""


class Voice:
    """Everything that is said about one problem."""

    def __init__(self, desk: Desk, words: Words) -> None:
        self.desk, self.words, self.solved = desk, words, desk.solved

    @property
    def naming(self) -> Naming:
        """How quantities are named."""
        return self.solved.naming

    def one(self, key: str, **values: Value) -> tuple[Paragraph, ...]:
        """One sentence."""
        return (Paragraph(self.words.say(key, ALWAYS, **values)),)

    # The problem and its questions

    def problem(self) -> Iterator[Said]:
        """The network, what is given, what is asked, and how many digits to keep."""
        problem, say = self.solved.problem, self.words.say
        given = given_section(self.solved, say, solved=False)
        title = (problem.title,) if problem.title else say("untitled")
        yield Section(title, given.blocks)
        yield from self.one("sheet_asked", names=[*map(_named, self.solved.asked)])
        if problem.rounding:
            yield Paragraph(digits_sentence(self.solved, say))
        else:
            yield from self.one("drill_keep", digits=str(problem.show))

    def made_for(self, id: str, shown: Shown) -> tuple[Said, ...]:
        """Why the numbers are these."""
        said = (
            self.words.say("drill_chosen", id=id),
            in_general(id, self.words),
            self.words.say("drill_apart", digits=shown.digits, others=list(shown.others)),
        )
        return together(map(Paragraph, said))

    def offer(self, place: int) -> tuple[Paragraph, ...]:
        """Whether to go on where an earlier session was left."""
        title = printable(self.solved.problem.title)
        return self.one("drill_offer", title=title, number=str(place + 1), of=self._of)

    def so_far(self, page: Iterable[Kept]) -> tuple[Paragraph, ...]:
        """What stands on the page."""
        values: list[Value] = [kept.line for kept in page]
        return self.one("drill_so_far", values=values) if values else ()

    @property
    def _of(self) -> str:
        return str(len(self.desk.questions))

    def role(self, place: int, weight: Quantity) -> tuple[Paragraph, ...]:
        """Whether a unit is an output."""
        (unit,) = unit_names(self.solved, weight.units[:1])
        number = str(place + 1)
        return self.one("drill_role", number=number, of=self._of, weight=weight, unit=unit)

    def values(self, place: int, quantities: Iterable[Quantity]) -> tuple[Paragraph, ...]:
        """What some numbers are."""
        names = [*map(_named, quantities)]
        more = len(names) - MOST_NAMES if len(names) > MOST_NAMES + 1 else 0
        said = names[: len(names) - more]
        number = str(place + 1)
        return self.one("drill_values", number=number, of=self._of, names=said, more=more)

    def told_role(self, weight: Quantity) -> tuple[Paragraph, ...]:
        """Which part a unit has, and why."""
        network, j = self.solved.problem.network, weight.units[0]
        (unit,) = unit_names(self.solved, (j,))
        if j in network.outputs:
            return self.one("drill_output", unit=unit)
        layers = (layer for layer in network.layers if j in network.feeders(layer))
        fed = [k for layer in layers for k in layer.units]
        return self.one("drill_hidden", unit=unit, next=unit_names(self.solved, fed))

    # Answers

    def marked(self, answer: Answer, page: tuple[Kept, ...], *, alone: bool) -> Iterator[Said]:
        """What is said of one answer; ``alone`` where it is the only one, to the only question."""
        verdict = answer.verdict
        if verdict.kind is VerdictKind.UNMARKED:
            yield from self.one("drill_not_a_name", name=printable(verdict.name))
            return
        if verdict.quantity and self.desk.coarse(answer):
            number = Math((Num(self.desk.text(verdict)),))
            digits = str(self.desk.digits(verdict.quantity))
            yield from self.one("drill_coarse", answer=number, digits=digits)
            return
        if answer.right:
            yield from self._right(answer, page, alone=alone)
        if verdict.kind is VerdictKind.WRONG:
            name = "" if alone or not verdict.quantity else _named(verdict.quantity)
            yield from self.one("drill_wrong", q=name)
        yield from said_of(answer.marked, self.words, CAUSES, answer.line)

    def _right(
        self, answer: Answer, page: tuple[Kept, ...], *, alone: bool
    ) -> tuple[Paragraph, ...]:
        verdict, text = answer.verdict, self.desk.text(answer.verdict)
        before = (page[n - 1].key for n in verdict.blames if n <= len(page))
        own: list[Value] = [_named(self.desk.asked[key]) for key in before]
        if text and not alone:
            value = Math((left_side(verdict), Num(text)))
            return self.one("drill_right_value", value=value, own=own)
        return self.one("drill_right_own", own=own) if own else self.one("drill_right")

    # Words that are typed

    def help(self) -> tuple[Bullets, ...]:
        """The words that can be typed."""
        return (Bullets(tuple(self.words.say(f"drill_help_{word}") for word in HELP)),)

    def role_hint(self, weight: Quantity) -> tuple[Paragraph, ...]:
        """How to tell an output unit."""
        (unit,) = unit_names(self.solved, weight.units[:1])
        return self.one("drill_hint_role", unit=unit)

    def hint(self, q: Quantity, level: int, wrong: Answer | None) -> tuple[Block, ...]:
        """The rule in words; its parts, or where a wrong answer is amiss; the formula."""
        step = self.solved.run.by_quantity[q]
        formula = way(step)
        if level == 1:
            short = any(u.kind is Kind.T for u in refs(formula)) and q.kind is Kind.DE_DNET
            key = f"drill_rule_{MATCHED if short else step.rule.replace('-', '_')}"
            return self.one(key) if key in self.words.macros else self.one("hint_any", q=_named(q))
        if level == 2:
            if wrong and wrong.verdict.causes:
                return said_of(wrong.marked, self.words, LOOK, wrong.line)
            if isinstance(step.chain, Product | Sum) and formula == step.formula:
                return self.one("drill_chain", chain=Math((Named(q), step.chain)))
            names: list[Value] = [*map(_named, dict.fromkeys(refs(formula)))]
            return self.one("drill_parts", q=_named(q), names=names)
        return (*self.one("hint_formula"), _equation(q, formula))

    def shown(self, q: Quantity) -> tuple[tuple[Block, ...], Kept]:
        """The worked line, and what of it stands on the page."""
        lines = Lines(self.solved, self.words.say, WHOLE).lines(self.solved.run.by_quantity[q])
        return (*self.one("drill_shown", own=False), *lines), self.desk.worked(q)

    def shown_own(
        self, q: Quantity, page: tuple[Kept, ...]
    ) -> tuple[tuple[Block, ...], Kept | None]:
        """The same with the student's own numbers; nothing where it has no value."""
        found = self.desk.next_line(page, q)
        if found is None:
            return self.one("drill_no_line", q=_named(q)), None
        line, text = found
        parts = self.solved.run.by_quantity[q].formula, line.numbers, Num(text)
        said = self.one("drill_shown", own=True)
        return (*said, _equation(q, *parts)), Kept(q.key, f"{q.key} = {text}", How.SHOWN)

    def kept_own(self, tries: Iterable[Kept]) -> tuple[Paragraph, ...]:
        """Wrong numbers that are gone on with."""
        values: list[Value] = [kept.line for kept in tries]
        return self.one("drill_kept_own", values=values) if values else ()

    # The end

    def ending(self, state: State) -> Iterator[Said]:
        """What went well, what to practise, and the worked solution."""
        asked, missed = self.desk.asked, set(state.missed)
        every = [*asked, *(ROLE for question in self.desk.questions if question.weight)]
        right = [key for key in every if key not in missed]
        done = {kept.key for kept in state.page if kept.how is not How.SHOWN}
        unknown = str(len(asked.keys() - done) or "")
        facts = {"right": str(len(right)), "of": str(len(every)), "unknown": unknown}
        yield from self.one("drill_done", **facts)
        if items := tuple(map(self._practise, state.mistakes)):
            yield from self.one("drill_to_practise")
            yield Bullets(tuple(dict.fromkeys(items)))
        for section in document(self.solved, self.words, Options(brief=True)).sections:
            if section.id not in GIVEN:
                yield section

    def _practise(self, id: str) -> Sentence:
        key = f"practises_{id.replace('-', '_')}"
        said = self.words.say(key) if key in self.words.macros else in_general(id, self.words)
        if id not in MISTAKES:
            return said
        return (*said, " ", *self.words.say("drill_practise_id", id=id))


ROLE = "role"
"""The key of the question which part a unit has."""


def together(said: Iterable[Said]) -> tuple[Said, ...]:
    """Sentences that follow each other as one paragraph."""
    found: list[Said] = []
    for one in said:
        last = found[-1] if found else None
        if isinstance(one, Paragraph) and isinstance(last, Paragraph):
            found[-1] = Paragraph((*last.text, " ", *one.text))
        else:
            found.append(one)
    return tuple(found)


def _named(q: Quantity) -> Math:
    return Math((Named(q),))


def _equation(q: Quantity, *parts: Formula) -> Equation:
    return Equation(q, (Ref(q), *parts), q.at._replace(new=False))
