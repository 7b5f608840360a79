"""What a chapter is made of: texts, rules, worked lines, pictures, questions, errata."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import localcontext
from functools import cached_property

from tutor.numeric.exact import CONTEXT
from tutor.pages.document import (
    Block,
    Bullets,
    Equation,
    Paragraph,
    Section,
    Sentence,
)
from tutor.pages.givens import given_section
from tutor.pages.lines import Lines
from tutor.pages.options import WHOLE
from tutor.pages.origins import origin_lines
from tutor.pages.plots.kinds import added
from tutor.pages.posed import answer_blocks, asked_blocks
from tutor.pages.words import Words
from tutor.practice.generate import Generator
from tutor.practice.posing.pose import pose
from tutor.practice.reading import load_recipe
from tutor.practice.recipe import Ask
from tutor.problem.naming import Naming
from tutor.problem.problem import Problem
from tutor.problem.shipped import load
from tutor.solving import Solved
from tutor.symbolic.activations import Activation
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.formula import Formula, Named, Num, Ref, minus
from tutor.symbolic.losses import LOSSES
from tutor.symbolic.origins import (
    I,
    J,
    K,
    cancelling_origin,
    loss_origin,
    rules,
    softmax_origin,
    transfer_origin,
)
from tutor.symbolic.quantity import (
    ALWAYS,
    DE_DNET,
    DE_DO,
    ETA,
    LOCAL,
    NET,
    Kind,
    O,
    Quantity,
    T,
    W,
)

SYMBOLS: dict[str, Formula] = {
    "w": Named(W(J, I)),
    "w_kj": Named(W(K, J)),
    "slope": Named(slope_of_error(W(J, I))),
    "net": Named(NET(J)),
    "net_k": Named(NET(K)),
    "o": Named(O(J)),
    "o_i": Named(O(I)),
    "o_k": Named(O(K)),
    "t": Named(T(K)),
    "difference": minus(Ref(O(K)), Ref(T(K))),
    "eta": Named(ETA),
    "dnet": Named(DE_DNET(J)),
    "dnet_k": Named(DE_DNET(K)),
    "do": Named(DE_DO(J)),
    "do_k": Named(DE_DO(K)),
    "local": Named(LOCAL(J, J)),
}
"""What every text may name."""
COMMON = ("sigmoid", "tanh", "relu", "leaky_relu", "linear")
"""Transfer functions of the summary."""
MOST_ASKED = 3
"""A question of a chapter that asks for more is made shorter."""


@dataclass(frozen=True)
class Scene:
    """Where a chapter's texts and numbers come from."""

    solved: Solved
    words: Words
    seed: int = 1

    @cached_property
    def naming(self) -> Naming:
        """How its formulas name quantities."""
        return self.solved.naming

    def say(self, key: str) -> Sentence:
        """A text of the course, with the symbols that it names."""
        wanted = self.words.needs(key)
        symbols = {name: symbol for name, symbol in SYMBOLS.items() if name in wanted}
        return self.words.say(key, ALWAYS, **symbols)


Item = Callable[[Scene], Iterator[Block]]
"""Something of a passage."""
Part = Callable[[Scene], Iterator[tuple[Section, Naming]]]
"""Some sections of a chapter, with the names that stand in them."""


# Items of a passage


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


# Parts of a chapter


def passage(title: str, *items: Item) -> Part:
    """A heading with what stands below it."""

    def part(scene: Scene) -> Iterator[tuple[Section, Naming]]:
        blocks = tuple(block for item in items for block in item(scene))
        yield Section(scene.say(title) if title else (), blocks, 2, title), scene.naming

    return part


def by_numbers(title: str, *items: Item) -> Part:
    """The same, after the problem that its numbers come from."""

    def part(scene: Scene) -> Iterator[tuple[Section, Naming]]:
        given = given_section(scene.solved, scene.words.say)
        blocks = (*given.blocks, *(block for item in items for block in item(scene)))
        yield Section(scene.say(title), blocks, 2, title), scene.naming

    return part


def elsewhere(problem: str, part: Part) -> Part:
    """A part with the numbers of another shipped problem."""

    def other(scene: Scene) -> Iterator[tuple[Section, Naming]]:
        yield from part(replace(scene, solved=Solved.of(load(problem))))

    return other


def picture(*kinds: str) -> Part:
    """Pictures of the problem."""

    def part(scene: Scene) -> Iterator[tuple[Section, Naming]]:
        for section in added(scene.solved, kinds, scene.words):
            yield section, scene.naming

    return part


def errata(*keys: str) -> Part:
    """What slides get wrong."""

    def part(scene: Scene) -> Iterator[tuple[Section, Naming]]:
        blocks = tuple(Paragraph(scene.say(key), caution=True) for key in keys)
        yield Section(scene.say("course_errata"), blocks, 2, "errata"), scene.naming

    return part


def _short(problem: Problem) -> Problem:
    """The same, but where much is asked only the weight that needs most of the way."""
    asked = Solved.of(problem).asked
    weights = [q for q in asked if q.kind in (Kind.GRAD, Kind.W) and len(q.units) == 2]
    if len(asked) <= MOST_ASKED or not weights:
        return problem
    return replace(problem, ask=(weights[-1].key,))


def practice(*recipes: str) -> Part:
    """A question on a fresh problem of each recipe, its answer folded."""

    def part(scene: Scene) -> Iterator[tuple[Section, Naming]]:
        words = scene.words
        yield Section(words.say("course_practice"), (), 2, "practice"), scene.naming
        answers = []
        for n, name in enumerate(recipes, 1):
            recipe = load_recipe(name)
            one = Generator(recipe).problems(scene.seed, n)[-1].problem
            one = _short(one) if recipe.question is Ask.COMPUTE else one
            asked = pose(one, recipe.question, f"{name}/{scene.seed}", recipe.digits)
            naming = asked.solved.naming
            given = given_section(asked.solved, words.say, solved=False)
            blocks = (*given.blocks, *asked_blocks(asked, words))
            yield Section(words.say("course_question", number=n), blocks, 3), naming
            title = words.say("course_answer", number=n)
            answers.append((Section(title, answer_blocks(asked, words), 3, folded=True), naming))
        yield from answers

    return part
