"""Every kind of picture: one row each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tutor.errors import InputError, did_you_mean, quoted
from tutor.pages.document import Document, Paragraph, Section
from tutor.pages.givens import Say
from tutor.pages.plots import (
    directions,
    eta,
    flow,
    saturation,
    slice,
    stochastic,
    surface,
    vanishing,
)
from tutor.pages.words import Words
from tutor.plots.asked import ANY, Asked
from tutor.solving import Solved
from tutor.symbolic.quantity import Kind as Parameter


@dataclass(frozen=True, slots=True)
class Kind:
    """One row: how its sections are made, and what may be chosen."""

    sections: Callable[[Solved, Asked, Say], Iterator[Section]]
    shows: str
    """what the list of kinds says of it"""
    takes: frozenset[str] = frozenset()
    """which fields of Asked it looks at"""
    as_solved: bool = False
    """whether its numbers are those of the worked solution, rounded where these are"""
    updates: bool = False
    """whether it has updates of the problem"""


KINDS = {
    "flow": Kind(
        flow.sections,
        "values go forward, slopes flow back and add up, step by step",
        as_solved=True,
    ),
    "slice": Kind(
        slice.sections,
        "E along a weight, its tangent and the differences behind the gradient",
        frozenset({"weights", "range"}),
    ),
    "stochastic": Kind(
        stochastic.sections,
        "the gradient of each pattern and the true one, and where their steps lead",
        frozenset({"weights", "range", "seed", "steps"}),
        updates=True,
    ),
    "saturation": Kind(
        saturation.sections, "where transfer functions are flat, and where the units are on them"
    ),
    "vanishing": Kind(
        vanishing.sections, "every factor layer by layer, and gradients in deeper chains"
    ),
    "eta": Kind(
        eta.sections,
        "E over many updates, with learning rates from too small to too large",
        frozenset({"steps"}),
        updates=True,
    ),
    "surface": Kind(
        surface.sections,
        "E over two weights: contours, the way down, the path, and where many starts end",
        frozenset({"weights", "range", "seed", "steps"}),
        updates=True,
    ),
    "directions": Kind(
        directions.sections,
        "E through random directions, as in pictures of large networks, and what they leave out",
        frozenset({"seed"}),
    ),
}


def kind_of(name: str, where: str = "kind") -> Kind:
    """The kind with this name. Raises InputError where there is none."""
    if name not in KINDS:
        raise InputError(where, f"there is no {quoted(name)}", did_you_mean(name, KINDS))
    return KINDS[name]


def page(solved: Solved, kind: str, asked: Asked, words: Words) -> Document:
    """The page of one kind."""
    title = solved.problem.title or str(words.say("untitled")[0])
    sections = tuple(_sections(kind_of(kind), solved, asked, words.say))
    return Document(title, solved.problem.source, words.language, sections)


def added(solved: Solved, kinds: tuple[str, ...], words: Words) -> Iterator[Section]:
    """The pictures of some kinds as sections of another page."""
    for kind in kinds:
        yield from _sections(kind_of(kind), solved, ANY, words.say)


def _sections(kind: Kind, solved: Solved, asked: Asked, say: Say) -> Iterator[Section]:
    """Below the first picture stands what differs from the worked solution or may be overlooked."""
    problem = solved.problem
    biased = any(q.kind is Parameter.B for q in problem.network.parameters)
    unrounded = problem.rounding is not None and not kind.as_solved
    held = kind.updates and biased and not problem.update_biases
    first, *others = kind.sections(solved, asked, say)
    if unrounded or held:
        note = Paragraph(say("plot_setting", unrounded=unrounded, held=held))
        first = replace(first, blocks=(*first.blocks, note))
    yield from (first, *others)
