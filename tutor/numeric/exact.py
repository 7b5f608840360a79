"""Decimal arithmetic to 110 digits, of which 50 are trusted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
    localcontext,
)
from functools import cache
from math import prod

from tutor.symbolic.formula import Algebra, Formula
from tutor.symbolic.quantity import Quantity

LONGEST_EXPONENT = 10**17
"""e^x has a value for x up to about 2e17."""
CONTEXT = Context(
    prec=110,
    rounding=ROUND_HALF_EVEN,
    Emin=-LONGEST_EXPONENT,
    Emax=LONGEST_EXPONENT,
    traps=[DivisionByZero, InvalidOperation, Overflow],
)
TRUSTED = 50
"""Digits that can be relied on, also where a sum has lost as many: what it leaves beyond is 0."""


class Unknown(KeyError):
    """A quantity has no value, since something that it needs was not told."""


@cache
def number(text: str) -> Decimal:
    """The value of a number as it was written; a fraction to 110 digits."""
    top, _, bottom = text.partition("/")
    value = CONTEXT.create_decimal(top)
    return CONTEXT.divide(value, CONTEXT.create_decimal(bottom)) if bottom else value


def growth(x: Decimal) -> Decimal:
    """e^x - 1 with all its digits, also where x is small."""
    return _finely(x, lambda x: x.exp() - 1)


def grown(x: Decimal) -> Decimal:
    """ln(1 + x) with all its digits, also where x is small."""
    return _finely(x, lambda x: (1 + x).ln())


def _finely(x: Decimal, fn: Callable[[Decimal], Decimal]) -> Decimal:
    """A function that is x for small x, with the digits that the 1 in it takes away."""
    lost = -x.adjusted()
    if lost <= 0:
        return fn(x)
    if lost > CONTEXT.prec:
        return x
    with localcontext(CONTEXT, prec=CONTEXT.prec + lost):
        return fn(x)


def _tanh(x: Decimal) -> Decimal:
    less = growth(-abs(x) * 2)
    return (-less / (2 + less)).copy_sign(x)


def _ln(x: Decimal) -> Decimal:
    if not x:
        raise DivisionByZero("the logarithm of 0")
    return CONTEXT.ln(x)


FUNCTIONS: Mapping[str, Callable[[Decimal], Decimal]] = {
    "exp": CONTEXT.exp,
    "ln": _ln,
    "tanh": _tanh,
    "relu": lambda x: x if x > 0 else Decimal(0),
}


class Exact(Algebra[Decimal]):
    """A formula's value. Read it inside ``decimal.localcontext(CONTEXT)``."""

    def __init__(self, values: Mapping[Quantity, Decimal]) -> None:
        self.values = values

    def num(self, text: str) -> Decimal:
        return number(text)

    def ref(self, to: Quantity) -> Decimal:
        try:
            return self.values[to]
        except KeyError:
            raise Unknown(to) from None

    def neg(self, x: Decimal) -> Decimal:
        return -x

    def sum(self, xs: Sequence[Decimal]) -> Decimal:
        total = sum(xs[1:], xs[0])
        lost = total and total.adjusted() < max(x.adjusted() for x in xs if x) - TRUSTED
        return Decimal(0) if lost else total

    def product(self, xs: Sequence[Decimal]) -> Decimal:
        return prod(xs[1:], start=xs[0])

    def quotient(self, a: Decimal, b: Decimal) -> Decimal:
        return a / b

    def power(self, x: Decimal, n: int) -> Decimal:
        return x**n

    def call(self, fn: str, x: Decimal) -> Decimal:
        return FUNCTIONS[fn](x)

    def cases(
        self, x: Decimal, above: Callable[[], Decimal], otherwise: Callable[[], Decimal]
    ) -> Decimal:
        return above() if x > 0 else otherwise()


def cuts(formula: Formula, values: Mapping[Quantity, Decimal]) -> bool:
    """Whether digits are cut where the parts of a formula are put together."""
    with localcontext(CONTEXT) as context:
        context.clear_flags()
        formula.read(Exact(values))
        return bool(context.flags[Inexact])


def as_float(value: Decimal) -> float:
    """The nearest double; of -0, which only says how it was computed, 0."""
    return float(value) + 0.0
