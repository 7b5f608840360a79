"""What stands in a drawing of the network: weights on the edges, outputs in the units."""

from __future__ import annotations

from collections.abc import Mapping

from tutor.pages.diagram import DiagramLabels
from tutor.pages.plain import Plain
from tutor.problem.notation import Naming
from tutor.symbolic.formula import Named
from tutor.symbolic.quantity import ALWAYS, NET, At, Kind, Quantity, T

LONGEST = 9
"""Characters of a number inside a unit; the whole number stands in the page."""


def diagram_labels(
    naming: Naming, texts: Mapping[Quantity, str], at: At = ALWAYS, *, nets: bool = False
) -> DiagramLabels:
    """The page's own names, and beside them the numbers that ``texts`` has.

    ``at`` is the presentation whose inputs and outputs are shown; with ``nets`` the net inputs
    are named too.
    """
    network = naming.network
    writer = Plain(naming)

    def name(q: Quantity) -> str:
        return writer.write(Named(q))

    def lines(unit: str) -> tuple[str, ...]:
        q = network.output(unit)
        text = texts.get(q.marked(at))
        named = (name(NET(unit)),) if nets and q.kind is Kind.O else ()
        return (name(q), *named, *([_short(text)] if text else []))

    def equal(q: Quantity, text: str | None) -> str:
        return f"{name(q)} = {_short(text)}" if text else name(q)

    targets = {j: equal(T(j), texts.get(T(j).marked(at))) for j in network.outputs}
    return DiagramLabels(
        parameters={q: equal(q, texts.get(q)) for q in network.parameters},
        units={unit: lines(unit) for unit in network.places},
        beside=targets if network.loss else {},
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
