"""Rounding rules: so many decimals or figures, ties away from zero, as people round by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

from tutor.numeric.exact import CONTEXT, TRUSTED
from tutor.symbolic.quantity import Kind, Quantity

_TRUSTED = Context(prec=TRUSTED, Emin=CONTEXT.Emin, Emax=CONTEXT.Emax)
MOST_FIGURES = 25
"""Decimals of a number so large that it would have more figures are left out."""


@dataclass(frozen=True, slots=True)
class Digits:
    """``4 decimals`` or ``4 figures``."""

    count: int
    figures: bool = False

    def __str__(self) -> str:
        noun = "figure" if self.figures else "decimal"
        return f"{self.count} {noun}{'' if self.count == 1 else 's'}"

    def unit(self, value: Decimal) -> Decimal:
        """One unit of the last digit kept."""
        leading = value.adjusted() if value else 0
        finest = leading - MOST_FIGURES + 1
        last = leading - self.count + 1 if self.figures else max(-self.count, finest)
        return Decimal(1).scaleb(last, CONTEXT)

    def round(self, value: Decimal, rounding: str = ROUND_HALF_UP) -> Decimal:
        """The value with these digits."""
        value = _TRUSTED.plus(value)  # 1/3 has been cut: a tie that contains it is a tie again
        rounded = value.quantize(self.unit(value), rounding=rounding, context=CONTEXT)
        if self.figures and rounded and rounded.adjusted() > value.adjusted():
            rounded = rounded.quantize(self.unit(rounded), rounding=ROUND_DOWN, context=CONTEXT)
        return rounded or abs(rounded)

    def more(self, extra: int) -> Digits:
        """The same rule with more digits."""
        return Digits(self.count + extra, self.figures)


_DIGITS = re.compile(r"\s*(\d{1,2})\s*(decimals?|dp|figures?|sf)\s*", re.ASCII)
MOST = {True: range(1, 31), False: range(31)}


def parse_digits(text: str) -> Digits | None:
    """``4 decimals``, ``4dp``, ``4 figures`` or ``4sf``; None for anything else."""
    match = _DIGITS.fullmatch(text)
    if not match:
        return None
    digits = Digits(int(match[1]), match[2][0] in "fs")
    return digits if digits.count in MOST[digits.figures] else None


@dataclass(frozen=True, slots=True)
class Rounding:
    """Every step is rounded; some kinds of quantity to digits of their own."""

    default: Digits
    kinds: tuple[tuple[str, Digits], ...] = ()

    def digits(self, q: Quantity) -> Digits:
        """How q is rounded."""
        return dict(self.kinds).get(kind_name(q) or "", self.default)


KIND_NAMES = {
    Kind.NET: "net",
    Kind.O: "o",
    Kind.LOCAL: "slope",
    Kind.E: "error",
    Kind.SHARE: "error",
    Kind.EXP: "exp",
    Kind.EXPSUM: "exp",
    Kind.DE_DO: "dE/do",
    Kind.PATH: "dE/do",
    Kind.DE_DNET: "dE/dnet",
    Kind.GRAD: "gradient",
    Kind.CHANGE: "change",
    Kind.W: "new",
    Kind.B: "new",
}
"""The kinds of quantity as a problem file's ``rounding`` names them."""


def kind_name(q: Quantity) -> str | None:
    """The name of a quantity's kind in a rounding rule; what is given has none."""
    return KIND_NAMES.get(q.kind)
