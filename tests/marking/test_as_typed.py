"""Right workings as people type them: every line is read as what it says, and is right."""

from __future__ import annotations

import pytest

from tutor.marking.mark import mark
from tutor.problem.shipped import load

RGU = """\
Input to top neuron = (0.35x0.1)+(0.9x0.8)=0.755. Out = 0.68.
Input to bottom neuron = (0.9x0.6)+(0.35x0.4) = 0.68. Out = 0.6637.
Input to final neuron = (0.3x0.68)+(0.9x0.6637) = 0.80133. Out = 0.69.
Output error δ = (t-o)(1-o)o = (0.5-0.69)(1-0.69)0.69 = -0.0406.
w1+ = w1+(δ x input) = 0.3 + (-0.0406x0.68) = 0.272392
w2+ = w2+(δ x input) = 0.9 + (-0.0406x0.6637) = 0.87305.
Errors for hidden layers:
δ1 = δ x w1 = -0.0406 x 0.272392 x (1-o)o = -2.406x10-3
δ2= δ x w2 = -0.0406 x 0.87305 x (1-o)o = -7.916x10-3
w3+=0.1 + (-2.406 x 10-3x0.35) = 0.09916.
w4+ = 0.8 + (-2.406 x 10-3x0.9) = 0.7978.
w5+ = 0.4 + (-7.916 x 10-3x0.35) = 0.3972.
w6+ = 0.6 + (-7.916 x 10-3x0.9) = 0.5928."""
"""As the chapter prints it, with the powers as they come out of its PDF."""

RIGHT = (
    ("mazur", "deltas output: .1385, -.0381", "dE/dnet_y1 dE/dnet_y2"),
    ("mazur", "Hidden deltas: 0.00877, 0.00995", "dE/dnet_h1 dE/dnet_h2"),
    ("mazur", "errors: 0.2748, 0.0236; total: 0.2984", "E_y1 E_y2 E"),
    ("mazur", "δ = 0.1385, -0.0381", "dE/dnet_y1 dE/dnet_y2"),
    ("softmax", "exp: 2.3236, 1.6545, 0.6179", "exp_y1 exp_y2 exp_y3"),
    ("mazur", "The updated weights are w5 = 0.358917, w6 = 0.408666", "w_y1_h1_new w_y1_h2_new"),
    ("two-patterns-batch", "grad = (0.1477, 0), bias: 0.1477", "dE/dw_y1_x1 dE/dw_y1_x2 dE/db_y1"),
    ("mazur", "dE/dw5 = 0.0822, w5 = 0.3589", "dE/dw_y1_h1 w_y1_h1_new"),
    ("mazur", "net_h2 = 0.3925. Out = 0.5969.", "net_h2 o_h2"),
    (
        "three-hidden-layers",
        "z2 = 1.2·0.3799 − 0.7·0.7398 + 0.1 = 0.0380\ny2 = σ(0.0380) = 0.5095\n"
        "∂E/∂z3_1 = 1.3953\n∂E/∂z3_2 = −1.0397\n"
        "∂E/∂y2 = 0.9·1.3953 + (−0.6)(−1.0397) = 1.8796\n∂E/∂z2 = 1.8796·0.5095·0.4905 = 0.4697",
        "net_h2_1 o_h2_1 dE/dnet_h3_1 dE/dnet_h3_2 dE/do_h2_1 dE/dnet_h2_1",
    ),
    (
        "rgu",
        "delta = -0.0406\ndelta2 = delta*w2*o*(1-o) = -0.0406*0.9*(1-0.6637)*0.6637 = -0.00816",
        "dE/dnet_y1 dE/dnet_h2",
    ),
)


@pytest.mark.parametrize(("problem", "text", "keys"), RIGHT)
def test_a_right_line_is_read_and_right(problem: str, text: str, keys: str) -> None:
    verdicts = mark(load(problem), text).verdicts
    assert [v.quantity and v.quantity.key.split("[")[0] for v in verdicts] == keys.split()
    assert [(v.kind.value, v.slip) for v in verdicts] == [("correct", False)] * len(verdicts)


def test_a_name_without_an_index_is_the_units_own_only_where_that_fits() -> None:
    text = "delta = -0.0406\ndelta2 = delta*w2*o*(1-o) = -0.0406*0.9*(1-0.69)*0.69 = -0.00782"
    _, verdict = mark(load("rgu"), text).verdicts
    assert (verdict.kind.value, verdict.slip) == ("wrong", False)
    assert [cause.id for cause in verdict.causes][:1] == ["output-slope-at-hidden"]


def test_a_heading_may_name_the_inputs_and_targets_of_its_pattern() -> None:
    text = "Step 1: pattern (1, 0) -> 0\nnet = 0.6\nStep 2: pattern (0.5, 1) -> 1\nnet = -0.6431"
    verdicts = mark(load("two-patterns-stochastic"), text).verdicts
    assert [v.quantity and v.quantity.key for v in verdicts] == ["net_y1[1]", "net_y1[2]"]


def test_a_chapter_is_read_as_it_is_printed() -> None:
    page = mark(load("rgu"), RGU)
    assert [v.line for v in page.verdicts if v.kind.value == "wrong"] == [8, 9]
    assert [v.line for v in page.verdicts if v.kind.value in ("unread", "unmarked")] == []
    assert {v.causes[0].id for v in page.verdicts if v.kind.value == "wrong"} == {"updated-weights"}
