"""What the first section says is given."""

from __future__ import annotations

import math

import pytest

import tutor
from tutor.numeric.floats import Floats
from tutor.pages.options import Options
from tutor.pages.render import render
from tutor.problem.file import parse
from tutor.symbolic.activations import Activation
from tutor.symbolic.formula import Num
from tutor.symbolic.simple import NETS

STATED = """\
loss: half_sse
layers:
  - {{activation: sigmoid, weights: [["?"]], biases: [{bias}]}}
  - {{activation: linear, weights: [[2]]}}
patterns:
  - {{inputs: [3], targets: [1]}}
given: {{o_h1: {output}}}
"""


@pytest.mark.parametrize("name", NETS)
def test_each_net_input_has_the_output_that_it_is_told_for(name: str) -> None:
    for output, net in NETS[name].items():
        value = Activation(name).output(net).read(Floats({}))
        assert math.isclose(value, Num(output).read(Floats({})), rel_tol=1e-12)


@pytest.mark.parametrize(
    ("output", "bias", "says"), [("1/3", '"?"', "net_h1 = -ln(2)"), ("0.33", '"?"', "")]
)
def test_the_net_input_behind_a_simple_fraction_is_said(output: str, bias: str, says: str) -> None:
    solution = tutor.solve(parse(STATED.format(output=output, bias=bias)))
    page = render(solution, "text", Options())
    assert ("Net input of this output" in page) == bool(says)
    assert says in page


def test_a_net_input_that_follows_from_what_is_told_is_not_said_again() -> None:
    text = STATED.format(output="2/3", bias="0.1").replace('"?"', "0.5")
    assert "Net input of this output" not in render(tutor.solve(parse(text)), "text", Options())
