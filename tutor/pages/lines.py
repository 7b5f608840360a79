"""One line of a page: symbol = chain rule = formula = numbers put in = value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from tutor.numeric.exact import cuts, number
from tutor.numeric.figures import PutIn, plain, put_in, reproducing, written
from tutor.pages.document import Equation, Math, Sentence
from tutor.pages.givens import Say
from tutor.pages.options import Options
from tutor.pages.plain import Plain
from tutor.solving import Solved
from tutor.symbolic.formula import (
    ONE,
    Formula,
    Marked,
    Named,
    Neg,
    Num,
    Partial,
    Product,
    Quotient,
    Ref,
    Sum,
    factors,
    terms,
)
from tutor.symbolic.quantity import DE_DNET, ETA, NET, At, E, Kind, Quantity
from tutor.symbolic.step import Step

GRADIENT = ("gradient", "bias-gradient")


class Lines:
    """The lines of one solution, by the options of one page."""

    def __init__(self, solution: Solved, say: Say, options: Options) -> None:
        self.solution, self.say, self.options = solution, say, options
        self.problem, self.run, self.figures = solution.problem, solution.run, solution.figures
        self.network = self.problem.network
        self.asked = set(solution.asked) if self.problem.ask else set()
        self.plain: dict[At, Plain] = {}

    def stated(self, q: Quantity) -> Equation:
        """A value that the question states."""
        value = () if self.options.symbols else (self.value(q),)
        at = q.at._replace(new=False)
        return Equation(q, (Named(q), *value), at, self.say("stated"), q in self.asked)

    def lines(self, step: Step) -> Iterator[Equation]:
        """A step's line; before a name that stands for a part of its quantity, the whole."""
        q = step.defines
        line = self.line(step)
        if abs(self.solution.naming.scale(q)) == 1 or line.blank or q in self.solution.pinned:
            yield line
            return
        whole = self._whole(q)
        numbers = () if self.options.symbols else (self.figures.lines[q].numbers, self._text(q))
        parts = (whole, step.formula, *numbers)
        yield replace(line, parts=self._said_once(parts, line.at))
        values = () if self.options.symbols else (self._part_of(q), self.value(q))
        yield replace(line, parts=(Named(q), self._scaled(q, whole), *values), note=())

    def _part_of(self, q: Quantity) -> Formula:
        """The part of q that its name stands for, with enough digits of q."""
        part = self._scaled(q, Ref(q))
        texts, values = self.figures.texts, self.figures.values
        if self.problem.rounding:
            return put_in(part, texts, values).numbers
        scale = self.solution.naming.scale(q)
        target = values[q] * scale.denominator / scale.numerator
        return reproducing(part, target, values, {}, self.problem.show).numbers

    def _text(self, q: Quantity) -> Formula:
        return Num(self.figures.texts[q])

    def line(self, step: Step) -> Equation:
        """A step as one line, each part once."""
        q, at = step.defines, step.defines.at._replace(new=False)
        asked = q in self.asked
        left = Named(q)
        if q in self.solution.pinned:
            return self.stated(q)
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
            formula, numbers = coloured(formula), _braced(step.formula, numbers)
        parts.append(self._scaled(q, formula))
        if not self.options.symbols:
            parts.append(self._scaled(q, numbers))
            parts.append(self.value(q))
        return Equation(q, self._said_once(parts, at), at, self._note(step, line), asked)

    def bare(self, step: Step) -> Equation:
        """A step without its formula: symbol = numbers put in = value."""
        q, at = step.defines, step.defines.at._replace(new=False)
        left, scaled, value = self._left(q)
        numbers = self.figures.lines[q].numbers
        parts = (left, self._scaled(q, numbers) if scaled else numbers, value)
        return Equation(q, self._said_once(parts, at), at)

    def _left(self, q: Quantity) -> tuple[Formula, bool, Formula]:
        """What begins a line, whether it is the name of a part of q, and the value."""
        if abs(self.solution.naming.scale(q)) == 1:
            return Named(q), True, self.value(q)
        return self._whole(q), False, self._text(q)

    def _whole(self, q: Quantity) -> Formula:
        """The derivative whose part has a name."""
        return Partial(E.marked(q.at), NET(q.units[0]).marked(q.at))

    def _definition(self, q: Quantity) -> Formula | None:
        """What a delta is: the derivative it stands for."""
        if q.kind is Kind.DE_DNET and self.solution.naming.defined(q):
            return self._whole(q)
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

    def value(self, q: Quantity) -> Formula:
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
        lost = self._lost(step)
        if line.tested:
            text, above = line.tested
            key = "above_zero" if above else "not_above_zero"
            since = self.say(key, at, number=Math((Num(text),)))
            return (*lost, "; ", *since) if lost else since
        if lost:
            return lost
        if q in self.figures.unrounded:
            return self.say("unrounded_operand")
        if q.kind is Kind.DE_DNET and step.routes and self.network.matched:
            return self._shortcut(step, at)
        return ()

    def _lost(self, step: Step) -> Sentence:
        """That a value is not all that it seems; a rounding rule says enough about its digits."""
        q = step.defines
        value, off = self.figures.values[q], self.solution.certificate.off.get(q, Decimal(0))
        if self.problem.rounding:
            return ()
        if (off and not value) or self._swallowed(step, value):
            return self.say("to_50_digits")
        return self.say("unsure") if off > self.problem.show.unit(value) else ()

    def _swallowed(self, step: Step, value: Decimal) -> bool:
        """Whether a number looks exact because something small beside it has left no trace."""
        if not value or number(self.figures.texts[step.defines]) != value:
            return False
        if step.rule == "softmax":
            return value == 1 and len(step.slopes) > 1
        return cuts(step.formula, self.figures.values)

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


def _roles(count: int) -> tuple[int, ...]:
    """Factor numbers: 1 for the error's slope, 2 for f', 3 for what the weight was fed."""
    return (1, 3) if count == 2 else tuple(range(1, count + 1))


def coloured(formula: Formula) -> Formula:
    """A gradient's factors, each marked."""
    if isinstance(formula, Sum):
        return replace(formula, xs=tuple(map(coloured, formula.xs)))
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
