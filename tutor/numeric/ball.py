"""A number and how far it may be off: what rounding has done on the way is carried along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import reduce
from operator import add, mul

from tutor.numeric.exact import CONTEXT, FUNCTIONS, Exact, Unknown, growth, number
from tutor.symbolic.formula import Algebra
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.step import Step

ZERO = Decimal(0)
ULP = Decimal(1).scaleb(1 - CONTEXT.prec)
"""How far one operation can be off, in parts of its result."""


@dataclass(frozen=True, slots=True)
class Ball:
    """A value and a bound on its error. Compute inside ``decimal.localcontext(CONTEXT)``."""

    value: Decimal
    radius: Decimal = ZERO

    def __neg__(self) -> Ball:
        return Ball(-self.value, self.radius)

    def __add__(self, other: Ball) -> Ball:
        return rounded(self.value + other.value, self.radius + other.radius)

    def __sub__(self, other: Ball) -> Ball:
        return self + -other

    def __mul__(self, other: Ball) -> Ball:
        a, b = abs(self.value) + self.radius, abs(other.value)
        return rounded(self.value * other.value, a * other.radius + b * self.radius)

    def __truediv__(self, other: Ball) -> Ball:
        ratio = self.value / other.value
        radius = (self.radius + abs(ratio) * other.radius) / abs(other.value)
        return rounded(ratio, 2 * radius)


def rounded(value: Decimal, radius: Decimal = ZERO) -> Ball:
    """The result of one operation."""
    return Ball(value, radius + abs(value) * ULP)


NOTHING = Ball(ZERO)


def _exp(x: Ball) -> Ball:
    value = FUNCTIONS["exp"](x.value)
    return rounded(value, value * growth(x.radius) if value else ULP)


def _ln(x: Ball) -> Ball:
    return rounded(FUNCTIONS["ln"](x.value), 2 * x.radius / x.value)


def _tanh(x: Ball) -> Ball:
    return rounded(FUNCTIONS["tanh"](x.value), x.radius)


def _relu(x: Ball) -> Ball:
    return x if x.value > 0 else NOTHING


BALLS: Mapping[str, Callable[[Ball], Ball]] = {
    "exp": _exp,
    "ln": _ln,
    "tanh": _tanh,
    "relu": _relu,
}


class Balls(Algebra[Ball]):
    """A formula's value as Exact has it, and how far that may be off."""

    def __init__(self, values: Mapping[Quantity, Ball]) -> None:
        self.values = values

    def num(self, text: str) -> Ball:
        return rounded(number(text))

    def ref(self, to: Quantity) -> Ball:
        try:
            return self.values[to]
        except KeyError:
            raise Unknown(to) from None

    def neg(self, x: Ball) -> Ball:
        return -x

    def sum(self, xs: Sequence[Ball]) -> Ball:
        total = reduce(add, xs)
        value = Exact({}).sum([x.value for x in xs])
        return total if value else Ball(value, total.radius + abs(total.value))

    def product(self, xs: Sequence[Ball]) -> Ball:
        return reduce(mul, xs)

    def quotient(self, a: Ball, b: Ball) -> Ball:
        return a / b

    def power(self, x: Ball, n: int) -> Ball:
        return reduce(mul, [x] * n)

    def call(self, fn: str, x: Ball) -> Ball:
        return BALLS[fn](x)

    def cases(self, x: Ball, above: Callable[[], Ball], otherwise: Callable[[], Ball]) -> Ball:
        return above() if x.value > 0 else otherwise()


def balls(
    steps: Iterable[Step], exact: Mapping[Quantity, Decimal], pins: Mapping[Quantity, Decimal]
) -> dict[Quantity, Ball]:
    """How far each value may be off; what is given may be a fraction that was cut."""
    found = {q: rounded(value) for q, value in exact.items()}
    with localcontext(CONTEXT):
        for step in steps:
            q = step.defines
            if q in exact and q not in pins:
                found[q] = Ball(exact[q], step.formula.read(Balls(found)).radius)
    return found
