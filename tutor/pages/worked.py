"""A solution becomes a document: what is given, each step in order, and what is worth noting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import localcontext

from tutor.numeric.exact import CONTEXT
from tutor.pages.blanks import with_blanks
from tutor.pages.document import (
    Block,
    Bullets,
    Document,
    Equation,
    Math,
    Paragraph,
    Section,
    Sentence,
)
from tutor.pages.givens import given_section
from tutor.pages.lines import Lines
from tutor.pages.options import Options
from tutor.pages.origins import origin_sections, rule_section
from tutor.pages.remarks import remarks
from tutor.pages.tables import answers, errors, weights
from tutor.pages.words import Words
from tutor.solving import Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.descent import Presentation, Update
from tutor.symbolic.formula import Named, Num, Over, Product, Ref
from tutor.symbolic.general import any_of
from tutor.symbolic.network import Layer
from tutor.symbolic.quantity import DE_DNET, DE_DO, LOCAL, PARAMETERS, At, Kind, O, Quantity, W, X
from tutor.symbolic.step import Step

FORWARD = (Kind.NET, Kind.EXP, Kind.EXPSUM, Kind.O)
ERROR = (Kind.SHARE, Kind.E)
BACK = (Kind.PATH, Kind.DE_DO, Kind.LOCAL, Kind.DE_DNET)


def document(solution: Solved, words: Words, options: Options) -> Document:
    """The worked solution as a document."""
    with localcontext(CONTEXT):
        return _Page(solution, words, options).document()


class _Page:
    def __init__(self, solution: Solved, words: Words, options: Options) -> None:
        self.solution, self.options = solution, options
        self.problem, self.run, self.figures = solution.problem, solution.run, solution.figures
        self.network = self.problem.network
        self.say = words.say
        self.words = words
        worked = replace(options, sheet=options.sheet and options.blank is None)
        self.lines = Lines(solution, words.say, worked)
        self.steps: dict[At, list[Step]] = {}
        for step in self.run.steps:
            if self._visible(step):
                self.steps.setdefault(step.defines.at, []).append(step)
        self.pinned: dict[At, list[Quantity]] = {}
        for q in self.figures.values:
            if q in solution.pinned and q not in self.run.by_quantity:
                self.pinned.setdefault(q.at, []).append(q)

    def document(self) -> Document:
        title = self.problem.title or str(self.say("untitled")[0])
        sections = tuple(self._sections())
        if self.options.blank:
            sections = with_blanks(sections, self.options.blank)
        return Document(title, self.problem.source, self.words.language, sections)

    def _sections(self) -> Iterator[Section]:
        options = self.options
        if options.general:
            yield rule_section(self.say)
        else:
            solved = not options.sheet
            yield given_section(self.solution, self.say, symbols=options.symbols, solved=solved)
            yield from self._answers()
            for update in self.run.updates:
                yield from self._update(update)
        if options.derive:
            yield from origin_sections(self.network, self.say)
        if options.symbols or options.sheet:
            return
        if not options.brief:
            yield from self._closing()
        yield self._certificate()
        if options.pictures:
            from tutor.pages.plots.kinds import added

            yield from added(self.solution, options.pictures, self.words)

    def _visible(self, step: Step) -> bool:
        q = step.defines
        if q not in self.figures.values:
            return False
        if self.options.brief and q not in self.solution.needed:
            return False
        again = q.at.new and q.kind not in PARAMETERS
        if again and not self.run.single:
            return q in self.solution.needed and bool(self.problem.ask)
        return not step.aside or q in self.lines.asked

    # One update

    def _update(self, update: Update) -> Iterator[Section]:
        single = self.run.single
        level = 2 if single else 3
        if not single:
            yield Section(self._update_title(update), (), 2, f"update-{update.at.update}")
        for shown in update.presentations:
            if self.run.schedule.batch:
                title = self.say("pattern_title", number=str(shown.pattern))
                yield Section(title, (), 3, f"pattern-{shown.at.update}-{shown.pattern}")
            yield from self._presentation(shown, 4 if self.run.schedule.batch else level)
        if self.run.schedule.batch:
            yield from self._total(update.at, _defines(Kind.E, Kind.GRAD), level)
        yield from self._changes(update, level)
        for shown in update.presentations:
            at = shown.at._replace(new=True)
            pattern = str(shown.pattern) if self.run.schedule.batch else ""
            title = self.say("again_title", pattern=pattern)
            wanted = _defines(*FORWARD, *ERROR)
            yield from self._section("again", at, wanted, level, title=title)
        if self.run.schedule.batch:
            yield from self._total(update.new, _defines(Kind.E), level)

    def _total(self, at: At, wanted: Callable[[Quantity], bool], level: int) -> Iterator[Section]:
        """What a batch has once, from what each pattern has."""
        kind = "mean" if self.run.schedule.mean else "sum"
        yield from self._section(f"total_{kind}", at, wanted, level)

    def _update_title(self, update: Update) -> Sentence:
        several = len(self.problem.patterns) > 1 and not self.run.schedule.batch
        pattern = str(update.presentations[0].pattern) if several else ""
        return self.say("update_title", number=str(update.at.update), pattern=pattern)

    def _presentation(self, shown: Presentation, level: int) -> Iterator[Section]:
        at = shown.at
        yield from self._section("forward", at, _defines(*FORWARD), level)
        yield from self._section("error", at, _defines(*ERROR), level)
        for layer in reversed(self.network.layers):
            output = layer is self.network.layers[-1]
            key = "output_weights" if output else "hidden_weights"
            several = not output and len(self.network.layers) > 2
            depth = self.network.layers.index(layer) + 1
            name = str(self.solution.naming.layer_number(depth)) if several else ""
            title = self.say(f"{key}_title", layer=name)
            wanted = _into(layer.units)
            lead = self._lead(layer, output)
            yield from self._section(key, at, wanted, level, title=title, lead=lead)
        yield from self._section("biases", at, _is_bias_gradient, level)

    def _lead(self, layer: Layer, output: bool) -> Sentence:
        """The rule for a layer's weights, in general."""
        depth = self.network.layers.index(layer) + 1
        k = any_of("k", depth + 1)
        j, i = (any_of(x, depth - n) for n, x in enumerate("kj" if output else "ji"))
        sent = Ref(O(i) if depth > 1 else X(i))
        left = Ref(slope_of_error(W(j, i)))
        three = Math((left, Product((Ref(DE_DO(j)), Ref(LOCAL(j, j)), sent))))
        two = Math((left, Product((Ref(DE_DNET(j)), sent))))
        if layer.softmax and not self._stated_nets(layer):
            return self.say("output_weights_softmax", rule=two, known=self._merged(layer))
        if not self._three_factors(layer):
            return self.say("weights_two_factors", rule=two)
        if output:
            return self.say("output_weights", rule=three)
        through = Over("k", Product((Ref(W(k, j)), Ref(DE_DNET(k)))))
        before = self._three_factors(self.network.layers[depth])
        first = Math((Ref(DE_DO(j)), through))
        return self.say("hidden_weights", rule=first, weight=None if before else three)

    def _stated_nets(self, layer: Layer) -> bool:
        """Whether the question states a slope at a net input of this layer."""
        return any(DE_DNET(j) in self.problem.given for j in layer.units)

    def _merged(self, layer: Layer) -> bool:
        """Whether the slope at a net input is the difference that its factors come to."""
        output = layer is self.network.layers[-1]
        return output and self.network.matched and self.problem.rounding is not None

    def _three_factors(self, layer: Layer) -> bool:
        """Whether the gradients of its weights have three."""
        return not (layer.softmax or self._merged(layer) or self._stated_nets(layer))

    def _section(
        self,
        key: str,
        at: At,
        wanted: Callable[[Quantity], bool],
        level: int,
        *,
        title: Sentence = (),
        lead: Sentence | None = None,
    ) -> Iterator[Section]:
        steps = [step for step in self.steps.get(at, ()) if wanted(step.defines)]
        steps.sort(key=lambda step: _ORDER.get(step.defines.kind, 0))
        stated = self._stated(at, wanted)
        if not steps and not stated:
            return
        lead = self.say(key) if lead is None else lead
        bare = self.options.brief or self.options.sheet
        blocks: list[Block] = [Paragraph(lead)] if lead and not bare else []
        blocks += stated
        blocks += [line for step in steps for line in self.lines.lines(step)]
        yield Section(title or self.say(f"{key}_title"), tuple(blocks), level, f"{key}-{at}")

    def _stated(self, at: At, wanted: Callable[[Quantity], bool]) -> list[Equation]:
        """Slopes that the question states and that nothing else defines."""
        return [
            self.lines.stated(q)
            for q in self.pinned.get(at, ())
            if wanted(q) and (not self.options.brief or q in self.solution.needed)
        ]

    # Updates and tables

    def _changes(self, update: Update, level: int) -> Iterator[Section]:
        wanted = [
            step
            for step in (*self.steps.get(update.at, ()), *self.steps.get(update.new, ()))
            if step.rule in ("change", "update", "update-momentum")
        ]
        if not wanted:
            return
        bare = self.options.brief or self.options.sheet
        key = "updates_momentum" if self.run.schedule.momentum else "updates"
        blocks: list[Block] = [] if bare else [Paragraph(self.say(key))]
        blocks += [self.lines.line(step) for step in wanted]
        if not (self.options.symbols or self.options.brief or self.options.sheet):
            blocks.append(weights(self.solution, update, self.say))
        yield Section(self.say("updates_title"), tuple(blocks), level, f"updates-{update.at}")

    def _answers(self) -> Iterator[Section]:
        if not self.problem.ask or self.options.symbols:
            return
        if self.options.sheet:
            names = [Math((Named(q),)) for q in self.solution.asked]
            text = Paragraph(self.say("sheet_asked", names=names))
            yield Section(self.say("answers_title"), (text,), 2, "answers")
            return
        table = answers(self.solution, self.say)
        yield Section(self.say("answers_title"), (table,), 2, "answers")

    def _closing(self) -> Iterator[Section]:
        blocks: list[Block] = []
        if table := errors(self.solution, self.say):
            blocks.append(table)
        if items := remarks(self.solution, self.say):
            blocks.append(Bullets(items))
        if blocks:
            yield Section(self.say("remarks_title"), tuple(blocks), 2, "remarks")

    def _certificate(self) -> Section:
        certificate = self.solution.certificate
        worst = certificate.central_differences
        largest = Math((Num("0" if worst == 0 else f"{worst:.1e}"),))
        key = "certificate_steps" if certificate.by_steps else "certificate"
        text = self.say(key, count=str(certificate.checked), largest=largest)
        if certificate.beyond:
            text += (" ", *self.say("certificate_beyond", count=str(certificate.beyond)))
        return Section(self.say("certificate_title"), (Paragraph(text),), 2, "certificate")


_ORDER = {Kind.DE_DO: 1, Kind.PATH: 0, Kind.LOCAL: 2, Kind.DE_DNET: 3, Kind.GRAD: 4}


def _defines(*kinds: Kind) -> Callable[[Quantity], bool]:
    return lambda q: q.kind in kinds


def _is_bias_gradient(q: Quantity) -> bool:
    return q.kind is Kind.GRAD and len(q.units) == 1


def _into(units: tuple[str, ...]) -> Callable[[Quantity], bool]:
    """The slopes at these units, and the gradients of the weights into them."""

    def wanted(q: Quantity) -> bool:
        if q.kind is Kind.GRAD:
            return len(q.units) == 2 and q.units[0] in units
        return q.kind in BACK and q.units[-1 if q.kind is Kind.LOCAL else 0] in units

    return wanted
