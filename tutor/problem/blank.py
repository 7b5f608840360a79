"""A problem file to fill in."""

from __future__ import annotations

import re
from itertools import cycle, pairwise

from tutor.errors import InputError, did_you_mean
from tutor.problem.layers import LARGE, SMALL, Limits
from tutor.problem.reading import counted
from tutor.symbolic.activations import ACTIVATIONS, SOFTMAX
from tutor.symbolic.losses import LOSSES
from tutor.symbolic.network import layer_names, unit_names

_SIZES = re.compile(r"\d{1,9}(-\d{1,9})+", re.ASCII)
_NUMBERS = ("0.1", "0.4", "-0.3", "0.2", "0.5", "-0.2", "0.3", "-0.1", "0.6", "-0.5")

_LARGE = """\
large: true                    # more than 10 layers or 100 weights
"""
_HEAD = """\
title: {title:<23} # printed at the top
source: made by hand           # where it comes from
loss: {loss:<24} # half_sse, sse, mse, bce (sigmoid outputs), cce (softmax)
learning_rate: 0.5             # leave it out for gradients only
layers:                        # from the first hidden layer to the outputs
"""
_LAYER = """\
  - activation: {activation:<14} # {choices}
    # a row a unit: {first} has the weights to {unit} from {feeders}
    weights: [{rows}]
    biases: [{biases}]   # one a unit; one number: shared by the layer; leave it out: none
"""
_TAIL = """\
patterns:
  - {{inputs: [{inputs}], targets: [{targets}]}}
# rounding: 4 decimals         # round every step, as by hand
# notation: mazur              # whose names the page uses
# ask: [{ask}]        # what is asked; left out: everything
"""


def blank(sizes: str, *, loss: str = "half_sse", activation: str = "sigmoid") -> str:
    """A commented problem file for a network of these sizes, such as 2-2-1, with numbers in it.

    Raises InputError for sizes, a loss or a transfer function that mean nothing.
    """
    units = _units(sizes)
    for word, known, what in ((loss, LOSSES, "loss"), (activation, ACTIVATIONS, "activation")):
        if word not in known:
            raise InputError(word, f"is no {what}", did_you_mean(word, known))
    numbers = cycle(_NUMBERS)
    if loss == "cce" and units[-1] < 2:
        raise InputError(sizes, "has one output; cce needs a softmax over two or more")
    text = "" if _fits(units, SMALL) else _LARGE
    text += _HEAD.format(title=f"A {sizes} network", loss=loss)
    names = _unit_names(units)
    for n, size in enumerate(units[1:], 1):
        last = n == len(units) - 1
        rows = [", ".join(next(numbers) for _ in range(units[n - 1])) for _ in range(size)]
        text += _LAYER.format(
            activation=_activation(loss, activation) if last else activation,
            choices=", ".join(a for a in ACTIVATIONS if last or a != SOFTMAX),
            rows=", ".join(f"[{row}]" for row in rows),
            first=f"[{rows[0]}]",
            unit=names[n][0],
            feeders=", ".join(names[n - 1]),
            biases=", ".join(next(numbers) for _ in range(size)),
        )
    inputs = ", ".join(next(numbers) for _ in range(units[0]))
    targets = ", ".join(["1", *["0"] * (units[-1] - 1)])
    ask = f"dE/dw_{names[1][0]}_{names[0][0]}"
    return text + _TAIL.format(inputs=inputs, targets=targets, ask=ask)


def _units(sizes: str) -> list[int]:
    """The units of each layer."""
    units = [int(size) for size in sizes.split("-")] if _SIZES.fullmatch(sizes) else [0]
    if 0 in units:
        raise InputError(sizes, "is no network", "write units a layer, inputs first, as in 2-2-1")
    if not _fits(units, LARGE):
        what = f"is a network of {counted(len(units) - 1, 'layer')} and {_weights(units):,} weights"
        most = f"a problem file has at most {LARGE.layers} layers and {LARGE.weights:,}"
        raise InputError(sizes, what, most)
    return units


def _weights(units: list[int]) -> int:
    return sum(to * feeding for feeding, to in pairwise(units))


def _fits(units: list[int], limits: Limits) -> bool:
    return len(units) - 1 <= limits.layers and _weights(units) <= limits.weights


def _activation(loss: str, activation: str) -> str:
    """The transfer function of the outputs: the one that a cross-entropy needs."""
    return {"cce": SOFTMAX, "bce": "sigmoid"}.get(loss, activation)


def _unit_names(units: list[int]) -> list[tuple[str, ...]]:
    layers = ("x", *layer_names(len(units) - 1))
    return [unit_names(layer, size) for layer, size in zip(layers, units, strict=True)]
