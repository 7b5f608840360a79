"""Spreads of no width: numbers that are just themselves, as a calculator has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tutor.numeric.exact import Unknown
from tutor.numeric.floats import float_of
from tutor.numeric.spread import ROWS, Spread, exact
from tutor.symbolic.formula import Algebra, Formula
from tutor.symbolic.quantity import Quantity


class Points(Algebra[float]):
    """A formula's value, to the last bit that of ``Spreads``. Raises what that raises."""

    log = "ln"
    """what log without a base is: ln or log10"""

    def __init__(self, values: Mapping[Quantity, Spread]) -> None:
        self.values = values

    def outermost(self, formula: Formula) -> Spread:
        """The formula's value as a spread."""
        return exact(formula.read(self))

    def num(self, text: str) -> float:
        return float_of(text)

    def ref(self, to: Quantity) -> float:
        try:
            return self.values[to].mid
        except KeyError:
            raise Unknown(to) from None

    def neg(self, x: float) -> float:
        return -x

    def sum(self, xs: Sequence[float]) -> float:
        total = xs[0]
        for x in xs[1:]:
            total += x
        return total

    def product(self, xs: Sequence[float]) -> float:
        total = xs[0]
        for x in xs[1:]:
            total = _times(total, x)
        return total

    def quotient(self, a: float, b: float) -> float:
        return _times(a, ROWS["inverse"].f(b))

    def power(self, x: float, n: int) -> float:
        if n < 0:
            return self.power(ROWS["inverse"].f(x), -n)
        total = 1.0
        for _ in range(min(n, 100)):
            total = _times(total, x)
        return total

    def call(self, fn: str, x: float) -> float:
        if fn == "relu":
            return x if x > 0 else 0.0
        row = ROWS.get(self.log if fn == "log" else fn)
        if row is None:
            raise ValueError(f"{fn} is not known")
        return row.f(x)

    def cases(self, x: float, above: Callable[[], float], otherwise: Callable[[], float]) -> float:
        return above() if x > 0 else otherwise()


def _times(a: float, b: float) -> float:
    """Nothing times anything is 0, though that be without bound."""
    return a * b if b else 0.0
