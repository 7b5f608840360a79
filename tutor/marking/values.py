"""The number that a part of a line is."""

from __future__ import annotations

import re

from tutor.marking.printed import Printed, printed
from tutor.symbolic.formula import Formula, Neg, Num, Product, Ref
from tutor.symbolic.quantity import Quantity

_TWICE = re.compile(r"(-?[\d.]+(?:e-?\d+)?) ?\((?:= ?)?(-?[\d.]+(?:e-?\d+)?)\)")


def number_of(text: str) -> Printed | None:
    """The number that a part is."""
    return printed(squeezed(text)) or _twice(text)


def _twice(text: str) -> Printed | None:
    """A number with itself behind it in brackets, with more digits or fewer: 0.082 (= 0.0822)."""
    match = _TWICE.fullmatch(text)
    pair = (printed(match[1]), printed(match[2])) if match else (None, None)
    if pair[0] is None or pair[1] is None:
        return None
    finer = min(pair[0], pair[1], key=lambda number: number.unit)
    coarser = pair[1] if finer is pair[0] else pair[0]
    return finer if coarser.covers(finer) else None


def before_unit(formula: Formula, stated: Quantity | None) -> str | None:
    """The number before a letter that is the line's own quantity: E = 0.2984 J is no product."""
    match formula:
        case Product((Num(text), Ref(q))) if q == stated:
            return text
        case _:
            return None


def squeezed(text: str) -> str:
    """A number without the blanks around its sign."""
    return text.replace(" ", "").casefold() if len(text) < 80 else text


def is_number(formula: Formula) -> bool:
    """Whether a part is a bare number."""
    return isinstance(formula, Num) or (isinstance(formula, Neg) and isinstance(formula.x, Num))
