"""Formulas as LaTeX, for TeX and, with fewer commands, for Markdown."""

from __future__ import annotations

import re

from tutor.pages.escape import latex_text
from tutor.pages.tex_signs import GREEK
from tutor.pages.writer import Level, Piece, Writer
from tutor.problem.glyph import Glyph
from tutor.symbolic.formula import Formula

_INDEX = re.compile(r"[A-Za-z]?\d*", re.ASCII)
_WORD = re.compile(r"[A-Za-z]+\d*", re.ASCII)


class Latex(Writer):
    """LaTeX math for a TeX document with amsmath and xcolor."""

    dot = r" \cdot "
    comma = ", "
    unequal = r" \neq "

    def digits(self, text: str) -> str:
        return text

    def scientific(self, digits: str, exponent: str) -> Piece:
        return self.product([Piece(digits), self.power(Piece("10"), int(exponent))])

    def word(self, text: str) -> str:
        if text in GREEK:
            return GREEK[text]
        if _INDEX.fullmatch(text):
            return text
        if _WORD.fullmatch(text):
            return rf"\mathrm{{{text}}}"
        return rf"\text{{{self.prose(text)}}}"

    def prose(self, text: str) -> str:
        """Text that is no formula, inside one."""
        return latex_text(text)

    def bracket(self, x: str) -> str:
        return rf"\left({x}\right)" if r"\frac" in x or r"\under" in x else f"({x})"

    def fraction(self, a: str, b: str) -> str:
        return rf"\frac{{{a}}}{{{b}}}"

    def superscript(self, x: str, n: str) -> str:
        return f"{x}^{{{n}}}"

    def exp(self, x: str) -> str:
        return f"e^{{{x}}}"

    def applied(self, fn: str, x: str) -> str:
        return f"{fn}({x})"

    def primed(self, fn: str) -> str:
        return f"{self.word(fn)}'"

    def alternatives(self, x: str, above: str, otherwise: str) -> str:
        cases = rf"{above} & \text{{if }} {x} > 0 \\ {otherwise} & \text{{else}}"
        return rf"\begin{{cases}} {cases} \end{{cases}}"

    def slope(self, of: str, by: str) -> str:
        return rf"\frac{{\partial {of}}}{{\partial {by}}}"

    def change(self, of: str) -> str:
        return rf"\Delta {of}"

    def via(self, slope: str, unit: str) -> str:
        return rf"\left.{slope}\right|_{{{unit}}}"

    def glyph(self, glyph: Glyph) -> str:
        above = [*map(self.word, glyph.sup)]
        above += [self.word(glyph.new) if glyph.new != "+" else "+"] if glyph.new else []
        above += [f"({self.word(glyph.mark)})"] if glyph.mark else []
        sub = f"_{{{','.join(map(self.word, glyph.sub))}}}" if glyph.sub else ""
        return self.word(glyph.base) + sub + (f"^{{{','.join(above)}}}" if above else "")

    def summed(self, index: str, x: str) -> str:
        return rf"\sum_{{{index}}} {x}"

    def marked(self, x: Piece, role: int, label: Formula | None) -> Piece:
        if label is None:
            return Piece(self.tinted(x.text, role), x.level)
        text = self.tinted(self.at_least(x, Level.PRODUCT), role)
        name = self.tinted(rf"\textstyle {self.write(label)}", role)
        return Piece(rf"\underbrace{{{text}}}_{{{name}}}")

    def tinted(self, x: str, role: int) -> str:
        """x in the colour of factor number ``role``."""
        return rf"{{\color{{factor{role}}}{x}}}"


class MarkdownMath(Latex):
    """LaTeX that MathJax and KaTeX read inside Markdown: no colours of our own."""

    def prose(self, text: str) -> str:
        return re.sub(r"[^A-Za-z0-9 .,:;!?'/+=-]", lambda m: _markdown_safe(m[0]), text)

    def tinted(self, x: str, role: int) -> str:
        return x


def _markdown_safe(character: str) -> str:
    """Markup characters replaced by look-alikes that neither Markdown nor TeX acts upon."""
    return {"_": r"\_", "$": "＄", "%": r"\%", "#": r"\#", "&": r"\&"}.get(
        character, character if character.isalnum() else "·"
    )
