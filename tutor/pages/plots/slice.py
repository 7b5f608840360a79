"""E along one weight, with the tangent whose slope is the gradient."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.pages.canvas import Canvas, Tone
from tutor.pages.chart import Axis, Chart, around
from tutor.pages.document import Album, Live, Math, Paragraph, Picture, Section, Table
from tutor.pages.givens import Say
from tutor.pages.javascript import harmless, model
from tutor.pages.plain import plain_sentence
from tutor.pages.plots.common import (
    asked_first,
    cell,
    if_known,
    label,
    name_of,
    named,
    number,
    text_of,
)
from tutor.plots.asked import Asked
from tutor.plots.landscape import Landscape
from tutor.plots.shoulder import LOSSES, Shoulder, shoulder_of
from tutor.plots.slice import Slice, seen_first, slices_of
from tutor.solving import Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.formula import Ref
from tutor.symbolic.quantity import DE_DNET, NET, E

TANGENT = 0.28
"""the part of the axis that the tangent goes to either side"""
STEEP = 2.0
"""Cross-entropy beyond this is cut off, so that the shoulder of the squared error is seen."""


def sections(solved: Solved, asked: Asked, say: Say) -> Iterator[Section]:
    """E along each weight, the asked one first; then squared error beside cross-entropy."""
    slices = slices_of(solved, asked)
    first = slices[0]
    slope = slope_of_error(first.weight)
    leaves = tuple(
        (named(one.weight), (Picture(_canvas(solved, one, say), _caption(one, say)),))
        for one in slices
    )
    land = seen_first(solved, Landscape.of(solved))
    live = Live("slice", (Album(leaves),), model(land), _data(solved, slices, land, say))
    question = say("slice_question", weight=first.weight, value=number(first.at), slope=Ref(slope))
    answer = say(
        "slice_answer",
        slope=Ref(slope),
        number=number(first.gradient),
        up=first.gradient > 0,
        flat=first.gradient == 0,
    )
    table = _differences(first, say)
    yield from asked_first(
        say("slice_title"), question, (live,), (Paragraph(answer),), say, (table,), "slice"
    )
    if shoulder := shoulder_of(solved):
        yield from _shoulder(solved, shoulder, say)


def _caption(one: Slice, say: Say) -> tuple[str | Math, ...]:
    return say("slice_caption", weight=one.weight)


def _canvas(solved: Solved, one: Slice, say: Say) -> Canvas:
    naming = solved.naming
    low, high = float(one.values[0]), float(one.values[-1])
    half = TANGENT * (high - low)
    ends = (one.at - half, one.at + half)
    chart = Chart(
        Axis(low, high, label(naming, one.weight)),
        Axis(*around(one.errors), label(solved.naming, E)),
    )
    chart.line(list(zip(one.values.tolist(), one.errors.tolist(), strict=True)), part="curve")
    touching = [(x, one.error + one.gradient * (x - one.at)) for x in ends]
    slope = slope_of_error(one.weight)
    name = label(naming, slope).then(f" = {text_of(one.gradient)}")
    chart.line(touching, "second", name=name, dash="7 4", part="tangent")
    chart.dot((one.at, one.error), "second", part="point")
    described = say(
        "slice_described",
        weight=one.weight,
        low=number(low),
        high=number(high),
        ends=[if_known(y) for y in one.errors[[0, -1]].tolist()],
        value=number(one.at),
        error=number(one.error),
        slope=number(one.gradient),
    )
    return chart.canvas(plain_sentence(naming, described))


def _data(solved: Solved, slices: list[Slice], land: Landscape, say: Say) -> str:
    """What the script needs: each leaf's weight, and the words beside the handle."""
    names = [solved.naming.glyph(one.weight).text for one in slices]
    return harmless(
        {
            "weights": land.point.tolist(),
            "places": [land.index(one.weight) for one in slices],
            "names": names,
            "slopes": [name_of(solved.naming, slope_of_error(one.weight)) for one in slices],
            "error": name_of(solved.naming, E),
            "move": [
                plain_sentence(solved.naming, say("plot_move", weight=one.weight)) for one in slices
            ],
            "choose": plain_sentence(solved.naming, say("plot_choose")),
            "half": TANGENT,
            "none": plain_sentence(solved.naming, say("plot_none")),
        }
    )


def _differences(one: Slice, say: Say) -> Table:
    head = (
        say("slice_step"),
        say("slice_below", weight=one.weight),
        say("slice_above", weight=one.weight),
        say("slice_quotient"),
    )
    rows = [tuple(map(cell, row)) for row in one.differences]
    last = (say("slice_gradient"), (), (), cell(one.gradient))
    return Table(say("slice_differences", weight=one.weight), head, (*rows, last))


def _shoulder(solved: Solved, shoulder: Shoulder, say: Say) -> Iterator[Section]:
    naming = solved.naming
    net = NET(shoulder.unit)
    first, second = (plain_sentence(naming, say("loss_named", loss=loss)) for loss in LOSSES)
    reach = float(shoulder.nets[-1])
    highest = max(shoulder.errors[0].max(), min(shoulder.errors[1].max(), STEEP))
    chart = Chart(
        Axis(-reach, reach, label(naming, net)),
        Axis(*around((0, highest)), label(solved.naming, E)),
    )
    tones: tuple[Tone, Tone] = ("accent", "second")
    dashes = ("", "8 4")
    for name, errors, tone, dash in zip(
        (first, second), shoulder.errors, tones, dashes, strict=True
    ):
        curve = list(zip(shoulder.nets.tolist(), errors.tolist(), strict=True))
        chart.line(curve, tone, name=name, dash=dash)
    for point, tone in zip(shoulder.points, tones, strict=True):
        chart.dot((shoulder.at, point), tone)
    values = {"net": net, "target": number(shoulder.target), "own": number(shoulder.at)}
    described = say(
        "shoulder_described",
        **values,
        squared=number(shoulder.slopes[0]),
        cross=number(shoulder.slopes[1]),
    )
    canvas = chart.canvas(plain_sentence(naming, described))
    rows = [
        (say("loss_named", loss=loss), cell(point), cell(slope))
        for loss, point, slope in zip(LOSSES, shoulder.points, shoulder.slopes, strict=True)
    ]
    head = (say("shoulder_loss"), named(E), named(DE_DNET(shoulder.unit)))
    yield from asked_first(
        say("shoulder_title"),
        say("shoulder_question", **values),
        (Picture(canvas, say("shoulder_caption", net=net)),),
        (Paragraph(say("shoulder_answer")),),
        say,
        (Table(say("shoulder_table", **values), head, tuple(rows)),),
        "shoulder",
    )
