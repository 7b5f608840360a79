"""Formulas as Typst math. Whatever is a word goes in as a string literal, never as markup."""

from __future__ import annotations

import re

from tutor.pages.escape import typst_string
from tutor.pages.writer import Level, Piece, Writer
from tutor.problem.glyph import Glyph
from tutor.symbolic.formula import Formula

_LETTER = re.compile(r"[A-Za-zα-ωΔ]|\d+")


class Typst(Writer):
    """Typst math mode, for the page template that defines ``tint``."""

    dot = " dot.op "
    comma = r"\, "
    unequal = " eq.not "

    def digits(self, text: str) -> str:
        return text

    def scientific(self, digits: str, exponent: str) -> Piece:
        return self.product([Piece(digits), self.power(Piece("10"), int(exponent))])

    def word(self, text: str) -> str:
        return text if _LETTER.fullmatch(text) else typst_string(text)

    def bracket(self, x: str) -> str:
        return f"lr(({x}))"

    def fraction(self, a: str, b: str) -> str:
        return f"frac({a}, {b})"

    def superscript(self, x: str, n: str) -> str:
        return f"{x}^({n})"

    def exp(self, x: str) -> str:
        return f"e^({x})"

    def applied(self, fn: str, x: str) -> str:
        return f"{fn} lr(({x}))"

    def primed(self, fn: str) -> str:
        return f"{self.word(fn)}'"

    def alternatives(self, x: str, above: str, otherwise: str) -> str:
        return f'cases({above} quad & "if " {x} > 0, {otherwise} quad & "else")'

    def slope(self, of: str, by: str) -> str:
        return self.fraction(f"partial {of}", f"partial {by}")

    def change(self, of: str) -> str:
        return f"Delta {of}"

    def via(self, slope: str, unit: str) -> str:
        return f"lr({slope} bar.v)_({unit})"

    def glyph(self, glyph: Glyph) -> str:
        above = [*map(self.word, glyph.sup)]
        above += [self.word(glyph.new) if glyph.new != "+" else "+"] if glyph.new else []
        above += [typst_string(f"({glyph.mark})")] if glyph.mark else []
        sub = f"_({self.comma.join(map(self.word, glyph.sub))})" if glyph.sub else ""
        return self.word(glyph.base) + sub + (f"^({self.comma.join(above)})" if above else "")

    def summed(self, index: str, x: str) -> str:
        return f"sum_({index}) {x}"

    def marked(self, x: Piece, role: int, label: Formula | None) -> Piece:
        if label is None:
            return Piece(f"tint(#{role}, {x.text})", x.level)
        text, name = self.at_least(x, Level.PRODUCT), self.write(label)
        return Piece(f"underbrace(tint(#{role}, {text}), tint(#{role}, inline({name})))")
