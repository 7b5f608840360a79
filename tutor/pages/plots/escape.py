"""A minimum that batch descent stays in and shuffled runs end below."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from tutor.pages.canvas import Canvas
from tutor.pages.chart import Axis, Chart
from tutor.pages.document import Paragraph, Picture, Section, Table
from tutor.pages.givens import Say
from tutor.pages.plain import plain_sentence
from tutor.pages.plots.common import FEW, asked_first, cell, number
from tutor.pages.plots.planes import plane_chart
from tutor.pages.plots.routes import draw_route, plain
from tutor.plots.descent import Descent
from tutor.plots.escape import Escape
from tutor.plots.plane import Plane
from tutor.plots.routes import Routes
from tutor.solving import Solved
from tutor.symbolic.quantity import ETA

RINGS = (0.05, 0.15, 0.25)
"""Lines around the minimum, between its E and that of the start."""
TIMES = 5
"""rows of the table beside the first"""


def sections(
    solved: Solved, descent: Descent, routes: Routes, escape: Escape, plane: Plane, say: Say
) -> Iterator[Section]:
    """Two paths on the lines of equal E, and how many runs are below the minimum, by and by."""
    runs, seed = len(escape.final), descent.seed + escape.left[0]
    others = len(descent.land.point) > 2
    pictures = (
        Picture(
            _paths(solved, descent, routes, escape, plane, say),
            say("escape_caption", seed=seed, others=others),
        ),
        Picture(_share(solved, escape, say), say("escape_share_caption", runs=runs)),
    )
    answer = say(
        "escape_answer",
        left=len(escape.left),
        runs=runs,
        epochs=descent.epochs,
        first=descent.seed,
        last=descent.seed + runs - 1,
        error=number(escape.error, FEW),
        single=number(escape.single, FEW),
        moving=escape.single > 1e-3,
    )
    yield from asked_first(
        say("escape_title"),
        say("escape_question", eta=ETA, rate=number(descent.rate)),
        pictures,
        (Paragraph(answer),),
        say,
        (_times(routes, escape, say), _minimum(escape, say)),
        "escape",
    )


def _paths(
    solved: Solved, descent: Descent, routes: Routes, escape: Escape, plane: Plane, say: Say
) -> Canvas:
    naming = solved.naming
    above = float(routes.every[-1].errors[0]) - escape.error
    rings = [escape.error + part * above for part in RINGS] if above > 0 else []
    chart = plane_chart(naming, plane, rings)
    run = escape.left[0]
    shuffled = [(x, y) for x, y in plane.seen(routes.shuffles[:, run]).tolist()]
    batch = [(x, y) for x, y in plane.seen(routes.every[-1].weights).tolist()]
    named = {
        key: plain(say("routes_named", way=key, size=1, seed=descent.seed + run))
        for key in ("shuffled", "batch")
    }
    draw_route(chart, shuffled, "shuffled", named["shuffled"])
    draw_route(chart, batch, "batch", named["batch"])
    chart.dot(batch[0])
    described = say(
        "escape_described",
        pair=list(plane.pair),
        start=[number(x, FEW) for x in batch[0]],
        batch=[number(x, FEW) for x in batch[-1]],
        shuffled=[number(x, FEW) for x in shuffled[-1]],
    )
    return chart.canvas(plain_sentence(naming, described))


def _share(solved: Solved, escape: Escape, say: Say) -> Canvas:
    naming = solved.naming
    last = len(escape.lower) - 1
    name = plain_sentence(naming, say("routes_gone"))
    chart = Chart(
        Axis(0, last, name, whole=True),
        Axis(0, 1.05, plain_sentence(naming, say("escape_share"))),
        height=240,
    )
    chart.line(list(enumerate(escape.lower.tolist())), "third", dash="2 3")
    share = number(float(escape.lower[-1]), FEW)
    described = say("escape_share_described", gone=last, share=share)
    return chart.canvas(plain_sentence(naming, described))


def _times(routes: Routes, escape: Escape, say: Say) -> Table:
    last, runs = len(escape.lower) - 1, len(escape.final)
    times = sorted({round(last * n / TIMES) for n in range(TIMES + 1)})
    rows = [((str(n),), (str(round(float(escape.lower[n]) * runs)),)) for n in times]
    head = (say("routes_gone_head"), say("escape_below_head"))
    return Table(say("escape_times", runs=runs), head, tuple(rows))


def _minimum(escape: Escape, say: Say) -> Table:
    values = {
        "error": escape.error,
        "gradient": escape.gradient,
        "single": escape.single,
        "flattest": float(escape.curvatures[0]),
        "steepest": float(escape.curvatures[-1]),
        "median": median(escape.final.tolist()),
    }
    rows = [(say(f"escape_{key}"), cell(value, FEW)) for key, value in values.items()]
    return Table(say("escape_minimum"), (say("escape_what"), say("escape_value")), tuple(rows))
