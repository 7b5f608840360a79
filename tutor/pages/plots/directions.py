"""E in planes through random directions: what such pictures show, and what they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from tutor.pages.canvas import Canvas
from tutor.pages.chart import Axis, Chart, beside
from tutor.pages.contours import contours, levels_of
from tutor.pages.document import Bullets, Picture, Section, Sentence, Table
from tutor.pages.givens import Say
from tutor.pages.lettering import Text
from tutor.pages.plain import plain_sentence
from tutor.pages.plots.common import FEW, asked_first, cell, number
from tutor.plots.asked import Asked
from tutor.plots.directions import SHAPES, Cut, cut, cuts_of, hidden_function, rebuilt
from tutor.problem.naming import Naming
from tutor.solving import Solved
from tutor.symbolic.quantity import Kind

WIDE, HIGH = 292.0, 264.0
"""of one cut, so that its box is a square"""
LINES = 12


def sections(solved: Solved, asked: Asked, say: Say) -> Iterator[Section]:
    """Four cuts of one network, then two networks beside each other."""
    naming, cuts = solved.naming, cuts_of(solved, asked)
    rows = [
        _row(naming, cuts[n : n + 2], [_titled(one, say) for one in cuts[n : n + 2]], say)
        for n in (0, 2)
    ]
    weights = len(_moved(cuts[0]))
    yield from asked_first(
        say("directions_title"),
        say("directions_question", weights=weights),
        [
            Picture(canvas, say("directions_caption", scaled=n == 0))
            for n, canvas in enumerate(rows)
        ],
        (Bullets(tuple(_cautions(weights, say))),),
        say,
        (_table(cuts, [_titled(one, say) for one in cuts], say),),
        "directions",
    )
    yield from _shapes(solved, asked, say)


def _shapes(solved: Solved, asked: Asked, say: Say) -> Iterator[Section]:
    network = solved.problem.network
    cuts = [cut(rebuilt(solved, hidden, asked.seed), asked.seed, True) for hidden in SHAPES]
    names = [
        say("shapes_name", sizes=[*map(str, one.land.derivation.network.sizes)]) for one in cuts
    ]
    values = {
        "seed": str(asked.seed),
        "function": hidden_function(network).name,
        "first": names[0][0],
        "second": names[1][0],
    }
    yield from asked_first(
        say("shapes_title"),
        say("shapes_question", **values),
        (Picture(_row(solved.naming, cuts, names, say), say("shapes_caption", **values)),),
        (Bullets(tuple(say(f"shapes_answer_{n}", **values) for n in range(1, 4))),),
        say,
        (_table(cuts, names, say),),
        "shapes",
    )


def _moved(one: Cut) -> list[int]:
    return [n for n, q in enumerate(one.land.parameters) if q.kind is Kind.W]


def _cautions(weights: int, say: Say) -> Iterator[Sentence]:
    for name in ("cut", "seed", "scale", "paper"):
        yield say(f"directions_{name}", weights=weights)


def _titled(one: Cut, say: Say) -> Sentence:
    return say("directions_cut_title", seed=str(one.seed), scaled=one.scaled)


def _row(naming: Naming, cuts: Sequence[Cut], titles: Sequence[Sentence], say: Say) -> Canvas:
    """Cuts beside each other with the same contour lines."""
    levels = _levels(cuts)
    named = (Text.of(plain_sentence(naming, title)) for title in titles)
    canvases = [_canvas(naming, one, levels, say) for one in cuts]
    return beside(list(zip(named, canvases, strict=True)))


def _levels(cuts: Sequence[Cut]) -> list[float]:
    """Heights for all cuts of a row, so that they can be compared."""
    every = np.concatenate([one.errors.ravel() for one in cuts])
    return sorted({float(f"{level:.1e}") for level in levels_of(every, LINES)})


def _canvas(naming: Naming, one: Cut, levels: list[float], say: Say) -> Canvas:
    low, high = float(one.ends[0]), float(one.ends[-1])
    names = (plain_sentence(naming, say(f"directions_{n}_column")) for n in ("first", "second"))
    across, up = (Axis(low, high, name) for name in names)
    chart = Chart(across, up, width=WIDE, height=HIGH, grid=False)
    contours(chart, one.ends, one.ends, one.errors, levels, numbered=4)
    chart.dot((0.0, 0.0), "second")
    described = say(
        "directions_described",
        seed=str(one.seed),
        scaled=one.scaled,
        error=number(one.error, FEW),
        low=number(one.range[0], FEW),
        high=number(one.range[1], FEW),
    )
    return chart.canvas(plain_sentence(naming, described))


def _table(cuts: Sequence[Cut], names: Sequence[Sentence], say: Say) -> Table:
    columns = ("picture", "weights", "first", "second", "middle", "lowest", "highest")
    rows = tuple(
        (
            name,
            (str(len(_moved(one))),),
            *(cell(value, FEW) for value in (*one.lengths, one.error, *one.range)),
        )
        for one, name in zip(cuts, names, strict=True)
    )
    head = tuple(say(f"directions_{column}_column") for column in columns)
    return Table(say("directions_table"), head, rows)
