"""Losses: a row says an output's share of E and its slope, as E is written."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from tutor.symbolic.formula import (
    ONE,
    Call,
    Formula,
    Neg,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    minus,
)


@dataclass(frozen=True, slots=True)
class Loss:
    """One row; t and o are an output's target and value, n the number of outputs."""

    share: Callable[[Formula, Formula, Num], Formula]
    """(t, o, n) -> its part of E; the parts add up to E"""
    slope: Callable[[Formula, Formula, Num], Formula]
    """(t, o, n) -> dE/do"""
    squared: bool = False
    """whether the factor before (t - o)^2 is a matter of convention"""
    factor: Callable[[int], Fraction] = lambda n: Fraction(1)
    """n -> what stands before -(t - o) in dE/do of a squared error"""
    matches: str | None = None
    """the transfer function with which dE/dnet comes to o - t"""


def _fraction(a: int, n: Num, x: Formula) -> Formula:
    """a/n * x in lowest terms, in which nobody writes a 1."""
    top, bottom = (Num(str(part)) for part in Fraction(a, int(n.text)).as_integer_ratio())
    if bottom != ONE:
        return Product((Quotient(top, bottom), x))
    return x if top == ONE else Product((top, x))


def _square(t: Formula, o: Formula) -> Formula:
    return Power(minus(t, o), 2)


LOSSES = {
    "half_sse": Loss(
        lambda t, o, n: Product((Quotient(ONE, Num("2")), _square(t, o))),
        lambda t, o, n: Neg(minus(t, o)),
        squared=True,
    ),
    "sse": Loss(
        lambda t, o, n: _square(t, o),
        lambda t, o, n: Neg(Product((Num("2"), minus(t, o)))),
        squared=True,
        factor=lambda n: Fraction(2),
    ),
    "mse": Loss(
        lambda t, o, n: _fraction(1, n, _square(t, o)),
        lambda t, o, n: Neg(_fraction(2, n, minus(t, o))),
        squared=True,
        factor=lambda n: Fraction(2, n),
    ),
    "bce": Loss(
        lambda t, o, n: Neg(
            Sum((Product((t, Call("ln", o))), Product((minus(ONE, t), Call("ln", minus(ONE, o))))))
        ),
        lambda t, o, n: Sum((Neg(Quotient(t, o)), Quotient(minus(ONE, t), minus(ONE, o)))),
        matches="sigmoid",
    ),
    "cce": Loss(
        lambda t, o, n: Neg(Product((t, Call("ln", o)))),
        lambda t, o, n: Neg(Quotient(t, o)),
        matches="softmax",
    ),
}
