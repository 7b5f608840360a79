"""Formulas as plain text: for a terminal, and as keys for JSON."""

from __future__ import annotations

from tutor.pages.document import Math, Sentence
from tutor.pages.writer import Piece, Writer
from tutor.problem.glyph import Glyph
from tutor.problem.naming import Naming
from tutor.symbolic.formula import Formula
from tutor.symbolic.quantity import Quantity


class Plain(Writer):
    """One line of text: ``∂E/∂w_5 = -(t_o1 - out_o1)·…``."""

    dot = "·"
    comma = ", "
    flat_fractions = True

    def digits(self, text: str) -> str:
        return text

    def scientific(self, digits: str, exponent: str) -> Piece:
        return Piece(f"{digits}e{exponent}")

    def word(self, text: str) -> str:
        return text

    def bracket(self, x: str) -> str:
        return f"({x})"

    def fraction(self, a: str, b: str) -> str:
        return f"{a}/{b}"

    def superscript(self, x: str, n: str) -> str:
        return x + ("²" if n == "2" else f"^{n}")

    def exp(self, x: str) -> str:
        return f"e^({x})"

    def applied(self, fn: str, x: str) -> str:
        return f"{fn}({x})"

    def primed(self, fn: str) -> str:
        return f"{fn}'"

    def alternatives(self, x: str, above: str, otherwise: str) -> str:
        return f"{above} if {x} > 0, else {otherwise}"

    def slope(self, of: str, by: str) -> str:
        return f"∂{of}/∂{by}"

    def change(self, of: str) -> str:
        return f"Δ{of}"

    def via(self, slope: str, unit: str) -> str:
        return f"{slope}@{unit}"

    def glyph(self, glyph: Glyph) -> str:
        return glyph.text

    def summed(self, index: str, x: str) -> str:
        return f"Σ_{index} {x}"


class Keys(Plain):
    """Formulas in canonical keys and ASCII: ``dE/do_y1*f'(net_y1)*o_h1``."""

    dot = "*"

    def ref(self, to: Quantity) -> Piece:
        return Piece(to.key)

    def named(self, q: Quantity) -> Piece:
        return Piece(q.key)

    def superscript(self, x: str, n: str) -> str:
        return f"{x}^{n}"

    def exp(self, x: str) -> str:
        return f"exp({x})"

    def alternatives(self, x: str, above: str, otherwise: str) -> str:
        return f"{above} if {x} > 0 else {otherwise}"

    def partial(self, of: Quantity, by: Quantity) -> Piece:
        return Piece(f"d{of.key}/d{by.key}")


class Colour(Plain):
    """Plain text with a terminal's colours for the three factors."""

    def marked(self, x: Piece, role: int, label: Formula | None) -> Piece:
        return Piece(f"\x1b[{COLOURS[role]}m{x.text}\x1b[39m", x.level)


def plain_sentence(naming: Naming, sentence: Sentence) -> str:
    """A sentence with its formulas as plain text."""
    return "".join(
        " = ".join(map(Plain(naming, part.at).write, part.parts))
        if isinstance(part, Math)
        else part
        for part in sentence
    )


COLOURS = {1: 36, 2: 33, 3: 35}
