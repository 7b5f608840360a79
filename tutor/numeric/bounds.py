"""Where a value lies when of some numbers only the sign is known."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from itertools import product
from typing import NamedTuple

from tutor.numeric.floats import float_of
from tutor.symbolic.formula import Algebra
from tutor.symbolic.quantity import Quantity


class End(NamedTuple):
    """One end of a range."""

    value: float
    open: bool = False
    """whether it is not reached itself"""


class Bounds(NamedTuple):
    """Everything between two ends."""

    low: End
    high: End

    @property
    def sign(self) -> int | None:
        """1, -1 or 0; None where it may be more than one of them."""
        if self.low.value > 0 or self.low == End(0, open=True):
            return 1
        if self.high.value < 0 or self.high == End(0, open=True):
            return -1
        return 0 if self.low.value == self.high.value == 0 else None


ANYTHING = Bounds(End(-math.inf, open=True), End(math.inf, open=True))
POSITIVE = Bounds(End(0, open=True), ANYTHING.high)
NEGATIVE = Bounds(ANYTHING.low, End(0, open=True))
BETWEEN_0_AND_1 = Bounds(End(0, open=True), End(1, open=True))


def just(value: float) -> Bounds:
    """A number that is known."""
    return Bounds(End(value), End(value))


def of_sign(value: float) -> Bounds:
    """All numbers of its sign."""
    return POSITIVE if value > 0 else NEGATIVE if value < 0 else just(0)


class Between(Algebra[Bounds]):
    """Where a formula's value lies."""

    def __init__(self, known: Mapping[Quantity, Bounds]) -> None:
        self.known = known

    def num(self, text: str) -> Bounds:
        return just(float_of(text))

    def ref(self, to: Quantity) -> Bounds:
        return self.known.get(to, ANYTHING)

    def neg(self, x: Bounds) -> Bounds:
        return Bounds(*(End(-end.value, end.open) for end in (x.high, x.low)))

    def sum(self, xs: Sequence[Bounds]) -> Bounds:
        return reduce(lambda a, b: Bounds(*map(_plus, a, b)), xs)

    def product(self, xs: Sequence[Bounds]) -> Bounds:
        return reduce(lambda a, b: _around(_times(*pair) for pair in product(a, b)), xs)

    def quotient(self, a: Bounds, b: Bounds) -> Bounds:
        if b.sign in (None, 0):
            return ANYTHING
        return self.product((a, _inverse(b)))

    def power(self, x: Bounds, n: int) -> Bounds:
        if n < 0:
            return self.quotient(just(1), self.power(x, -n))
        if n % 2 or x.sign is not None:
            return self.product([x] * n)
        size = max(x.high, End(-x.low.value, x.low.open), key=_reach)
        return Bounds(End(0), End(size.value**n, size.open))

    def call(self, fn: str, x: Bounds) -> Bounds:
        return FUNCTIONS[fn](x)

    def cases(
        self, x: Bounds, above: Callable[[], Bounds], otherwise: Callable[[], Bounds]
    ) -> Bounds:
        if x.sign == 1:
            return above()
        return otherwise() if x.high.value <= 0 else _around((*above(), *otherwise()))


def _plus(a: End, b: End) -> End:
    return End(a.value + b.value, a.open or b.open)


def _times(a: End, b: End) -> End:
    if End(0) in (a, b):
        return End(0)
    value = a.value * b.value if a.value and b.value else 0.0
    return End(value, a.open or b.open)


def _reach(end: End) -> tuple[float, bool]:
    """Which of two high ends is higher: of equal ones that which is reached."""
    return end.value, not end.open


def _around(ends: Iterable[End]) -> Bounds:
    """From the lowest to the highest."""
    found = tuple(ends)
    return Bounds(min(found), max(found, key=_reach))


def _inverse(x: Bounds) -> Bounds:
    """Of a range on one side of 0."""
    endless = math.inf if x.sign == 1 else -math.inf
    ends = (End(1 / end.value if end.value else endless, end.open) for end in (x.high, x.low))
    return Bounds(*ends)


def _rising(fn: Callable[[float], float]) -> Callable[[Bounds], Bounds]:
    return lambda x: Bounds(*(End(fn(end.value), end.open) for end in x))


def _ln(x: Bounds) -> Bounds:
    if x.sign != 1:
        return ANYTHING
    return _rising(lambda v: math.log(v) if v else -math.inf)(x)


def _relu(x: Bounds) -> Bounds:
    return Bounds(x.low if x.sign == 1 else End(0), x.high if x.high.value > 0 else End(0))


def _exp(value: float) -> float:
    return math.exp(min(value, 700.0)) if math.isfinite(value) else max(0.0, value)


FUNCTIONS: Mapping[str, Callable[[Bounds], Bounds]] = {
    "exp": _rising(_exp),
    "ln": _ln,
    "tanh": _rising(math.tanh),
    "relu": _relu,
}
