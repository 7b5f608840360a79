"""The network alone, every quantity named; nothing is derived."""

from __future__ import annotations

from tutor.pages import diagram_svg, diagram_text
from tutor.pages.drawing import Drawing
from tutor.pages.labels import labelled
from tutor.problem.naming import Naming
from tutor.problem.notation import NOTATIONS
from tutor.problem.problem import Problem
from tutor.symbolic.quantity import Quantity, T, X


def network_svg(problem: Problem) -> str:
    """The network as an SVG file."""
    title = problem.title or "A network"
    return diagram_svg.svg(_drawing(problem), title=title, standalone=True)


def network_text(problem: Problem) -> str:
    """The network for a terminal."""
    return diagram_text.text(_drawing(problem))


def _drawing(problem: Problem) -> Drawing:
    network = problem.network
    naming = Naming(network, NOTATIONS[problem.notation], problem.names)
    texts: dict[Quantity, str] = dict(problem.parameters)
    if len(problem.patterns) == 1:
        (pattern,) = problem.patterns
        told = dict(zip(map(X, network.inputs), pattern.inputs, strict=True))
        told |= dict(zip(map(T, network.outputs), pattern.targets or (), strict=False))
        texts |= {q: text for q, text in told.items() if text is not None}
    return labelled(naming, texts, nets=True)
