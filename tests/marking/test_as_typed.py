"""Right workings as people type them: every line is read as what it says, and is right."""

from __future__ import annotations

import pytest

from tutor.marking.index_evidence import ways_to_count
from tutor.marking.lines import read_lines
from tutor.marking.mark import mark
from tutor.problem.shipped import load
from tutor.solving import Solved

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
    ("half-sse", "net_h2 = 0.7\ny = 0.6796", "net_h2 o_y1"),
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

COUNTED = (
    # the index of a layer, beside a vector or in brackets
    (
        "half-sse",
        "Z1 = [-0.6, 0.7]\nA1 = [0.3543, 0.6682]\nZ2 = -0.8*0.3543 + 1.1*0.6682 + 0.3 = 0.7516\n"
        "A2 = 0.6796\ndZ2 = 0.1262\ndb2 = 0.1262\nb2 = 0.3 - 0.5*0.1262 = 0.2369",
        "net_h1 net_h2 o_h1 o_h2 net_y1 o_y1 dE/dnet_y1 dE/db_y1 b_y1_new",
    ),
    ("half-sse", "z^[1]_1 = -0.6\nz^[2] = 0.7516\na^[2] = 0.6796", "net_h1 net_y1 o_y1"),
    (
        "bce-t0",
        "dL/db2 = 0.6757\ndL/db1 = [0.8331, -0.3247]",
        "dE/db_y1 dE/db_h1 dE/db_h2",
    ),
    ("momentum", "z1 = 0.9, a1 = 0.71095\nz2 = 1.29533\ndelta2 = 1.09533", None),
    # units counted through, from the inputs or from the first hidden one
    (
        "half-sse",
        "net_3 = -0.6, o_4 = 0.6682\nnet_5 = 0.7516\nδ_5 = 0.1262\nδ_3 = -0.0231\n"
        "w_35 = -0.8 - 0.5*0.0447 = -0.8224\nw_14 = 0.7 - 0.5*0.0308 = 0.6846",
        "net_h1 o_h2 net_y1 dE/dnet_y1 dE/dnet_h1 w_y1_h1_new w_h2_x1_new",
    ),
    (
        "half-sse",
        "a1 = 0.3543\na2 = 0.6682\na3 = 0.6796\ndelta3 = 0.1262\nw31 = -0.8224",
        "o_h1 o_h2 o_y1 dE/dnet_y1 w_y1_h1_new",
    ),
    # patterns
    (
        "two-patterns-batch",
        "y(1) = 0.6457, y(2) = 0.4502\ndE(1)/dw1 = 0.1477\ndE(2)/dw1 = -0.0681\n"
        "dE/dw1 = 0.1477 - 0.0681 = 0.0796",
        "o_y1 o_y1 dE/dw_y1_x1 dE/dw_y1_x1 dE/dw_y1_x1",
    ),
    (
        "two-patterns-batch",
        "net = [0.6, -0.2]\ny = [0.64566, 0.45017]\ndelta = [0.14771, -0.13609]",
        "net_y1 net_y1 o_y1 o_y1 dE/dnet_y1 dE/dnet_y1",
    ),
    (
        "two-patterns-batch",
        "net1 = 0.6, net2 = -0.2\ny1 = 0.64566, y2 = 0.45017\ndelta1 = 0.14772, delta2 = -0.13609",
        None,
    ),
    ("two-patterns-batch", "Pattern 1: y1 = 0.6457\nPattern 2: y2 = sigmoid(-0.2) = 0.4502", None),
    ("two-patterns-batch", "p1: net = 0.6, y = 0.6457\np2: net = -0.2, y = 0.4502", None),
    ("two-patterns-batch", "Pattern 1\n∂E_1/∂w_1 = 0.1477\nPattern 2\n∂E_2/∂w_1 = -0.0681", None),
    ("two-patterns-batch", "sum dE/dw1 = 0.1477 - 0.0681 = 0.0796\ndE/dw2 (sum) = -0.1361", None),
    ("two-patterns-batch", "Summe ∂E/∂w2 = 0 - 0.1361 = -0.1361\nΣ dE/db = 0.0116", None),
)
OTHER = (
    ("softmax", "o_1 = 0.8431, o_2 = 0.5035\np_1 = 0.5056, p_2 = 0.3600", None),
    ("softmax", "exp(o) = (2.323, 1.655, 0.618)", "exp_y1 exp_y2 exp_y3"),
    ("softmax", "a_1 = -0.2\na_2 = 1.3\nz_1 = sigmoid(-0.2) = 0.4502", "net_h1 net_h2 o_h1"),
    ("momentum", "v_w2 = -0.1557\nv_b2 = -0.2191\nv_w1 = -0.1260\nv_b1 = -0.0630", None),
    ("elu-softplus", "net_1 = -0.7 < 0, so ELU: out_1 = e^-0.7 - 1 = -0.5034", "net_h1 o_h1"),
    ("tanh", "h1 = -0.537 y h2 = -0.691", "o_h1 o_h2"),
    ("equal-weights", "dE/dw_h1_x1 = dE/dw_h2_x1 = -0.00498", "dE/dw_h1_x1 dE/dw_h2_x1"),
    ("sse", "quantity,formula,value\nnet_h1,0.3*1-0.5*2+0.1,-0.6", "net_h1"),
    ("mazur", "The delta of o2 is (0.773 - 0.99)*0.773*0.227 = -0.0381.", "dE/dnet_y2"),
    ("three-hidden-layers", "y = 1.1399\nE = y²/2 = 0.6497", "o_y1 E"),
    (
        "han-kamber",
        "Unit j   Net input Ij   Output Oj\n4   0.2 + 0 - 0.5 - 0.4 = -0.7   1/(1+e^0.7) = 0.332\n"
        "6   (-0.3)(0.332) - (0.2)(0.525) + 0.1 = -0.105   1/(1+e^0.105) = 0.474",
        "net_h1 o_h1 net_y1 o_y1",
    ),
    ("half-sse", "a1 = [0.3543, 0.6682]\nn2 = W2*a1 + b2 = 0.7515", "o_h1 o_h2 net_y1"),
)


@pytest.mark.parametrize(("problem", "text", "keys"), [*RIGHT, *COUNTED, *OTHER])
def test_names_are_those_of_the_page(problem: str, text: str, keys: str | None) -> None:
    verdicts = mark(load(problem), text).verdicts
    if keys:
        assert [v.quantity and v.quantity.key.split("[")[0] for v in verdicts] == keys.split()
    assert [(v.kind.value, v.slip) for v in verdicts] == [("correct", False)] * len(verdicts)


def test_a_formula_in_matrices_is_not_held_to_the_names_of_numbers() -> None:
    (verdict,) = mark(load("diaz"), "Z1 = W1 x + b1").verdicts
    assert verdict.kind.value == "unmarked"


def test_an_index_in_round_brackets_is_no_layers_where_there_are_patterns() -> None:
    """It may count those."""
    for problem, layered in (("half-sse", True), ("local-minimum", False)):
        run = Solved.of(load(problem)).run
        found = [
            one.layered for one in ways_to_count(run, read_lines("a^(2) = 0.5"), labelled=False)
        ]
        assert [bool(letters) for letters in found] == [layered] * len(found)


def test_a_wrong_y_behind_a_hidden_unit_is_the_networks() -> None:
    verdicts = mark(load("half-sse"), "net_h2 = 0.7\ny = 0.55").verdicts
    assert [v.quantity and v.quantity.key for v in verdicts] == ["net_h2", "o_y1"]


def test_a_name_without_an_index_is_the_units_own_only_where_that_fits() -> None:
    text = "delta = -0.0406\ndelta2 = delta*w2*o*(1-o) = -0.0406*0.9*(1-0.69)*0.69 = -0.00782"
    _, verdict = mark(load("rgu"), text).verdicts
    assert (verdict.kind.value, verdict.slip) == ("wrong", False)
    assert [cause.id for cause in verdict.causes][:1] == ["output-slope-at-hidden"]


def test_a_chain_may_end_in_another_name_of_the_same() -> None:
    text = "delta_o1 = dE/dout_o1 * dout_o1/dnet_o1 = dE/dnet_o1"
    (verdict,) = mark(load("mazur"), text).verdicts
    assert (verdict.kind.value, verdict.slip) == ("correct", False)


def test_an_exponent_may_be_a_difference() -> None:
    text = "dE/dout_o1 = 2 * 1/2 * (target_o1 - out_o1)^(2 - 1) * -1 + 0"
    (verdict,) = mark(load("mazur"), text).verdicts
    assert (verdict.kind.value, verdict.slip) == ("correct", False)


def test_a_value_may_be_right_beside_a_false_equation() -> None:
    before = "delta = (0.5-0.69)(1-0.69)0.69 = -0.0406\nout_bottom = 0.6637\n"
    line = "δ2 = δ x w2 = -0.0406 x 0.9 x (1-o)o = -0.03654 x 0.2232 = -0.00816"
    verdict = mark(load("rgu"), before + line).verdicts[-1]
    assert (verdict.kind.value, verdict.slip) == ("correct", True)
    assert [equation.holds for equation in verdict.equations] == [False, True, True]


def test_a_heading_may_name_the_inputs_and_targets_of_its_pattern() -> None:
    text = "Step 1: pattern (1, 0) -> 0\nnet = 0.6\nStep 2: pattern (0.5, 1) -> 1\nnet = -0.6431"
    verdicts = mark(load("two-patterns-stochastic"), text).verdicts
    assert [v.quantity and v.quantity.key for v in verdicts] == ["net_y1[1]", "net_y1[2]"]


def test_a_chapter_is_read_as_it_is_printed() -> None:
    page = mark(load("rgu"), RGU)
    assert [v.line for v in page.verdicts if v.kind.value == "wrong"] == [8, 9]
    assert [v.line for v in page.verdicts if v.kind.value in ("unread", "unmarked")] == []
    assert {v.causes[0].id for v in page.verdicts if v.kind.value == "wrong"} == {"updated-weights"}
