"""Values go forward, slopes flow back and add up: a strip of frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import localcontext
from enum import Enum

from tutor.numeric.exact import CONTEXT
from tutor.pages.diagram import layout, refilled
from tutor.pages.document import Album, Block, Paragraph, Picture, Section
from tutor.pages.drawing import DiagramLabels
from tutor.pages.givens import Say
from tutor.pages.labels import WIDEST, short
from tutor.pages.lettering import Run, Text
from tutor.pages.lines import Lines
from tutor.pages.options import WHOLE
from tutor.pages.plots.common import asked_first, label
from tutor.plots.asked import Asked
from tutor.plots.flow import Frame, flow_of
from tutor.problem.naming import Naming
from tutor.solving import Solved
from tutor.symbolic.quantity import At, Quantity, T


class Detail(Enum):
    """What stands on an edge; the next where a drawing would be too wide."""

    NAMES = 1
    FACTORS = 2
    VALUES = 3


def sections(solved: Solved, asked: Asked, say: Say) -> Iterator[Section]:
    """The frames of the first presentation, each with its lines."""
    frames = flow_of(solved)
    at = solved.run.updates[0].presentations[0].at
    texts = {q: solved.figures.texts[q.marked(at)] for f in frames for q in _shown(f, solved, at)}
    with localcontext(CONTEXT):
        leaves = tuple(
            (say(f"flow_{frame.key}_title", about=list(frame.about)), (picture, *lines))
            for frame, picture, lines in zip(
                frames,
                _pictures(solved, frames, texts, say),
                _lines(solved, frames, at, say),
                strict=True,
            )
        )
    hidden = len(solved.problem.network.layers) > 1
    several = hidden and any(len(frame.flows) > 1 for frame in frames)
    key = "several" if several else "single" if hidden else "none"
    yield from asked_first(
        say("flow_title"),
        say("flow_question", paths=key),
        (Album(leaves, turns=(str(say("plot_back")[0]), str(say("plot_next")[0]))),),
        (Paragraph(say("flow_answer", paths=key)),),
        say,
        id="flow",
    )


def _shown(frame: Frame, solved: Solved, at: At) -> Iterator[Quantity]:
    """Everything that a frame shows a number of."""
    factors = (q for pair in frame.flows.values() for q in pair)
    targets = (T(j) for j in solved.problem.network.outputs)
    every = (*frame.units.values(), *frame.edges.values(), *factors, *targets)
    yield from (q for q in every if q.marked(at) in solved.figures.texts)


def _lines(
    solved: Solved, frames: Sequence[Frame], at: At, say: Say
) -> Iterator[tuple[Block, ...]]:
    lines = Lines(solved, say, WHOLE)
    steps = solved.run.by_quantity
    for frame in frames:
        computed = [steps[q.marked(at)] for q in frame.computed if q.marked(at) in steps]
        said = Paragraph(say(f"flow_{frame.key}", about=list(frame.about), paths=len(frame.flows)))
        yield said, *(line for step in computed for line in lines.lines(step))


def _pictures(
    solved: Solved, frames: Sequence[Frame], texts: dict[Quantity, str], say: Say
) -> Iterator[Picture]:
    naming = solved.naming
    for detail in Detail:
        every = [_labels(naming, frame, texts, detail) for frame in frames]
        drawing = layout(naming.network, _widest(every))
        if drawing.width <= WIDEST:
            break
    for frame, labels in zip(frames, every, strict=True):
        drawn = refilled(drawing, labels, frame.lit)
        yield Picture(drawn, say(f"flow_{frame.key}_caption", about=list(frame.about)))


def _labels(
    naming: Naming, frame: Frame, texts: dict[Quantity, str], detail: Detail
) -> DiagramLabels:
    def on_edge(q: Quantity, shows: Quantity) -> str | Text:
        if shows not in texts:
            return label(naming, q)
        if shows == q:
            name = label(naming, q).then(" = ") if detail is Detail.NAMES else Text.of("")
            return name.then(short(texts[q]))
        known = [short(texts[f]) for f in frame.flows.get(q, ()) if f in texts]
        if len(known) == 2:
            back = "" if detail is Detail.VALUES else "·".join(map(_bracketed, known)) + " = "
            return f"← {back}{short(texts[shows])}"
        return short(texts[shows])

    def in_unit(unit: str) -> tuple[str | Text, ...]:
        q = frame.units.get(unit)
        if q is None:
            return (label(naming, naming.network.output(unit)),)
        number = [short(texts[q])] if q in texts else []
        return (*_broken(label(naming, q)), *number)

    targets = {
        j: label(naming, T(j)).then(f" = {short(texts[T(j)])}")
        for j in naming.network.outputs
        if T(j) in texts
    }
    return DiagramLabels(
        {q: on_edge(q, shows) for q, shows in frame.edges.items()},
        {unit: in_unit(unit) for unit in naming.network.places},
        targets,
    )


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("-") else text


def _broken(name: Text) -> tuple[Text, ...]:
    """A derivative on two lines, so that it fits into a circle."""
    for n, run in enumerate(name.runs):
        above, slash, below = run.text.partition("/")
        if slash and not run.level:
            first = (*name.runs[:n], Run(above + slash, 0, run.italic))
            second = (Run(below, 0, run.italic), *name.runs[n + 1 :])
            cut = name.plain.index("/") + 1
            return Text(first, name.plain[:cut]), Text(second, name.plain[cut:])
    return (name,)


def _widest(every: Iterable[DiagramLabels]) -> DiagramLabels:
    """In each place the widest text of all, so that all frames fit into one layout."""
    parameters: dict[Quantity, Text] = {}
    units: dict[str, list[Text]] = {}
    beside: dict[str, str | Text] = {}
    for labels in every:
        for q, text in labels.parameters.items():
            parameters[q] = max(parameters.get(q, Text.of("")), Text.of(text), key=_width)
        for unit, lines in labels.units.items():
            most = units.setdefault(unit, [])
            most += [Text.of("")] * (len(lines) - len(most))
            for n, line in enumerate(lines):
                most[n] = max(most[n], Text.of(line), key=_width)
        beside |= labels.beside
    return DiagramLabels(parameters, {u: tuple(lines) for u, lines in units.items()}, beside)


def _width(text: Text) -> float:
    return text.width
