"""How close a round of single steps comes to one step for all."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.pages.canvas import Canvas
from tutor.pages.chart import Axis, Chart
from tutor.pages.document import Block, Math, Paragraph, Picture, Section, Table
from tutor.pages.givens import Say
from tutor.pages.plain import plain_sentence
from tutor.pages.plots.common import FEW, asked_first, cell, label, named, number
from tutor.plots.descent import Descent
from tutor.plots.halving import Halving
from tutor.solving import Solved
from tutor.symbolic.quantity import ETA

AIR = 1.6


def sections(solved: Solved, descent: Descent, halving: Halving, say: Say) -> Iterator[Section]:
    """The distance over the learning rate, and its table."""
    drawn = len(halving.rates) > 1
    shown: list[Block] = [Paragraph(_setting(solved, descent, say))]
    if drawn:
        shown.append(Picture(_canvas(solved, halving, say), say("halving_caption", eta=ETA)))
    answer = say(
        "halving_answer",
        eta=ETA,
        lost=halving.lost,
        zero=not len(halving.rates),
        square=halving.square,
        ratio=number(halving.ratios[-1], FEW) if drawn else None,
    )
    question = say("halving_question", eta=ETA, count=descent.count, mean=descent.land.mean)
    tables = (_table(descent, halving, say),) if drawn else ()
    yield from asked_first(
        say("halving_title"), question, shown, (Paragraph(answer),), say, tables, "halving"
    )


def _setting(solved: Solved, descent: Descent, say: Say) -> tuple[str | Math, ...]:
    return say(
        "stochastic_setting",
        eta=ETA,
        rate=number(descent.rate),
        told=descent.told,
        momentum=solved.problem.momentum is not None,
        mean=descent.land.mean,
        count=descent.count,
    )


def _canvas(solved: Solved, halving: Halving, say: Say) -> Canvas:
    naming = solved.naming
    rates, apart = halving.rates.tolist(), halving.apart.tolist()
    wide = Axis(min(rates) / AIR, max(rates) * AIR, label(naming, ETA), log=True)
    name = plain_sentence(naming, say("halving_apart"))
    chart = Chart(wide, Axis(min(apart) / AIR, max(apart) * AIR, name, log=True))
    ends = wide.low, wide.high
    square = [(rate, apart[-1] * (rate / rates[-1]) ** 2) for rate in ends]
    like = plain_sentence(naming, say("halving_square", eta=ETA))
    chart.line(square, "second", name=like, dash="7 4", width=1.5)
    for point in zip(rates, apart, strict=True):
        chart.dot(point)
    described = say(
        "halving_described",
        eta=ETA,
        first=[number(rates[0], FEW), number(apart[0], FEW)],
        last=[number(rates[-1], FEW), number(apart[-1], FEW)],
    )
    return chart.canvas(plain_sentence(naming, described))


def _table(descent: Descent, halving: Halving, say: Say) -> Table:
    head = (named(ETA), say("halving_apart"), say("halving_ratio"))
    ratios = [(), *(cell(ratio, FEW) for ratio in halving.ratios)]
    rows = [
        (cell(rate), cell(apart), ratio)
        for rate, apart, ratio in zip(
            halving.rates.tolist(), halving.apart.tolist(), ratios, strict=True
        )
    ]
    caption = say("halving_table", mean=descent.land.mean, count=descent.count, eta=ETA)
    return Table(caption, head, tuple(rows))
