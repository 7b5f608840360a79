"""Formulas as a student writes them: a frozen tree that nothing reorders."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from tutor.symbolic.quantity import Quantity

V = TypeVar("V")


class Algebra(ABC, Generic[V]):
    """One reading of formulas: what each node comes to, given what its parts come to."""

    @abstractmethod
    def num(self, text: str) -> V: ...
    @abstractmethod
    def ref(self, to: Quantity) -> V: ...
    @abstractmethod
    def neg(self, x: V) -> V: ...
    @abstractmethod
    def sum(self, xs: Sequence[V]) -> V: ...
    @abstractmethod
    def product(self, xs: Sequence[V]) -> V: ...
    @abstractmethod
    def quotient(self, a: V, b: V) -> V: ...
    @abstractmethod
    def power(self, x: V, n: int) -> V: ...
    @abstractmethod
    def call(self, fn: str, x: V) -> V: ...
    @abstractmethod
    def cases(self, x: V, above: Callable[[], V], otherwise: Callable[[], V]) -> V: ...

    def partial(self, of: Quantity, by: Quantity) -> V:
        """A derivative that is only named; most readings never meet one."""
        raise TypeError(f"{of.key} by {by.key} has a name but no value here")

    def named(self, q: Quantity) -> V:
        """The name of a quantity by itself, whatever multiple of the quantity it stands for."""
        return self.ref(q)

    def over(self, index: str, x: V) -> V:
        """A sum over an index that is only named."""
        raise TypeError(f"a sum over {index} has no value here")

    def marked(self, x: V, role: int, label: Formula | None) -> V:
        """A part that a page points at; it means what it meant."""
        return x


class Formula:
    """A node of the tree."""

    __slots__ = ()

    def read(self, algebra: Algebra[V]) -> V:
        """What this formula comes to in one reading."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Num(Formula):
    """A number as it was written: ``0.10``, ``1/3``."""

    text: str

    def read(self, algebra: Algebra[V]) -> V:
        return algebra.num(self.text)


@dataclass(frozen=True, slots=True)
class Ref(Formula):
    """A quantity."""

    to: Quantity

    def read(self, algebra: Algebra[V]) -> V:
        return algebra.ref(self.to)


@dataclass(frozen=True, slots=True)
class Neg(Formula):
    """-x"""

    x: Formula

    def read(self, algebra: Algebra[V]) -> V:
        return algebra.neg(self.x.read(algebra))


@dataclass(frozen=True, slots=True)
class Sum(Formula):
    """x + y + ..."""

    xs: tuple[Formula, ...]

    def read(self, algebra: Algebra[V]) -> V:
        return algebra.sum([x.read(algebra) for x in self.xs])


@dataclass(frozen=True, slots=True)
class Product(Formula):
    """x * y * ..."""

    xs: tuple[Formula, ...]

    def read(self, algebra: Algebra[V]) -> V:
        return algebra.product([x.read(algebra) for x in self.xs])


@dataclass(frozen=True, slots=True)
class Quotient(Formula):
    """a / b"""

    a: Formula
    b: Formula

    def read(self, algebra: Algebra[V]) -> V:
        return algebra.quotient(self.a.read(algebra), self.b.read(algebra))


@dataclass(frozen=True, slots=True)
class Power(Formula):
    """x to a whole number n."""

    x: Formula
    n: int

    def read(self, algebra: Algebra[V]) -> V:
        return algebra.power(self.x.read(algebra), self.n)


@dataclass(frozen=True, slots=True)
class Call(Formula):
    """fn(x) for fn in exp, ln, tanh, relu."""

    fn: str
    x: Formula

    def read(self, algebra: Algebra[V]) -> V:
        return algebra.call(self.fn, self.x.read(algebra))


@dataclass(frozen=True, slots=True)
class Cases(Formula):
    """``above`` where x > 0, else ``otherwise``; only the branch taken need have a value."""

    x: Formula
    above: Formula
    otherwise: Formula

    def read(self, algebra: Algebra[V]) -> V:
        return algebra.cases(
            self.x.read(algebra),
            lambda: self.above.read(algebra),
            lambda: self.otherwise.read(algebra),
        )


@dataclass(frozen=True, slots=True)
class Partial(Formula):
    """The derivative of one quantity by another, named and not worked out."""

    of: Quantity
    by: Quantity

    def read(self, algebra: Algebra[V]) -> V:
        return algebra.partial(self.of, self.by)


@dataclass(frozen=True, slots=True)
class Named(Formula):
    """A quantity's name by itself; it stands before the first equals sign of a line."""

    q: Quantity

    def read(self, algebra: Algebra[V]) -> V:
        return algebra.named(self.q)


@dataclass(frozen=True, slots=True)
class Over(Formula):
    """The sum of x over an index."""

    index: str
    x: Formula

    def read(self, algebra: Algebra[V]) -> V:
        return algebra.over(self.index, self.x.read(algebra))


@dataclass(frozen=True, slots=True)
class Marked(Formula):
    """A part that a page points at: factor number ``role``, with its name below."""

    x: Formula
    role: int
    label: Formula | None = None

    def read(self, algebra: Algebra[V]) -> V:
        return algebra.marked(self.x.read(algebra), self.role, self.label)


ONE = Num("1")


def plus(*xs: Formula) -> Formula:
    """Their sum; one term alone is itself."""
    return xs[0] if len(xs) == 1 else Sum(xs)


def times(*xs: Formula) -> Formula:
    """Their product; one factor alone is itself."""
    return xs[0] if len(xs) == 1 else Product(xs)


def minus(a: Formula, b: Formula) -> Formula:
    """a - b"""
    return Sum((a, Neg(b)))


def terms(formula: Formula) -> tuple[Formula, ...]:
    """What a sum adds up; any other formula is its only term."""
    return formula.xs if isinstance(formula, Sum) else (formula,)


def factors(formula: Formula) -> tuple[Formula, ...]:
    """What a product multiplies; any other formula is its only factor."""
    return formula.xs if isinstance(formula, Product) else (formula,)
