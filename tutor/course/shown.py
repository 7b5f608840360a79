"""Which lines of its problem's solution a chapter shows."""

from __future__ import annotations

from tutor.solving import Solved
from tutor.symbolic.quantity import PARAMETERS, Kind, Quantity


def first_output(solved: Solved, q: Quantity) -> bool:
    """The factors and gradients of the first output."""
    unit = solved.problem.network.outputs[0]
    kinds = (Kind.DE_DO, Kind.LOCAL, Kind.DE_DNET, Kind.GRAD)
    return not q.at.new and q.kind in kinds and q.units[0] == unit


def first_hidden(solved: Solved, q: Quantity) -> bool:
    """What flows back to the first unit of the last hidden layer, and its gradients."""
    layers = solved.problem.network.layers
    unit = layers[-2].units[0] if len(layers) > 1 else layers[0].units[0]
    kinds = (Kind.PATH, Kind.DE_DO, Kind.LOCAL, Kind.DE_DNET, Kind.GRAD)
    return not q.at.new and q.kind in kinds and q.units[0] == unit


def new_weights(_: Solved, q: Quantity) -> bool:
    """Weights and biases after the update."""
    return q.kind in PARAMETERS and q.at.new


def errors(_: Solved, q: Quantity) -> bool:
    """E."""
    return q.kind is Kind.E


def slopes_at_outputs(solved: Solved, q: Quantity) -> bool:
    """Forward and back through the outputs."""
    outputs = solved.problem.network.outputs
    kinds = (Kind.NET, Kind.O, Kind.SHARE, Kind.DE_DO, Kind.LOCAL, Kind.DE_DNET)
    return not q.at.new and q.kind in kinds and q.units[0] in outputs
