"""What a passage is made of: texts, rules, worked lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import localcontext

from tutor.course.scene import Scene
from tutor.numeric.exact import CONTEXT
from tutor.pages.document import Block, Bullets, Equation, Paragraph
from tutor.pages.lines import Lines
from tutor.pages.options import WHOLE
from tutor.pages.origins import origin_lines
from tutor.solving import Solved
from tutor.symbolic.activations import Activation
from tutor.symbolic.formula import Named, Num, Ref
from tutor.symbolic.losses import LOSSES
from tutor.symbolic.origins import (
    J,
    K,
    cancelling_origin,
    loss_origin,
    rules,
    softmax_origin,
    transfer_origin,
)
from tutor.symbolic.quantity import DE_DO, LOCAL, NET, O, Quantity, T

COMMON = ("sigmoid", "tanh", "relu", "leaky_relu", "linear")
"""Transfer functions of the summary."""
Item = Callable[[Scene], Iterator[Block]]
"""Something of a passage."""


def text(*keys: str) -> Item:
    """Paragraphs."""
    return lambda scene: (Paragraph(scene.say(key)) for key in keys)


def points(*keys: str) -> Item:
    """A list."""
    return lambda scene: iter((Bullets(tuple(map(scene.say, keys))),))


def caution(key: str) -> Item:
    """A paragraph that stands out."""
    return lambda scene: iter((Paragraph(scene.say(key), caution=True),))


def rule(*keys: str) -> Item:
    """Rules for any network, as the engine has them."""

    def item(scene: Scene) -> Iterator[Block]:
        by = {origin.words: origin for origin in rules()}
        return origin_lines([by[key] for key in keys], scene.words.say)

    return item


def formula(*keys: str) -> Item:
    """The same without their sentences."""
    return lambda scene: (
        Equation(None, (origin.left, *origin.links)) for origin in rules() if origin.words in keys
    )


def transfer(*names: str) -> Item:
    """From f to f', link by link, each proved by sympy."""

    def item(scene: Scene) -> Iterator[Block]:
        for name in names:
            activation = Activation(name)
            origins = softmax_origin() if name == "softmax" else transfer_origin(activation)
            yield from origin_lines(origins, scene.words.say, name=name)

    return item


def loss(name: str, outputs: int = 2) -> Item:
    """From an error to its slope at an output."""
    return lambda scene: origin_lines(loss_origin(name, outputs), scene.words.say)


def cancels(name: str) -> Item:
    """Why output minus target is left."""
    return lambda scene: origin_lines(cancelling_origin(name), scene.words.say)


def worked(wanted: Callable[[Solved, Quantity], bool]) -> Item:
    """Lines of the problem's solution."""

    def item(scene: Scene) -> Iterator[Block]:
        solved = scene.solved
        lines = Lines(solved, scene.words.say, WHOLE)
        first = solved.run.updates[0]
        ats = (first.presentations[0].at, first.at, first.new)
        with localcontext(CONTEXT):
            for step in solved.run.steps:
                q = step.defines
                if q.at in ats and q in solved.figures.lines and wanted(solved, q):
                    yield from lines.lines(step)

    return item


def slopes(scene: Scene) -> Iterator[Block]:
    """The slopes of the common transfer functions, and of every error."""
    say, one, t, out = scene.words.say, Num("1"), Ref(T(K)), Ref(O(K))
    yield Paragraph(say("summary_functions"))
    for name in COMMON:
        slope = Activation(name).slope(Ref(NET(J)), Ref(O(J)))
        yield Equation(None, (Named(LOCAL(J, J)), slope), note=(name.replace("_", " "),))
    yield Paragraph(say("summary_errors"))
    for name, row in LOSSES.items():
        if name != "mse":
            note = say("loss_named", loss=name)
            yield Equation(None, (Named(DE_DO(K)), row.slope(t, out, one)), note=note)
