"""Each transfer function with its slope, and where on it the units of a problem are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import isfinite

from tutor.numeric.batch import Array
from tutor.pages.canvas import Canvas, Tone
from tutor.pages.chart import Axis, Chart, Point, around, stacked
from tutor.pages.document import Album, Live, Paragraph, Picture, Section, Sentence, Table
from tutor.pages.givens import Say
from tutor.pages.javascript import harmless, model, places
from tutor.pages.lettering import Text
from tutor.pages.plain import plain_sentence
from tutor.pages.plots.common import FEW, asked_first, cell, number
from tutor.pages.plots.lanes import LANE, lanes
from tutor.plots.asked import Asked
from tutor.plots.landscape import Landscape
from tutor.plots.saturation import FLAT, Mark, Transferred, every_other, used
from tutor.plots.single import UNIT, one_unit
from tutor.problem.naming import Naming
from tutor.solving import Solved
from tutor.symbolic.formula import Num
from tutor.symbolic.quantity import LOCAL, O

HEIGHT = 210.0
SHADE = 0.14
TIE = Decimal("1.000000001")
"""Slopes so close to each other are told as the same."""
MOST = 24
"""So many units have their names in a picture, those with the smallest slopes."""


def sections(solved: Solved, _: Asked, say: Say) -> Iterator[Section]:
    """The problem's own units on their curves, then every transfer function."""
    curves = used(solved)
    if curves:
        yield from _own(solved, curves, say)
    yield from _every(solved, curves, say)


# The problem's own units


def _own(solved: Solved, curves: Sequence[Transferred], say: Say) -> Iterator[Section]:
    marks = [mark for curve in curves for mark in curve.marks]
    several = len({mark.pattern for mark in marks}) > 1
    least = min(abs(mark.slope) for mark in marks)
    lowest = [mark for mark in marks if abs(mark.slope) <= least * TIE]
    shown = [_picture(solved.naming, curve, several, say) for curve in curves]
    first = curves[0]
    answer = [
        say(
            "saturation_answer",
            names=[_called(solved.naming, mark, several).plain for mark in lowest],
            slope=number(lowest[0].slope),
            part=number(100 * first.part(lowest[0]), FEW),
            every=len(lowest) == len(marks),
            saturated=first.part(lowest[0]) < FLAT,
            lost=lowest[0].slope == 0 and first.activation.steepest is not None,
        ),
        *(say("saturation_where", name=one.activation.name, parts=_flat(one)) for one in curves),
        *_output_large(curves, say),
        *([say("saturation_softmax")] if _softmax(solved) else []),
    ]
    yield from asked_first(
        say("saturation_title"),
        say("saturation_question", several=len(marks) > 1),
        shown,
        tuple(map(Paragraph, answer)),
        say,
        (_units(solved.naming, curves, several, say),),
        "saturation",
    )


def _output_large(curves: Sequence[Transferred], say: Say) -> Iterator[Sentence]:
    """What is wrong about a common sentence, where the functions here show it."""
    sides = {
        side: [
            str(say("saturation_named", name=one.activation.name)[0])
            for one in curves
            if one.sides == side
        ]
        for side in ("both", "low")
    }
    if any(sides.values()):
        yield say("saturation_output_large", **sides)


def _softmax(solved: Solved) -> bool:
    return any(layer.softmax for layer in solved.problem.network.layers)


def _called(naming: Naming, mark: Mark, several: bool) -> Text:
    """A unit's name, with its pattern where there are several."""
    name = Text.name(naming.unit_glyph(mark.unit))
    return name.then(f" ({mark.pattern})") if several else name


def _picture(naming: Naming, curve: Transferred, several: bool, say: Say) -> Picture:
    named = sorted(curve.marks, key=lambda mark: abs(mark.slope))[:MOST]
    labels = {mark: _called(naming, mark, several) for mark in named}
    name = curve.activation.name
    caption = say(
        "saturation_caption",
        name=name,
        flat=bool(curve.flat),
        several=several,
        outside=[_called(naming, mark, several).plain for mark in curve.outside],
        most=MOST if len(curve.marks) > MOST else 0,
    )
    units = [
        [label.plain, number(mark.net), number(mark.output), number(mark.slope)]
        for mark, label in labels.items()
    ]
    said = say("saturation_described", name=name, parts=_flat(curve), units=units)
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


def _flat(curve: Transferred) -> list[list[Num | None]]:
    """The ends of each flat part, None where it goes on."""
    return [[number(end, FEW) if isfinite(end) else None for end in part] for part in curve.flat]


def _units(naming: Naming, curves: Sequence[Transferred], several: bool, say: Say) -> Table:
    rows = [
        (
            (_called(naming, mark, several).plain,),
            say("saturation_named", name=curve.activation.name),
            cell(mark.net),
            cell(mark.output),
            cell(mark.slope),
            cell(100 * curve.part(mark), FEW),
        )
        for curve in curves
        for mark in curve.marks
    ]
    keys = ("unit", "function", "net", "output", "slope", "part")
    head = tuple(say(f"saturation_of_{key}") for key in keys)
    return Table(say("saturation_units", several=several), head, tuple(rows))


# Every transfer function


def _every(solved: Solved, known: Sequence[Transferred], say: Say) -> Iterator[Section]:
    """Each of them, to be chosen."""
    curves = every_other(known)
    naming = solved.naming
    leaves = tuple(
        (
            say("saturation_named", name=curve.activation.name),
            (_picture(naming, curve, False, say),),
        )
        for curve in curves
    )
    lands = [one_unit(curve.activation) for curve in curves]
    models = f"[{','.join(map(model, lands))}]"
    live = Live("transfer", (Album(leaves),), models, _data(naming, curves, lands, say))
    rows = [
        (
            say("saturation_named", name=curve.activation.name),
            cell(curve.largest),
            say("saturation_flat", parts=_flat(curve)),
        )
        for curve in curves
    ]
    head = tuple(say(f"saturation_of_{key}") for key in ("function", "largest", "flat"))
    first = curves[0]
    yield from asked_first(
        say("saturation_every_title"),
        say("saturation_every_question", name=first.activation.name),
        (live,),
        (Paragraph(say("saturation_every_answer")),),
        say,
        (Table(say("saturation_every_caption"), head, tuple(rows)),),
        "transfer-functions",
    )


def _data(
    naming: Naming, curves: Sequence[Transferred], lands: Sequence[Landscape], say: Say
) -> str:
    """What the script needs: where f and f' are among a model's values, and the words."""
    order = [places(land) for land in lands]
    keys = ("plot_choose_function", "saturation_move", "saturation_output", "saturation_slope")
    choose, move, output, slope = (plain_sentence(naming, say(key)) for key in keys)
    names = [
        plain_sentence(naming, say("saturation_named", name=curve.activation.name))
        for curve in curves
    ]
    return harmless(
        {
            "names": names,
            "places": [[one[O(UNIT)], one[LOCAL(UNIT, UNIT)]] for one in order],
            "choose": choose,
            "move": move,
            "output": output,
            "slope": slope,
        }
    )
