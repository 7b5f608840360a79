"""One unit alone, so that everything about it is a function of its net input."""

from __future__ import annotations

import numpy as np

from tutor.plots.landscape import Landscape
from tutor.symbolic.activations import Activation
from tutor.symbolic.derivation import derive
from tutor.symbolic.network import Bias, Layer, Network
from tutor.symbolic.quantity import T, W, X

UNIT = "y1"


def one_unit(activation: Activation, loss: str = "half_sse", target: float = 0.0) -> Landscape:
    """One unit fed by 1, so that its weight is its net input."""
    network = Network(("x1",), (Layer("y", (UNIT,), (activation,), Bias.NONE),), loss)
    data = ({X("x1"): 1.0, T(UNIT): target},)
    return Landscape(derive(network), (W(UNIT, "x1"),), np.zeros(1), data)
