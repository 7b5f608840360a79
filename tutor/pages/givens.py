"""The first section: what the problem gives, and the network with its numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tutor.pages.document import Block, Bullets, Math, Paragraph, Picture, Section, Sentence
from tutor.pages.labels import labelled
from tutor.solving import Solved
from tutor.symbolic.activations import SOFTMAX, Activation
from tutor.symbolic.formula import Call, Formula, Named, Num, Over, Quotient, Ref
from tutor.symbolic.general import any_of
from tutor.symbolic.quantity import ETA, MU, NET, At, E, Kind, O, Quantity, T, W, X
from tutor.symbolic.simple import NETS

Say = Callable[..., Sentence]

NO_PATTERN = At(-1)
"""Of several patterns a drawing shows none."""


def given_section(
    solution: Solved, say: Say, *, symbols: bool = False, solved: bool = True
) -> Section:
    """What is given, with a diagram; on a worksheet without the outputs, which are to be found."""
    items = tuple(_items(solution, say, symbols))
    texts = solution.figures.texts
    if not solved:
        texts = {q: text for q, text in texts.items() if q not in solution.figures.lines}
    single = len(solution.problem.patterns) == 1
    at = solution.run.updates[0].presentations[0].at if single else NO_PATTERN
    known = {} if symbols else texts
    heavy = highlighted(solution)
    caption = say("picture_paths" if heavy else "picture")
    blocks: list[Block] = [
        Picture(labelled(solution.naming, known, at, heavy), caption),
        Bullets(items),
    ]
    if not symbols and solved:
        blocks.append(Paragraph(digits_sentence(solution, say)))
    blocks += (Paragraph(text, caution=True) for text in _cautions(solution, say))
    return Section(say("given_title"), tuple(blocks), 2, "given")


def highlighted(solution: Solved) -> frozenset[Quantity]:
    """The asked weights and all that lies between them and E."""
    if not solution.problem.ask:
        return frozenset()
    network = solution.problem.network
    found: set[Quantity] = set()
    for q in solution.asked:
        if q.kind in (Kind.GRAD, Kind.W, Kind.CHANGE) and len(q.units) == 2:
            found.add(Quantity(Kind.W, q.units))
            reached = {q.units[0]}
            for layer in network.layers:
                for k in layer.units:
                    through = reached & set(network.feeders(layer))
                    found |= {Quantity(Kind.W, (k, j)) for j in through}
                    reached |= {k} if through else set()
            found |= {O(j) for j in reached}
    return frozenset(found)


def _equal(q: Quantity, text: str, at: At) -> Math:
    return Math((Named(q), Num(text)), at)


def unit_names(solution: Solved, units: Iterable[str]) -> list[str | Math]:
    """What units are called in a sentence."""
    naming = solution.naming
    outputs = (Math((Named(naming.network.output(unit)),)) for unit in units)
    return [*map(naming.unit, units)] if naming.names_units else [*outputs]


def _items(solution: Solved, say: Say, symbols: bool) -> Iterator[Sentence]:
    problem, network = solution.problem, solution.problem.network
    yield from _functions(solution, say)
    if network.loss and network.loss_name:
        n = Num(str(len(network.outputs)))
        yield say(f"given_loss_{network.loss_name}", loss=Math((Named(E), _loss(solution, n))))
    if symbols:
        return
    for number, shown in _patterns(solution):
        for key, unit, names in (("inputs", X, network.inputs), ("targets", T, network.outputs)):
            told = [
                _equal(q.marked(At()), text, At())
                for q in (unit(name).marked(shown) for name in names)
                if (text := solution.figures.texts.get(q))
            ]
            if told:
                yield say(f"given_{key}", pattern=number, numbers=told)
    for layer in network.layers:
        units = unit_names(solution, layer.units)
        weights = [W(j, i) for j in layer.units for i in network.feeders(layer)]
        for key, owned in (("weights", weights), ("biases", layer.biases())):
            told = [_equal(q, t, At()) for q in owned if (t := problem.parameters.get(q))]
            if told:
                yield say(f"given_{key}", units=units, numbers=told)
    if problem.learning_rate:
        yield say("given_rate", number=_equal(ETA, problem.learning_rate, At()))
    if problem.momentum:
        yield say("given_momentum", number=_equal(MU, problem.momentum, At()))
    stated = [_equal(q, text, At()) for q, text in problem.given.items()]
    if stated:
        yield say("given_stated", numbers=stated)
    nets = list(_nets(solution))
    if nets:
        yield say("given_nets", numbers=nets)


def _nets(solution: Solved) -> Iterator[Math]:
    """The net inputs behind stated outputs that are simple fractions, where no line has them."""
    known = {q.units for q in solution.figures.texts if q.kind is Kind.NET}
    for layer in solution.problem.network.layers:
        for unit, activation in zip(layer.units, layer.activations, strict=True):
            stated = solution.problem.given.get(O(unit), "")
            net = NETS.get(activation.name, {}).get(stated)
            if net and (unit,) not in known:
                yield Math((Named(NET(unit)), net))


def _patterns(solution: Solved) -> Iterator[tuple[str, At]]:
    """Each pattern's number, empty where no heading has it, and the mark of its first turn."""
    several = len(solution.problem.patterns) > 1 or solution.run.schedule.batch
    seen = set()
    for update in solution.run.updates:
        for shown in update.presentations:
            if shown.pattern not in seen:
                seen.add(shown.pattern)
                yield (str(shown.pattern) if several else ""), shown.at


def _functions(solution: Solved, say: Say) -> Iterator[Sentence]:
    """Each transfer function, once, with the units that use it."""
    network = solution.problem.network
    users: dict[Activation, list[str]] = {}
    for layer in network.layers:
        for unit, activation in zip(layer.units, layer.activations, strict=True):
            users.setdefault(activation, []).append(unit)
    for activation, units in users.items():
        outputs = all(unit in network.outputs for unit in units)
        j = any_of("k", len(network.layers)) if outputs else "j"
        names = unit_names(solution, units) if len(users) > 1 else []
        formula = Math((Named(O(j)), _output(activation, j)))
        yield say("given_function", name=activation.name, units=names, formula=formula)


def _output(activation: Activation, j: str) -> Formula:
    if activation.name != SOFTMAX:
        return activation.output(Ref(NET(j)))
    own, each = (Call("exp", Ref(NET(unit))) for unit in (j, j.replace("k", "m")))
    return Quotient(own, Over("m", each))


def _loss(solution: Solved, n: Num) -> Formula:
    """E with its sum over outputs, as the problem has it."""
    network = solution.problem.network
    assert network.loss
    if len(network.outputs) == 1:
        j = network.outputs[0]
        return network.loss.share(Ref(T(j)), Ref(O(j)), n)
    k = any_of("k", len(network.layers))
    return Over("k", network.loss.share(Ref(T(k)), Ref(O(k)), n))


def digits_sentence(solution: Solved, say: Say) -> Sentence:
    """How numbers are rounded."""
    rounding = solution.problem.rounding
    if rounding is None:
        return say("digits_unrounded", show=str(solution.problem.show))
    own = [[kind, str(digits)] for kind, digits in rounding.kinds]
    return say("digits_rounded", rule=str(rounding.default), own=own)


def _cautions(solution: Solved, say: Say) -> Iterator[Sentence]:
    """Where the problem and the notation, or the problem and common slides, disagree."""
    network, notation = solution.problem.network, solution.naming.notation
    loss = network.loss
    if not loss or not loss.squared:
        return
    if notation.loss and notation.loss != network.loss_name:
        yield say("caution_notation_loss", source=notation.title, uses=notation.loss)
    if network.loss_name == "sse":
        yield say("caution_sse")
