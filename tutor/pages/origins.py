"""The sections on where the slopes come from, and on the rules with i, j and k."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tutor.pages.document import Block, Equation, Paragraph, Section
from tutor.pages.givens import Say
from tutor.symbolic.activations import SOFTMAX
from tutor.symbolic.general import any_of
from tutor.symbolic.network import Network
from tutor.symbolic.origins import (
    Origin,
    cancelling_origin,
    loss_origin,
    rules,
    softmax_origin,
    transfer_origin,
)


def origin_sections(network: Network, say: Say) -> Iterator[Section]:
    """How each slope of this network comes about."""
    last = len(network.layers)
    outputs = {letter: any_of(letter, last) for letter in "km"}
    hidden = {a for layer in network.layers[:-1] for a in layer.activations}
    used = [a for layer in network.layers for a in layer.activations]
    blocks: list[Block] = []
    for activation in dict.fromkeys(used):
        softmax = activation.name == SOFTMAX
        origins = softmax_origin() if softmax else transfer_origin(activation)
        units = outputs if activation in hidden else outputs | {"j": any_of("k", last)}
        blocks += origin_lines((origin.of(units) for origin in origins), say, name=activation.name)
    if network.loss_name:
        slopes = [*loss_origin(network.loss_name, len(network.outputs))]
        slopes += cancelling_origin(network.loss_name) if network.matched else ()
        blocks += origin_lines((origin.of(outputs) for origin in slopes), say)
    yield Section(say("origins_title"), tuple(blocks), 2, "origins")


def rule_section(say: Say) -> Section:
    """The output-node rule and the hidden-node rule, for any network."""
    return Section(say("rules_title"), tuple(origin_lines(rules(), say)), 2, "rules")


def origin_lines(origins: Iterable[Origin], say: Say, **values: str) -> Iterator[Block]:
    """Each with its sentence before it."""
    for origin in origins:
        yield Paragraph(say(origin.words, **(values if origin.words == "origin_output" else {})))
        yield Equation(None, (origin.left, *origin.links))
