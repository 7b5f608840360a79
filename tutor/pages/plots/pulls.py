"""Each pattern's way down beside that of all, as arrows."""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot

from tutor.numeric.batch import Array
from tutor.pages.canvas import Canvas
from tutor.pages.chart import Chart, Point
from tutor.pages.document import Live, Math, Paragraph, Picture, Section, Sentence, Table
from tutor.pages.givens import Say
from tutor.pages.javascript import harmless, model, places
from tutor.pages.plain import plain_sentence
from tutor.pages.plots.common import FEW, asked_first, cell, name_of, named, number
from tutor.pages.plots.planes import BOX, plane_chart
from tutor.plots.landscape import Landscape
from tutor.plots.pulls import Pulls
from tutor.solving import Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.formula import Neg, Ref
from tutor.symbolic.quantity import E

NUMBERED = 12
"""With more patterns the arrows have no numbers."""
BEYOND = 11.0
"""how far beyond the tip of an arrow its number stands"""
NEAR = 13.0
"""Numbers nearer to each other than this would overlap."""
_LOWERED = 12.0
"""Words stand this far above their point."""
SQUARE = 90.0
HARDLY = 1e-4


def sections(solved: Solved, land: Landscape, pulls: Pulls, say: Say) -> Iterator[Section]:
    """The arrows on the lines of equal E, and their table."""
    picture = Picture(_canvas(solved, pulls, say), _caption(pulls, say))
    live = Live("pulls", (picture,), model(land), _data(solved, land, pulls, say))
    yield from asked_first(
        say("pulls_title"),
        say("pulls_question", pair=list(pulls.plane.pair)),
        (live,),
        tuple(map(Paragraph, _answer(land, pulls, say))),
        say,
        (_table(land, pulls, say),),
        "pulls",
    )


def _answer(land: Landscape, pulls: Pulls, say: Say) -> Iterator[Sentence]:
    angles = pulls.angles
    far = [n for n, a in enumerate(angles, 1) if a is not None and a > SQUARE + HARDLY]
    near = all(a is not None and a < SQUARE - HARDLY for a in angles)
    still = [n for n, length in enumerate(pulls.lengths, 1) if not length]
    widest = max((a for a in angles if a is not None), default=0.0)
    yield say(
        "pulls_answer",
        mean=land.mean,
        against=far,
        widest=number(widest, FEW),
        along=near,
        still=still,
        level=not pulls.length,
        pair=list(pulls.plane.pair),
    )


def _caption(pulls: Pulls, say: Say) -> Sentence:
    return say(
        "pulls_caption",
        pair=list(pulls.plane.pair),
        scale=number(pulls.scale, FEW),
        numbered=len(pulls.arrows) <= NUMBERED,
        others=pulls.others,
    )


def _canvas(solved: Solved, pulls: Pulls, say: Say) -> Canvas:
    naming = solved.naming
    chart = plane_chart(naming, pulls.plane)
    at = pulls.plane.at
    names = [plain_sentence(naming, say(f"pulls_{key}")) for key in ("single", "true")]
    for n, arrow in enumerate(pulls.arrows):
        shaft = [at, _tip(pulls, arrow)]
        chart.line(shaft, name="" if n else names[0], width=1.8, arrow=True, part=f"pull-{n}")
    true = [at, _tip(pulls, pulls.true)]
    chart.line(true, "second", name=names[1], width=3.4, dash="9 3", arrow=True, part="true")
    chart.dot(at, part="point")
    if len(pulls.arrows) <= NUMBERED:
        _numbers(chart, pulls)
    arrows = enumerate(zip(pulls.arrows.tolist(), pulls.lengths, strict=True), 1)
    described = say(
        "pulls_described",
        pair=list(pulls.plane.pair),
        here=[number(value) for value in at],
        arrows=[[n, *(number(part, FEW) for part in arrow)] for n, (arrow, _) in arrows],
        whole=[number(float(part), FEW) for part in pulls.true],
    )
    return chart.canvas(plain_sentence(naming, described))


def _tip(pulls: Pulls, arrow: Array) -> Point:
    x, y = pulls.plane.at
    return x + pulls.scale * float(arrow[0]), y + pulls.scale * float(arrow[1])


def _numbers(chart: Chart, pulls: Pulls) -> None:
    """A number beyond each tip, and beyond the numbers that are there already."""
    unit = (chart.x.high - chart.x.low) / BOX, (chart.y.high - chart.y.low) / BOX
    taken: list[Point] = []
    for n, arrow in enumerate(pulls.arrows):
        long = hypot(*arrow)
        if not long:
            continue
        way = float(arrow[0]) / long, float(arrow[1]) / long
        beyond = pulls.scale * long / unit[0]
        x = y = 0.0
        for _ in range(len(pulls.arrows)):
            beyond += BEYOND
            x, y = way[0] * beyond, way[1] * beyond
            if all(hypot(x - a, y - b) >= NEAR for a, b in taken):
                break
        taken.append((x, y))
        point = pulls.plane.at[0] + x * unit[0], pulls.plane.at[1] + (y - _LOWERED) * unit[1]
        chart.words(point, str(n + 1), tone="accent", part=f"number-{n}")


def _data(solved: Solved, land: Landscape, pulls: Pulls, say: Say) -> str:
    order = places(land)
    pair = pulls.plane.pair
    naming = solved.naming
    return harmless(
        {
            "weights": land.point.tolist(),
            "places": list(pulls.plane.places),
            "slopes": [order[slope_of_error(q)] for q in pair],
            "scale": pulls.scale,
            "names": [naming.glyph(q).text for q in pair],
            "error": name_of(naming, E),
            "move": [plain_sentence(naming, say("plot_move", weight=q)) for q in pair],
            "gradient": [name_of(naming, slope_of_error(q)) for q in pair],
            "beyond": BEYOND,
        }
    )


def _table(land: Landscape, pulls: Pulls, say: Say) -> Table:
    slopes = [(Math((Neg(Ref(slope_of_error(q))),)),) for q in pulls.plane.pair]
    head = (
        say("stochastic_pattern"),
        named(E),
        *slopes,
        say("pulls_length"),
        say("pulls_angle"),
    )
    rows: list[tuple[Sentence, ...]] = []
    numbers = zip(
        pulls.errors.tolist(), pulls.arrows.tolist(), pulls.lengths, pulls.angles, strict=True
    )
    for n, (error, arrow, length, angle) in enumerate(numbers, 1):
        apart = cell(angle, FEW) if angle is not None else ()
        rows.append(((str(n),), cell(error), *map(cell, arrow), cell(length), apart))
    last = say("stochastic_all", mean=land.mean)
    true = map(cell, pulls.true.tolist())
    rows.append((last, cell(pulls.error), *true, cell(pulls.length), ()))
    dense = len(rows) > NUMBERED
    return Table(say("pulls_table", pair=list(pulls.plane.pair)), head, tuple(rows), dense=dense)
