"""A problem file without a flaw, its parts, and what is said of those that have one."""

from __future__ import annotations

import pytest

from tutor.errors import InputError
from tutor.problem.file import parse

GOOD = """\
loss: half_sse
learning_rate: 0.5
layers:
  - activation: sigmoid
    weights: [[0.10, -.20], ["1/3", 5.e-1]]
    biases: 0.35
  - activation: sigmoid
    weights: [[0.40, 0.45], [0.50, 0.55]]
    biases: [0.60, +0.7]
patterns:
  - {inputs: [0.05, 0.10], targets: [0.01, 0.99]}
"""
PATTERN = "{inputs: [0.05, 0.10], targets: [0.01, 0.99]}"
W1 = '[[0.10, -.20], ["1/3", 5.e-1]]'
RATE = "learning_rate: 0.5"
LAYER = "{activation: sigmoid, weights: 1}"
CHAIN = "loss: sse\npatterns: {inputs: 1, targets: 1}\nlayers:\n" + f"  - {LAYER}\n" * 11


def flaws_of(text: str) -> str:
    """What is said of a text."""
    with pytest.raises(InputError) as raised:
        parse(text, "f")
    return str(raised.value)
