"""The gradient of the first weight in chains of more and more layers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tutor.pages.canvas import Canvas, Tone
from tutor.pages.chart import Axis, Chart
from tutor.pages.document import Bullets, Math, Paragraph, Picture, Section, Sentence, Table
from tutor.pages.givens import Say
from tutor.pages.plain import plain_sentence
from tutor.pages.plots.common import FEW, asked_first, cell, number, text_of
from tutor.plots.chains import DEEPEST, Chain, chains, typical_weight
from tutor.problem.naming import Naming
from tutor.solving import Solved
from tutor.symbolic.formula import Num, Product

LEAST = 1e-250
"""What is smaller is in the table, not in the picture."""
WRITTEN_OUT = 4
"""the layers of the chain whose product is written out"""


@dataclass(frozen=True, slots=True)
class _Line:
    tone: Tone
    dash: str
    hollow: bool


LINES = {
    "sigmoid": _Line("accent", "", False),
    "tanh": _Line("second", "8 4", False),
    "linear": _Line("ink", "", True),
    "relu": _Line("third", "2 4", False),
}


def sections(solved: Solved, say: Say) -> Iterator[Section]:
    """The chains over their layers, and what becomes of the first gradient."""
    weight, own = typical_weight(solved)
    naming = solved.naming
    found = {name: list(chains(name, weight)) for name in LINES}
    canvas = _canvas(naming, found, say)
    items = [_told(one, say) for one in found.values()]
    sigmoid = found["sigmoid"][WRITTEN_OUT - 1]
    factors = tuple(Num(text_of(factor)) for factor in sigmoid.factors)
    product = Math((Product(factors), number(sigmoid.gradient, FEW)))
    named = [str(say("saturation_named", name=name)[0]) for name in found]
    values = {"weight": number(weight), "layers": DEEPEST}
    yield from asked_first(
        say("vanishing_deeper_title"),
        say("vanishing_deeper_question", **values, names=named),
        (Picture(canvas, say("vanishing_deeper_caption", **values, own=own)),),
        (
            Bullets(tuple(items)),
            Paragraph(say("vanishing_bound", weight=number(weight), below=weight < 4)),
            Paragraph(say("vanishing_product", layers=WRITTEN_OUT, product=product)),
        ),
        say,
        (_depths(found, say),),
        "depth",
    )


def _told(every: Sequence[Chain], say: Say) -> Sentence:
    """What becomes of the first gradient from one layer to the most."""
    first, last = every[0].gradient, every[-1].gradient
    rate = (last / first) ** (Decimal(1) / (len(every) - 1)) if first and last else None
    return say(
        "vanishing_line",
        name=every[0].function,
        first=number(first, FEW),
        last=number(last, FEW),
        layers=len(every),
        rate=None if rate is None else number(rate, FEW),
        lost=not last,
    )


def _canvas(naming: Naming, found: Mapping[str, Sequence[Chain]], say: Say) -> Canvas:
    points = {
        name: [(n, float(one.gradient)) for n, one in enumerate(every, 1)]
        for name, every in found.items()
    }
    drawn = [y for every in points.values() for _, y in every if LEAST < y < 1 / LEAST]
    low, high = min(drawn), max(drawn)
    chart = Chart(
        Axis(0.5, DEEPEST + 0.5, plain_sentence(naming, say("vanishing_layers"))),
        Axis(low / 4, high * (high / low) ** 0.12 * 4, "∂o/∂w₁", log=True),
    )
    for name, line in LINES.items():
        text = plain_sentence(naming, say("saturation_named", name=name))
        chart.line(points[name], line.tone, name=text, dash=line.dash)
        for point in points[name]:
            chart.dot(point, line.tone, hollow=line.hollow)
    described = say(
        "vanishing_deeper_described",
        lines=[
            [name, number(every[0].gradient, FEW), number(every[-1].gradient, FEW)]
            for name, every in found.items()
        ],
        layers=DEEPEST,
    )
    return chart.canvas(plain_sentence(naming, described))


def _depths(found: Mapping[str, Sequence[Chain]], say: Say) -> Table:
    head = (say("vanishing_layers"), *(say("saturation_named", name=name) for name in found))
    rows = tuple(
        ((str(n),), *(cell(every[n - 1].gradient) for every in found.values()))
        for n in range(1, DEEPEST + 1)
    )
    return Table(say("vanishing_depths"), head, rows)
