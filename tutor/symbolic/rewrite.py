"""Readings of a formula that give a formula again: other names, definitions put in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from tutor.symbolic.formula import (
    ONE,
    Algebra,
    Call,
    Cases,
    Formula,
    Marked,
    Named,
    Neg,
    Num,
    Over,
    Partial,
    Power,
    Product,
    Quotient,
    Ref,
    Sum,
)
from tutor.symbolic.quantity import Quantity


class Rewrite(Algebra[Formula]):
    """The same tree; a reading that changes something overrides one node."""

    def num(self, text: str) -> Formula:
        return Num(text)

    def ref(self, to: Quantity) -> Formula:
        return Ref(to)

    def neg(self, x: Formula) -> Formula:
        return Neg(x)

    def sum(self, xs: Sequence[Formula]) -> Formula:
        return Sum(tuple(xs))

    def product(self, xs: Sequence[Formula]) -> Formula:
        return Product(tuple(xs))

    def quotient(self, a: Formula, b: Formula) -> Formula:
        return Quotient(a, b)

    def power(self, x: Formula, n: int) -> Formula:
        return Power(x, n)

    def call(self, fn: str, x: Formula) -> Formula:
        return Call(fn, x)

    def cases(
        self, x: Formula, above: Callable[[], Formula], otherwise: Callable[[], Formula]
    ) -> Formula:
        return Cases(x, above(), otherwise())

    def partial(self, of: Quantity, by: Quantity) -> Formula:
        return Partial(of, by)

    def named(self, q: Quantity) -> Formula:
        return Named(q)

    def over(self, index: str, x: Formula) -> Formula:
        return Over(index, x)

    def marked(self, x: Formula, role: int, label: Formula | None) -> Formula:
        return Marked(x, role, label)


class Rename(Rewrite):
    """Every quantity replaced by another, in formulas and in named derivatives."""

    def __init__(self, new: Callable[[Quantity], Quantity]) -> None:
        self.new = new

    def ref(self, to: Quantity) -> Formula:
        return Ref(self.new(to))

    def partial(self, of: Quantity, by: Quantity) -> Formula:
        return Partial(self.new(of), self.new(by))


class Expand(Rewrite):
    """Some quantities replaced by the formulas that define them."""

    def __init__(self, formulas: Mapping[Quantity, Formula]) -> None:
        self.formulas = formulas

    def ref(self, to: Quantity) -> Formula:
        return self.formulas.get(to) or Ref(to)


class _Leaves(Rewrite):
    """What stands at the ends of a tree; the tree itself stays as it is."""

    def __init__(self) -> None:
        self.quantities: dict[Quantity, None] = {}
        self.numbers: list[str] = []

    def num(self, text: str) -> Formula:
        self.numbers.append(text)
        return ONE

    def ref(self, to: Quantity) -> Formula:
        self.quantities[to] = None
        return ONE

    def sum(self, xs: Sequence[Formula]) -> Formula:
        return ONE

    product = sum


def refs(formula: Formula) -> Iterator[Quantity]:
    """The quantities that a formula uses, each once, in the order they are written."""
    reading = _Leaves()
    formula.read(reading)
    yield from reading.quantities


def literals(formula: Formula) -> Sequence[str]:
    """The numbers that stand in a formula, in the order they are written."""
    reading = _Leaves()
    formula.read(reading)
    return reading.numbers
