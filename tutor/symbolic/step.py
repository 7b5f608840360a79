"""A step: one named quantity, defined by a formula in quantities that are already known."""

from dataclasses import dataclass

from tutor.symbolic.formula import Formula
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.rewrite import Rename


@dataclass(frozen=True, slots=True)
class Step:
    """``defines = formula``; the chain rule and other ways to the same value stand beside it."""

    defines: Quantity
    formula: Formula
    rule: str
    """why it holds; the key of its sentence"""
    chain: Formula | None = None
    """the chain rule that the formula spells out"""
    routes: tuple[Formula, ...] = ()
    """formulas that come to the same value and that people use instead"""
    slopes: tuple[tuple[Quantity, Formula], ...] = ()
    """its local derivatives in the form computed by hand; they may use what it defines"""
    aside: bool = False
    """nothing else uses it: a page shows it only where it is asked for"""

    def renamed(self, rename: Rename) -> "Step":
        """The same step for other quantities."""
        return Step(
            rename.new(self.defines),
            self.formula.read(rename),
            self.rule,
            self.chain and self.chain.read(rename),
            tuple(route.read(rename) for route in self.routes),
            (),
            self.aside,
        )
