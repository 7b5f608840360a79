"""The ways down on the lines of equal E, and E over how many patterns they have gone through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import isfinite

from tutor.pages.canvas import Canvas, Tone
from tutor.pages.chart import Axis, Chart, Point
from tutor.pages.document import Paragraph, Picture, Section, Sentence, Table
from tutor.pages.givens import Say
from tutor.pages.plain import plain_sentence
from tutor.pages.plots.common import FEW, asked_first, label, number
from tutor.pages.plots.known import ends_of, known, of_known
from tutor.pages.plots.planes import plane_chart
from tutor.plots.descent import Descent
from tutor.plots.plane import Plane
from tutor.plots.routes import Route, Routes
from tutor.solving import Solved
from tutor.symbolic.quantity import ETA, E

STYLES: Mapping[str, tuple[Tone, str, float]] = {
    "order": ("accent", "", 1.6),
    "shuffled": ("third", "2 3", 2.0),
    "mini": ("right", "10 3 2 3", 2.0),
    "batch": ("second", "8 4", 2.6),
}
"""the tone, dashes and width of each way"""
SAME = 1e-6
"""Errors that differ by less than this part of the start are the same."""
HIGHEST = 1.5
"""E beyond this part of its start is cut off."""


def sections(
    solved: Solved, descent: Descent, routes: Routes, plane: Plane, say: Say
) -> Iterator[Section]:
    """The plane, E over patterns, and what each way came to."""
    gone = int(routes.every[0].seen[-1])
    others = len(descent.land.point) > 2
    pictures = (
        Picture(_paths(solved, descent, routes, plane, say), say("routes_caption", others=others)),
        Picture(_errors(solved, descent, routes, say), say("routes_errors_caption")),
    )
    yield from asked_first(
        say("routes_title"),
        say("routes_question", eta=ETA, rate=number(descent.rate), gone=gone),
        pictures,
        tuple(map(Paragraph, _answer(descent, routes, say))),
        say,
        (_table(descent, routes, say),),
        "routes",
    )


def named_route(route: Route, seed: int, say: Say) -> Sentence:
    """What a way is called."""
    return say("routes_named", way=route.key, size=route.size, seed=seed)


def _answer(descent: Descent, routes: Routes, say: Say) -> Iterator[Sentence]:
    ends = [(float(route.errors[-1]), route) for route in routes.every]
    told = [pair for pair in ends if isfinite(pair[0])]
    lowest = min((error for error, _ in told), default=0.0)
    start = float(routes.every[0].errors[0])
    best = [route for error, route in told if error - lowest <= SAME * abs(start)]
    order, batch = routes.every[0], routes.every[-1]
    yield say(
        "routes_answer",
        best=[plain(named_route(route, descent.seed, say)) for route in best],
        risen=lowest > start,
        all=len(best) == len(routes.every),
        error=number(lowest),
        batch=next(of_known(say, float(batch.errors[-1]))),
        batch_best=batch in best,
        halved=[order.halved, batch.halved],
        sooner=_sooner(order.halved, batch.halved),
        count=descent.count,
    )


def plain(sentence: Sentence) -> str:
    """A sentence without formulas."""
    return "".join(part for part in sentence if isinstance(part, str))


def _sooner(single: int | None, batch: int | None) -> bool:
    return single is not None and (batch is None or single < batch)


def draw_route(chart: Chart, points: Sequence[tuple[float, float]], key: str, name: str) -> None:
    """A way in its own tone and dashes, with a dot at its end."""
    tone, dash, width = STYLES[key]
    chart.line(points, tone, name=name, dash=dash, width=width)
    chart.dot(points[-1], tone, radius=5.0, hollow=key == "batch")


def _paths(solved: Solved, descent: Descent, routes: Routes, plane: Plane, say: Say) -> Canvas:
    naming = solved.naming
    chart = plane_chart(naming, plane)
    ends = []
    for route in routes.every:
        name = plain(named_route(route, descent.seed, say))
        points = [(x, y) for x, y in plane.seen(route.weights).tolist()]
        draw_route(chart, points, route.key, name)
        ends.append([name, *of_known(say, *points[-1])])
    start = tuple(plane.seen(descent.land.point).tolist())
    chart.dot((start[0], start[1]))
    described = say(
        "routes_described", pair=list(plane.pair), start=[number(x) for x in start], ends=ends
    )
    return chart.canvas(plain_sentence(naming, described))


def _errors(solved: Solved, descent: Descent, routes: Routes, say: Say) -> Canvas:
    naming = solved.naming
    start, gone = float(routes.every[0].errors[0]), float(routes.every[0].seen[-1])
    every = [error for route in routes.every for error in route.errors.tolist()]
    low, high = ends_of(e for e in every if e <= HIGHEST * start)
    axis = Axis(0, gone, plain_sentence(naming, say("routes_gone")), whole=True)
    chart = Chart(axis, Axis(low, high, label(naming, E)))
    ends = []
    for route in routes.every:
        name = plain(named_route(route, descent.seed, say))
        tone, dash, width = STYLES[route.key]
        curve = list(zip(route.seen.tolist(), route.errors.tolist(), strict=True))
        chart.line(list(_held(curve)), tone, name=name, dash=dash, width=width)
        if route.key == "batch":
            for point in curve:
                chart.dot(point, tone, radius=3.0, hollow=True)
        ends.append([name, *of_known(say, curve[-1][1])])
    described = say("routes_errors_described", start=number(start), gone=int(gone), ends=ends)
    return chart.canvas(plain_sentence(naming, described))


def _held(curve: Sequence[Point]) -> Iterator[Point]:
    """A curve that stays where it is until the next update."""
    yield curve[0]
    for (_, error), (seen, after) in pairwise(curve):
        yield seen, error
        yield seen, after


def _table(descent: Descent, routes: Routes, say: Say) -> Table:
    columns = ("way", "updates", "gone", "halved", "error")
    rows = [
        (
            named_route(route, descent.seed, say),
            (str(route.updates),),
            (str(int(route.seen[-1])),),
            (str(route.halved),) if route.halved is not None else say("routes_never"),
            known(float(route.errors[-1]), say, FEW),
        )
        for route in routes.every
    ]
    head = tuple(say(f"routes_{column}_head") for column in columns)
    return Table(say("routes_table"), head, tuple(rows))
