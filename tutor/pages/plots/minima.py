"""Where descent from many starts comes to rest, and how E bends there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tutor.pages.canvas import Tone
from tutor.pages.chart import Axis, Chart, around
from tutor.pages.document import Block, Bullets, Paragraph, Picture, Section, Sentence, Table
from tutor.pages.givens import Say
from tutor.pages.plain import plain_sentence
from tutor.pages.plots.common import FEW, asked_first, cell, label, number
from tutor.plots.asked import Asked
from tutor.plots.landscape import Landscape
from tutor.plots.minima import LEVEL, REACH, REST, Manner, Rest, Search, minima_of
from tutor.plots.updates import moving
from tutor.solving import Solved
from tutor.symbolic.quantity import E

MOST = 8
"""of the rows of a table"""
SIGNS: Mapping[Manner, tuple[Tone, bool]] = {
    Manner.MINIMUM: ("right", False),
    Manner.LEVEL: ("accent", False),
    Manner.SADDLE: ("second", True),
    Manner.FALLING: ("soft", True),
}
"""Of each kind of end its colour, and whether it is a ring."""


def sections(solved: Solved, land: Landscape, asked: Asked, say: Say) -> Iterator[Section]:
    """What many starts find; nothing where no weight moves or there are too many."""
    found = minima_of(land, moving(solved.problem), asked.seed)
    if not found:
        return
    shown = found.rests[:MOST]
    values = {
        "starts": len(found.errors),
        "weights": found.weights,
        "reach": number(REACH),
        "seed": str(asked.seed),
    }
    picture = [_picture(solved, found, say)] if len(found.rests) > 1 else []
    yield from asked_first(
        say("minima_title"),
        say("minima_question", **values),
        picture,
        tuple(_answer(found, shown, say)),
        say,
        (_table(found, shown, say),),
        "minima",
    )


def _answer(found: Search, shown: tuple[Rest, ...], say: Say) -> Iterator[Block]:
    yield Bullets(tuple(_said(rest, say) for rest in shown))
    if len(found.rests) > len(shown):
        left = found.rests[len(shown) :]
        starts = sum(rest.starts for rest in left)
        yield Paragraph(say("minima_others", count=len(left), starts=starts))
    yield Paragraph(say("minima_signs"))


def _said(rest: Rest, say: Say) -> Sentence:
    return say(
        f"minima_{rest.manner.value}",
        starts=rest.starts,
        error=number(rest.error, FEW),
        rising=rest.rising,
        level=rest.level,
        falling=rest.falling,
        farthest=number(rest.farthest, FEW),
        count=rest.rising + rest.level + rest.falling,
    )


def _picture(solved: Solved, found: Search, say: Say) -> Picture:
    """E at the ends, in the order of its size."""
    naming = solved.naming
    errors = found.errors.tolist()
    chart = Chart(
        Axis(0, len(errors) + 1, plain_sentence(naming, say("minima_axis"))),
        Axis(*around(errors, zero=True), label(naming, E)),
        height=260.0,
    )
    kinds = [rest.manner for n in found.kinds for rest in [found.rests[n]]]
    for manner, (tone, hollow) in SIGNS.items():
        if manner in kinds:
            name = plain_sentence(naming, say(f"minima_{manner.value}_name"))
            chart.dot((-1.0, 0.0), tone, hollow=hollow, name=name)
    for n, (error, manner) in enumerate(zip(errors, kinds, strict=True), 1):
        tone, hollow = SIGNS[manner]
        chart.dot((float(n), error), tone, hollow=hollow, radius=3.5)
    described = say(
        "minima_described",
        starts=len(errors),
        lowest=number(errors[0], FEW),
        highest=number(errors[-1], FEW),
    )
    canvas = chart.canvas(plain_sentence(naming, described))
    return Picture(canvas, say("minima_caption", starts=len(errors)))


def _table(found: Search, shown: tuple[Rest, ...], say: Say) -> Table:
    columns = ("error", "starts", "rising", "level", "falling", "smallest", "largest", "slope")
    rows = tuple(
        (
            cell(rest.error, FEW),
            (str(rest.starts),),
            *_signs(rest),
            cell(rest.slope, FEW),
        )
        for rest in shown
    )
    head = tuple(say(f"minima_{column}_column") for column in columns)
    caption = say("minima_table", level=number(LEVEL), rest=number(REST))
    return Table(caption, head, rows, dense=True)


def _signs(rest: Rest) -> Iterator[Sentence]:
    """How many eigenvalues have which sign, and their ends; they say nothing where E falls."""
    if not rest.at_rest:
        yield from (("–",),) * 5
        return
    yield from ((str(n),) for n in (rest.rising, rest.level, rest.falling))
    yield from (cell(value, FEW) for value in rest.curvatures)
