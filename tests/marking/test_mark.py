"""What is said of a working: a table of lines and their verdicts, then the claims of the issue."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from tutor.marking.evidence import Evidence
from tutor.marking.frame import Frame
from tutor.marking.judge import VALUELESS
from tutor.marking.lexicon import EXACTLY
from tutor.marking.lines import read_lines
from tutor.marking.mark import mark_with
from tutor.marking.printed import printed
from tutor.marking.readings import _likely, _read, best_reading
from tutor.marking.verdict import Kind, Marked
from tutor.problem.notation import NOTATIONS
from tutor.problem.shipped import load
from tutor.solving import Solved
from tutor.symbolic.quantity import ALWAYS
from tutor.symbolic.quantity import Kind as QuantityKind


@cache
def frame(name: str = "mazur") -> Frame:
    return Frame(Solved.of(load(name)))


def marked(text: str, name: str = "mazur", **options: bool) -> Marked:
    return mark_with(frame(name), text, **options)  # type: ignore[arg-type]


READ = (
    ("net_h1 = 0.3775", "net_h1"),
    ("∂E/∂out_{h1} = 0.0554 + -0.0190 = 0.0364", "dE/do_h1"),
    ("∂E_1/∂o_h1 = 0.0554", "dE/do_h1@y1"),
    ("∂o_y1/∂net_y1 = 0.7514·(1−0.7514) = 0.1868", "f'(net_y1)"),
    ("∂net_y1/∂o_h1 = w5 = 0.4", "dnet_y1/do_h1"),
    ("∂net_h1/∂w1 = 0.05", "dnet_h1/dw_h1_x1"),
    ("do_y1/dw5 = 0.1868*0.5933 = 0.1108", "do_y1/dw_y1_h1"),
    ("dE/dx1 = 0.0038", "dE/dx1"),
    ("dE_total/dout_o1 = -(0.01-0.7514) = 0.7414", "dE/do_y1"),
    ("δ_y1 = 0.1385", "dE/dnet_y1"),
    ("delta_{y2} = -0.0381", "dE/dnet_y2"),
    ("σ'(net_y1) = 0.1868", "f'(net_y1)"),
    ("dE/dw_{h1,x1} = 0.000439", "dE/dw_h1_x1"),
    (r"\frac{\partial E}{\partial w_5} = 0.0822", "dE/dw_y1_h1"),
    ("w_5^{new} = 0.3589", "w_y1_h1_new"),
    ("w5' = 0.3589", "w_y1_h1_new"),
    ("w5+ = 0.3589", "w_y1_h1_new"),
    ("w'5 = 0.3589", "w_y1_h1_new"),
    ("D(E)/D(W6) = 0.0827", "dE/dw_y1_h2"),
    (">>> 0.15*0.05 + 0.20*0.10 + 0.35\n0.3775", "net_h1"),
    (">>> print(out_h1)\nnp.float64(0.5933)", "o_h1"),
    ("The net input of unit h1: 0.0075 + 0.02 + 0.35 = 0.3775", "net_h1"),
    ("w5⁺ = 0.3589", "w_y1_h1_new"),
    ("w_new_5 = 0.3589", "w_y1_h1_new"),
    ("w5 ← w5 − 0.5·0.0822 = 0.3589", "w_y1_h1_new"),
    ("Δw5 = -0.0411", "change_w_y1_h1"),
    ("dw5: 0.0822", "dE/dw_y1_h1"),
    ("E after = 0.291", "E_new"),
    ("w_5,0.4", "w_y1_h1"),
    ("w_5(0) = 0.4", "w_y1_h1"),
    ("w_5(1) = 0.3589", "w_y1_h1_new"),
    ("s = 0.15*0.05 + 0.2*0.1 + 0.35 = 0.3775", "net_h1"),
    ("z^2_1 = 0.3775", "net_h1"),
    ("∂C/∂w^3_11 = 0.0822", "dE/dw_y1_h1"),
    ("h1 = σ(z1) = 0.5933", "o_h1"),
    ("| net h1 | 0.3775 |", "net_h1"),
    ("The net input of o1 is 1.1", "net_y1"),
    ("gradient of w5: 0.08", "dE/dw_y1_h1"),
    ("w5 gradient = 0.08", "dE/dw_y1_h1"),
    ("the new weight w5 is 0.36", "w_y1_h1_new"),
    ("neues Gewicht w5 = 0,36", "w_y1_h1_new"),
    ("Ausgabe von o1 = 0,75", "o_y1"),
    ("Gesamtfehler ≙ 29,8 %", "E"),
    ("the desired output of o1 is 0.01", "t_y1"),
    ("error term of o1 = 0.14", "dE/dnet_y1"),
    ("w5(new) = 0.3589", "w_y1_h1_new"),
    ("w5 (new) = w5 (old) - 0.5*0.0822 = 0.3589", "w_y1_h1_new"),
    (r"w_5(\text{new}) = 0.3589", "w_y1_h1_new"),
    (r"w_5^{(\text{new})} = 0.3589", "w_y1_h1_new"),
    ("w_{y1,h1} (neu) = 0.3589", "w_y1_h1_new"),
    ("w5 (updated): 0.3589", "w_y1_h1_new"),
    ("w5 (after update): 0.3589", "w_y1_h1_new"),
    ("w5(t+1) = w5(t) - 0.5*0.0822 = 0.3589", "w_y1_h1_new"),
    (r"w^{(t+1)}_5 = w^{(t)}_5 - 0.5 \cdot 0.0822 = 0.3589", "w_y1_h1_new"),
    ("w5(old) = 0.4", "w_y1_h1"),
    ("E (after the update) = 0.291", "E_new"),
    ("o1 = 0.7514 (≈ 75 %)", "o_y1"),
    ("dE/dw2 = 0.000877 (= 8.77e-4)", "dE/dw_h1_x2"),
    ("dE/dw2 = 8.771·10⁻⁴", "dE/dw_h1_x2"),
    ("dE/dw1 = 4,386·10^{-4}", "dE/dw_h1_x1"),
    ("dE/dw4 = 9.954*10^(-4).", "dE/dw_h2_x2"),
    ("dE/dw1 = 4.39*1e-4", "dE/dw_h1_x1"),
    ("dE/dw1 = 4.39x10^-4", "dE/dw_h1_x1"),
    ("dE/dw5 = 0.1385 * 0.5933 = 8.22 × 10^-2", "dE/dw_y1_h1"),
)
"""A right line as somebody writes it, and the quantity that it is about."""


@pytest.mark.parametrize(("line", "key"), READ, ids=[line for line, _ in READ])
def test_a_line_is_read_as_people_write_it(line: str, key: str) -> None:
    (verdict,) = marked(line).verdicts
    assert verdict.quantity is not None
    assert verdict.quantity.key == key
    assert verdict.kind is Kind.CORRECT
    assert not verdict.slip


def test_a_power_of_ten_scales_the_last_digit() -> None:
    (verdict,) = marked("dE/dw2 = 8.771·10⁻⁴").verdicts
    assert verdict.text == "dE/dw2 = 8.771·10⁻⁴"
    assert verdict.answered == printed("8.771e-4")
    assert marked("dE/dw2 = 8.971·10⁻⁴").verdicts[0].kind is Kind.WRONG
    assert marked("dE/dw2 = 8.771·10⁻³").verdicts[0].kind is Kind.WRONG


def test_a_number_is_the_finer_of_two_that_agree() -> None:
    (right,) = marked("o1 = 0.75 (= 0.7514)").verdicts
    assert right.answered == printed("0.7514")
    assert marked("o1 = 0.7814 (≈ 78 %)").verdicts[0].kind is Kind.WRONG
    assert marked("o1 = 0.7514 (≈ 85 %)").verdicts[0].kind is Kind.UNREAD


AT_NUMBERS = (
    ("saturated", "f'(-0.2) = 0.2475", "f'(net_h2)"),
    ("saturated", "f'(8) = 0.000335", "f'(net_h1)"),
    ("mazur", "f'(0.3775) = 0.5933*(1 - 0.5933) = 0.2413", "f'(net_h1)"),
    ("mazur", "δ_h1 = 0.0364*f'(0.3775) = 0.0088", "dE/dnet_h1"),
    ("tanh", "φ'(-0.6) = 1 - 0.537^2 = 0.7116", "f'(net_h1)"),
    ("tanh", "φ(-0.6) = -0.537", "o_h1"),
)


@pytest.mark.parametrize(("problem", "line", "key"), AT_NUMBERS, ids=[n[1] for n in AT_NUMBERS])
def test_a_function_of_a_number_is_that_of_the_unit_with_this_net_input(
    problem: str, line: str, key: str
) -> None:
    (verdict,) = marked(line, problem).verdicts
    assert verdict.quantity
    assert verdict.quantity.key == key
    assert verdict.kind is Kind.CORRECT
    assert not verdict.slip


def test_a_function_of_another_number_is_arithmetic() -> None:
    holds, fails = marked("f'(0.5) = 0.235\nf'(0.3775) = 0.2359").verdicts
    assert (holds.kind, holds.slip) == (Kind.UNMARKED, False)
    assert (fails.kind, fails.slip) == (Kind.UNMARKED, True)


IN_BRACKETS = (
    (
        "momentum",
        "w_o1_h1(1) = 1.4 - 0.2*0.7787 = 1.2443\n"
        "w_o1_h1(2) = w_o1_h1(1) - 0.2*0.4367 + 0.5*(-0.1557) = 1.079",
    ),
    ("momentum", "w_o1_h1(1) = 1.4\nw_o1_h1(2) = 1.2443"),
    ("momentum", "o_h1(1) = 0.7109\nE(2) = 0.2312\nδ_h1(1) = 0.3151"),
    ("momentum", "net_h1 = w_h1_x1(2) + b_h1 = 0.9"),
    ("two-patterns-batch", "o(1) = 0.6457, net(2) = -0.2, o(2) = σ(net(2)) = 0.4502"),
    ("two-patterns-batch", "δ^(1) = 0.1477, δ^(2) = -0.1361"),
    ("two-patterns-batch", "E(1) = 0.2084\nE(2) = 0.1512\nw_x1 (new) = 0.2407"),
    ("two-patterns-stochastic", r"\delta^{(1)} = 0.1477, \delta^{(2)} = -0.148"),
    ("mazur", "o(1) = 0.7514, o(2) = 0.7729"),
)


@pytest.mark.parametrize(("problem", "text"), IN_BRACKETS, ids=[text for _, text in IN_BRACKETS])
def test_a_count_in_brackets_is_that_of_an_update_or_a_pattern(problem: str, text: str) -> None:
    page = marked(text, problem)
    assert page.verdicts
    assert page.summary["correct"] == len(page.verdicts)
    assert not any(verdict.slip for verdict in page.verdicts)


def test_the_value_of_another_count_is_wrong() -> None:
    assert marked("E(1) = 0.5999\nE(2) = 0.0282", "momentum").summary["wrong"] == 1
    assert marked("δ(2) = 1.0953\nz(2) = 1.2953", "momentum").summary["wrong"] == 0
    assert marked("w_o1_h1(1) = 1.2443\nw_o1_h1(2) = 1.089", "momentum").summary["wrong"] == 1
    assert marked("o(1) = 0.6457\no(2) = 0.4602", "two-patterns-batch").summary["wrong"] == 1


COUNTED = (
    ("momentum", "t=1:\nnet_h1 = 0.9\nt = 2:\nnet_h1 = 0.5849\no_h1 = 0.6422"),
    ("momentum", "t = 1\nnet_h1 = 0.9\n**t = 2**\nE = 0.2312"),
    ("momentum", "t = 1: net_h1 = 0.9, o_h1 = 0.7109\nt = 2: net_h1 = 0.5849"),
    ("momentum", "t = 0.2\nnet_h1 = 0.9"),
    ("two-patterns-batch", "n = 1:\no = 0.6457\nn = 2:\nnet = -0.2\no = 0.4502"),
    ("two-patterns-stochastic", "k=1:\no = 0.6457\nk=2:\no = 0.3445"),
    ("two-patterns-stochastic", "t = 0\no = 0.6457\nt = 1\no = 0.3445"),
    ("bce-t1", "t = 1"),
)


@pytest.mark.parametrize(("problem", "text"), COUNTED, ids=[text for _, text in COUNTED])
def test_a_count_is_a_heading_where_it_is_no_value(problem: str, text: str) -> None:
    page = marked(text, problem)
    assert page.verdicts
    assert page.summary["correct"] == len(page.verdicts)


def test_a_count_that_no_update_has_is_a_target() -> None:
    assert [v.kind for v in marked("t = 0.5\nt = 3", "momentum").verdicts] == [Kind.WRONG] * 2
    assert marked("t = 1:", "mazur").verdicts[0].kind is Kind.UNMARKED
    assert len(marked("t = 2\n= 2", "momentum").verdicts) == 1


ENTRIES = (
    ("o_h = (0.5933, 0.5969)", ["o_h1", "o_h2"]),
    ("δ = (0.1385, -0.0381)", ["dE/dnet_y1", "dE/dnet_y2"]),
    ("W2_new = [[0.3589, 0.4087], [0.5113, 0.5614]]", ["w_y1_h1_new", "w_y1_h2_new"]),
    ("dE/dW2 = [[0.0822 0.0827]\n [-0.0226 -0.0227]]", ["dE/dw_y1_h1", "dE/dw_y1_h2"]),
    ('{"dE/dw5": 0.0822, "delta": [0.1385, -0.0381]}', ["dE/dw_y1_h1", "dE/dnet_y1"]),
    ("db1 = (δ_h1, δ_h2) = (0.0088, 0.0100)", ["dE/dnet_h1", "dE/dnet_h2"]),
    ("db1 = [0.0187]", ["dE/db_h"]),
    (r"o_h = \begin{pmatrix} 0{,}5933 \\ 0{,}5969 \end{pmatrix}", ["o_h1", "o_h2"]),
    ("b1 = (0.35, 0.35)", ["b_h", "b_h"]),
    ("W2(1) = [0.3589 0.4087; 0.5113 0.5614]", ["w_y1_h1_new", "w_y1_h2_new"]),
    (r"\delta = \begin{bmatrix} 0.1385 \\ -0.0381 \end{bmatrix}", ["dE/dnet_y1", "dE/dnet_y2"]),
    ("dE/do_h = (0.0364, 0.0414)", ["dE/do_h1", "dE/do_h2"]),
    ("quantity,value\nw5_new,0.3589\ndE/dw1,0.000439", ["w_y1_h1_new", "dE/dw_h1_x1"]),
)


@pytest.mark.parametrize(("text", "keys"), ENTRIES, ids=[text for text, _ in ENTRIES])
def test_a_vector_is_a_statement_about_each_entry(text: str, keys: list[str]) -> None:
    page = marked(text)
    assert [v.quantity.key for v in page.verdicts if v.quantity][:2] == keys
    assert page.summary["correct"] == len(page.verdicts)


BESIDE = (
    ("net_o2 = 1.2249 out_o2 = 0.7729", ["net_y2", "o_y2"]),
    ("net o2 = 1.2249   out o2 = 1/(1+e^-1.2249) = 0.7729", ["net_y2", "o_y2"]),
    ("net_o2=1.2249\tout_o2=0.7729", ["net_y2", "o_y2"]),
    ("net_o2 = 1.2249 → out_o2 = 0.7729", ["net_y2", "o_y2"]),
    ("w5 = 0.3589 w6 = 0.4087 so w7 = 0.5113", [f"w_y{n}_new" for n in ("1_h1", "1_h2", "2_h1")]),
    ("w5 = 0.4 → w5 = 0.3589", ["w_y1_h1", "w_y1_h1_new"]),
    ("dE/dw5 = 0.1385 out_h1 = 0.0822", ["dE/dw_y1_h1"]),
    ("dE/dw5 = 0.1385   out_h1 = 0.0822", ["dE/dw_y1_h1"]),
    ("E = 0.298371 = E_total = 0.2984", ["E", "E"]),
)


@pytest.mark.parametrize(("text", "keys"), BESIDE, ids=[text for text, _ in BESIDE])
def test_a_name_behind_a_number_begins_a_statement_or_is_a_factor(
    text: str, keys: list[str]
) -> None:
    page = marked(text)
    assert [v.quantity.key for v in page.verdicts if v.quantity] == keys
    assert page.summary["correct"] == len(keys)
    assert not any(verdict.slip for verdict in page.verdicts)


RIGHT = "out_o1 = 0.7514\ndelta_o1 = 0.1385\ndelta_o2 = -0.0381\n"
WRONG = (
    ("dE/dout_h1 = 0.1385*0.4 = 0.0554", "one-path"),
    ("dE/dout_o1 = 0.01 - 0.7514 = -0.7414", "error-sign"),
    ("f'(net_h1) = 0.5933", "half-slope"),
    ("E = 0.5967", "loss-factor"),
    ("w5_new = 0.4 + 0.5*0.0822 = 0.4411", "ascent"),
    ("w5_new = 0.3178", "eta-left-out"),
    ("dE/dw5 = 0.4398", "slope-left-out"),
    ("dE/dw5 = 0.1385", "input-left-out"),
    ("net_h1 = 0.0275", "bias-left-out"),
    ("out_h1 = 0.4067", "exponent-sign"),
    ("out_h1 = 0.5393", "digits-swapped"),
    ("delta_h1 = 0.088", "decimal-point"),
    ("f'(net_o1) = 0.7514*(1-0.7514) = 0.1866", "arithmetic"),
)


@pytest.mark.parametrize(("line", "cause"), WRONG, ids=[cause for _, cause in WRONG])
def test_a_known_mistake_is_named_first(line: str, cause: str) -> None:
    verdict = marked(RIGHT + line).verdicts[-1]
    assert verdict.kind is Kind.WRONG
    assert verdict.causes[0].id == cause


@pytest.mark.parametrize(
    "line",
    [
        "delta_y1 = (0.5056 - 0)*0.5056*(1 - 0.5056) = 0.1264",
        "delta_y2 = (0.3600 - 1)*0.3600*(1 - 0.3600) = -0.1475",
    ],
)
def test_the_slope_again_is_known_with_softmax_too(line: str) -> None:
    before = "y_1 = 0.5056\ny_2 = 0.3600\ny_3 = 0.1344\n"
    verdict = marked(before + line, "softmax").verdicts[-1]
    assert [cause.id for cause in verdict.causes] == ["bce-slope-again"]


@pytest.mark.parametrize("result", ["-0.2", "-0.2000"])
def test_an_exact_result_may_be_short(result: str) -> None:
    before = "w_y1_x1_new[1] = 0.1046\nw_y1_x2_new[1] = -0.6000\nb_y1_new[1] = -0.0954\n"
    page = marked(
        f"{before}net_y1[2] = 0.4*0.5 - 0.6*1 + 0.2 = {result}", "two-patterns-stochastic"
    )
    assert [cause.id for cause in page.verdicts[-1].causes] == ["stale-weights"]


def test_a_short_result_alone_says_no_more_than_its_digits() -> None:
    before = "w_y1_x1_new[1] = 0.1046\nw_y1_x2_new[1] = -0.6000\nb_y1_new[1] = -0.0954\n"
    assert marked(f"{before}net_y1[2] = -0.2", "two-patterns-stochastic").verdicts[-1].causes == ()


def test_tanh_without_its_square_is_half_a_slope() -> None:
    verdict = marked("o_h1 = -0.5370\nf'(net_h1) = 1 - (-0.5370) = 1.5370", "tanh").verdicts[-1]
    assert [cause.id for cause in verdict.causes] == ["half-slope"]


SPECIFIC = (
    ("dE/dout_o1 = 0.01 - 0.7514 = -0.7414", ["error-sign"]),
    ("dE/dout_o1 = -0.7414", ["error-sign", "sign-lost"]),
    ("dE/dout_o1 = 0.7514 - 0.01 = -0.7414", ["sign-lost"]),
)


@pytest.mark.parametrize(("line", "causes"), SPECIFIC)
def test_what_a_mistake_explains_is_no_slip_besides(line: str, causes: list[str]) -> None:
    verdict = marked("out_o1 = 0.7514\n" + line).verdicts[-1]
    assert [cause.id for cause in verdict.causes] == causes


def test_what_a_mistake_explains_is_not_copied_besides() -> None:
    verdict = marked("dE/dout_o1 = 0.7414\ndout_o1/dnet_o1 = 0.1868\ndelta_o1 = 0.7414").verdicts[
        -1
    ]
    assert [cause.id for cause in verdict.causes] == ["slope-left-out"]


def test_a_wrong_value_is_carried_on_not_punished_twice() -> None:
    page = marked(
        RIGHT + "dE/dout_h1 = 0.1385*0.4 = 0.0554\n"
        "f'(net_h1) = 0.2413\n"
        "dE/dw1 = 0.0554*0.2413*0.05 = 0.000668\n"
        "w1_new = 0.15 - 0.5*0.000668 = 0.149666"
    )
    kinds = [v.kind for v in page.verdicts[3:]]
    assert kinds == [Kind.WRONG, Kind.CORRECT, Kind.CARRIED, Kind.CARRIED]
    assert page.verdicts[-1].blames == (6,)
    assert page.first_wrong == 4


def test_a_delta_of_the_other_sign_is_right_where_its_use_agrees() -> None:
    text = "delta_o1 = (0.01-0.7514)*0.1868 = -0.1385\nw5_new = 0.4 + 0.5*(-0.1385)*0.5933 = 0.3589"
    page = marked(text)
    assert page.summary["correct"] == 2
    assert [c.id for c in page.conventions] == ["sign-de_dnet"]
    assert marked(text, strict=True).verdicts[0].kind is Kind.WRONG


def test_a_delta_whose_own_line_shows_its_sign_has_that_sign() -> None:
    """Ascent throughout; with the other sign of delta each update would follow from it."""
    page = marked(
        "delta_o1 = dE/dout_o1*f'(net_o1) = 0.7414*0.1868 = 0.1385\n"
        "delta_o2 = dE/dout_o2*f'(net_o2) = -0.2171*0.1755 = -0.0381\n"
        "w5_new = 0.4 + 0.5*0.1385*0.5933 = 0.4411\n"
        "w6_new = 0.45 + 0.5*0.1385*0.5969 = 0.4913\n"
        "w7_new = 0.5 + 0.5*(-0.0381)*0.5933 = 0.4887\n"
        "w8_new = 0.55 + 0.5*(-0.0381)*0.5969 = 0.5386\n"
        "w1_new = 0.15022"
    )
    assert [v.kind for v in page.verdicts[:2]] == [Kind.CORRECT] * 2
    assert not page.conventions
    assert page.verdicts[2].causes[0].id == "ascent"


OWN_E = "E = (0.01-0.7514)^2 + (0.99-0.7729)^2 = 0.5968\n"
TWICE = "dE/dout_o1 = -2*(0.01-0.7514) = 1.4828\ndE/dw5 = 1.4828*0.1868*0.5933 = 0.1643"


def test_another_factor_is_right_where_the_student_has_written_that_error() -> None:
    page = marked(OWN_E + TWICE)
    assert page.summary["correct"] == 3
    assert [c.id for c in page.conventions] == ["half"]
    strict = marked(OWN_E + TWICE, strict=True)
    assert [v.kind for v in strict.verdicts] == [Kind.WRONG, Kind.WRONG, Kind.CARRIED]


def test_another_factor_without_an_error_of_one_s_own_is_a_mistake() -> None:
    first, second = marked(TWICE).verdicts
    assert [cause.id for cause in first.causes] == ["factor-2"]
    assert second.kind is Kind.CARRIED


def test_a_logarithm_may_be_to_base_ten_but_then_e_is_another() -> None:
    (verdict,) = marked("J = -log(0.4153) = 0.3816", "diaz").verdicts
    assert verdict.causes[0].id == "loss-log10"
    assert not verdict.slip


def test_lines_that_an_early_mistake_made_zero_could_not_be_tested() -> None:
    page = marked("out_o1 = 1\nf'(net_o1) = 1*(1-1) = 0\ndE/dw5 = 0.99*0*0.5933 = 0")
    assert page.trivial == (2, 3)


def test_a_false_equation_beside_a_right_value_is_a_slip() -> None:
    (verdict,) = marked("out_h1 = 1/(1+exp(0.3775)) = 0.5933").verdicts
    assert verdict.kind is Kind.CORRECT
    assert verdict.slip


def test_a_line_that_cannot_be_read_is_not_wrong() -> None:
    page = marked("net_h1 = 0.15*0.05 + *\nout_h1 = 0.5933")
    assert [v.kind for v in page.verdicts] == [Kind.UNREAD, Kind.CORRECT]
    assert page.verdicts[0].message


@pytest.mark.parametrize("words", ["2nd iteration", "Iteration two", "The second update:"])
def test_a_heading_counts_in_words_too(words: str) -> None:
    text = f"First iteration\nnet_h = 0.9\n{words}\nnet_h = 0.5849"
    assert [v.kind for v in marked(text, "momentum").verdicts] == [Kind.CORRECT] * 2


STEPS = """{}
net = 0.4*1 - 0.6*0 + 0.2 = 0.6
o = 0.6457
{}
dE/do = 0.6457
f' = 0.2288
dE/dw1 = dE/do*f'*x1 = 0.6457*0.2288*1 = 0.1477
dE/dw2 = 0
{}
w1 = 0.4 - 2*0.1477 = 0.1046
"""


@pytest.mark.parametrize(
    "headings",
    [
        ("Step 1: forward pass", "Step 2: backward pass", "Step 3: update"),
        ("## 1. Forward pass", "## 2. Backward pass", "## 3. Update"),
        ("First pass", "Second pass: backwards", "Third step"),
        ("Step 1", "Step 2 for pattern 1", "Step 3: updated weights"),
    ],
)
def test_a_step_opens_no_pass_unless_its_names_return(headings: tuple[str, ...]) -> None:
    page = marked(STEPS.format(*headings), "two-patterns-stochastic")
    assert {v.kind for v in page.verdicts} == {Kind.CORRECT}
    text = "Step 1:\nnet = 0.6\nStep 2:\ndE/do = -0.6555\nnet = -0.6431"
    assert marked(text, "two-patterns-stochastic").summary["correct"] == 3


EACH = "Pattern 1\no = 0.6457\nPattern 2\no = 0.4502\n"
WHOLE = (
    ("{}dE/dw1 = 0.0797", (1, 0), "correct"),
    ("{}dE/dw1 = 0.1477*1 - 0.1361*0.5 = 0.0797", (1, 0), "correct"),
    ("{}E = ½·0.6457² + ½·0.5498² = 0.3596", (1, 0), "correct"),
    ("{}dE/dw1 = -0.0680", (1, 2), "correct"),
    ("{}dE/dw1 = 0.0680", (1, 2), "wrong"),
    ("{}dE/dw1 = 0.08", (1, 2), "wrong"),
    ("Pattern 1\nE = 0.3596\n{}E = 0.1512", (1, 2), "correct"),
    ("{}Total: dE/dw2 = -0.1361", (1, 0), "correct"),
    ("{}Total: dE/dw2 = 0.1361", (1, 0), "wrong"),
    ("{}Batch gradient\ndE/dw2 = -0.1361", (1, 0), "correct"),
    ("{}Sum over both patterns:\ndE/dw2 = -0.1361", (1, 0), "correct"),
    ("{}Together:\ndE/dw2 = -0.1361", (1, 0), "correct"),
    ("{}The weighted sum of pattern 2:\nnet = -0.2", (1, 2), "correct"),
)


@pytest.mark.parametrize(("text", "at", "kind"), WHOLE, ids=[text for text, *_ in WHOLE])
def test_a_heading_or_a_number_tells_the_total_of_a_batch(
    text: str, at: tuple[int, int], kind: str
) -> None:
    verdict = marked(text.format(EACH), "two-patterns-batch").verdicts[-1]
    assert verdict.quantity
    assert (verdict.quantity.at[:2], verdict.kind.value) == (at, kind)


@pytest.mark.parametrize("text", ["Δv = 0.5*0.3 = 0.15", "the output = 0.332", "Sum: 0.0797"])
def test_what_may_be_something_else_is_neither_wrong_nor_a_slip(text: str) -> None:
    (verdict,) = marked(text, "han-kamber").verdicts
    assert verdict.kind in (Kind.UNMARKED, Kind.CORRECT)
    assert not verdict.slip


def test_a_vector_for_a_single_number_is_not_read() -> None:
    for text in ("w1 = (0.15, 0.20)", "b1_new = (0.3456, 0.3450)"):
        assert {verdict.kind for verdict in marked(text).verdicts} == {Kind.UNREAD}


@pytest.mark.parametrize("text", ["db2 = (0.1, 0.2, 0.3)", "dJ/db2 = (0.1, 0.2, 0.3)"])
def test_a_vector_of_biases_is_about_each(text: str) -> None:
    found = [verdict.quantity for verdict in marked(text, "softmax").verdicts]
    assert [q.key for q in found if q] == ["dE/db_y1", "dE/db_y2", "dE/db_y3"]


def test_a_vector_of_differences_is_no_mistake() -> None:
    page = marked("e = t - a2 = [0.4688; -0.8023]", "mse")
    assert [(v.kind, v.slip) for v in page.verdicts] == [(Kind.UNMARKED, False)] * 2


@pytest.mark.parametrize("name", ["e", "e_1", "error o1", "Error_o1"])
def test_a_difference_by_itself_is_no_mistake(name: str) -> None:
    (verdict,) = marked(f"{name} = 0.01 - 0.7514 = -0.7414").verdicts
    assert verdict.kind is Kind.UNMARKED
    assert not verdict.slip


@pytest.mark.parametrize("digits", [2, 3, 4, 5, 6, 9])
@pytest.mark.parametrize("name", ["mazur", "softmax", "three-hidden-layers", "momentum", "mse"])
def test_the_program_s_own_numbers_are_right_at_any_digits(name: str, digits: int) -> None:
    values = frame(name).solved.figures.exact
    lines = [f"{q.key} = {value:.{digits}g}" for q, value in values.items()]
    page = marked("\n".join(line for line in lines if "e" not in line.split("=")[-1]), name)
    assert [v.text for v in page.verdicts if v.kind is not Kind.CORRECT] == []


@pytest.mark.parametrize("name", ["E", "Total error", "The total error E", "E_total"])
def test_the_error_of_a_batch_may_stand_before_those_of_its_patterns(name: str) -> None:
    text = f"{name} = 0.3596\ndE/dw_y1_x1 = 0.1477\nE = 0.1512"
    keys = [
        (v.quantity and v.quantity.key, v.kind) for v in marked(text, "two-patterns-batch").verdicts
    ]
    assert keys == [
        ("E[1]", Kind.CORRECT),
        ("dE/dw_y1_x1[1.1]", Kind.CORRECT),
        ("E[1.1]", Kind.WRONG),
    ]


BEYOND = ("dE/dw5 = 1e400", "dE/dw5 = 1e199*1e199*1e199", "out_h1 = ln(-1)", "s = 1/0\nnet_h1 = s")


@pytest.mark.parametrize("text", BEYOND)
def test_what_has_no_value_is_not_read(text: str) -> None:
    said = {(verdict.kind, verdict.message) for verdict in marked(text).verdicts}
    assert said == {(Kind.UNREAD, VALUELESS)}


ONCE = ("dE/dw5 = 0.082 (0.0822)", "E = 0.2984 J", "E = 0.2984 E")


@pytest.mark.parametrize("text", ONCE)
def test_a_number_said_twice_or_with_a_unit_is_one_number(text: str) -> None:
    (verdict,) = marked(text).verdicts
    assert verdict.kind is Kind.CORRECT
    assert not verdict.slip


def test_a_letter_has_the_meaning_of_the_notation_that_fits() -> None:
    page = marked("a_1 = 0.3775\nz_1 = 0.5933\na_2 = 0.3925\nz_2 = 0.5969\ny_1 = 0.7514")
    assert page.notation == "bishop"
    assert page.summary["correct"] == 5


def test_a_greek_letter_is_the_notation_s_own() -> None:
    solved = frame("momentum").solved
    step = solved.figures.exact[solved.find("change_w_y1_h1[2]")[0]]
    line = f"Δw_h1_o1[2] = -ε·∂E/∂w_h1_o1[2] + α·Δw_h1_o1[1] = {step:.6f}"
    (verdict,) = mark_with(frame("momentum"), line, notation="hinton").verdicts
    assert verdict.kind is Kind.CORRECT
    assert not verdict.slip


def test_beside_eta_alpha_is_the_momentum_in_any_notation() -> None:
    solved = frame("momentum").solved
    step = solved.figures.exact[solved.find("change_w_y1_h1[2]")[0]]
    before = solved.figures.exact[solved.find("change_w_y1_h1[1]")[0]]
    slope = solved.figures.exact[solved.find("dE/dw_y1_h1[2]")[0]]
    eta, mu = solved.problem.learning_rate, solved.problem.momentum
    line = (
        f"Δw_y1_h1[2] = -η·∂E/∂w_y1_h1[2] + α·Δw_y1_h1[1] = -{eta}·({slope:.6f}) + "
        f"{mu}·({before:.6f}) = {step:.6f}"
    )
    for notation in ("hagan", "slides", "mitchell"):
        (verdict,) = mark_with(frame("momentum"), line, notation=notation).verdicts
        assert (verdict.kind.value, verdict.slip) == ("correct", False)


def test_before_a_slope_alpha_is_the_rate_in_any_notation() -> None:
    new = frame("momentum").solved["w_y1_h1_new[1]"]
    slope = frame("momentum").solved["dE/dw_y1_h1[1]"]
    old, eta = frame("momentum").solved["w_y1_h1"], frame("momentum").solved.problem.learning_rate
    line = f"w_y1_h1_new[1] = w_y1_h1 - α·∂E/∂w_y1_h1[1] = {old} - {eta}·({slope:.6f}) = {new:.6f}"
    for notation in ("hinton", "hagan", "mitchell"):
        (verdict,) = mark_with(frame("momentum"), line, notation=notation).verdicts
        assert (verdict.kind.value, verdict.slip) == ("correct", False)


def test_a_number_put_in_that_has_no_line_may_have_fewer_digits() -> None:
    (right,) = marked(RIGHT + "dE/dw1 = 0.0364*0.24*0.05 = 0.000437").verdicts[3:]
    assert right.kind is Kind.CORRECT
    wrong, carried = marked(
        RIGHT + "dE/dout_h1 = 0.0554\ndE/dw1 = 0.0554*0.24*0.05 = 0.000665"
    ).verdicts[3:]
    assert wrong.kind is Kind.WRONG
    assert carried.kind is Kind.CARRIED
    assert carried.blames == (4,)


@pytest.mark.parametrize(
    "line",
    [
        "dE/dw6 = delta_o1*w7 = 0.1385*0.5 = 0.06925",  # 0.5 could be a truncated out_h2
        "dE/dw1 = 0.1*0.2413*0.05 = 0.00121",  # dE/dout_h1 is 0.0364
    ],
)
def test_a_number_put_in_is_what_the_line_says_and_has_the_digits_of(line: str) -> None:
    assert marked(RIGHT + line).verdicts[3].kind is Kind.WRONG


def test_no_weight_is_computed_from_itself() -> None:
    """w⁺[1] = w + ...: the w on the right is the old one, whichever pass the line belongs to."""
    text = "Δw_y1_x1[1] = -0.2954\nw_y1_x1⁺[1] = w_y1_x1 + Δw_y1_x1[1] = 0.4 + (-0.2954) = 0.1046"
    (_, new) = marked(text, "two-patterns-stochastic").verdicts
    assert new.kind is Kind.CORRECT
    assert [equation.holds for equation in new.equations] == [True, True]


@pytest.mark.parametrize("zero", ["0", "0.00"])
def test_a_mistake_that_comes_to_nothing_is_named_where_a_zero_stands(zero: str) -> None:
    """An input that is 0 in the place of the output of h1."""
    page = marked(f"o_h1 = 0.3320\ndE/dnet_y1 = -0.1311\ndE/dw_y1_h1 = {zero}", "han-kamber")
    assert page.verdicts[-1].causes[0].id == "input-other"


def test_a_zero_is_no_copy_and_not_rounded() -> None:
    page = marked(RIGHT + "f'(net_h1) = 0\ndE/dw1 = 0\nf'(net_h2) = 0.00")
    assert [v.causes for v in page.verdicts[3:] if v.kind is Kind.WRONG] == [(), ()]


def test_two_mistakes_in_one_number_need_five_figures() -> None:
    frame = Frame(Solved.of(load("mazur")))
    causes = {
        number: [cause.id for cause in mark_with(frame, f"dE/dw1 = {number}").verdicts[0].causes]
        for number in ("0.00071165", "0.000712")
    }
    assert causes["0.00071165"] == ["bias-left-out+one-path"]
    assert not any("+" in id for id in causes["0.000712"])


@pytest.mark.parametrize(
    "said", ["error of unit 6", "Error at output unit 6", "the error of unit 6"]
)
def test_the_error_of_a_unit_is_its_delta_where_the_number_says_so(said: str) -> None:
    text = f"{said} = (0.474)(1-0.474)(1-0.474) = 0.1311\n{said} = 1 - 0.474 = 0.526"
    kinds = [verdict.kind for verdict in marked(text, "han-kamber").verdicts]
    assert kinds == [Kind.CORRECT, Kind.UNMARKED]


WORDED = (
    ("mazur", "Total error E = 0.2984", "E"),
    ("mazur", "Error E = 0.2984", "E"),
    ("mazur", "Cost C = 0.2984", "E"),
    ("mazur", "total loss L = 0.2984", "E"),
    ("mazur", "Error E_o1 = 0.2748", "E_y1"),
    ("mazur", "Error δ_o1 = 0.1385", "dE/dnet_y1"),
    ("mazur", "Hidden error δ_h1 = 0.00877", "dE/dnet_h1"),
    ("rgu", "Output error δ = -0.0407", "dE/dnet_y1"),
    ("han-kamber", "Error Err6 = 0.474*(1-0.474)*(1-0.474) = 0.1311", "dE/dnet_y1"),
    ("mazur", "net w1*i1 + w2*i2 + b1 = 0.3775", "net_h1"),
    ("mazur", "error o1 + error o2 = 0.2984", "E"),
)
"""A word for what is named, before the name or a formula."""


@pytest.mark.parametrize(("name", "text", "key"), WORDED, ids=[text for _, text, _ in WORDED])
def test_a_word_may_stand_before_the_name(name: str, text: str, key: str) -> None:
    (verdict,) = marked(text, name).verdicts
    assert verdict.quantity is not None
    assert (verdict.quantity.key, verdict.kind, verdict.slip) == (key, Kind.CORRECT, False)


@pytest.mark.parametrize("text", ["Error E_o1 = 0.2755", "Error E = 0.3111", "Error δ_o1 = 0.1399"])
def test_a_name_behind_a_word_says_what_is_wrong(text: str) -> None:
    (verdict,) = marked(text).verdicts
    assert verdict.kind is Kind.WRONG


def test_a_word_before_a_difference_is_no_factor_of_it() -> None:
    (verdict,) = marked("error t - y = 1 - 0.2 = 0.8", "delta-rule").verdicts
    assert (verdict.kind, verdict.slip) == (Kind.UNMARKED, False)


BISHOP = """a^(1) = (-0.2, 1.3)
z^(1) = (0.4502, 0.7858)
a^(2) = (0.8431, 0.5036, -0.4815)
y = (0.5055, 0.3600, 0.1344)
δ^(2) = y - t = (0.5055, -0.6400, 0.1344)"""
LETTERS = (
    ("softmax", "z = (0.4502, 0.7858)", "o_h1 o_h2"),
    ("softmax", BISHOP, "net_h1 net_h2 o_h1 o_h2 net_y1 net_y2 net_y3"),
    ("softmax", "z = (-0.2, 1.3)\na = (0.4502, 0.7858)", "net_h1 net_h2 o_h1 o_h2"),
    ("mazur", "a = (0.3775, 0.3925)\nz = (0.5933, 0.5969)", "net_h1 net_h2 o_h1 o_h2"),
    ("mazur", "z = (0.3775, 0.3925)\na = (0.5933, 0.5969)", "net_h1 net_h2 o_h1 o_h2"),
    ("tanh", "a = (-0.6, -0.85)\nz = (-0.5370, -0.6911)", "net_h1 net_h2 o_h1 o_h2"),
    ("mse", "n2 = [0.5312; 0.3023]\ns2 = [-0.4688; 0.8023]", "net_y1 net_y2 dE/dnet_y1"),
    ("mse", "s^1 = [-0.0435; 0.2262]", "dE/dnet_h1 dE/dnet_h2"),
    ("softmax", "a_j = (0.4502, 0.7858)", "o_h1 o_h2"),
)
"""Vectors by the letters of a notation, which may be another than the problem's."""


@pytest.mark.parametrize(("name", "text", "keys"), LETTERS, ids=[text for _, text, _ in LETTERS])
def test_the_letter_of_a_vector_is_that_of_a_notation_that_fits(
    name: str, text: str, keys: str
) -> None:
    page = marked(text, name)
    found = [v.quantity.key for v in page.verdicts if v.quantity]
    assert found[: len(keys.split())] == keys.split()
    assert page.summary["correct"] == len(page.verdicts)


@pytest.mark.parametrize("text", ["z = (0.4502, 0.7958)", "z^(1) = (0.4502, 0.7958)"])
def test_a_wrong_entry_is_held_against_the_notation_s_own_meaning(text: str) -> None:
    right, wrong = marked(text, "softmax").verdicts
    assert (right.kind, wrong.kind) == (Kind.CORRECT, Kind.WRONG)
    assert wrong.quantity
    assert wrong.quantity.key == "o_h2"


HATS = (
    ("bce-t0", "delta_y = y_hat - y = 0.6757"),
    ("bce-t0", r"\delta = \hat{y} - y = 0.6757"),
    ("bce-t0", "y_hat = 0.6757\nδ = y - t = 0.6757"),
    ("mazur", "δ_o1 = (ŷ_1 - y_1) * ŷ_1 * (1 - ŷ_1) = 0.1385"),
)


@pytest.mark.parametrize(("name", "text"), HATS, ids=[text for _, text in HATS])
def test_where_outputs_have_a_hat_and_no_target_is_named_y_is_one(name: str, text: str) -> None:
    page = marked(text, name)
    assert [(v.kind, v.slip) for v in page.verdicts] == [(Kind.CORRECT, False)] * len(page.verdicts)
    assert page.notation == frame(name).solved.problem.notation


VECTORS = (
    ("softmax", "delta_k = y_k - t_k = (0.5056, -0.6400, 0.1344)", "dE/dnet_y1"),
    ("softmax", "y_k = (0.5056, 0.3600, 0.1344)", "o_y1"),
    ("softmax", "a_j = (-0.2, 1.3)", "net_h1"),
    ("softmax", "out_o = (0.5056, 0.3600, 0.1344)", "o_y1"),
    ("softmax", "probabilities = (0.5056, 0.3600, 0.1344)", "o_y1"),
    ("softmax", "x_i = (1, 2)", "x1"),
    ("mazur", "δ_o = (0.1385, -0.0381)", "dE/dnet_y1"),
    ("mazur", "do = (0.7414, -0.2171)", "dE/do_y1"),
    ("mazur", "dh = (0.0364, 0.0414)", "dE/do_h1"),
    ("mazur", "d_h = (0.00877, 0.00995)", "dE/dnet_h1"),
    ("mazur", "d_o = (0.01, 0.99)", "t_y1"),
    ("mazur", "σ'(z^2) = (0.18682, 0.17551)", "f'(net_y1)"),
    ("softmax", "h'(a^(1)) = (0.2475, 0.1683)", "f'(net_h1)"),
    ("diaz", "g'(Z1) = [1, 0, 1]", "f'(net_h1)"),
    ("diaz", "g'(Z[1]) = [1, 0, 1]", "f'(net_h1)"),
    ("bce-t1", "dw = (-0.2993, -0.5987, 0.5987)", "dE/dw_y1_x1"),
    ("bce-t1", "w = (0.7497, -0.1007, -0.0993)", "w_y1_x1_new"),
    ("bce-t1", "∇w = (-0.2993, -0.5987, 0.5987)", "dE/dw_y1_x1"),
    ("delta-rule", "Δw = (0.08, -0.16)", "change_w_y1_x1"),
    ("mazur", "ΔW2 = [[-0.0411, -0.0413], [0.0113, 0.0114]]", "change_w_y1_h1"),
    ("diaz", "dA[1] = [0.0585, -0.2923, 0.2923]", "dE/do_h1"),
    ("diaz", "dA1 = [0.0585, -0.2923, 0.2923]", "dE/do_h1"),
    ("diaz", "dE/dA1 = [0.0585, -0.2923, 0.2923]", "dE/do_h1"),
)
"""Vectors that belong to a layer, and their first entries."""


@pytest.mark.parametrize(("name", "text", "key"), VECTORS, ids=[text for _, text, _ in VECTORS])
def test_a_vector_is_that_of_its_layer(name: str, text: str, key: str) -> None:
    verdicts = marked(text, name).verdicts
    assert verdicts[0].quantity
    assert verdicts[0].quantity.key == key
    assert [(v.kind, v.slip) for v in verdicts] == [(Kind.CORRECT, False)] * len(verdicts)


@pytest.mark.parametrize("name", ["w_new", "w"])
def test_all_weights_of_a_single_layer_say_which_they_are(name: str) -> None:
    page = marked(f"{name} = (0.7497, -0.1007, 0.0993)", "bce-t1")
    assert [v.kind for v in page.verdicts] == [Kind.CORRECT, Kind.CORRECT, Kind.WRONG]


def test_an_entry_that_fits_nothing_is_held_against_the_layer_of_the_one_before() -> None:
    page = marked("o = (0.5933, 0.5999)\no = (0.7514, 0.7799)\nδ = (0.00877, 0.00895)")
    keys = [v.quantity.key for v in page.verdicts if v.quantity]
    assert keys == ["o_h1", "o_h2", "o_y1", "o_y2", "dE/dnet_h1", "dE/dnet_h2"]
    assert [v.kind for v in page.verdicts] == [Kind.CORRECT, Kind.WRONG] * 3


@pytest.mark.parametrize(
    "name", ["Δ" * 900 + "W2", "new " * 499 + "w", "W2" + "(1)" * 600, "f(" * 900 + ")" * 900]
)
def test_a_name_may_be_of_any_length(name: str) -> None:
    page = marked(f'{{"{name}": [0.1, 0.2]}}')
    assert {v.kind for v in page.verdicts} <= {Kind.UNREAD, Kind.UNMARKED}


BARE = (
    "dE/dw_y1_h1 = 0.7787\nv = 0.5*0 - 0.2*0.7787 = -0.1557\nw = w + v = 1.4 - 0.1557 = 1.2443",
    "dE/dw_y1_h1 = 0.7787\nv = 0.5*v + 0.2*0.7787 = 0.1557\nw = w - v = 1.2443",
    "For w_h1_x1:\ng = 0.6303\nv = -0.2*g = -0.1261\nw = w + v = 0.3739",
    "dE/dw = 1.0953*0.7109 = 0.7787\nv_w = -0.1557\nnew w = 1.2443",
)
"""The momentum problem with names that do not say whose weight it is."""


@pytest.mark.parametrize("text", BARE)
def test_a_weight_without_an_index_is_the_one_that_fits(text: str) -> None:
    page = marked(text, "momentum")
    assert [v.kind for v in page.verdicts] == [Kind.CORRECT] * len(page.verdicts)
    assert not any(v.slip for v in page.verdicts)


def test_a_weight_without_an_index_that_fits_none_is_not_wrong() -> None:
    """Neither is it where one number covers another that the next pass has."""
    v, w, after = marked("v = 0.0333\nw = 0.91\nnet_h1 = 0.9", "momentum").verdicts
    assert (v.kind, w.kind, after.kind) == (Kind.UNMARKED, Kind.UNMARKED, Kind.CORRECT)
    again = marked("o_h1 = 0.7\no_h1 = 0.64", "momentum").verdicts[1]
    assert (again.kind, again.quantity and again.quantity.key) == (Kind.CORRECT, "o_h1_new[1]")


def test_a_copy_beside_a_mistake_with_the_same_number_is_not_told_alone() -> None:
    """Where the formula of the line has the factor that the mistake leaves out, the copy stands
    first; where it shows none, the mistake alone."""
    before = RIGHT + "dE/dout_o1 = 0.7414\nf'(net_o1) = 0.1868\ndelta_o1 = 0.1385\n"
    for line, causes in (
        ("dE/dw5 = 0.7414*0.1868*0.5933 = 0.1385", ["copied-wrong", "input-left-out"]),
        ("dE/dw5 = 0.1385", ["input-left-out"]),
    ):
        assert [cause.id for cause in marked(before + line).verdicts[-1].causes] == causes


@pytest.mark.parametrize(
    ("use", "kinds", "conventions"),
    [
        ("", "correct correct", ["sign-change"]),
        ("w = w - v = 1.2443", "correct correct correct", ["sign-change"]),
        ("w = w + v = 1.5557", "correct wrong carried", []),
    ],
)
def test_a_step_of_the_other_sign_is_right_unless_its_own_use_says_no(
    use: str, kinds: str, conventions: list[str]
) -> None:
    """A lone one is right with a remark."""
    for name in ("v", "Δw_y1_h1"):
        text = f"dE/dw_y1_h1 = 0.7787\n{name} = 0.2*0.7787 = 0.1557\n{use.replace('v', name)}"
        page = marked(text, "momentum")
        assert [verdict.kind.value for verdict in page.verdicts] == kinds.split()
        assert [one.id for one in page.conventions] == conventions


def test_steps_that_are_all_turned_and_added_are_wrong_and_their_weights_carried() -> None:
    known = {
        "w5": (0.40, 0.0822),
        "w6": (0.45, 0.0827),
        "w7": (0.5, -0.0226),
        "w8": (0.55, -0.0227),
    }
    lines = [
        line
        for w, (old, slope) in known.items()
        for line in (
            f"Δ{w} = η·∂E/∂{w} = 0.5·({slope}) = {0.5 * slope:.5f}",
            f"{w}+ = {w} + Δ{w} = {old} + ({0.5 * slope:.5f}) = {old + 0.5 * slope:.5f}",
        )
    ]
    verdicts = marked("\n".join(lines)).verdicts
    assert [v.kind.value for v in verdicts] == ["wrong", "carried"] * 4
    assert all({"ascent", "sign-lost"} & {c.id for c in v.causes} for v in verdicts[::2])


def test_a_new_weight_without_a_formula_tells_that_a_turned_step_was_added() -> None:
    steps = "Δw5 = 0.0411\nΔw6 = 0.0414\nΔw7 = -0.0113\nΔw8 = -0.0114\n"
    added = marked(f"{steps}w5+ = 0.441\nw6+ = 0.491").verdicts
    assert [v.kind.value for v in added] == ["wrong"] * 4 + ["carried"] * 2
    taken = marked(f"{steps}w5+ = 0.359\nw6+ = 0.409\nw7+ = 0.511\nw8+ = 0.561").verdicts
    assert {v.kind.value for v in taken} == {"correct"}
    one_slip = marked(f"{steps}w5+ = 0.441\nw6+ = 0.409\nw7+ = 0.511\nw8+ = 0.561").verdicts
    assert [v.kind.value for v in one_slip].count("correct") == 7


def test_a_number_that_is_put_in_has_two_digits_at_least() -> None:
    """0.6 is o_h1 = 0.593 to one digit, and a calculator shows 0.60 then; w5 = 0.4 is no o_h2."""
    text = "dE/dw5 = 0.7414*0.1868*0.6 = 0.0831\n"
    (verdict,) = marked(text).verdicts
    assert verdict.kind.value == "wrong"
    (kept,) = marked("dE/dw5 = 0.7414*0.1868*0.59 = 0.0817").verdicts
    assert kept.kind.value == "correct"


def test_a_number_of_ones_own_that_equals_a_given_one_is_still_rounded() -> None:
    """out_h2 is 0.5969, on paper 0.60, which b2 is exactly; the calculator has kept 0.5969."""
    page = marked("out_h2 = 0.60\ndE/dw6 = 0.7414*0.1868*0.60 = 0.0827")
    assert [one.slip for one in page.verdicts] == [False, False]
    (given,) = marked("dE/dw5 = 0.7414*0.1868*0.45 = 0.0627").verdicts
    assert given.slip


def test_an_index_and_an_exponent_are_a_square_where_no_index_is_a_layer() -> None:
    """In Duda's notation z_1 is an output, and elsewhere z^2_1 unit 1 of layer 2."""
    network = load("tanh").network
    tanh = replace(network.layers[1], activations=network.layers[0].activations[:1])
    layers = (network.layers[0], tanh)
    problem = replace(load("tanh"), network=replace(network, layers=layers), notation="duda")
    solved = Solved.of(problem)
    z = f"{solved['o_y1']:.4f}"
    slope = f"{1 - float(z) ** 2:.4f}"
    page = mark_with(Frame(solved), f"z_1 = {z}\nf'(net_z1) = 1 - z_1^2 = 1 - {z}^2 = {slope}")
    assert [(one.kind.value, one.slip) for one in page.verdicts] == [("correct", False)] * 2


def test_a_delta_that_stands_only_in_formulas_may_have_the_other_sign() -> None:
    """As in Mitchell's notation, where δ is minus the slope."""
    (verdict,) = marked("dE/dw5 = (-δ_o1)*out_h1 = 0.1385*0.5933 = 0.0822").verdicts
    assert (verdict.kind.value, verdict.slip) == ("correct", False)


def test_formulas_in_symbols_say_what_sign_a_delta_has() -> None:
    """Steps whose sign agrees do not outvote the deltas, which say that theirs is Mitchell's."""
    slopes = {"w5": "0.0822", "w6": "0.0827", "w7": "-0.0226"}
    steps = [f"Δ{w} = -η*dE/d{w} = -0.5*({x}) = {-0.5 * float(x):.4f}" for w, x in slopes.items()]
    deltas = ("δ_o1 = -dE/dout_o1*f'(net_o1) = -0.1385", "δ_o2 = -dE/dout_o2*f'(net_o2) = 0.0381")
    meanings = frame().meanings("mazur")
    reading = _read(frame(), read_lines("\n".join((*deltas, *steps))), meanings, ())
    assert Evidence(reading.judge, (), ()).by_symbols[QuantityKind.DE_DNET] == len(deltas)


def test_a_notation_that_knows_far_fewer_of_the_names_is_not_tried() -> None:
    """Δ = 0.3 is ½ of a slope in aima's notation, and a wrong one in any other."""
    aima = Frame(Solved.of(replace(load("mazur"), notation="aima", names=())))
    names = ("in_h1", "a_h1", "in_o1", "a_o1", "Loss", "dLoss/da_o1", "Delta_o1", "g'(in_o1)")
    assert _likely(aima, names, "aima") == ["aima"]
    assert _likely(frame(), names, "mazur") == ["aima"]


def test_between_readings_that_explain_as_much_the_names_of_the_notation_decide() -> None:
    """Bishop's a is a net input, aima's an output; -1.4 is that of a unit that is not squashed."""
    aima = Frame(Solved.of(replace(load("leaky-relu"), names=())))
    assert aima.meanings("aima").knows("dLoss/da_h1[1.1]@o1") == EXACTLY
    lines = read_lines("in_h1 = -1.4\na_h1 = -1.4\nin_o1 = -0.54")
    readings = [_read(aima, lines, aima.meanings(n), ()).judged(None) for n in ("bishop", "aima")]
    other, own = (reading.cost for reading in readings if reading)
    assert own[:4] == other[:4]
    assert own[-1] > other[-1]
    assert own < other


def test_a_delta_has_the_scale_of_the_notation_in_its_own_letter_alone() -> None:
    """aima's Δ is half of minus the slope of Σ(y − a)²; a δ is the slope, or minus it."""
    aima = Frame(Solved.of(replace(load("leaky-relu"), names=())))
    for line in ("Δ_out = 0.42", "Δ_o1 = 0.42", "delta_y1 = -0.84", "delta_y1 = 0.84"):
        (verdict,) = mark_with(aima, line).verdicts
        assert (line, verdict.kind) == (line, Kind.CORRECT)


def test_a_number_of_ones_own_and_a_given_one_may_look_alike() -> None:
    """The output 0.7514 is 0.75 on paper, the target just that: they differ in the calculator."""
    problem = load("mazur")
    pattern = replace(problem.patterns[0], targets=("0.75", "0.99"))
    alike = Frame(Solved.of(replace(problem, patterns=(pattern,))))
    page = mark_with(alike, "out_o1 = 0.75\ndE/dout_o1 = -(0.75 - 0.75) = 0.0014")
    assert [one.slip for one in page.verdicts] == [False, False]
    (other,) = mark_with(alike, "dE/dout_o2 = -(0.99 - 0.77) = 0.22").verdicts
    assert other.slip


@pytest.mark.parametrize("weight", ["0.13", "0.55"])
def test_a_number_in_the_place_of_a_result_is_rounded_though_one_like_it_is_given(
    weight: str,
) -> None:
    """delta_o1 is 0.1385, cut off 0.13; so is a weight that stands elsewhere."""
    problem = load("mazur")
    (w8,) = (q for q in problem.parameters if q.key == "w_y2_h2")
    parameters = {**problem.parameters, w8: weight}
    alike = Frame(Solved.of(replace(problem, parameters=parameters)))
    (verdict,) = mark_with(alike, "dE_o1/dout_h1 = 0.40*0.13 = 0.055").verdicts
    assert (verdict.kind, verdict.slip) == (Kind.CORRECT, False)


def test_where_rounding_leaves_no_value_the_plain_numbers_count() -> None:
    """An output of 3e-15 is 0.00 on paper, which has no ln; the calculator goes on with it."""
    problem = load("mazur")
    bce = replace(problem, network=replace(problem.network, loss_name="bce"))
    page = mark_with(Frame(Solved.of(bce)), "net_o1 = -33.43\nE_o1 = 0.3343")
    assert [v.kind.value for v in page.verdicts] == ["wrong", "carried"]


@pytest.mark.parametrize(("loss", "factor"), [("half_sse", 1), ("sse", 2), ("mse", 1), ("bce", 1)])
def test_aima_s_delta_is_the_error_times_the_slope_whatever_the_loss(
    loss: str, factor: int
) -> None:
    """mse over two outputs has 2/2 before t - o."""
    problem = load("mazur")
    network = replace(problem.network, loss_name=loss)
    other = Frame(Solved.of(replace(problem, network=network, notation="aima", names=())))
    truth = other.truth[other.solved.find("dE/dnet_y1")[0]]
    (verdict,) = mark_with(other, f"Δ_o1 = {-truth / factor:.5f}").verdicts
    assert verdict.kind is Kind.CORRECT


def test_a_single_number_with_more_digits_is_not_what_the_page_shows() -> None:
    """A slip has nine figures where six are kept: nobody is asked for nine."""
    text = "dE/dw5 = 0.0821670\ndE/dw6 = 3.00826676\ndE/dw1 = 0.000438568"
    reading = best_reading(frame(), read_lines(text), None, strict=False)
    assert reading.judge.working.habit.figures == 6


def test_what_comes_from_a_wrong_number_by_another_form_is_carried() -> None:
    """A delta that is not written is the wrong f' times dE/do, though o - t would be near."""
    problem = load("mazur")
    network = replace(problem.network, loss_name="bce")
    bce = Frame(Solved.of(replace(problem, network=network, update_biases=True)))
    text = "out_o1 = 0.7514\nf'(net_o1) = 0.7514\ndelta_o2 = -0.3000\nΔb2 = {}"
    for number, kind in (("-1.3409", Kind.CARRIED), ("-1.2409", Kind.WRONG)):
        assert mark_with(bce, text.format(number)).verdicts[-1].kind is kind


def test_steps_behind_a_plain_integer_are_kept_to_the_digits_of_the_page() -> None:
    """-1.27 - 0.73 is -2 and was rounded at every step before."""
    lines = read_lines("w5+ = 0.36\nw6+ = 0.41\nw7+ = 1")
    working = best_reading(frame(), lines, None, strict=False).judge.working
    number = working.statements[-1].number
    assert number
    assert not number.unit
    assert working.own(number).unit(0.5) == 0.01


def test_so_it_is_in_another_order() -> None:
    """0.13 is delta_o1 cut off, though a weight is 0.13; 0.059 is beyond what it may have been."""
    problem = load("mazur")
    (w8,) = (q for q in problem.parameters if q.key == "w_y2_h2")
    alike = Frame(Solved.of(replace(problem, parameters={**problem.parameters, w8: "0.13"})))
    for number, slip in (("0.055", False), ("0.059", True)):
        (verdict,) = mark_with(alike, f"dE_o1/dout_h1 = 0.13*0.40 = {number}").verdicts
        assert verdict.slip is slip


def test_a_notation_that_alone_knows_a_name_is_tried() -> None:
    """The weights have mazur's numbers, the bias is Bishop's w_{y1,0}."""
    names = (*(f"w_{n}^new" for n in range(1, 9)), *(f"w_{n}" for n in range(1, 9)), "w_{y1,0}^new")
    bare = Frame(Solved.of(replace(load("tanh"), names=())))
    knowing = {n for n in NOTATIONS if bare.meanings(n).knows(names[-1])}
    assert 0 < len(knowing) < len(NOTATIONS)
    assert knowing & set(_likely(bare, names, "mazur"))


def test_signs_are_disputed_by_kind() -> None:
    """Deltas whose sign is right do not outvote the steps, which say that theirs is the other."""
    text = "δ_o1 = 0.1385\nδ_o2 = -0.0381\nΔw5 = 0.0411\nΔw6 = 0.0414"
    reading = _read(frame(), read_lines(text), frame().meanings("mazur"), ())
    verdicts = reading.judge.judge()
    assert verdicts
    disputed = {QuantityKind.DE_DNET: 0, QuantityKind.CHANGE: 2}
    assert Evidence(reading.judge, verdicts, ()).against == disputed


@pytest.mark.parametrize("own", ["mitchell", "mazur"])
def test_steps_that_ascend_like_all_others_say_nothing_about_the_sign_of_a_delta(own: str) -> None:
    """A lone δ is right in Mitchell's sign; that two of the ascents go by minus it is no slip."""
    text = """
        Delta w_y1_h1 = 0.0411
        w_y1_h1_new = 0.4411
        Delta w_y1_h2 = 0.0414
        w_y1_h2_new = 0.4914
        delta_h1 = -0.00877
        Delta w_h1_x1 = 0.000219
        Delta w_h1_x2 = 0.000439
        w_h1_x2_new = 0.2004"""
    bare = Frame(Solved.of(replace(load("mazur"), notation=own, names=())))
    kinds = [v.kind.value for v in mark_with(bare, text).verdicts]
    assert kinds == ["wrong", "carried"] * 2 + ["correct", "wrong", "wrong", "carried"]


def test_one_line_that_goes_against_a_sign_does_not_outvote_those_that_go_by_it() -> None:
    """A path to h1 has taken this delta for dE/dnet_o1; two gradients have not."""
    delta, path = "δ_o1 = -0.1385\n", "dE_o1/dout_h1 = -0.0554\n"
    page = marked(f"{delta}dE/dw5 = 0.0822\ndE/dw6 = 0.0827\n{path}")
    assert [v.kind.value for v in page.verdicts] == ["correct"] * 3 + ["wrong"]
    assert [one.id for one in page.conventions] == ["sign-de_dnet"]
    alone = marked(delta + path)
    assert [v.kind.value for v in alone.verdicts] == ["wrong", "carried"]


def test_a_sum_that_is_nothing_is_a_plain_0() -> None:
    """In floats 0.4 - 0.6 + 0.2 is 5.6e-17."""
    problem = load("tanh")
    weights = {q: "0" for q in problem.parameters if q.units[0] == "h1"}
    w1, w2, b = weights
    patterns = (replace(problem.patterns[0], inputs=("1", "1")),)
    parameters = {**problem.parameters, w1: "0.4", w2: "-0.6", b: "0.2"}
    nothing = replace(problem, parameters=parameters, patterns=patterns, names=())
    for zero in ("0", "0.0"):
        (verdict,) = mark_with(
            Frame(Solved.of(nothing)), f"net_h1 = 0.4*1 - 0.6*1 + 0.2 = {zero}"
        ).verdicts
        assert (verdict.kind.value, verdict.slip) == ("correct", False)


FIRST = """out_o1 = 0.7514
delta_o1 = 0.1385
dE/dout_h1 = 0.40*0.1385 = 0.0554
out_h1 = 0.5933
dE/dw1 = 0.0554*0.2413*0.05 = 0.000668
"""
RIGHTED = """dE/dout_h1 = 0.40*0.1385 + 0.50*(-0.0381) = 0.0364
dE/dw1 = 0.0364*0.2413*0.05 = 0.000439
"""


@pytest.mark.parametrize(
    ("text", "blames"),
    [
        (FIRST, {5: (3,)}),
        (FIRST + "Second attempt:\n" + RIGHTED, {5: (3,)}),
        (RIGHTED + FIRST, {7: (5,)}),
        (FIRST + FIRST, {5: (3,), 10: (8,)}),
        (FIRST + RIGHTED + FIRST, {5: (3,), 12: (10,)}),
        ("dE/dw1 = 0.000668\ndE/dout_h1 = 0.0554", {1: (2,)}),
        ("dE/dw1 = 0.000668\ndE/dout_h1 = 0.0554\n" + RIGHTED, {1: (2,)}),
    ],
)
def test_a_line_is_held_to_the_attempt_that_it_belongs_to(
    text: str, blames: dict[int, tuple[int, ...]]
) -> None:
    """Within one attempt the order is free; what stands above is no longer changed by another."""
    page = marked(text)
    assert {v.line: v.blames for v in page.verdicts if v.kind is Kind.CARRIED} == blames
    assert sum(v.kind is Kind.WRONG for v in page.verdicts) == f"{text}\n".count("= 0.0554\n")


GIVEN = "v1 = -0.8, v2 = 1.1\n"
ABOVE_HIDDEN = (
    ("half-sse", "dE/dv1 = 0.1262*0.3543 = 0.0447", "dE/dw_y1_h1", "correct"),
    ("half-sse", "dE/dv1 = 0.1262", "dE/dnet_y1", "correct"),
    ("half-sse", "v2 = 1.0578", "w_y1_h2", "correct"),
    ("half-sse", GIVEN + "v1 = -0.8 - 0.5*0.0447 = -0.8224", "w_y1_h1", "correct"),
    ("half-sse", GIVEN + "v1 = -0.8 + 0.5*0.0447 = -0.7776", "w_y1_h1", "wrong"),
    ("half-sse", GIVEN + "net_y1 = v1*0.3543 + v2*0.6682 + 0.3 = 0.7515", "net_y1", "correct"),
    ("half-sse", "v1 = 0.7515", "net_y1", "correct"),
    ("elu-softplus", "v1 = 1.5 + 2.2480*(-0.5034)/4 = 1.2171", "w_y1_h1", "correct"),
    ("local-minimum", "v = -0.5 + 0.4436 = -0.0564", "w_y1_h1", "correct"),
)


@pytest.mark.parametrize(("name", "text", "key", "kind"), ABOVE_HIDDEN)
def test_v_is_a_net_input_or_a_weight_above_the_hidden_layer(
    name: str, text: str, key: str, kind: str
) -> None:
    verdict = marked(text, name).verdicts[-1]
    assert verdict.quantity
    told = verdict.quantity.marked(ALWAYS).key, verdict.kind.value, verdict.slip
    assert told == (key, kind, False)


def test_a_name_means_in_a_formula_what_its_number_has_said() -> None:
    """Elsewhere a1 in a formula for f' is an output; here it is a net input."""
    page = marked("a1 = 0.3775\nf'(net_h1) = e^-a1/(1+e^-a1)^2 = 0.2413")
    assert [(v.kind, v.slip) for v in page.verdicts] == [(Kind.CORRECT, False)] * 2


TAKEN_UP = (
    ("The delta for o1 is 0.1385 and that for o2 is -0.0381.", "dE/dnet_y2", "correct"),
    ("The delta for o1 is 0.1385 and for o2 is -0.0381.", "dE/dnet_y2", "correct"),
    ("Das Delta von o1 ist 0,1385, das von o2 ist −0,0381.", "dE/dnet_y2", "correct"),
    ("The output of h1 is 0.5933 and that of o2 is 0.7729.", "o_y2", "correct"),
    ("The delta for o1 is 0.1385 and that for o2 is 0.0381.", "dE/dnet_y2", "wrong"),
    ("The weight w5 is 0.4 and for o2 the output is 0.7729.", "o_y2", "correct"),
    ("The delta for o1 is 0.1385.\nFor o2: o2 = 0.7729", "o_y2", "correct"),
)


@pytest.mark.parametrize(("text", "key", "kind"), TAKEN_UP, ids=[text for text, *_ in TAKEN_UP])
def test_that_of_another_unit_is_what_the_words_before_say(text: str, key: str, kind: str) -> None:
    verdict = marked(text).verdicts[-1]
    assert verdict.quantity
    assert (verdict.quantity.key, verdict.kind.value) == (key, kind)


CHAINS = (
    ("whw", "w1 = w2 = w3 = w4 = 0.10117", True, "correct correct correct correct"),
    ("whw", "w1 = w2 = w3 = w4 = 0.10000", False, "correct correct correct correct"),
    ("equal-weights", "w_11 = w_21 = w_31 = 0.505", True, "correct correct correct"),
    ("equal-weights", "w_11 = w_21 = w_31 = 0.5000", False, "correct correct correct"),
    ("mazur", "w1 = w2 = 0.149781", True, "correct wrong"),
)


@pytest.mark.parametrize(("name", "text", "new", "kinds"), CHAINS)
def test_in_a_chain_of_weights_each_has_the_number(
    name: str, text: str, new: bool, kinds: str
) -> None:
    verdicts = marked(text, name).verdicts
    assert [verdict.kind.value for verdict in verdicts] == kinds.split()
    assert {verdict.quantity and verdict.quantity.at.new for verdict in verdicts} == {new}
    assert len({verdict.quantity for verdict in verdicts}) == len(verdicts)


def test_a_new_weight_that_is_said_to_be_the_old_one_is_a_false_equation() -> None:
    (verdict,) = marked("w1_new = w1 = 0.149781").verdicts
    assert (verdict.kind, verdict.slip) == (Kind.CORRECT, True)


HELPERS = (
    ("k1 = 0.7414*0.1868 = 0.1385", "dE/dnet_y1", "correct"),
    ("c1 = 0.1385", "dE/dnet_y1", "correct"),
    ("c1 = 0.1385\ndE/dw5 = c1*0.5933 = 0.0922", "dE/dw_y1_h1", "wrong"),
    ("k1 = 0.7514", "o_y1", "correct"),
    ("c2 = 0.0236", "E_y2", "correct"),
    ("o1 = 1.1059", "o_y1", "wrong"),
    ("out_o1 = 0.1385", "o_y1", "wrong"),
)


@pytest.mark.parametrize(("text", "key", "kind"), HELPERS, ids=[text for text, *_ in HELPERS])
def test_a_letter_of_one_s_own_is_what_its_number_says(text: str, key: str, kind: str) -> None:
    verdict = marked(text).verdicts[-1]
    assert verdict.quantity
    assert (verdict.quantity.key, verdict.kind.value) == (key, kind)


@pytest.mark.parametrize("result", ["0.51", "-0.51", "0.87", "-0.87"])
def test_0_00_may_be_cut_from_a_number_of_either_sign(result: str) -> None:
    (verdict,) = marked(f"s = 87.71*0.00 = {result}").verdicts
    assert [equation.holds for equation in verdict.equations] == [True]
    (verdict,) = marked("s = 87.71*0.00 = 0.95").verdicts
    assert [equation.holds for equation in verdict.equations] == [False]


CHAIN = "vanishing-gradient"
DEEP = (
    (CHAIN, "z1 = 0.8\na1 = σ(z1) = 0.69\nz2 = 1.2*a1 = 0.828\nz3 = -0.348", "cccc"),
    (CHAIN, "net1 = 0.8000\nnet2 = 0.8280\nt1 = 1\no1 = 0.4139", "cccc"),
    (CHAIN, "∂C/∂z1 = 0.003862\nδ3 = -0.1422", "cc"),
    (CHAIN, "z^2 = 0.8000\na^2 = 0.6900\nz^3 = 0.8280\n∂C/∂z^4 = -0.1422", "cccc"),
    (CHAIN, "z1 = 0.8280", "w"),
    (CHAIN, "z1 = 0.90\na1 = σ(z1) = 0.7109\nz2 = 1.2*a1 = 0.8531", "wrr"),
    (CHAIN, "z^(2) = 0.90\na^(2) = σ(z^(2)) = 0.7109\nz^(3) = 1.2*a^(2) = 0.8531", "wrr"),
    ("three-hidden-layers", "z2 = 0.0381\ny2 = 0.5095", "cc"),
)


@pytest.mark.parametrize(("name", "text", "kinds"), DEEP)
def test_an_index_is_a_layer_s_where_layers_have_one_unit(name: str, text: str, kinds: str) -> None:
    """Layers are counted from the first hidden one or from the inputs: as more lines fit."""
    initials = {Kind.CORRECT: "c", Kind.WRONG: "w", Kind.CARRIED: "r"}
    page = marked(text, name)
    assert "".join(initials.get(v.kind, "-") for v in page.verdicts) == kinds
    assert not any(v.slip for v in page.verdicts)
