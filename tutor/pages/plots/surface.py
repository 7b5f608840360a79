"""E over two weights: contour lines, the way down, the path; then where many starts end."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.numeric.rounding import Digits
from tutor.pages.document import Live, Paragraph, Picture, Section, Sentence, Table
from tutor.pages.givens import Say
from tutor.pages.javascript import harmless, model
from tutor.pages.plain import plain_sentence
from tutor.pages.plots.common import FEW, asked_first, cell, label, name_of, named, number
from tutor.pages.plots.minima import sections as minima
from tutor.pages.plots.surface_chart import canvas, thinned, times_of
from tutor.plots.asked import Asked
from tutor.plots.surface import Surface, surface_of
from tutor.solving import Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.formula import Num
from tutor.symbolic.quantity import MU, E, Quantity

TWO = Digits(2, figures=True)
ROWS = 6
"""of the table of a path"""
ZERO = 1e-12
"""E below this counts as 0."""
NEAR = 10.0
"""Directions that differ by fewer degrees are nearly the same."""


def sections(solved: Solved, asked: Asked, say: Say) -> Iterator[Section]:
    """The plane of the two weights, then the minima over all weights."""
    surface = surface_of(solved, asked)
    picture = Picture(canvas(solved.naming, surface, say), _caption(surface, say))
    live = Live("surface", (picture,), model(surface.land), _data(solved, surface, asked, say))
    yield from asked_first(
        say("surface_title", pair=list(surface.plane.pair)),
        say("surface_question", level=not any(surface.gradient)),
        (live,),
        tuple(map(Paragraph, _answer(solved, surface, say))),
        say,
        tuple(_tables(surface, say)),
        "surface",
    )
    yield from minima(solved, surface.land, asked, say)


def _answer(solved: Solved, surface: Surface, say: Say) -> Iterator[Sentence]:
    angle, low = surface.angle, surface.lowest
    single = not solved.problem.batch and len(surface.land.data) > 1 and len(surface.path) > 1
    clear = low is not None and not low.several and angle is not None
    yield say(
        "surface_answer",
        level=not any(surface.gradient),
        angle=number(angle, Digits(0)) if clear and angle is not None else "",
        near=angle is not None and angle < NEAR,
        kink=not surface.smooth,
        single=single,
    )
    if low:
        yield say(
            "surface_lowest",
            pair=list(surface.plane.pair),
            x=number(low.x, FEW),
            y=number(low.y, FEW),
            error=number(low.error, FEW),
            zero=low.error < ZERO,
            small=number(ZERO),
            edge=low.at_edge,
            several=low.several,
        )
    if len(surface.path) > 1:
        last = surface.path[-1]
        aside = float(surface.aside(last))
        yield say(
            "surface_left",
            count=len(surface.path) - 1,
            aside=number(aside, FEW),
            inside=aside == 0,
            error=number(float(surface.land.error(last)), FEW),
            below=number(float(surface.below(last)), FEW),
            endless=surface.endless,
            mu=MU,
            momentum=Num(momentum) if (momentum := solved.problem.momentum) else None,
        )
    else:
        yield say("surface_no_path")


def _caption(surface: Surface, say: Say) -> Sentence:
    return say(
        "surface_caption",
        patterns=len(surface.land.data),
        mean=surface.land.mean,
        level=not any(surface.gradient),
        times=number(times_of(surface), TWO),
    )


def _tables(surface: Surface, say: Say) -> Iterator[Table]:
    """E at some places of the plane, and the path with its distance from it."""
    first, second = surface.plane.pair
    places = range(0, surface.plane.xs.size, (surface.plane.xs.size - 1) // 4)
    head = (
        say("surface_corner", pair=list(surface.plane.pair)),
        *(cell(float(surface.plane.xs[n]), FEW) for n in places),
    )
    rows = tuple(
        (
            cell(float(surface.plane.ys[m]), FEW),
            *(cell(float(surface.plane.errors[m, n]), FEW) for n in places),
        )
        for m in reversed(places)
    )
    yield Table(say("surface_heights", pair=[first, second]), head, rows)
    if len(surface.path) > 1:
        yield _left(surface, say)


def _left(surface: Surface, say: Say) -> Table:
    path, last = surface.path, len(surface.path) - 1
    shown = sorted(
        {0, 1, 2, *(round(last * n / ROWS) for n in range(ROWS + 1))} & {*range(last + 1)}
    )
    seen, aside = surface.plane.seen(path), surface.aside(path)
    errors, below = surface.land.error(path), surface.below(path)
    rows = tuple(
        (
            (str(n),),
            *(cell(float(value), FEW) for value in seen[n]),
            cell(float(errors[n]), FEW),
            cell(float(aside[n]), FEW),
            cell(float(below[n]), FEW),
        )
        for n in shown
    )
    head = (
        say("surface_update"),
        *map(named, surface.plane.pair),
        named(E),
        say("surface_aside"),
        say("surface_seen"),
    )
    return Table(say("surface_path_table"), head, rows)


def _data(solved: Solved, surface: Surface, asked: Asked, say: Say) -> str:
    """What the script needs: weights and their names, the path, the words beside the handles."""
    naming = solved.naming

    def said(key: str, **values: Quantity) -> str:
        return plain_sentence(naming, say(key, **values))

    every = surface.land.parameters
    ends = [float(surface.plane.xs[0]), float(surface.plane.xs[-1])]
    return harmless(
        {
            "weights": surface.land.point.tolist(),
            "pair": surface.plane.places,
            "names": [naming.glyph(q).text for q in every],
            "letters": [[(r.text, r.level) for r in label(naming, q).runs] for q in every],
            "slopes": [name_of(naming, slope_of_error(q)) for q in every],
            "move": [said("plot_move", weight=q) for q in every],
            "error": name_of(naming, E),
            "choose": said("surface_choose"),
            "path": [[float(f"{w:.5g}") for w in row] for row in thinned(surface.path).tolist()],
            "range": ends if asked.range else None,
            "reach": (ends[1] - ends[0]) / 2,
            "times": times_of(surface),
        }
    )
