"""A solution becomes a document: what is given, each step in order, and what is worth noting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from tutor.numeric.figures import PutIn, plain, written
from tutor.numeric.rounding import Digits
from tutor.pages.document import (
    Block,
    Bullets,
    Document,
    Equation,
    Math,
    Paragraph,
    Section,
    Sentence,
    Table,
)
from tutor.pages.givens import given_section
from tutor.pages.origins import origin_sections, rule_section
from tutor.pages.plain import Plain
from tutor.pages.remarks import remarks
from tutor.pages.words import Words
from tutor.solving import PARAMETERS, Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.descent import Presentation, Update
from tutor.symbolic.formula import (
    ONE,
    Formula,
    Marked,
    Named,
    Neg,
    Num,
    Over,
    Partial,
    Product,
    Quotient,
    Ref,
    Sum,
    factors,
    terms,
)
from tutor.symbolic.network import Layer
from tutor.symbolic.quantity import DE_DNET, DE_DO, ETA, LOCAL, NET, At, E, Kind, O, Quantity, W
from tutor.symbolic.step import Step


@dataclass(frozen=True, slots=True)
class Options:
    """What a page shows."""

    derive: bool = False
    """how each slope comes about, line by line"""
    symbols: bool = False
    """formulas without numbers"""
    general: bool = False
    """with symbols: the rules for any f and any number of units instead of this shape"""
    brief: bool = False
    """only what is asked and what it needs"""
    sheet: bool = False
    """a blank line for every quantity instead of its solution"""


WHOLE = Options()
"""The page as it is without options."""

FORWARD = (Kind.NET, Kind.EXP, Kind.EXPSUM, Kind.O)
ERROR = (Kind.SHARE, Kind.E)
BACK = (Kind.PATH, Kind.DE_DO, Kind.LOCAL, Kind.DE_DNET)
GRADIENT = ("gradient", "bias-gradient")


def document(solution: Solved, words: Words, options: Options) -> Document:
    """The worked solution as a document."""
    return _Page(solution, words, options).document()


class _Page:
    def __init__(self, solution: Solved, words: Words, options: Options) -> None:
        self.solution, self.options = solution, options
        self.problem, self.run, self.figures = solution.problem, solution.run, solution.figures
        self.network = self.problem.network
        self.say = words.say
        self.words = words
        self.asked = set(solution.asked) if self.problem.ask else set()
        self.plain: dict[At, Plain] = {}
        self.steps: dict[At, list[Step]] = {}
        for step in self.run.steps:
            if self._visible(step):
                self.steps.setdefault(step.defines.at, []).append(step)

    def document(self) -> Document:
        title = self.problem.title or str(self.say("untitled")[0])
        return Document(title, self.problem.source, self.words.language, tuple(self._sections()))

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

    def _visible(self, step: Step) -> bool:
        q = step.defines
        if q not in self.figures.values:
            return False
        if self.options.brief and q not in self.solution.needed:
            return False
        again = q.at.new and q.kind not in PARAMETERS
        if again and not self.run.single:
            return q in self.solution.needed and bool(self.problem.ask)
        return not step.aside or q in self.asked

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
            kind = "mean" if self.run.schedule.mean else "sum"
            yield from self._section(f"total_{kind}", update.at, _defines(Kind.E, Kind.GRAD), level)
        yield from self._changes(update, level)
        for shown in update.presentations:
            at = shown.at._replace(new=True)
            yield from self._section("again", at, _defines(*FORWARD, *ERROR), level)

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
        if layer.softmax:
            return self.say("output_weights_softmax")
        units = layer.units
        stated = any(DE_DNET(j) in self.problem.given for j in units)
        merged = output and self.problem.rounding and self.network.matched
        j, i = ("k", "j") if output else ("j", "i")
        three = (Ref(DE_DO(j)), Ref(LOCAL(j, j)), Ref(O(i)))
        two = (Ref(DE_DNET(j)), Ref(O(i)))
        left = Ref(slope_of_error(W(j, i)))
        if merged or stated:
            return self.say("weights_two_factors", rule=Math((left, Product(two))))
        if output:
            return self.say("output_weights", rule=Math((left, Product(three))))
        through = Over("k", Product((Ref(W("k", "j")), Ref(DE_DNET("k")))))
        return self.say("hidden_weights", rule=Math((three[0], through)))

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
        blocks += [line for step in steps for line in self._lines(step)]
        yield Section(title or self.say(f"{key}_title"), tuple(blocks), level, f"{key}-{at}")

    def _stated(self, at: At, wanted: Callable[[Quantity], bool]) -> list[Equation]:
        """Slopes that the question states and that nothing else defines."""
        return [
            self._stated_line(q)
            for q in self.figures.values
            if q in self.solution.pinned
            and q.at == at
            and wanted(q)
            and q not in self.run.by_quantity
            and (not self.options.brief or q in self.solution.needed)
        ]

    def _stated_line(self, q: Quantity) -> Equation:
        value = () if self.options.symbols else (self._value(q),)
        at = q.at._replace(new=False)
        return Equation(q, (Named(q), *value), at, self.say("stated"), q in self.asked)

    # One line

    def _lines(self, step: Step) -> Iterator[Equation]:
        """A step's line; before a name that stands for a part of its quantity, the whole."""
        q = step.defines
        line = self._equation(step)
        if abs(self.solution.naming.scale(q)) == 1 or line.blank or q in self.solution.pinned:
            yield line
            return
        whole = Partial(E.marked(q.at), NET(q.units[0]).marked(q.at))
        numbers = () if self.options.symbols else (self.figures.lines[q].numbers, self._text(q))
        parts = (whole, step.formula, *numbers)
        yield replace(line, parts=self._said_once(parts, line.at))
        values = () if self.options.symbols else (self._scaled(q, self._text(q)), self._value(q))
        yield replace(line, parts=(Named(q), self._scaled(q, whole), *values), note=())

    def _text(self, q: Quantity) -> Formula:
        return Num(self.figures.texts[q])

    def _equation(self, step: Step) -> Equation:
        q, at = step.defines, step.defines.at._replace(new=False)
        asked = q in self.asked
        left = Named(q)
        if q in self.solution.pinned:
            return self._stated_line(q)
        if self.options.sheet:
            return Equation(q, (left,), at, asked=asked, blank=True)
        parts: list[Formula] = [left]
        if defined := self._definition(q):
            parts.append(self._scaled(q, defined))
        elif chain := self._chain(step):
            parts.append(chain)
        line = self.figures.lines[q]
        formula, numbers = step.formula, line.numbers
        if step.rule in GRADIENT:
            formula, numbers = _coloured(formula), _braced(step.formula, numbers)
        parts.append(self._scaled(q, formula))
        if not self.options.symbols:
            parts.append(self._scaled(q, numbers))
            parts.append(self._value(q))
        return Equation(q, self._said_once(parts, at), at, self._note(step, line), asked)

    def _definition(self, q: Quantity) -> Formula | None:
        """What a delta is: the derivative it stands for."""
        if q.kind is Kind.DE_DNET and self.solution.naming.defined(q):
            return Partial(E.marked(q.at), NET(q.units[0]).marked(q.at))
        return None

    def _chain(self, step: Step) -> Formula | None:
        """The chain rule, or the update as the notation has it."""
        q = step.defines
        adds = self.solution.naming.notation.adds
        adds = adds and step.rule == "update" and not self.run.schedule.batch
        if adds and q.units[0] in self.network.places:
            at = q.at._replace(new=False)
            delta = Neg(Ref(DE_DNET(q.units[0]).marked(at)))
            sent = [Ref(self.network.output(i).marked(at)) for i in q.units[1:]]
            old = terms(step.formula)[0]
            return Sum((old, Product((Ref(ETA), delta, *sent))))
        return step.chain

    def _scaled(self, q: Quantity, formula: Formula) -> Formula:
        """A formula for q as one for what q's name stands for."""
        scale = self.solution.naming.scale(q)
        if scale == 1:
            return formula
        if abs(scale) != 1:
            formula = Product((Quotient(ONE, Num(str(abs(scale)))), formula))
        return Neg(formula) if scale < 0 else formula

    def _value(self, q: Quantity) -> Formula:
        """The value as it is shown, of what q's name stands for."""
        return Num(shown_text(self.solution, q))

    def _said_once(self, parts: Iterable[Formula], at: At) -> tuple[Formula, ...]:
        """The parts without those that read like the one before."""
        writer = self.plain.setdefault(at, Plain(self.solution.naming, at))
        said: list[Formula] = []
        before = ""
        for part in parts:
            text = writer.write(part)
            if text != before:
                said.append(part)
            before = text
        return tuple(said)

    def _note(self, step: Step, line: PutIn) -> Sentence:
        q, at = step.defines, step.defines.at._replace(new=False)
        if self.options.symbols:
            return ()
        if line.tested:
            number, above = line.tested
            return self.say(
                "above_zero" if above else "not_above_zero", at, number=Math((Num(number),))
            )
        if q in self.figures.unrounded:
            return self.say("unrounded_operand")
        if q.kind is Kind.DE_DNET and step.routes and self.network.matched:
            return self._shortcut(step, at)
        return ()

    def _shortcut(self, step: Step, at: At) -> Sentence:
        """The other way to dE/dnet where the loss and the transfer function match."""
        route = step.routes[0]
        if not self.problem.rounding:
            return self.say("comes_to", at, route=Math((route,), at))
        beside = self.figures.beside.get(step.defines)
        if beside is None:
            return ()
        line, value = beside
        parts = (route, line.numbers, Num(value))
        key = "product_beside" if isinstance(route, Product) else "sum_beside"
        return self.say(key, at, route=Math(parts, at))

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
        blocks += [self._equation(step) for step in wanted]
        if not (self.options.symbols or self.options.brief or self.options.sheet):
            blocks.append(self._weights(update))
        yield Section(self.say("updates_title"), tuple(blocks), level, f"updates-{update.at}")

    def _weights(self, update: Update) -> Table:
        """Old weight, gradient, new weight."""
        values = self.figures.values
        rows = []
        for w, now in update.before:
            new, slope = w.marked(update.new), slope_of_error(w).marked(update.at)
            if now in values and slope in values:
                last = self._cell(new) if new in values else self.say("not_updated")
                rows.append(((Math((Named(w),)),), self._cell(now), self._cell(slope), last))
        return Table(
            self.say("weights_caption"),
            tuple(self.say(f"weights_{column}") for column in ("name", "old", "slope", "new")),
            tuple(rows),
        )

    def _cell(self, q: Quantity) -> Sentence:
        return (Math((Num(self.figures.texts[q]),)),)

    def _answers(self) -> Iterator[Section]:
        if not self.problem.ask or self.options.symbols:
            return
        if self.options.sheet:
            names = [Math((Named(q),)) for q in self.solution.asked]
            text = Paragraph(self.say("sheet_asked", names=names))
            yield Section(self.say("answers_title"), (text,), 2, "answers")
            return
        rows = tuple(
            ((Math((Named(q),)),), (Math((self._value(q),)),)) for q in self.solution.asked
        )
        head = (self.say("answers_name"), self.say("answers_value"))
        yield Section(
            self.say("answers_title"),
            (Table(self.say("answers_caption"), head, rows),),
            2,
            "answers",
        )

    def _closing(self) -> Iterator[Section]:
        blocks: list[Block] = []
        if table := self._errors():
            blocks.append(table)
        if items := tuple(remarks(self.solution, self.say)):
            blocks.append(Bullets(items))
        if blocks:
            yield Section(self.say("remarks_title"), tuple(blocks), 2, "remarks")

    def _errors(self) -> Table | None:
        """Every pattern's E before and after every update."""
        if self.run.single or not self.network.loss or not self.problem.schedule.rate:
            return None
        digits = self._digits()
        rows = []
        for n, errors in enumerate(self.solution.errors()):
            if any(e is None for e in errors):
                return None
            cells = [(Math((Num(written(e, digits)),)),) for e in errors if e is not None]
            rows.append((self.say("errors_after", number=n), *cells))
        patterns = range(1, len(self.problem.patterns) + 1)
        names = [self.say("errors_pattern", number=str(p)) for p in patterns]
        if len(names) == 1:
            names = [(Math((Named(E),)),)]
        return Table(self.say("errors_caption"), (self.say("errors_when"), *names), tuple(rows))

    def _digits(self) -> Digits:
        rounding = self.problem.rounding
        return rounding.digits(E) if rounding else self.problem.show

    def _certificate(self) -> Section:
        certificate = self.solution.certificate
        worst = certificate.central_differences
        largest = Math((Num("0" if worst == 0 else f"{worst:.1e}"),))
        key = "certificate_steps" if certificate.by_steps else "certificate"
        text = self.say(key, count=str(certificate.gradients), largest=largest)
        return Section(self.say("certificate_title"), (Paragraph(text),), 2, "certificate")


def shown_text(solution: Solved, q: Quantity) -> str:
    """The shown value of what q's name stands for: a delta of the other sign has the other sign."""
    text, scale = solution.figures.texts[q], solution.naming.scale(q)
    if scale == 1:
        return text
    if abs(scale) == 1:
        return text[1:] if text.startswith("-") else f"-{text}" if text.strip("0.") else text
    value = solution.figures.values[q] * scale.denominator / scale.numerator
    if solution.problem.rounding:
        return plain(value.normalize())
    return written(value, solution.problem.show)


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


def _roles(count: int) -> tuple[int, ...]:
    """Factor numbers: 1 for the error's slope, 2 for f', 3 for what the weight was fed."""
    return (1, 3) if count == 2 else tuple(range(1, count + 1))


def _coloured(formula: Formula) -> Formula:
    """A gradient's factors, each marked."""
    if isinstance(formula, Sum):
        return replace(formula, xs=tuple(map(_coloured, formula.xs)))
    parts = factors(formula)
    if len(parts) < 2:
        return formula
    marked = (Marked(x, role) for x, role in zip(parts, _roles(len(parts)), strict=True))
    return Product(tuple(marked))


def _braced(formula: Formula, numbers: Formula) -> Formula:
    """A gradient's numbers, each over the name of its factor."""
    if not isinstance(numbers, Product):
        return numbers
    names, values = factors(formula), numbers.xs
    return Product(
        tuple(
            Marked(value, role, name if isinstance(name, Ref) else None)
            for name, value, role in zip(names, values, _roles(len(names)), strict=True)
        )
    )
