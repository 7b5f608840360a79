"""A gradient with its numbers put in, all but one."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.practice.posing.posed import Posed, Unposable, asked_parameters, shuffled
from tutor.solving import Solved
from tutor.symbolic.formula import Product, Ref, factors
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.step import Step


@dataclass(frozen=True)
class Factor(Posed):
    """One factor of a gradient is to be found."""

    step: Step
    place: int
    """which of its factors, from 0"""

    @property
    def quantity(self) -> Quantity:
        """The factor that is left out."""
        factor = factors(self.step.formula)[self.place]
        assert isinstance(factor, Ref)
        return factor.to


def factor(solved: Solved, stream: str) -> Factor:
    """One factor, that is not given, of the gradient of an asked weight."""
    wanted = asked_parameters(solved)
    places = [
        (step, n)
        for step in solved.run.steps
        if step.rule == "gradient" and any(w.units == step.defines.units for w in wanted)
        for n, x in enumerate(factors(step.formula))
        if isinstance(step.formula, Product)
        and isinstance(x, Ref)
        and x.to in solved.figures.lines
        and step.defines in solved.figures.lines
    ]
    if not places:
        what = "no asked gradient is a product with a factor that is to be computed"
        raise Unposable(solved, what, "ask for the gradient of a weight")
    return Factor(solved, *shuffled(places, f"{stream}/factor")[0])
