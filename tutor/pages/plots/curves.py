"""A transfer function above its slope, with units on both."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from tutor.numeric.batch import Array
from tutor.pages.canvas import Canvas, Tone
from tutor.pages.chart import Axis, Chart, Point, around, stacked
from tutor.pages.document import Picture
from tutor.pages.givens import Say
from tutor.pages.lettering import Text
from tutor.pages.plain import plain_sentence
from tutor.pages.plots.common import FEW, number
from tutor.pages.plots.lanes import LANE, lanes
from tutor.plots.saturation import Mark, Transferred
from tutor.problem.naming import Naming
from tutor.symbolic.formula import Num

HEIGHT = 210.0
SHADE = 0.14
MOST = 24
"""So many units have their names in a picture, those with the smallest slopes."""


def called(naming: Naming, mark: Mark, several: bool) -> Text:
    """A unit's name, with its pattern where there are several."""
    name = Text.name(naming.unit_glyph(mark.unit))
    return name.then(f" ({mark.pattern})") if several else name


def picture(naming: Naming, curve: Transferred, several: bool, say: Say) -> Picture:
    """A function and its slope with the units on them, named with their patterns or without."""
    named = sorted(curve.marks, key=lambda mark: abs(mark.slope))[:MOST]
    labels = {mark: called(naming, mark, several) for mark in named}
    name = curve.activation.name
    caption = say(
        "saturation_caption",
        name=name,
        flat=bool(curve.flat),
        several=several,
        outside=[called(naming, mark, several).plain for mark in curve.outside],
        most=MOST if len(curve.marks) > MOST else 0,
    )
    units = [
        [label.plain, number(mark.net), number(mark.output), number(mark.slope)]
        for mark, label in labels.items()
    ]
    said = say("saturation_described", name=name, parts=flat(curve), units=units)
    return Picture(_canvas(naming, curve, labels, plain_sentence(naming, said), say), caption)


def _canvas(
    naming: Naming, curve: Transferred, labels: dict[Mark, Text], said: str, say: Say
) -> Canvas:
    """f above, f' below, on the same axis; a line down through both for each unit."""
    inside = [mark for mark in labels if mark not in curve.outside]
    upper = _chart(curve, curve.outputs)
    half = upper.room[0] / 2 / float(curve.nets[-1])
    rows = lanes([(float(mark.net) * half, labels[mark].width) for mark in inside])
    lower = _chart(curve, curve.slopes, max(rows, default=-1) + 1)
    lane = (lower.y.high - lower.y.low) * LANE / lower.room[1]
    for mark, row in zip(inside, rows, strict=True):
        top, net = lower.y.high - lane * (row + 1), float(mark.net)
        upper.line([(net, float(mark.output)), (net, upper.y.low)], "soft", width=1, dash="2 3")
        lower.line([(net, lower.y.low), (net, top)], "soft", width=1, dash="2 3")
        lower.words((net, top), labels[mark])
    outputs = [(float(mark.net), float(mark.output)) for mark in curve.marks]
    slopes = [(float(mark.net), float(mark.slope)) for mark in curve.marks]
    names = [plain_sentence(naming, say(f"saturation_{key}")) for key in ("output", "slope")]
    _curve(upper, curve.nets, curve.outputs, outputs, "accent", "", names[0])
    _curve(lower, curve.nets, curve.slopes, slopes, "second", "8 4", names[1])
    return stacked([upper.canvas(said), lower.canvas("")], 0.0)


def _curve(
    chart: Chart,
    nets: Array,
    values: Array,
    dots: Sequence[Point],
    tone: Tone,
    dash: str,
    name: str,
) -> None:
    """A curve with its dots; without any, one in the middle that can be moved."""
    points = list(zip(nets.tolist(), values.tolist(), strict=True))
    chart.line(points, tone, name=name, dash=dash)
    for dot in dots:
        chart.dot(dot, tone)
    if not dots:
        chart.dot(points[len(points) // 2], tone, part="point")


def _chart(curve: Transferred, values: Array, rows: int = 0) -> Chart:
    """Axes over the net input, with rows for names above; where the slope is small is shaded."""
    reach = float(curve.nets[-1])
    low, high = around([*values.tolist(), 0.0])
    chart = Chart(Axis(-reach, reach, "net"), Axis(low, high), height=HEIGHT + LANE * rows)
    high += (high - low) * LANE * rows / (chart.room[1] - LANE * rows)
    chart.y = Axis(low, high)
    for start, end in curve.flat:
        left, right = max(start, -reach), min(end, reach)
        chart.area([(left, low), (right, low), (right, high), (left, high)], "ink", SHADE)
    return chart


def flat(curve: Transferred) -> list[list[Num | None]]:
    """The ends of each flat part, None where it goes on."""
    return [[number(end, FEW) if isfinite(end) else None for end in part] for part in curve.flat]
