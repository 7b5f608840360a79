"""The letters f and f' in a student's formula, as they are for the unit at hand."""

from __future__ import annotations

from tutor.marking.functions import UNNAMED
from tutor.symbolic.activations import TRANSFERS, Activation
from tutor.symbolic.formula import Call, Formula
from tutor.symbolic.rewrite import Rewrite


class Functions(Rewrite):
    """The letters f and f' replaced by a unit's transfer function and its slope."""

    def __init__(self, activation: Activation | None) -> None:
        elementwise = activation is not None and activation.name in TRANSFERS
        self.activation = activation if elementwise else None

    def call(self, fn: str, x: Formula) -> Formula:
        if fn.rstrip("'") not in UNNAMED or self.activation is None:
            return Call(fn, x)
        if fn.endswith("'"):
            return self.activation.slope(x, self.activation.output(x))
        return self.activation.output(x)
