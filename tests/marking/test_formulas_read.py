"""Formulas in symbols are read to their end, so that they are checked: not only their numbers."""

from __future__ import annotations

import pytest
from spelled import TWO_PATTERNS

from tutor.marking.frame import Frame
from tutor.marking.mark import mark_with
from tutor.problem.file import parse
from tutor.problem.shipped import load
from tutor.solving import Solved

FRAMES = {
    "mazur": Frame(Solved.of(load("mazur"))),
    "momentum": Frame(Solved.of(load("momentum"))),
    "patterns": Frame(Solved.of(parse(TWO_PATTERNS, "two.yaml"))),
}
MOMENTUM = r"\Delta w_{o1,h1} = -0.2 \cdot 0.4367 + \alpha \cdot \Delta w_{o1,h1}"

CODE = """\
import numpy as np
sigmoid = lambda z: 1/(1+np.exp(-z))
z1 = W1 @ x + b1
z1 = W1 @ x + b1 = [0.3775 0.3925]
x = np.array([0.05, 0.10])
E = 0.5*np.sum((t-a2)**2)
W2 -= eta*dW2
dE_dw5 = 0.0822
dEdw6 = 0.0827
out_h1 = 1/(1+math.exp(-0.3775)) = 0.5933
"""

LINES = (
    ("mazur", "(dE/dout_h1)^2 = 0.0013"),
    ("mazur", "s = (dE/dw1 + dE/dw2)/2 = 0.0007"),
    ("mazur", "s = 2·(∂E/∂w5) = 0.1643"),
    ("mazur", "net_o1+ = w5+*out_h1+ + w6+*out_h2+ + b2 = 1.0569"),
    ("mazur", "out_h1+ = 1/(1 + e^(-net_h1+)) = 0.5932"),
    ("mazur", "[dE/dw5 dE/dw6] = [0.0822 0.0827]"),
    ("mazur", "(w5+ w6+) = (0.3589 0.4087)"),
    ("mazur", "Input to h1: 0.15*0.05 + 0.20*0.10 + 0.35 = 0.3775"),
    ("momentum", f"Iteration 1\nΔw_o1_h1 = -0.1557\n{MOMENTUM}^{{(\\text{{update 1}})}} = -0.1652"),
    ("momentum", "Iteration 2\nΔw_o1_h1 = -0.2*0.4367 + α*Δw_o1_h1_prev = -0.1652"),
    ("patterns", "Pattern 2\nx1 = 0.6\nnet = w1*x1 + w2*x2 = 0.27"),
    ("patterns", "Pattern 1\nnet = w1*x1 + w2*x2 = 0.915\nPattern 2\nnet = w1*x1 + w2*x2 = 0.27"),
)


@pytest.mark.parametrize(("name", "text"), LINES)
def test_no_part_of_a_line_is_left_unread(name: str, text: str) -> None:
    for verdict in mark_with(FRAMES[name], text).verdicts:
        assert not verdict.message
        assert verdict.kind.value in ("correct", "unmarked")
        assert all(equation.holds for equation in verdict.equations)


def test_code_is_read_where_it_shows_a_value() -> None:
    verdicts = mark_with(FRAMES["mazur"], CODE).verdicts
    assert {v.line for v in verdicts} == {4, 5, 8, 9, 10}
    assert {v.kind.value for v in verdicts} == {"correct"}


def test_a_wrong_input_in_symbols_is_seen_in_every_pattern() -> None:
    text = "Pattern 2\nnet = w1*x2 + w2*x2 = 0.27\ndelta = -0.0817\ndE/dw1 = delta*x1 = -0.0490"
    net, _, slope = mark_with(FRAMES["patterns"], text).verdicts
    assert (net.slip, slope.slip) == (True, False)


def test_a_notation_that_reads_every_formula_is_preferred() -> None:
    """Rumelhart's x is a net input; the left sides alone fit any notation."""
    text = "dE/dw_o1_h1 = dE/dy_o1*dy_o1/dx_o1*y_h1 = 0.7787"
    marked = mark_with(FRAMES["momentum"], text)
    assert (marked.notation, marked.verdicts[0].message) == ("rumelhart", "")
    text = "dE/dw5 = dE/dy_o1*dy_o1/dx_o1*y_h1 = 0.0822"
    marked = mark_with(FRAMES["mazur"], text)
    assert (marked.notation, marked.verdicts[0].message) == ("rumelhart", "")
