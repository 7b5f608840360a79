"""The sizes of all factors, layer by layer, and the gradient in chains of more and more layers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tutor.pages.bars import Bar, bars
from tutor.pages.canvas import Canvas, Tone
from tutor.pages.chart import Axis, Chart
from tutor.pages.document import Bullets, Math, Paragraph, Picture, Section, Sentence, Table
from tutor.pages.givens import Say
from tutor.pages.lettered import lettered
from tutor.pages.lettering import Run, Text
from tutor.pages.plain import plain_sentence
from tutor.pages.plots.common import FEW, asked_first, cell, number, text_of
from tutor.plots.asked import Asked
from tutor.plots.vanishing import DEEPEST, Chain, Level, chains, levels, typical_weight
from tutor.problem.naming import Naming
from tutor.solving import Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.formula import Formula, Num, Partial, Product, Ref
from tutor.symbolic.general import any_of
from tutor.symbolic.network import Network
from tutor.symbolic.quantity import LOCAL, NET, E, O, W

TONES: Mapping[str, Tone] = {
    "error": "accent",
    "slope": "second",
    "delta": "third",
    "gradient": "right",
    "weight": "soft",
}
"""The kinds of numbers of a layer, in the order in which a slope meets them."""
LEAST = 1e-250
"""What is smaller is in the table, not in the picture."""
WRITTEN_OUT = 4
"""the layers of the chain whose product is written out"""


def sections(solved: Solved, _: Asked, say: Say) -> Iterator[Section]:
    """The problem's own factors, then the same chain at every depth."""
    yield from _own(solved, say)
    yield from _deeper(solved, say)


# The problem's own factors


def _own(solved: Solved, say: Say) -> Iterator[Section]:
    pattern, found = levels(solved)
    network, naming = solved.problem.network, solved.naming
    titles = [_layer(solved, level, say) for level in found]
    names = [_any_names(network, level) for level in found]
    groups = [
        (
            Text.of(plain_sentence(naming, title)),
            [
                Bar(_sized(naming, name[key]), size, Text.of(text_of(size, FEW)), TONES[key])
                for key in TONES
                if (size := level.sizes[key]) is not None
            ],
        )
        for title, name, level in zip(titles, names, found, strict=True)
    ]
    several = len(solved.problem.patterns) > 1
    described = say(
        "vanishing_described",
        layers=[
            [plain_sentence(naming, title), [[b.name.plain, b.text.plain] for b in rows]]
            for title, (_, rows) in zip(titles, groups, strict=True)
        ],
    )
    canvas = bars(groups, plain_sentence(naming, described))
    zero = any(bar.value == 0 for _, rows in groups for bar in rows)
    softmax = network.layers[-1].softmax
    caption = say(
        "vanishing_caption", pattern=pattern if several else 0, zero=zero, softmax=softmax
    )
    yield from asked_first(
        say("vanishing_title"),
        say("vanishing_question", layers=len(found), slope=found[0].sizes["slope"] is not None),
        (Picture(canvas, caption),),
        (Paragraph(_answer(titles, names, found, naming, say)),),
        say,
        (_sizes(titles, _names("j", "i"), found, say),),
        "vanishing",
    )


def _answer(
    titles: Sequence[Sentence],
    names: Sequence[Mapping[str, Formula]],
    found: Sequence[Level],
    naming: Naming,
    say: Say,
) -> Sentence:
    """Where the gradients are smallest, and what the slope went through on its way there."""
    sizes = [level.sizes["gradient"] or Decimal(0) for level in found]
    least = min(range(len(sizes)), key=sizes.__getitem__)
    most, slope = max(sizes), found[0].sizes["slope"]
    return say(
        "vanishing_answer",
        layers=len(found),
        least=plain_sentence(naming, titles[least]),
        error=number(found[0].sizes["error"] or Decimal(0), FEW),
        slope=None if slope is None else number(slope, FEW),
        size=number(sizes[least], FEW),
        most=number(most, FEW),
        times=number(most / sizes[least], FEW) if sizes[least] else None,
        alike=most == sizes[least],
        end=number(found[0].sizes["delta"] or Decimal(0), FEW),
        start=number(found[-1].sizes["delta"] or Decimal(0), FEW),
    )


def _layer(solved: Solved, level: Level, say: Say) -> Sentence:
    layers = solved.problem.network.layers
    depth = layers.index(level.layer) + 1
    several = depth < len(layers) > 2
    number = str(solved.naming.layer_number(depth)) if several else ""
    return say("vanishing_layer", output=depth == len(layers), number=number)


def _any_names(network: Network, level: Level) -> dict[str, Formula]:
    """What is averaged, for any unit of a layer."""
    depth = network.layers.index(level.layer) + 1
    letters = "kj" if depth == len(network.layers) else "ji"
    return _names(*(any_of(letter, depth - n) for n, letter in enumerate(letters)))


def _names(j: str, i: str) -> dict[str, Formula]:
    return {
        "error": Partial(E, O(j)),
        "slope": Ref(LOCAL(j, j)),
        "delta": Partial(E, NET(j)),
        "gradient": Ref(slope_of_error(W(j, i))),
        "weight": Ref(W(j, i)),
    }


def _sized(naming: Naming, name: Formula) -> Text:
    """The size of a number, without its sign."""
    text = lettered(naming, name)
    return Text((Run("|"), *text.runs, Run("|")), f"|{text.plain}|")


def _sizes(
    titles: Sequence[Sentence], names: Mapping[str, Formula], found: Sequence[Level], say: Say
) -> Table:
    head = (say("vanishing_of_layer"), *((Math((names[key],)),) for key in TONES))
    rows = tuple(
        (title, *(_cell(level.sizes[key]) for key in TONES))
        for title, level in zip(titles, found, strict=True)
    )
    return Table(say("vanishing_sizes"), head, rows)


def _cell(size: Decimal | None) -> Sentence:
    return () if size is None else cell(size)


# The same chain with more layers


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


def _deeper(solved: Solved, say: Say) -> Iterator[Section]:
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
