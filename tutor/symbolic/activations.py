"""Transfer functions: a row says what a unit puts out and the slope as it is computed by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from tutor.symbolic.formula import (
    ONE,
    Call,
    Cases,
    Formula,
    Neg,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    minus,
)


@dataclass(frozen=True, slots=True)
class Transfer:
    """One row: f(net) and f'(net), the slope in terms of what the forward pass has left behind."""

    output: Callable[[Formula, Formula], Formula]
    """(net, parameter) -> o"""
    slope: Callable[[Formula, Formula, Formula], Formula]
    """(net, o, parameter) -> f'(net)"""
    steepest: str | None = None
    """the largest slope, which a saturated unit is measured against; a parameter may be larger"""
    parameter: str | None = None
    """the parameter where a problem gives none"""


def _exp(x: Formula) -> Formula:
    return Call("exp", x)


TRANSFERS = {
    "sigmoid": Transfer(
        lambda net, a: Quotient(ONE, Sum((ONE, _exp(Neg(net))))),
        lambda net, o, a: Product((o, minus(ONE, o))),
        steepest="0.25",
    ),
    "tanh": Transfer(
        lambda net, a: Call("tanh", net),
        lambda net, o, a: minus(ONE, Power(o, 2)),
        steepest="1",
    ),
    "relu": Transfer(
        lambda net, a: Call("relu", net),
        lambda net, o, a: Cases(net, ONE, Num("0")),
    ),
    "leaky_relu": Transfer(
        lambda net, a: Cases(net, net, Product((a, net))),
        lambda net, o, a: Cases(net, ONE, a),
        parameter="0.01",
    ),
    "elu": Transfer(
        lambda net, a: Cases(net, net, Product((a, minus(_exp(net), ONE)))),
        lambda net, o, a: Cases(net, ONE, Sum((o, a))),
        steepest="1",
        parameter="1",
    ),
    "softplus": Transfer(
        lambda net, a: Call("ln", Sum((ONE, _exp(net)))),
        lambda net, o, a: Quotient(ONE, Sum((ONE, _exp(Neg(net))))),
        steepest="1",
    ),
    "linear": Transfer(lambda net, a: net, lambda net, o, a: ONE),
}

SOFTMAX = "softmax"
"""Not a row: its output needs the net inputs of the whole layer."""

ACTIVATIONS = tuple(sorted((*TRANSFERS, SOFTMAX)))


@dataclass(frozen=True, slots=True)
class Activation:
    """A transfer function by name, with its parameter where it has one."""

    name: str
    parameter: str | None = None

    @property
    def transfer(self) -> Transfer:
        """Its row of the table."""
        return TRANSFERS[self.name]

    def output(self, net: Formula) -> Formula:
        """f(net)"""
        return self.transfer.output(net, Num(self._parameter))

    def slope(self, net: Formula, o: Formula) -> Formula:
        """f'(net), with o = f(net)"""
        return self.transfer.slope(net, o, Num(self._parameter))

    @property
    def steepest(self) -> str | None:
        """The largest slope, if units of this kind saturate."""
        known = self.transfer.steepest
        return known and max(known, self._parameter, key=Fraction)

    @property
    def _parameter(self) -> str:
        return self.parameter or self.transfer.parameter or "0"
