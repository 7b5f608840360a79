"""Questions of every kind as blocks of a page, and their answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import localcontext
from typing import Any

from tutor.numeric.exact import CONTEXT
from tutor.pages.causes import in_general
from tutor.pages.document import (
    Block,
    Bullets,
    Choices,
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
from tutor.pages.givens import digits_sentence, given_section, unit_names
from tutor.pages.lines import Lines, coloured, shown_text
from tutor.pages.options import WHOLE, Options
from tutor.pages.plain import Plain
from tutor.pages.reasons import reason
from tutor.pages.tables import answers
from tutor.pages.words import Words
from tutor.pages.worked import document
from tutor.practice.posing.choice import Choice
from tutor.practice.posing.compute import Compute
from tutor.practice.posing.factor import Factor
from tutor.practice.posing.find import Find
from tutor.practice.posing.first_step import FirstStep
from tutor.practice.posing.most import Most
from tutor.practice.posing.posed import Posed
from tutor.practice.posing.signs import Signs
from tutor.solving import Solved
from tutor.symbolic.formula import Named, Num, Partial, Product, Ref, factors
from tutor.symbolic.quantity import ALWAYS, ETA, NET, At, E, Quantity
from tutor.symbolic.step import Step


def asked_blocks(posed: Posed, words: Words) -> tuple[Block, ...]:
    """The question, without what is given."""
    asked, _ = PAGES[type(posed)]
    with localcontext(CONTEXT):
        return tuple(asked(posed, words))


def answer_blocks(posed: Posed, words: Words) -> tuple[Block, ...]:
    """The answer, with its reasons."""
    _, answered = PAGES[type(posed)]
    with localcontext(CONTEXT):
        return tuple(answered(posed, words))


def question_page(posed: Posed, words: Words, *, key: bool) -> Document:
    """A page with what is given and the question; with the answer, where it is the key."""
    problem, say = posed.solved.problem, words.say
    title = problem.title or str(say("untitled")[0])
    sections = [
        given_section(posed.solved, say, solved=False),
        Section(say("question_title"), asked_blocks(posed, words), 2, "question"),
    ]
    if key:
        sections.append(Section(say("answer_title"), answer_blocks(posed, words), 2, "answer"))
    return Document(title, problem.source, words.language, tuple(sections))


def _value(solved: Solved, q: Quantity, at: At = ALWAYS) -> Math:
    return Math((Ref(q), Num(solved.figures.texts[q])), at)


def _letters(count: int) -> list[str]:
    return [letter for letter, _ in Choices(((),) * count).lettered]


# Computing


def _compute_asked(posed: Compute, words: Words) -> Iterator[Block]:
    names = [Math((Named(q),)) for q in posed.solved.asked]
    yield Paragraph(words.say("sheet_asked", names=names))
    yield Paragraph(digits_sentence(posed.solved, words.say))


def _compute_answer(posed: Compute, words: Words) -> Iterator[Block]:
    yield answers(posed.solved, words.say)
    page = document(posed.solved, words, Options(brief=True))
    lines = (block for section in page.sections for block in section.blocks)
    yield from (block for block in lines if isinstance(block, Equation))


# One of several numbers


def _choice_asked(posed: Choice, words: Words) -> Iterator[Block]:
    q, problem = posed.quantity, posed.solved.problem
    digits = problem.rounding.digits(q) if problem.rounding else problem.show
    yield Paragraph(words.say("choose_asked", q=Named(q), digits=str(digits)))
    yield Choices(tuple((Math((number,)),) for number in _numbers(posed)))


def _numbers(posed: Choice) -> list[Num]:
    """What the options are of what the quantity's name stands for."""
    each = (replace(posed.solved, figures=option.figures) for option in posed.options)
    return [Num(shown_text(solved, posed.quantity)) for solved in each]


def _choice_answer(posed: Choice, words: Words) -> Iterator[Block]:
    letters, numbers = _letters(len(posed.options)), _numbers(posed)
    value = Math((Named(posed.quantity), numbers[posed.right]))
    yield Paragraph(words.say("choose_answer", letter=letters[posed.right], value=value))
    wrong = ((n, option.mistake) for n, option in enumerate(posed.options) if option.mistake)
    yield Bullets(
        tuple(
            (
                *words.say("choose_wrong", letter=letters[n]),
                " ",
                *in_general(id, words, Math((numbers[n],))),
            )
            for n, id in wrong
        )
    )


# One factor


def _factor_asked(posed: Factor, words: Words) -> Iterator[Block]:
    step, figures = posed.step, posed.solved.figures
    q, at = posed.quantity, step.defines.at
    numbers = list(factors(figures.lines[step.defines].numbers))
    numbers[posed.place] = Ref(q)
    yield Paragraph(words.say("factor_asked", at, q=Ref(q)))
    parts = (Ref(step.defines), coloured(step.formula), Product(tuple(numbers)))
    yield Equation(step.defines, parts, at)
    yield Equation(q, (Ref(q),), at, blank=True)


def _factor_answer(posed: Factor, words: Words) -> Iterator[Block]:
    lines = Lines(posed.solved, words.say, WHOLE)
    yield Paragraph(words.say("factor_answer"))
    yield from lines.lines(posed.solved.run.by_quantity[posed.quantity])
    yield from lines.lines(posed.step)


# Signs


def _signs_asked(posed: Signs, words: Words) -> Iterator[Block]:
    yield Paragraph(words.say("signs_asked"))
    yield _signs_table([(w, ()) for w, _ in posed.answers], words)


def _signs_table(rows: list[tuple[Quantity, Sentence]], words: Words) -> Table:
    head = words.say("signs_weight"), words.say("signs_step")
    cells = tuple(((Math((Named(w),)),), step) for w, step in rows)
    return Table(words.say("signs_caption"), head, cells)


STEPS = {1: "signs_larger", -1: "signs_smaller", 0: "signs_same"}


def _signs_answer(posed: Signs, words: Words) -> Iterator[Block]:
    yield _signs_table([(w, words.say(STEPS[sign])) for w, sign in posed.answers], words)
    yield Paragraph(words.say("signs_why"))
    told = (reason(one, posed.solved, words) for one in posed.reasons)
    yield Bullets(tuple(filter(None, told)))


# The largest change


def _most_asked(posed: Most, words: Words) -> Iterator[Block]:
    (unit,) = unit_names(posed.solved, (posed.unit,))
    yield Paragraph(words.say("most_asked", unit=unit))
    yield Choices(tuple((Math((Named(w),)),) for w, _ in posed.weights))


def _most_answer(posed: Most, words: Words) -> Iterator[Block]:
    at = posed.solved.run.updates[0].at
    letters = _letters(len(posed.weights))
    weight, _ = posed.weights[posed.right]
    yield Paragraph(words.say("most_answer", letter=letters[posed.right], weight=Named(weight)))
    slope = Math((Partial(E.marked(at), NET(posed.unit).marked(at)),), at)
    fed = [_value(posed.solved, q, at) for _, q in posed.weights]
    yield Paragraph(words.say("most_why", slope=slope, fed=fed))


# The first step of two methods


def _first_step_asked(posed: FirstStep, words: Words) -> Iterator[Block]:
    say, solved = words.say, posed.solved
    slopes = [Math((Ref(q.marked(ALWAYS)), Num(posed.figures.texts[q]))) for q in posed.slopes]
    yield Paragraph(
        say(
            "first_step_asked",
            weight=Named(posed.weight),
            rate=_value(solved, ETA),
            slopes=slopes,
            mean=solved.problem.mean,
        )
    )
    yield Choices(tuple((_step(posed, n),) for n in range(2)))


def _step(posed: FirstStep, n: int) -> Math:
    q = posed.shown[n].defines
    return Math((Ref(q.marked(ALWAYS)), Num(posed.figures.texts[q])))


def _first_step_answer(posed: FirstStep, words: Words) -> Iterator[Block]:
    say, letters = words.say, _letters(2)
    batch = 1 - posed.stochastic
    yield Paragraph(
        say("first_step_answer", stochastic=letters[posed.stochastic], batch=letters[batch])
    )
    yield Paragraph(say("first_step_stochastic"))
    yield _worked(posed, posed.shown[posed.stochastic])
    yield Paragraph(say("first_step_batch", count=len(posed.slopes)))
    yield _worked(posed, posed.steps[0])
    yield _worked(posed, posed.shown[batch])


def _worked(posed: FirstStep, step: Step) -> Equation:
    """A step of this weight; its own mark is left out."""
    q, figures = step.defines, posed.figures
    total = posed.steps[0].defines.at
    name = q.marked(total) if step is posed.steps[0] else q.marked(ALWAYS)
    numbers = figures.lines[q].numbers
    return Equation(None, (Ref(name), step.formula, numbers, Num(figures.texts[q])), total)


# A mistake to be found


def _find_asked(posed: Find, words: Words) -> Iterator[Block]:
    yield Paragraph(words.say("find_asked"))
    yield Paragraph(digits_sentence(posed.solved, words.say))
    texts = printed_lines(posed, words)
    yield Working(tuple(WorkingLine(n, text) for n, text in enumerate(texts, 1)))


def printed_lines(posed: Find, words: Words) -> list[str]:
    """The lines of the solution with the mistake."""
    solved = replace(posed.solved, figures=posed.figures)
    lines, plain = Lines(solved, words.say, WHOLE), Plain(solved.naming)
    return [" = ".join(map(plain.write, lines.bare(step).parts)) for step in posed.steps]


def _find_answer(posed: Find, words: Words) -> Iterator[Block]:
    follows = posed.follows
    numbers = [str(n) for n in follows]
    yield Paragraph(words.say("find_answer", line=str(posed.line), follow=numbers))
    lines = []
    rows = zip(posed.steps, printed_lines(posed, words), strict=True)
    for n, (step, text) in enumerate(rows, 1):
        if n == posed.line:
            said = tuple(_find_why(posed, words))
            margin = words.say("find_wrong")
            lines.append(WorkingLine(n, text, Sign.WRONG, margin, (), said, open=True))
        elif n in follows:
            right = Math((Num(posed.solved.figures.texts[step.defines]),))
            margin = words.say("find_carried", value=right)
            lines.append(WorkingLine(n, text, Sign.CARRIED, margin))
        else:
            lines.append(WorkingLine(n, text, Sign.RIGHT))
    yield Working(tuple(lines))


def _find_why(posed: Find, words: Words) -> Iterator[Block]:
    answer = Math((Num(posed.figures.texts[posed.planted]),))
    yield Paragraph(in_general(posed.mistake, words, answer))
    yield Paragraph(words.say("find_right"))
    lines = Lines(posed.solved, words.say, WHOLE)
    yield from lines.lines(posed.solved.run.by_quantity[posed.planted])


Page = Callable[[Any, Words], Iterator[Block]]

PAGES: Mapping[type[Posed], tuple[Page, Page]] = {
    Compute: (_compute_asked, _compute_answer),
    Choice: (_choice_asked, _choice_answer),
    Factor: (_factor_asked, _factor_answer),
    Signs: (_signs_asked, _signs_answer),
    Most: (_most_asked, _most_answer),
    FirstStep: (_first_step_asked, _first_step_answer),
    Find: (_find_asked, _find_answer),
}
"""Of each kind the question and the answer."""
