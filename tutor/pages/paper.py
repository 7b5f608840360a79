"""Papers, their keys, and the sheets for whoever marks them by hand, as documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import localcontext
from fractions import Fraction

from tutor.marking.marks import plain
from tutor.numeric.exact import CONTEXT
from tutor.pages.document import (
    Block,
    Document,
    Fields,
    Math,
    Paragraph,
    Ruled,
    Section,
    Sentence,
    Table,
)
from tutor.pages.givens import given_section, unit_names
from tutor.pages.lines import shown_text
from tutor.pages.options import Options
from tutor.pages.origins import rule_section
from tutor.pages.posed import answer_blocks, asked_blocks
from tutor.pages.words import Words
from tutor.pages.worked import document
from tutor.practice.exam import Space
from tutor.practice.recipe import Ask
from tutor.practice.variants import Paper, Question
from tutor.problem.naming import Naming
from tutor.problem.worth import Scheme
from tutor.solving import Solved
from tutor.symbolic.formula import Named, Num
from tutor.symbolic.general import any_of
from tutor.symbolic.quantity import DE_DNET, DE_DO, LOCAL, NET, O

Parts = list[tuple[Document, Naming]]

FEWEST, MOST, STEPS_A_LINE = 6, 18, 1.5
"""Lines to write on, where the exam does not say how many: so many steps a line."""
ABREAST = (4, 8)
"""So many answers stand in one column, in two."""
SHORT = 14
"""Signs of a name that leaves room for another beside it."""
REASONS = 4
"""The same for a question that is not computing."""
ROWS = (NET, O, lambda j: LOCAL(j, j), DE_DO, DE_DNET)
"""The columns of a table to fill in."""


def paper(one: Paper, words: Words) -> tuple[Document, Parts]:
    """What the student gets."""
    say = words.say
    blocks: list[Block] = [
        Fields(((say("paper_name"), one.who.name), (say("paper_number"), one.who.number))),
    ]
    lines = [*((text,) for text in one.exam.instructions), _keep(one, words)]
    lines.append(say("paper_total", marks=_total(one), minutes=_minutes(one)))
    blocks += map(Paragraph, filter(None, lines))
    sections = [Section((), tuple(blocks))]
    if one.exam.formulas:
        sections.append(replace(rule_section(say), title=say("paper_formulas")))
    front = Document(
        _title(one, words), one.exam.header, words.language, tuple(sections), code=one.code
    )
    differ = not one.exam.rounding and len(_all_digits(one)) > 1
    return front, [
        (
            named_part(question, n, _asked(question, words, own_digits=differ), words),
            question.solved.naming,
        )
        for n, question in enumerate(one.questions, 1)
    ]


def key(one: Paper, words: Words) -> tuple[Document, Parts]:
    """The worked solutions with marks."""
    front = of_paper(one, "key_title", words)
    return front, [
        (named_part(question, n, _solution(question, words), words), question.solved.naming)
        for n, question in enumerate(one.questions, 1)
    ]


def of_paper(one: Paper, title: str, words: Words, *sections: Section) -> Document:
    """The head of what belongs to a paper and is not for the student."""
    head = _text(words.say(title, title=_title(one, words)))
    whose = _text(words.say("key_of", code=one.code, student=one.who.id))
    return Document(head, whose, words.language, sections, code=one.code)


def shown_marks(mark: Fraction) -> str:
    """``1.5``, ``2/3``."""
    return plain(mark) if 100 % mark.denominator == 0 else str(mark)


def _title(one: Paper, words: Words) -> str:
    return one.exam.title or _text(words.say("paper_untitled"))


def _text(sentence: Sentence) -> str:
    return "".join(part for part in sentence if isinstance(part, str))


def _keep(one: Paper, words: Words) -> Sentence:
    if one.exam.rounding:
        return (one.exam.rounding,)
    digits = _all_digits(one)
    return words.say("paper_keep", digits=digits[0]) if len(digits) == 1 else ()


def _all_digits(one: Paper) -> list[str]:
    return list(dict.fromkeys(str(question.digits) for question in one.questions))


def _total(one: Paper) -> str:
    worth = [question.part.marks for question in one.questions]
    return plain(sum((w for w in worth if w), Fraction(0))) if all(worth) else ""


def _minutes(one: Paper) -> str:
    told = [question.part.minutes for question in one.questions]
    return str(sum(m for m in told if m)) if all(told) else ""


def named_part(question: Question, n: int, sections: tuple[Section, ...], words: Words) -> Document:
    """One part under its heading; what has headings of its own stands a level lower."""
    part = question.part
    title = words.say(
        "paper_part",
        number=str(n),
        title=part.title or question.problem.title,
        marks=plain(part.marks) if part.marks else "",
        minutes=str(part.minutes or ""),
    )
    first, *rest = sections
    lower = (replace(section, level=min(4, section.level + 1)) for section in rest)
    head = replace(first, title=title, level=2, id="")
    return Document("", "", words.language, (head, *lower))


def _asked(question: Question, words: Words, *, own_digits: bool) -> tuple[Section, ...]:
    """The problem, and room for its answers; with the sentence about digits where parts differ."""
    solved, part = question.solved, question.part
    with localcontext(CONTEXT):
        given = given_section(solved, words.say, solved=False)
    names = [Math((Named(q),), large=True) for q in solved.asked]
    if question.posed:
        space = part.space or Space(0 if question.ask is Ask.CHOOSE else REASONS, asked=False)
        below = _room(solved, space, words)
        blocks = asked_blocks(question.posed, words)
        return (replace(given, blocks=(*given.blocks, *blocks, *below)),)
    asked = words.say("sheet_asked", names=names)
    if own_digits:
        asked += (" ", *words.say("paper_keep", digits=str(question.digits)))
    lead: Block = Paragraph(asked)
    if part.blank:
        fill = Paragraph(words.say("paper_fill"))
        head = replace(given, blocks=(lead, fill, *given.blocks))
        options = Options(brief=True, sheet=True, blank=part.blank)
        return head, *_below(solved, words, options)
    room = part.space or Space(_lines(question))
    head = replace(given, blocks=(lead, *given.blocks, *_room(solved, room, words)))
    if not room.steps:
        return (head,)
    return head, *_below(solved, words, Options(brief=True, sheet=True))


def _below(solved: Solved, words: Words, options: Options) -> tuple[Section, ...]:
    """The lines of a page, without what is given and asked."""
    sections = document(solved, words, options).sections
    return tuple(s for s in sections if s.id not in ("given", "answers", "certificate"))


def _lines(question: Question) -> int:
    steps = sum(q in question.solved.run.by_quantity for q in question.solved.needed)
    return max(FEWEST, min(MOST, round(steps / STEPS_A_LINE)))


def _room(solved: Solved, space: Space, words: Words) -> Iterator[Block]:
    """Where to write."""
    if space.table:
        yield _units(solved, words)
    if space.lines:
        yield Ruled(space.lines)
    if space.asked:
        yield _answers(solved, words)


def _answers(solved: Solved, words: Words) -> Table:
    """A cell for every asked number; of many, several side by side."""
    asked = solved.asked
    beside = next((n for n, most in enumerate(ABREAST, 1) if len(asked) <= most), len(ABREAST) + 1)
    if any(len(q.key) > SHORT for q in asked):
        beside = 1
    down = -(-len(asked) // beside)
    cells: list[Sentence] = [(Math((Named(q),), large=True),) for q in asked]
    cells += [()] * (down * beside - len(asked))
    rows = tuple(
        tuple(part for n in range(beside) for part in (cells[row + n * down], ()))
        for row in range(down)
    )
    head = (words.say("answers_name"), words.say("answers_value")) * beside
    return Table(words.say("paper_answers"), head, rows, open=True)


def _units(solved: Solved, words: Words) -> Table:
    """A row for each unit and a column for each of its values."""
    network = solved.problem.network
    units = [unit for layer in network.layers for unit in layer.units]
    first = solved.run.updates[0].presentations[0].at
    columns = [
        row for row in ROWS if any(row(j).marked(first) in solved.figures.values for j in units)
    ]
    names = unit_names(solved, units)
    j = any_of("j", 1)
    head = [(Math((Named(row(j).marked(first)),), first, large=True),) for row in columns]
    rows = tuple(((name,), *[()] * len(columns)) for name in names)
    return Table(words.say("paper_units"), (words.say("paper_unit"), *head), rows, open=True)


def _solution(question: Question, words: Words) -> tuple[Section, ...]:
    """The asked numbers with their marks, and the way to them."""
    if question.posed:
        return (Section((), answer_blocks(question.posed, words)),)
    solved = question.solved
    scheme = question.problem.marks or Scheme()
    rows = []
    for q in solved.asked:
        worth = scheme.worth(q)
        marks = f"{shown_marks(worth.method)} + {shown_marks(worth.accuracy)}"
        rows.append(
            ((Math((Named(q),), large=True),), (Math((Num(shown_text(solved, q)),)),), (marks,))
        )
    head = (words.say("answers_name"), words.say("answers_value"), words.say("key_marks"))
    table = Table(words.say("key_caption"), head, tuple(rows))
    return Section((), (table,)), *_below(solved, words, Options(brief=True))
