"""Formulas as text: which parts need brackets is decided here, once for all formats."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from tutor.problem.glyph import Applied, Change, Glyph, Name, Slope, Via
from tutor.problem.naming import Naming
from tutor.symbolic.formula import Algebra, Formula, Marked, Product, Sum
from tutor.symbolic.quantity import ALWAYS, PARAMETERS, At, Quantity


class Level(IntEnum):
    """How tightly a written formula holds together."""

    SUM = 0
    SIGNED = 1
    PRODUCT = 2
    POWER = 3
    ATOM = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """A formula as text."""

    text: str
    level: Level = Level.ATOM
    negated: str = ""
    """what stands after the minus, so that a sum can subtract it"""
    mirror: Piece | None = None
    """what minus this is, where a name stands for minus its quantity"""


def _named(product: Product) -> bool:
    return any(isinstance(x, Marked) and x.label for x in product.xs)


class Writer(Algebra[Piece]):
    """One format. ``at`` is the presentation that is written about: its marks are left out."""

    minus = "-"
    """the sign of a number; between two terms stands ``minus_sign``"""
    minus_sign = "-"
    plus_sign = "+"
    dot = "*"
    comma = ","
    unequal = "≠"
    flat_fractions = False
    """whether a fraction is written on one line, so that its parts need brackets"""

    def __init__(self, naming: Naming, at: At = ALWAYS) -> None:
        self.naming, self.at = naming, at
        self._written: dict[Quantity, Piece] = {}

    def write(self, formula: Formula) -> str:
        """The formula in this format."""
        return formula.read(self).text

    def chunks(self, formula: Formula, *, products: bool = False) -> list[str]:
        """The formula in parts between which a line may break: the terms of its sum.

        With ``products`` also the factors that have names below them, since they are wide.
        """
        if isinstance(formula, Sum):
            first, *rest = (x.read(self) for x in formula.xs)
            start = self.at_least(first, Level.SIGNED)
            return [start, *(self.joined(*self._added(x)) for x in rest)]
        if products and isinstance(formula, Product) and _named(formula):
            start, *parts = (self.at_least(x.read(self), Level.PRODUCT) for x in formula.xs)
            return [start, *(self.joined(self.dot.strip(), part) for part in parts)]
        return [self.write(formula)]

    def _added(self, x: Piece) -> tuple[str, str]:
        """The sign before a further term, and the term."""
        if x.negated:
            return self.minus_sign, x.negated
        return self.plus_sign, self.at_least(x, Level.PRODUCT)

    def at_least(self, piece: Piece, level: Level) -> str:
        """The piece, in brackets if it holds together less tightly."""
        return piece.text if piece.level >= level else self.bracket(piece.text)

    def num(self, text: str) -> Piece:
        if text.startswith("-"):
            return Piece(self.minus + self.num(text[1:]).text, Level.SIGNED)
        top, slash, bottom = text.partition("/")
        if slash:
            return self.quotient(self.num(top), self.num(bottom))
        digits, e, exponent = text.lower().partition("e")
        if e:
            return self.scientific(digits, str(int(exponent)))
        return Piece(self.digits(text))

    def ref(self, to: Quantity) -> Piece:
        if to not in self._written:
            self._written[to] = self._signed(to)
        return self._written[to]

    def _signed(self, to: Quantity) -> Piece:
        """A quantity in terms of what its name stands for: minus a delta of the other sign."""
        scale = self.naming.scale(to)
        piece = self.named(to)
        if abs(scale) != 1:
            piece = self.product([self.num(str(abs(scale))), piece])
        return replace(self.neg(piece), mirror=piece) if scale < 0 else piece

    def named(self, q: Quantity) -> Piece:
        name = self.naming.name(self.here(q))
        raised = isinstance(name, Glyph) and (name.sup or name.new or name.mark)
        return Piece(self.name(name), Level.POWER if raised else Level.ATOM)

    def here(self, q: Quantity) -> Quantity:
        """The quantity without marks that the place on the page makes plain."""
        if q.at._replace(new=False) == self.at:
            return q.marked(At(new=q.at.new))
        if q.at.update == self.at.update and not (self.at.pattern and q.at.pattern):
            return q.marked(q.at._replace(update=0))
        held = q.kind in PARAMETERS and q.at.new and q.at.update == self.at.update - 1
        return q.marked(ALWAYS) if held and self.at.update else q

    def neg(self, x: Piece) -> Piece:
        if x.mirror:
            return x.mirror
        positive = self.at_least(x, Level.PRODUCT)
        return Piece(self.minus + positive, Level.SIGNED, positive)

    def sum(self, xs: Sequence[Piece]) -> Piece:
        rest = (part for x in xs[1:] for part in self._added(x))
        return Piece(self.joined(self.at_least(xs[0], Level.SIGNED), *rest), Level.SUM)

    def product(self, xs: Sequence[Piece]) -> Piece:
        return Piece(self.dot.join(self.at_least(x, Level.PRODUCT) for x in xs), Level.PRODUCT)

    def quotient(self, a: Piece, b: Piece) -> Piece:
        if self.flat_fractions:
            top, bottom = self.at_least(a, Level.PRODUCT), self.at_least(b, Level.POWER)
            return Piece(self.fraction(top, bottom), Level.PRODUCT)
        return Piece(self.fraction(a.text, b.text), Level.PRODUCT)

    def power(self, x: Piece, n: int) -> Piece:
        return Piece(self.superscript(self.at_least(x, Level.ATOM), str(n)), Level.POWER)

    def call(self, fn: str, x: Piece) -> Piece:
        if fn == "exp":
            return Piece(self.exp(x.text), Level.POWER)
        inside = self.digits("0") + self.comma + x.text if fn == "relu" else x.text
        return Piece(self.applied(self.word({"relu": "max"}.get(fn, fn)), inside))

    def cases(self, x: Piece, above: Callable[[], Piece], otherwise: Callable[[], Piece]) -> Piece:
        return Piece(self.alternatives(x.text, above().text, otherwise().text), Level.SUM)

    def partial(self, of: Quantity, by: Quantity) -> Piece:
        top, bottom = self.naming.glyph(self.here(of)), self.naming.glyph(self.here(by))
        return Piece(self.name(Slope(top, bottom)))

    def over(self, index: str, x: Piece) -> Piece:
        below = self.unequal.join(map(self.word, index.split("≠")))
        return Piece(self.summed(below, self.at_least(x, Level.PRODUCT)), Level.SUM)

    def name(self, name: Name) -> str:
        """A quantity's name."""
        match name:
            case Glyph():
                return self.glyph(name)
            case Slope(of, by):
                return self.slope(self.glyph(of), self.glyph(by))
            case Applied(fn, x):
                return self.applied(self.primed(fn.removesuffix("'")), self.glyph(x))
            case Change(of):
                return self.change(self.glyph(of))
            case Via(slope, unit):
                return self.via(self.name(slope), self.glyph(unit))

    def joined(self, *parts: str) -> str:
        """Parts that stand side by side."""
        return " ".join(parts)

    @abstractmethod
    def digits(self, text: str) -> str:
        """A plain decimal number."""

    @abstractmethod
    def scientific(self, digits: str, exponent: str) -> Piece:
        """digits times ten to the exponent."""

    @abstractmethod
    def word(self, text: str) -> str:
        """A name that is a letter or a word."""

    @abstractmethod
    def bracket(self, x: str) -> str: ...
    @abstractmethod
    def fraction(self, a: str, b: str) -> str: ...
    @abstractmethod
    def superscript(self, x: str, n: str) -> str: ...
    @abstractmethod
    def exp(self, x: str) -> str: ...
    @abstractmethod
    def applied(self, fn: str, x: str) -> str: ...
    @abstractmethod
    def primed(self, fn: str) -> str: ...
    @abstractmethod
    def alternatives(self, x: str, above: str, otherwise: str) -> str: ...
    @abstractmethod
    def slope(self, of: str, by: str) -> str: ...
    @abstractmethod
    def change(self, of: str) -> str: ...
    @abstractmethod
    def via(self, slope: str, unit: str) -> str: ...
    @abstractmethod
    def glyph(self, glyph: Glyph) -> str: ...
    @abstractmethod
    def summed(self, index: str, x: str) -> str: ...
