"""sympy's part: formulas as expressions, local derivatives, and proofs that two forms are equal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import cast

import sympy

from tutor.symbolic.formula import Algebra, Formula, Num, Ref
from tutor.symbolic.quantity import Kind, Quantity
from tutor.symbolic.rewrite import Expand, Rename, refs


@cache
def symbol(q: Quantity) -> sympy.Symbol:
    """A quantity as a real symbol named by its key."""
    return sympy.Symbol(q.key, real=True)


class Sympy(Algebra[sympy.Expr]):
    """A formula as a sympy expression; texts of numbers become exact rationals."""

    functions: Mapping[str, Callable[[sympy.Expr], sympy.Expr]] = {
        "exp": sympy.exp,
        "ln": sympy.log,
        "tanh": sympy.tanh,
        "relu": lambda x: sympy.Piecewise((x, x > 0), (sympy.S.Zero, True)),
    }

    def __init__(self, values: Mapping[Quantity, sympy.Expr] | None = None) -> None:
        self.values = values or {}

    def num(self, text: str) -> sympy.Expr:
        value = Fraction(text)
        number: sympy.Expr = sympy.Rational(value.numerator, value.denominator)
        return number

    def ref(self, to: Quantity) -> sympy.Expr:
        return self.values[to] if to in self.values else symbol(to)

    def neg(self, x: sympy.Expr) -> sympy.Expr:
        return -x

    def sum(self, xs: Sequence[sympy.Expr]) -> sympy.Expr:
        return sympy.Add(*xs)

    def product(self, xs: Sequence[sympy.Expr]) -> sympy.Expr:
        return sympy.Mul(*xs)

    def quotient(self, a: sympy.Expr, b: sympy.Expr) -> sympy.Expr:
        ratio: sympy.Expr = a / b
        return ratio

    def power(self, x: sympy.Expr, n: int) -> sympy.Expr:
        return x**n

    def call(self, fn: str, x: sympy.Expr) -> sympy.Expr:
        return self.functions[fn](x)

    def cases(
        self,
        x: sympy.Expr,
        above: Callable[[], sympy.Expr],
        otherwise: Callable[[], sympy.Expr],
    ) -> sympy.Expr:
        return sympy.Piecewise((above(), x > 0), (otherwise(), True))


def as_sympy(formula: Formula, values: Mapping[Quantity, sympy.Expr] | None = None) -> sympy.Expr:
    """The formula as an expression, some quantities replaced by expressions."""
    return formula.read(Sympy(values))


def is_zero(expression: sympy.Expr) -> bool:
    """Whether an expression is 0 identically: a cheap proof first, then sympy's whole strength."""
    if expression.has(sympy.Piecewise):
        expression = sympy.piecewise_fold(expression)
        if isinstance(expression, sympy.Piecewise):
            return all(is_zero(cast(sympy.Expr, branch.args[0])) for branch in expression.args)
    if sympy.expand(expression.as_numer_denom()[0]) == 0:
        return True
    return bool(sympy.simplify(expression) == 0)


class NotEqual(AssertionError):
    """A hand form is not what sympy derives: a mistake in this program."""


def local_slope(
    formula: Formula, by: Quantity, hand: Formula | None, known: Mapping[Quantity, Formula]
) -> Formula:
    """The derivative of one step's formula, in the form computed by hand and proved equal.

    ``hand`` may use what the forward pass has left behind; ``known`` says what that is. Without
    a hand form the derivative must be a number or another quantity, as it is for a net input.

    Raises NotEqual where the proof fails.
    """
    inputs = set(refs(formula))
    others = {q: known[q] for q in refs(hand) if q in known} if hand else {}
    spelled = hand and expanded(hand, {q: f for q, f in others.items() if q not in inputs})
    places: dict[Quantity, Quantity] = {}
    for q in (by, *refs(formula), *(refs(spelled) if spelled else ())):
        places.setdefault(q, Quantity(Kind.X, (f"q{len(places)}",)))
    blank = Rename(places.__getitem__)
    derivative = _derivative(formula.read(blank), places[by], spelled and spelled.read(blank))
    if hand is not None:
        return hand
    assert derivative is not None
    return derivative.read(Rename({place: q for q, place in places.items()}.__getitem__))


@cache
def _derivative(formula: Formula, by: Quantity, hand: Formula | None) -> Formula | None:
    """As local_slope, with the names taken away: units that are alike are proved once."""
    derivative = sympy.diff(as_sympy(formula), symbol(by))
    if hand is not None:
        if not is_zero(derivative - as_sympy(hand)):
            raise NotEqual(f"{hand} is not {derivative}")
        return None
    known = {symbol(q): q for q in refs(formula)}
    if derivative in known:
        return Ref(known[derivative])
    if derivative.is_Integer:
        return Num(str(derivative))
    raise NotEqual(f"the derivative {derivative} has no form for computing by hand")


def expanded(formula: Formula, formulas: Mapping[Quantity, Formula]) -> Formula:
    """The formula with some quantities replaced by what defines them."""
    return formula.read(Expand(formulas))
