"""How large the learning rate may be for each way."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.numeric.rounding import Digits
from tutor.pages.canvas import Canvas
from tutor.pages.chart import Axis, Chart
from tutor.pages.document import Paragraph, Picture, Section, Sentence, Table
from tutor.pages.givens import Say
from tutor.pages.plain import plain_sentence
from tutor.pages.plots.common import asked_first, label, number
from tutor.pages.plots.known import ends_of
from tutor.pages.plots.routes import HIGHEST, STYLES, plain
from tutor.plots.descent import Descent
from tutor.plots.stable import Limit, Limits
from tutor.solving import Solved
from tutor.symbolic.formula import Num
from tutor.symbolic.quantity import ETA, E

CLEARLY = 1.02
"""by what a limit must be larger to be called larger"""
ABOUT = Digits(2, figures=True)
"""A limit is known to about one part in a hundred."""


def sections(solved: Solved, descent: Descent, limits: Limits, say: Say) -> Iterator[Section]:
    """E at the end over the learning rate, and the limits."""
    picture = Picture(
        _canvas(solved, descent, limits, say), say("stable_caption", epochs=limits.epochs, eta=ETA)
    )
    yield from asked_first(
        say("stable_title", eta=ETA),
        say("stable_question", eta=ETA),
        (picture,),
        (Paragraph(_answer(descent, limits, say)),),
        say,
        (_table(descent, limits, say),),
        "stable",
    )


def _answer(descent: Descent, limits: Limits, say: Say) -> Sentence:
    order, shuffled, batch = limits.every
    mean = batch.stable and batch.stable * (1 if descent.land.mean else descent.count)
    single = [one.stable for one in (order, shuffled) if one.stable is not None]
    every = [one for one in limits.every if one.stable is not None]
    found = max((one.stable or 0.0 for one in every), default=0.0)
    largest = [one for one in every if (one.stable or 0.0) >= found / CLEARLY]
    known = all(one.bounded for one in (order, shuffled))
    return say(
        "stable_answer",
        eta=ETA,
        largest=[_name(one, descent, say) for one in largest],
        all=len(largest) == len(limits.every),
        limit=number(found, ABOUT),
        bounded=all(one.bounded for one in largest),
        summed=not descent.land.mean,
        count=descent.count,
        mean=number(mean, ABOUT) if mean and batch.bounded else None,
        more=bool(known and single and (batch.stable or 0.0) > CLEARLY * max(single)),
        longer=bool(known and single and mean and mean > CLEARLY * max(single)),
    )


def _name(limit: Limit, descent: Descent, say: Say) -> str:
    return plain(say("routes_named", way=limit.key, size=1, seed=descent.seed))


def _canvas(solved: Solved, descent: Descent, limits: Limits, say: Say) -> Canvas:
    naming = solved.naming
    rates = limits.rates.tolist()
    every = [error for one in limits.every for error in one.errors.tolist()]
    axis = Axis(rates[0], rates[-1], label(naming, ETA), log=True)
    ends = ends_of([e for e in (limits.start, *every) if e <= HIGHEST * limits.start])
    chart = Chart(axis, Axis(*ends, label(naming, E)))
    level = plain_sentence(naming, say("stable_start"))
    chart.line([(rates[0], limits.start), (rates[-1], limits.start)], "ink", name=level, width=1.0)
    for one in limits.every:
        tone, dash, width = STYLES[one.key]
        curve = list(zip(rates, one.errors.tolist(), strict=True))
        chart.line(curve, tone, name=_name(one, descent, say), dash=dash, width=width)
    told = [[_name(one, descent, say), *_limit(one, limits)] for one in limits.every]
    described = say("stable_described", eta=ETA, ends=told, epochs=limits.epochs)
    return chart.canvas(plain_sentence(naming, described))


def _limit(one: Limit, limits: Limits) -> tuple[str, Num]:
    """What is known of a limit, and a number."""
    way = "none" if one.stable is None else "found" if one.bounded else "every"
    value = limits.rates[0] if one.stable is None else one.stable
    return way, number(float(value), ABOUT)


def _table(descent: Descent, limits: Limits, say: Say) -> Table:
    rows = []
    for one in limits.every:
        way, value = _limit(one, limits)
        row = say("routes_named", way=one.key, size=1, seed=descent.seed)
        rows.append((row, say("stable_limit", way=way, number=value)))
    head = (say("routes_way_head"), say("stable_limit_head", eta=ETA))
    caption = say("stable_table", eta=ETA, epochs=limits.epochs, start=number(limits.start))
    return Table(caption, head, tuple(rows))
