"""Numbers put into a formula: which number of a line stands for which quantity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from tutor.numeric.floats import float_of
from tutor.symbolic.formula import (
    Call,
    Formula,
    Neg,
    Num,
    Power,
    Product,
    Quotient,
    Ref,
    Sum,
)
from tutor.symbolic.quantity import Quantity

Pair = tuple[Quantity, str]


class Unlike(Exception):
    """A line has another shape than the formula."""


def put_into(formula: Formula, line: Formula) -> tuple[Pair, ...] | None:
    """The numbers of a line by the quantities in whose places they stand; None where the line has
    another shape. A number that the formula has itself may be left out where it is 1."""
    try:
        return tuple(_pairs(formula, line))
    except Unlike:
        return None


def _pairs(formula: Formula, line: Formula) -> Iterator[Pair]:
    match formula, line:
        case Ref(q), Num(text):
            yield q, text
        case Ref(q), Neg(Num(text)) if not text.startswith("-"):
            yield q, f"-{text}"
        case Num(a), Num(b) if float_of(a) == float_of(b):
            return
        case Neg(x), Neg(y):
            yield from _pairs(x, y)
        case Neg(Product(xs)), Product(ys) if ys and isinstance(ys[0], Neg):
            yield from _pairs(Product(xs), Product((ys[0].x, *ys[1:])))
        case Sum(), Sum():
            yield from _all(_flat(formula, Sum), _flat(line, Sum))
        case Product(), Product():
            yield from _all(_flat(formula, Product), _flat(line, Product))
        case Quotient(a, b), Quotient(c, d):
            yield from chain(_pairs(a, c), _pairs(b, d))
        case Power(x, n), Power(y, m) if n == m:
            yield from _pairs(x, y)
        case Call(f, x), Call(g, y) if f == g:
            yield from _pairs(x, y)
        case _:
            raise Unlike


def _all(xs: Sequence[Formula], ys: Sequence[Formula]) -> Iterator[Pair]:
    if len(xs) != len(ys):
        raise Unlike
    for x, y in zip(xs, ys, strict=True):
        yield from _pairs(x, y)


def _flat(formula: Formula, kind: type[Sum] | type[Product]) -> tuple[Formula, ...]:
    """The terms of a sum of sums, the factors of a product of products."""
    if not isinstance(formula, kind):
        return (formula,)
    return tuple(x for part in formula.xs for x in _flat(part, kind))
