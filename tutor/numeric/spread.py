"""Numbers that stand for a range, and remember which printed digits the range comes from.

A spread is ``mid`` plus or minus ``parts`` (one a source) and ``rest``. What comes from one source
cancels again, as in o * (1 - o); the range is never too narrow, but for the floats' own digits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import NamedTuple

from tutor.numeric.exact import Unknown
from tutor.numeric.floats import float_of
from tutor.symbolic.formula import Algebra, Call, Formula, Neg, Power, Product, Quotient
from tutor.symbolic.quantity import Quantity

FLOATS = 1e-13
"""Relative width that floats may lose on the way."""
RESIDUE = 1e-15
"""What they may leave of numbers near 1 whose sum is nothing: 0.4 - 0.6 + 0.2 is 5.6e-17."""

NOTHING: Mapping[Hashable, float] = {}


class Spread(NamedTuple):
    """A value and how far it may be off, by source."""

    mid: float
    parts: Mapping[Hashable, float]
    rest: float = 0.0

    @property
    def radius(self) -> float:
        """How far the value may be off in all."""
        own = sum(map(abs, self.parts.values())) if self.parts else 0.0
        return own + self.rest + FLOATS * abs(self.mid)

    @property
    def range(self) -> tuple[float, float]:
        """The least and the largest value."""
        radius = self.radius
        return self.mid - radius, self.mid + radius

    def scaled(self, factor: float) -> Spread:
        """A multiple of it."""
        if not factor:
            return exact(0.0)
        if not self.parts:
            return Spread(self.mid * factor, NOTHING, self.rest * abs(factor))
        parts = {key: part * factor for key, part in self.parts.items()}
        return Spread(self.mid * factor, parts, self.rest * abs(factor))

    def within(self, value: float, unit: float) -> bool:
        """Whether the range reaches a number printed with this last unit."""
        return abs(self.mid - value) <= (self.radius + unit) * (1 + 1e-9) + RESIDUE


def exact(value: float) -> Spread:
    """A number that is just this."""
    return Spread(value, NOTHING)


def hull(a: Spread, b: Spread) -> Spread:
    """The range that holds both."""
    low, high = min(a.range[0], b.range[0]), max(a.range[1], b.range[1])
    return Spread((low + high) / 2, NOTHING, (high - low) / 2)


def rounded(x: Spread, unit: float, source: Hashable) -> Spread:
    """x as somebody carries it on after rounding or truncating it to this unit."""
    parts = {**x.parts, source: 0.75 * unit}
    return Spread(x.mid - math.copysign(0.25 * unit, x.mid), parts, x.rest)


def printed(value: float, unit: float, source: Hashable) -> Spread:
    """What may stand behind a printed number, which was rounded or truncated to this unit; 0.00 may
    be cut from a number of either sign."""
    if not unit:
        return exact(value)
    if not value:
        return Spread(0.0, {source: unit})
    return Spread(value + math.copysign(0.25 * unit, value), {source: 0.75 * unit})


class _Row(NamedTuple):
    """A function, its slope, and a bound of its second derivative on [low, high]."""

    f: Callable[[float], float]
    slope: Callable[[float], float]
    bend: Callable[[float, float], float]


def _positive(low: float) -> None:
    if low <= 0:
        raise ZeroDivisionError


def _over(power: float, factor: float) -> Callable[[float, float], float]:
    def bend(low: float, high: float) -> float:
        nearest = low if low > 0 else -high
        _positive(nearest)
        return float(factor * nearest**power)

    return bend


ROWS: Mapping[str, _Row] = {
    "exp": _Row(math.exp, math.exp, lambda low, high: math.exp(high)),
    "ln": _Row(math.log, lambda x: 1 / x, _over(-2, 1)),
    "log10": _Row(math.log10, lambda x: 1 / (x * math.log(10)), _over(-2, 0.5)),
    "tanh": _Row(math.tanh, lambda x: 1 - math.tanh(x) ** 2, lambda low, high: 0.7699),
    "sqrt": _Row(math.sqrt, lambda x: 0.5 / math.sqrt(x), _over(-1.5, 0.25)),
    "inverse": _Row(lambda x: 1 / x, lambda x: -1 / x**2, _over(-3, 2)),
}


def _applied(row: _Row, x: Spread) -> Spread:
    """A smooth function: its tangent, and what the bend may add; or its ends, where those are
    nearer. Every row rises, or falls, throughout."""
    radius = x.radius - FLOATS * abs(x.mid)
    y = row.f(x.mid)
    if not radius:
        return exact(y)
    ends = _ends(row, x.mid - radius, x.mid + radius)
    try:
        slope = row.slope(x.mid)
        rest = row.bend(x.mid - radius, x.mid + radius) * radius**2 / 2
    except (ArithmeticError, ValueError):
        return ends or Spread(y, NOTHING, math.inf)
    parts = {key: part * slope for key, part in x.parts.items()}
    tangent = Spread(y, parts, x.rest * abs(slope) + rest)
    return ends if ends and ends.rest < tangent.radius else tangent


def _ends(row: _Row, low: float, high: float) -> Spread | None:
    """The range between a function's values at the ends; None where it has a gap between."""
    if low <= 0 <= high and row is ROWS["inverse"]:
        return None
    try:
        a, b = row.f(low), row.f(high)
    except (ArithmeticError, ValueError):
        return None
    return Spread((a + b) / 2, NOTHING, abs(b - a) / 2)


def _plus(a: Spread, b: Spread, sign: int = 1) -> Spread:
    if b.parts:
        parts = dict(a.parts)
        for key, part in b.parts.items():
            parts[key] = parts.get(key, 0.0) + sign * part
    else:
        parts = a.parts  # type: ignore[assignment]
    return Spread(a.mid + sign * b.mid, parts, a.rest + b.rest)


def _times(a: Spread, b: Spread) -> Spread:
    if not b.parts and not b.rest:
        return a.scaled(b.mid)
    if not a.parts and not a.rest:
        return b.scaled(a.mid)
    parts = {key: part * b.mid for key, part in a.parts.items()}
    for key, part in b.parts.items():
        parts[key] = parts.get(key, 0.0) + part * a.mid
    wide_a = sum(map(abs, a.parts.values())) + a.rest
    wide_b = sum(map(abs, b.parts.values())) + b.rest
    rest = a.rest * abs(b.mid) + b.rest * abs(a.mid) + wide_a * wide_b
    return Spread(a.mid * b.mid, parts, math.inf if math.isnan(rest) else rest)


class Spreads(Algebra[Spread]):
    """A formula's range. Raises Unknown, ArithmeticError or ValueError where there is none."""

    log = "ln"
    """what log without a base is: ln or log10"""

    def __init__(
        self,
        values: Mapping[Quantity, Spread],
        literal: Callable[[str], Spread] | None = None,
    ) -> None:
        self.values = values
        self.literal = literal

    def outermost(self, formula: Formula) -> Spread:
        """The formula's range; its own result is not rounded."""
        return formula.read(self)

    def num(self, text: str) -> Spread:
        if self.literal:
            return self.literal(text)
        return exact(float_of(text))

    def ref(self, to: Quantity) -> Spread:
        try:
            return self.values[to]
        except KeyError:
            raise Unknown(to) from None

    def neg(self, x: Spread) -> Spread:
        return x.scaled(-1.0)

    def sum(self, xs: Sequence[Spread]) -> Spread:
        total = xs[0]
        for x in xs[1:]:
            total = _plus(total, x)
        return total

    def product(self, xs: Sequence[Spread]) -> Spread:
        total = xs[0]
        for x in xs[1:]:
            total = _times(total, x)
        return total

    def quotient(self, a: Spread, b: Spread) -> Spread:
        return _times(a, _applied(ROWS["inverse"], b))

    def power(self, x: Spread, n: int) -> Spread:
        if n < 0:
            return self.power(_applied(ROWS["inverse"], x), -n)
        total = exact(1.0)
        for _ in range(min(n, 100)):
            total = _times(total, x)
        return total

    def call(self, fn: str, x: Spread) -> Spread:
        if fn == "relu":
            return self.cases(x, lambda: x, lambda: exact(0.0))
        row = ROWS.get(self.log if fn == "log" else fn)
        if row is None:
            raise ValueError(f"{fn} is not known")
        return _applied(row, x)

    def cases(
        self, x: Spread, above: Callable[[], Spread], otherwise: Callable[[], Spread]
    ) -> Spread:
        low, high = x.range
        if low <= 0 < high and x.radius > FLOATS * abs(x.mid) * 2:
            return hull(above(), otherwise())
        return above() if x.mid > 0 else otherwise()


class ByHand(Spreads):
    """A formula's range where each result inside it may have been rounded or truncated."""

    def __init__(
        self,
        values: Mapping[Quantity, Spread],
        unit: Callable[[float], float],
        literal: Callable[[str], Spread] | None = None,
    ) -> None:
        super().__init__(values, literal)
        self.unit = unit

    def outermost(self, formula: Formula) -> Spread:
        value = formula.read(self)
        inner = formula
        while isinstance(inner, Neg):
            inner = inner.x
        if isinstance(inner, Product | Power | Quotient | Call) and value.rest < math.inf:
            return Spread(value.mid, value.parts, max(0.0, value.rest - self._noise(value)))
        return value

    def _noise(self, x: Spread) -> float:
        return 0.75 * self.unit(x.mid)

    def _noisy(self, x: Spread) -> Spread:
        return Spread(x.mid, x.parts, x.rest + self._noise(x))

    def product(self, xs: Sequence[Spread]) -> Spread:
        total = xs[0]
        for x in xs[1:]:
            whole = abs(x.mid) == 1 and not x.rest
            total = _times(total, x) if whole else self._noisy(_times(total, x))
        return total

    def quotient(self, a: Spread, b: Spread) -> Spread:
        value = super().quotient(a, b)
        known = not (a.parts or a.rest or b.parts or b.rest)
        return value if known else self._noisy(value)

    def power(self, x: Spread, n: int) -> Spread:
        return self._noisy(super().power(x, n))

    def call(self, fn: str, x: Spread) -> Spread:
        return x if fn == "relu" and x.mid > x.radius else self._noisy(super().call(fn, x))
