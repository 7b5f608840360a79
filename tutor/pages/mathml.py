"""Formulas as MathML, with a class a factor."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

from tutor.pages.writer import Level, Piece, Writer
from tutor.problem.glyph import Glyph
from tutor.symbolic.formula import Formula
from tutor.symbolic.quantity import Quantity


def _mo(sign: str) -> str:
    return f"<mo>{sign}</mo>"


def _row(*parts: str) -> str:
    return f"<mrow>{''.join(parts)}</mrow>"


_ITALIC = {"f": "𝑓", "g": "𝑔", "h": "ℎ", "σ": "𝜎", "φ": "𝜑"}
_SIGNED_NUMBER = re.compile(
    r"<mrow><mo[^>]*>\(</mo><mo[^>]*>−</mo>"
    r"<mn>([\d.]+)</mn><mo[^>]*>\)</mo></mrow>"
)


def _one_token(number: str) -> str:
    """A negative number in brackets as one token: below several, braces come out too short."""
    match = _SIGNED_NUMBER.fullmatch(number)
    return f"<mn>(−{match[1]})</mn>" if match else number


class MathMl(Writer):
    """Presentation MathML; every quantity carries its key, so that a page can light it up."""

    minus = '<mo form="prefix">−</mo>'
    minus_sign = '<mo form="infix">−</mo>'
    plus_sign = '<mo form="infix">+</mo>'
    dot = '<mo form="infix">·</mo>'
    unequal = _mo("≠")
    comma = '<mo separator="true">,</mo>'

    def write(self, formula: Formula) -> str:
        return _row(formula.read(self).text)

    def named(self, q: Quantity) -> Piece:
        name = super().named(q)
        return replace(name, text=f'<mrow data-q="{escape(self.here(q).key)}">{name.text}</mrow>')

    def joined(self, *parts: str) -> str:
        return "".join(parts)

    def digits(self, text: str) -> str:
        return f"<mn>{escape(text)}</mn>"

    def scientific(self, digits: str, exponent: str) -> Piece:
        return self.product(
            [Piece(self.digits(digits)), self.power(Piece(self.digits("10")), int(exponent))]
        )

    def word(self, text: str) -> str:
        tag = "mn" if text.isdigit() else "mi"
        return f"<{tag}>{escape(text)}</{tag}>"

    def bracket(self, x: str) -> str:
        return _row('<mo stretchy="false">(</mo>', x, '<mo stretchy="false">)</mo>')

    def fraction(self, a: str, b: str) -> str:
        return f"<mfrac>{_row(a)}{_row(b)}</mfrac>"

    def superscript(self, x: str, n: str) -> str:
        exponent = f"{self.minus}<mn>{n[1:]}</mn>" if n.startswith("-") else f"<mn>{n}</mn>"
        return f"<msup>{_row(x)}{_row(exponent)}</msup>"

    def exp(self, x: str) -> str:
        return f"<msup><mi>e</mi>{_row(x)}</msup>"

    def applied(self, fn: str, x: str) -> str:
        return _row(fn, self.bracket(x))

    def primed(self, fn: str) -> str:
        return f"<mi>{_ITALIC.get(fn, escape(fn))}′</mi>"

    def alternatives(self, x: str, above: str, otherwise: str) -> str:
        rows = (
            f"<mtr><mtd>{above}</mtd><mtd><mtext>if&#160;</mtext>{x}{_mo('&gt;')}<mn>0</mn></mtd></mtr>"
            f"<mtr><mtd>{otherwise}</mtd><mtd><mtext>else</mtext></mtd></mtr>"
        )
        return _row(
            '<mo stretchy="true" form="prefix">{</mo>',
            f'<mtable class="cases">{rows}</mtable>',
        )

    def slope(self, of: str, by: str) -> str:
        return self.fraction(f"<mo>∂</mo>{of}", f"<mo>∂</mo>{by}")

    def change(self, of: str) -> str:
        return _row("<mi>Δ</mi>", of)

    def via(self, slope: str, unit: str) -> str:
        return f'<msub><mrow>{slope}<mo form="postfix" stretchy="true">|</mo></mrow>{unit}</msub>'

    def glyph(self, glyph: Glyph) -> str:
        above = [*map(self.word, glyph.sup)]
        if glyph.new:
            above.append(_mo("+") if glyph.new == "+" else self.word(glyph.new))
        if glyph.mark:
            above.append(self.bracket(self.word(glyph.mark)))
        base = self.word(glyph.base)
        sub = _row(self.comma.join(map(self.word, glyph.sub)))
        top = _row(self.comma.join(above))
        if glyph.sub and above:
            return f"<msubsup>{base}{sub}{top}</msubsup>"
        if glyph.sub:
            return f"<msub>{base}{sub}</msub>"
        return f"<msup>{base}{top}</msup>" if above else base

    def summed(self, index: str, x: str) -> str:
        return _row(f'<munder><mo movablelimits="false">∑</mo>{_row(index)}</munder>', x)

    def marked(self, x: Piece, role: int, label: Formula | None) -> Piece:
        style = f'class="factor{role}"'
        if label is None:
            return Piece(f"<mrow {style}>{x.text}</mrow>", x.level)
        over = f"<mrow {style}>{_one_token(self.at_least(x, Level.PRODUCT))}</mrow>"
        name = f'<mstyle scriptlevel="0" displaystyle="false">{label.read(self).text}</mstyle>'
        brace = f'<munder>{over}<mo stretchy="true">⏟</mo></munder>'
        return Piece(f"<munder>{brace}<mrow {style}>{name}</mrow></munder>")
