"""Statements: what a student's page says of which quantity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from tutor.marking.claim import Unread
from tutor.marking.printed import Printed
from tutor.symbolic.formula import Formula, Neg, Num, Product, Quotient
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.rewrite import refs
from tutor.symbolic.step import Step


@dataclass(frozen=True)
class Part:
    """One side of an equals sign."""

    text: str
    column: int
    formula: Formula | None = None
    number: Printed | None = None
    unread: Unread | None = None

    @cached_property
    def names(self) -> tuple[Quantity, ...]:
        """The quantities that its formula uses."""
        return tuple(refs(self.formula)) if self.formula else ()


@dataclass(frozen=True)
class Statement:
    """What a claim says of which quantity."""

    line: int
    column: int
    end: int
    text: str
    name: str
    quantity: Quantity | None
    scale: Fraction
    """the quantity is this many times the number that is written"""
    loose: bool
    parts: tuple[Part, ...]
    own: bool = False
    """whether the name is the student's own"""
    bound: bool = False
    """whether an own name turned out to be a quantity by its formula or value"""

    @cached_property
    def factor(self) -> float:
        """The scale as a float."""
        return float(self.scale)

    @cached_property
    def number(self) -> Printed | None:
        """The number that it comes to."""
        return next((part.number for part in reversed(self.parts) if part.number), None)

    @property
    def last(self) -> Formula | None:
        """The formula that it comes to, where it ends in none but formulas; one with the quantity
        itself says nothing of it."""
        if self.number:
            return None
        told = (part for part in reversed(self.parts) if self.quantity not in part.names)
        return next((part.formula for part in told if part.formula), None)


@dataclass(frozen=True)
class Bound:
    """A page under one reading."""

    statements: tuple[Statement, ...]
    helpers: Mapping[Quantity, Formula]
    """the student's own names, by their formulas"""
    extra: Mapping[Quantity, Step]
    """slopes that only this page names"""


def scaled(formula: Formula, by: Fraction) -> Formula:
    """A multiple of a formula."""
    if by == 1:
        return formula
    if by == -1:
        return Neg(formula)
    factor = Quotient(Num(str(abs(by.numerator))), Num(str(by.denominator)))
    product = Product((factor, formula))
    return Neg(product) if by < 0 else product
