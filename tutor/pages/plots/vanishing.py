"""The sizes of all factors, layer by layer; then chains of more and more layers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from tutor.pages.bars import Bar, bars
from tutor.pages.canvas import Tone
from tutor.pages.document import Math, Paragraph, Picture, Section, Sentence, Table
from tutor.pages.givens import Say
from tutor.pages.lettered import lettered
from tutor.pages.lettering import Run, Text
from tutor.pages.plain import plain_sentence
from tutor.pages.plots import depth
from tutor.pages.plots.common import FEW, asked_first, cell, number, text_of
from tutor.plots.asked import Asked
from tutor.plots.vanishing import Level, levels
from tutor.problem.naming import Naming
from tutor.solving import Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.formula import Formula, Partial, Ref
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


def sections(solved: Solved, _: Asked, say: Say) -> Iterator[Section]:
    """The problem's own factors, then the same chain at every depth."""
    yield from _own(solved, say)
    yield from depth.sections(solved, say)


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
