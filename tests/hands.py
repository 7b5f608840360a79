"""How a student rounds and writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from random import Random

from tutor.numeric.rounding import Digits
from tutor.pages.latex import Latex
from tutor.pages.plain import Keys, Plain
from tutor.pages.writer import Writer
from tutor.problem.glyph import Glyph, Name
from tutor.problem.naming import Naming
from tutor.problem.notation import NOTATIONS
from tutor.problem.problem import Problem
from tutor.symbolic.descent import Run
from tutor.symbolic.formula import Formula, Named, Num
from tutor.symbolic.quantity import ALWAYS, At, Quantity
from tutor.symbolic.rewrite import Rewrite
from tutor.symbolic.step import Step


@dataclass(frozen=True)
class Habit:
    """How a student rounds."""

    digits: Digits
    mode: str
    carries: str
    """every: the rounded value; shown: the full one; some: now this, now that; hidden: two more
    digits than are written"""
    strips: bool = False
    """whether zeros at the end are left away"""

    def round(self, x: float, extra: int = 0) -> Decimal:
        exact = Decimal(f"{x:.12g}")  # on paper 0.66 - 0.56 is 0.1, not 0.0999…
        unit = self.digits.more(extra).unit(exact)
        rounded = exact.quantize(unit, rounding=self.mode)
        if self.digits.figures and rounded and rounded.adjusted() > exact.adjusted():
            rounded = rounded.quantize(unit * 10, rounding=ROUND_DOWN)
        return rounded or abs(rounded)

    def unit(self, x: float) -> float:
        return float(self.digits.unit(Decimal(repr(x))))

    def text(self, x: float) -> str:
        rounded = self.round(x)
        shown = f"{rounded:f}"
        if x and x == int(x) and abs(x) < 1000 and self.strips:  # what is rounded to 0 is 0.0
            return str(int(x))
        if "." not in shown and self.digits.figures and shown != "0" and x != int(x):
            return f"{rounded:e}".replace("e+", "e")  # 12 for 12.3 would be a plain integer
        if len(shown) > 14:
            return f"{rounded:e}"
        if self.strips and "." in shown:
            short = shown.rstrip("0")
            return short if not short.endswith(".") else short + "0"
        return shown

    def carried(self, x: float, random: Random) -> float:
        """What the calculator goes on with."""
        if self.carries == "every" or (self.carries == "some" and random.random() < 0.5):
            return float(self.round(x))
        return float(self.round(x, 2)) if self.carries == "hidden" else x


def random_habit(random: Random) -> Habit:
    figures = random.random() < 0.4
    return Habit(
        Digits(random.choice((2, 3, 3, 4, 4, 4, 5, 6)), figures),
        random.choice((ROUND_HALF_UP, ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)),
        random.choice(("every", "every", "shown", "some", "hidden")),
        random.random() < 0.2,
    )


class Short(Plain):
    """Names whose mark stands once and at the end: dE/dw5[1.2]."""

    def name(self, name: Name) -> str:
        parts = [getattr(name, field) for field in ("of", "by", "x") if hasattr(name, field)]
        marks = [glyph.mark for glyph in parts if glyph.mark]
        if not marks:
            return super().name(name)
        bare = {
            field: replace(getattr(name, field), mark="")
            for field in ("of", "by", "x")
            if hasattr(name, field)
        }
        return f"{super().name(replace(name, **bare))}[{_short(marks[0])}]"

    def glyph(self, glyph: Glyph) -> str:
        return replace(glyph, mark=_short(glyph.mark)).text


def _short(mark: str) -> str:
    """1.2 for a mark in words."""
    return ".".join(re.findall(r"\d+", mark))


class Ascii(Short):
    """The names of a notation, in the letters of a keyboard."""

    dot = Keys.dot
    exp, superscript = Keys.exp, Keys.superscript

    LETTERS = str.maketrans(
        {
            "∂": "d", "δ": "delta", "Δ": "Delta", "η": "eta", "μ": "mu", "α": "alpha",
            "β": "beta", "γ": "gamma", "ε": "epsilon", "σ": "sigma", "φ": "phi", "⁺": "+",
        }
    )  # fmt: skip

    def glyph(self, glyph: Glyph) -> str:
        return super().glyph(glyph).translate(self.LETTERS)

    def primed(self, fn: str) -> str:
        return super().primed(fn).translate(self.LETTERS)

    def slope(self, of: str, by: str) -> str:
        return f"d{of}/d{by}"

    def change(self, of: str) -> str:
        return f"Delta {of}"


SPELLINGS: Mapping[str, type[Writer]] = {
    "unicode": Short,
    "ascii": Ascii,
    "keys": Keys,
    "latex": Latex,
}
FORMS = ("value", "colon", "numbers", "symbols", "chain")


class _Texts(Rewrite):
    """Numbers put in."""

    def __init__(self, texts: Mapping[Quantity, str]) -> None:
        self.texts = texts

    def ref(self, to: Quantity) -> Formula:
        return Num(self.texts[to])


class _HasCases(Rewrite):
    """Whether a formula has cases, which nobody writes on one line."""

    def __init__(self) -> None:
        self.found = False

    def cases(
        self, x: Formula, above: Callable[[], Formula], otherwise: Callable[[], Formula]
    ) -> Formula:
        self.found = True
        return super().cases(x, above, otherwise)


@cache
def has_cases(formula: Formula) -> bool:
    reading = _HasCases()
    formula.read(reading)
    return reading.found


@dataclass(frozen=True)
class Hand:
    """How a student writes."""

    notation: str
    spelling: str
    form: str
    naming: Naming
    headed: bool
    """headings instead of marks"""

    @property
    def keys(self) -> bool:
        return self.spelling == "keys"

    def scale(self, q: Quantity) -> Fraction:
        """q is this many times what is written for it."""
        return Fraction(1) if self.keys else self.naming.scale(q)

    def writer(self, at: At) -> Writer:
        at = at._replace(new=False) if self.headed else ALWAYS
        return SPELLINGS[self.spelling](self.naming, at)

    def line(self, step: Step, formula: Formula, texts: Mapping[Quantity, str], answer: str) -> str:
        q = step.defines
        writer, scale = self.writer(q.at), self.scale(q)
        name = writer.write(Named(q))

        def written(x: Formula) -> str:
            piece = x.read(writer)
            if scale < 0:
                piece = writer.neg(piece)
            if abs(scale) != 1:
                piece = writer.product([writer.num(str(1 / abs(scale))), piece])
            return piece.text

        form = "value" if has_cases(formula) and self.form != "colon" else self.form
        if form == "colon":
            return f"{name}: {answer}"
        parts = [name]
        if form == "chain" and step.chain and scale == 1:
            parts.append(writer.write(step.chain))
        if form in ("symbols", "chain"):
            parts.append(written(formula))
        if form != "value":
            parts.append(written(formula.read(_Texts(texts))))
        return " = ".join((*parts, answer))


def random_hand(random: Random, problem: Problem, solving: Run) -> Hand:
    notation = problem.notation
    if random.random() < 0.1:
        notation = random.choice(sorted(NOTATIONS))
    naming = Naming(problem.network, NOTATIONS[notation], problem.names)
    headed = not solving.single and not solving.schedule.batch and random.random() < 0.5
    marked = not solving.single and not headed
    spelling = random.choice([s for s in SPELLINGS if not (marked and s == "latex")])
    if spelling == "keys":
        headed = False
    form = random.choice(FORMS)
    if form == "chain" and not solving.single:
        form = "symbols"
    return Hand(notation, spelling, form, naming, headed)
