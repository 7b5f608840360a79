"""What stands in a drawing of the network: weights on the edges, outputs in the units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tutor.numeric.exact import number
from tutor.numeric.figures import written
from tutor.numeric.rounding import Digits
from tutor.pages.diagram import layout
from tutor.pages.drawing import DiagramLabels, Drawing
from tutor.pages.lettering import Text
from tutor.problem.naming import Naming
from tutor.symbolic.quantity import ALWAYS, NET, At, Kind, Quantity, T

LONGEST = 8
"""Characters of a number inside a unit; with more it is shown with fewer figures there."""
FEWER = Digits(5, figures=True)
WIDEST = 760
"""A drawing wider than this would be too small on paper: then the weights lose their names."""


def labelled(
    naming: Naming,
    texts: Mapping[Quantity, str],
    at: At = ALWAYS,
    highlighted: frozenset[Quantity] = frozenset(),
    *,
    nets: bool = False,
) -> Drawing:
    """The network with the page's own names, and beside them the numbers that ``texts`` has.

    ``at`` is the presentation whose inputs and outputs are shown; with ``nets`` the net inputs
    are named too.
    """
    labels = _labels(naming, texts, at, nets)
    drawing = layout(naming.network, labels, highlighted)
    numbers = {q: short(texts[q]) for q in naming.network.parameters if q in texts}
    if drawing.width > WIDEST and len(numbers) == len(naming.network.parameters):
        drawing = layout(naming.network, replace(labels, parameters=numbers), highlighted)
    return drawing


def _labels(naming: Naming, texts: Mapping[Quantity, str], at: At, nets: bool) -> DiagramLabels:
    network = naming.network

    def name(q: Quantity) -> Text:
        return Text.name(naming.glyph(q))

    def lines(unit: str) -> tuple[str | Text, ...]:
        q = network.output(unit)
        text = texts.get(q.marked(at))
        named = (name(NET(unit)),) if nets and q.kind is Kind.O else ()
        return (name(q), *named, *([short(text)] if text else []))

    def equal(q: Quantity, text: str | None) -> Text:
        return name(q).then(f" = {short(text)}") if text else name(q)

    targets = {j: equal(T(j), texts.get(T(j).marked(at))) for j in network.outputs}
    return DiagramLabels(
        parameters={q: equal(q, texts.get(q)) for q in network.parameters},
        units={unit: lines(unit) for unit in network.places},
        beside=targets if network.loss else {},
    )


def short(text: str) -> str:
    """A number with few enough digits to stand inside a unit."""
    return text if len(text) <= LONGEST else written(number(text), FEWER)
