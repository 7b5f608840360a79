"""What every picture has: names and numbers as the page writes them, a question and its answer."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import isfinite

from tutor.numeric.figures import written
from tutor.numeric.rounding import Digits
from tutor.pages.canvas import Tone
from tutor.pages.document import Block, Math, Paragraph, Section, Sentence, Table
from tutor.pages.givens import Say
from tutor.pages.lettered import lettered
from tutor.pages.lettering import Text
from tutor.pages.plain import plain_sentence
from tutor.problem.naming import Naming
from tutor.symbolic.formula import Num, Ref
from tutor.symbolic.quantity import Quantity

FIGURES = Digits(6, figures=True)
FEW = Digits(4, figures=True)
LINES: Sequence[tuple[Tone, str]] = (
    ("accent", ""),
    ("second", "8 4"),
    ("third", "2 3"),
    ("right", "12 3 2 3"),
    ("wrong", "5 2"),
    ("ink", "1 4"),
    ("soft", "14 4"),
)
"""Tones and dashes of the lines of one chart, in order."""


def text_of(value: float | Decimal, digits: Digits = FIGURES) -> str:
    """A number as it stands on the page; floats keep no more than 12 figures of noise."""
    return written(Decimal(f"{value:.12g}"), digits)


def cell(value: float | Decimal, digits: Digits = FIGURES) -> Sentence:
    """A number in a table, or a dash where there is none."""
    return (Math((Num(text_of(value, digits)),)),) if isfinite(value) else ("–",)


def number(value: float | Decimal, digits: Digits = FIGURES) -> Num:
    """A number in a sentence."""
    return Num(text_of(value, digits))


def if_known(value: float, digits: Digits = FIGURES) -> Num | None:
    """A number in a sentence, None where floats have none."""
    return number(value, digits) if isfinite(value) else None


def named(q: Quantity) -> Sentence:
    """A quantity in a table: its name, with a minus where that has the other sign."""
    return (Math((Ref(q),)),)


def name_of(naming: Naming, q: Quantity) -> str:
    """A quantity for a script: its name, with a minus where that has the other sign."""
    return plain_sentence(naming, named(q))


def label(naming: Naming, q: Quantity) -> Text:
    """A quantity in a picture: its name, with a minus where that has the other sign."""
    return lettered(naming, Ref(q))


def asked_first(
    title: Sentence,
    question: Sentence,
    shown: Sequence[Block],
    answer: Sequence[Block],
    say: Say,
    numbers: Sequence[Table] = (),
    id: str = "",
) -> list[Section]:
    """The question, the picture, and folded below it the answer and the numbers."""
    sections = [
        Section(title, (Paragraph(question), *shown), 2, id),
        Section(say("plot_answer_title"), tuple(answer), 3, f"{id}-answer", folded=True),
    ]
    if numbers:
        title = say("plot_numbers_title")
        sections.append(Section(title, tuple(numbers), 3, f"{id}-numbers", folded=True))
    return sections
