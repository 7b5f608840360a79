"""What a working earns: marks an asked quantity, each mistake deducted once."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest

from tutor.marking.frame import Frame
from tutor.marking.mark import mark_with
from tutor.marking.marks import Marks, Override, Why, marks
from tutor.marking.page import load_working
from tutor.problem.file import parse
from tutor.problem.shipped import load
from tutor.solving import Solved

WHOLE = load_working("mazur-one-path")
BEFORE = "out_o1 = 0.7514\nout_h1 = 0.5933\nout_h2 = 0.5969\nf'(net_o1) = 0.1868\n"


@cache
def frame(*ask: str) -> Frame:
    return Frame(Solved.of(replace(load("mazur"), ask=ask)))


def earned(text: str, *ask: str, each: bool = False) -> Marks:
    return marks(mark_with(frame(*ask), text), each=each)


def why(result: Marks) -> dict[str, tuple[Why, int | None]]:
    return {item.quantity.key: (item.why, item.because) for item in result.items if item.why}


def test_a_mistake_in_a_line_that_is_not_asked_for_costs_one_mark_where_it_shows() -> None:
    result = earned(WHOLE)
    assert (result.got, result.of) == (31, 32)
    assert why(result) == {"dE/dw_h1_x1": (Why.BEFORE, 29)}


def test_so_does_one_in_a_delta_that_the_slides_do_not_name_on_the_way() -> None:
    """delta1 without f'; the steps have dE/dw3 as the three factors."""
    text = "delta = -0.0407\ndelta1 = -0.0407*0.3 = -0.01221\nw3_new = 0.1 - 0.01221*0.35 = 0.0957"
    result = marks(mark_with(Frame(Solved.of(load("rgu"))), text))
    assert why(result)["w_h1_x1_new"] == (Why.BEFORE, 2)


def test_all_is_earned_by_a_right_working_though_lines_are_missing() -> None:
    right = WHOLE.replace("dE/dout_h1 = 0.40*0.1385 = 0.0554", "dE/dout_h1 = 0.0364").replace(
        "0.0554*", "0.0364*"
    )
    only_new = "w5_new = 0.3589\nw1_new = 0.14978"
    assert earned(only_new, "dE/dw5", "w5_new", "dE/dw1", "w1_new").got == 8
    result = earned(right, "dE/dw5", "dE/dw6")
    assert (result.got, result.of, why(result)) == (4, 4, {})


@pytest.mark.parametrize(
    ("text", "got", "at_most", "why_not"),
    [
        ("dE/dw5 = 0.0822", 2, 2, None),
        ("dE/dw5 = delta_o1*out_h1 = 0.0822", 2, 2, None),
        ("dE/dw5 = delta_o1*out_h1", 1, 1, Why.NUMBERLESS),
        ("dE/dw5 = delta_o1*out_h1\nw5_new = 0.3589", 2, 2, None),
        ("dE/dw5 = 0.065", 0, 2, Why.VAGUE),
        ("delta_o1 = 0.1385\nout_h1 = 0.5933\ndE/dw5 = dE/dw5", 0, 0, Why.MISSING),
        ("out_h1 = 0.5933\ndE/dw5 = w5*0 + dE/dw5", 0, 0, Why.MISSING),
        ("dE/dw5 = delta_o1*out_h1 = dE/dw5", 1, 1, Why.NUMBERLESS),
        ("out_h1 = 0.5933\nGesucht: dE/dw5", 0, 0, Why.MISSING),
        ("out_h1 = 0.5933\nanswer = dE/dw5 = 0.0822", 2, 2, None),
        ("out_h1 = 0.5933\nE_new = 0.3", 0, 0, Why.MISSING),
    ],
)
def test_only_what_is_shown_is_earned(
    text: str, got: int, at_most: int, why_not: Why | None
) -> None:
    result = earned(text, "dE/dw5")
    assert (result.got, result.at_most) == (got, at_most)
    assert [item.why for item in result.items] == [why_not]


def test_a_weight_that_stays_is_new_behind_one_that_changes() -> None:
    asked = Frame(Solved.of(replace(load("han-kamber"), ask=("w24_new", "w25_new"))))
    for text, got in (("w14 = 0.192\nw24 = 0.4 (unchanged)\nw25 = 0.1", 4), ("w24 = 0.4", 0)):
        assert marks(mark_with(asked, text)).got == got


def test_nobody_keeps_less_than_two_decimals() -> None:
    kinds = [mark_with(frame(), f"E_new = {n}").verdicts[0].kind.value for n in ("0.3", "0.5")]
    assert kinds == ["correct", "wrong"]


ASK = ("dE/dw5", "dE/dw6", "w5_new")
METHOD = "dE/dw5 = 0.7414*0.5933 = 0.4399\ndE/dw6 = 0.7414*0.5969 = 0.4425\nw5_new = 0.1801\n"


def test_one_cause_on_several_lines_is_deducted_once() -> None:
    assert why(earned(BEFORE + METHOD, *ASK)) == {"dE/dw_y1_h1": (Why.METHOD, 5)}
    assert earned(BEFORE + METHOD, *ASK).got == 4
    assert earned(BEFORE + METHOD, *ASK, each=True).got == 2


def test_a_slip_costs_the_accuracy_alone_and_each_slip_is_its_own() -> None:
    slips = "dE/dw5 = 0.7414*0.1868*0.5933 = 0.0922\ndE/dw6 = 0.7414*0.1868*0.5969 = 0.0927\n"
    result = earned(BEFORE + "dE/dout_o1 = 0.7414\n" + slips, *ASK[:2])
    assert why(result) == {"dE/dw_y1_h1": (Why.SLIP, 6), "dE/dw_y1_h2": (Why.SLIP, 7)}
    assert [(i.method, i.accuracy) for i in result.items] == [(1, 0), (1, 0)]


def test_the_same_wrong_number_put_in_again_is_the_same_slip() -> None:
    """eta is 0.5."""
    text = (
        "dE/dw5 = 0.0822\ndE/dw6 = 0.0827\n"
        "w5_new = 0.40 - 0.05*0.0822 = 0.3959\nw6_new = 0.45 - {}*0.0827 = {}\n"
    )
    asked = ("w5_new", "w6_new")
    assert why(earned(text.format("0.05", "0.4459"), *asked)) == {"w_y1_h1_new": (Why.SLIP, 3)}
    assert earned(text.format("0.05", "0.4459"), *asked, each=True).got == 2
    assert earned(text.format("0.06", "0.4450"), *asked).got == 2


def test_a_number_that_shows_no_figure_is_left_to_the_teacher() -> None:
    """dE/dw5 is 0.0822, dE/dw1 0.00044; with its working, a number may be as coarse as it is."""
    result = earned("dE/dw5 = 0.0\ndE/dw1 = 0.000\ndE/dw6 = 0.08", "dE/dw5", "dE/dw1", "dE/dw6")
    assert (result.got, result.at_most, result.unread) == (2, 6, (1, 2))
    told = Override(2, Fraction(1))
    marked = mark_with(frame("dE/dw5", "dE/dw1"), "dE/dw5 = 0.0\ndE/dw1 = 0.000")
    given = marks(marked, overrides=[told])
    assert (given.got, given.at_most, given.unread) == (1, 3, (1,))
    assert earned(BEFORE + "dE/dw5 = 0.7414*0.1868*0.5933 = 0.1", "dE/dw5").got == 2


def test_a_line_that_a_teacher_has_marked_is_not_to_look_at() -> None:
    marked = mark_with(frame(*ASK[:2]), "dE/dw6 = 0.0827\ndE/dw5 = 0.7414*(\n")
    given = marks(marked, overrides=[Override(2, Fraction(1))])
    assert (given.got, given.at_most, given.unread) == (3, 3, ())


def test_what_was_put_right_later_costs_nothing() -> None:
    result = earned(BEFORE + "dE/dw5 = 0.4399\ndE/dw5 = 0.0822", "dE/dw5")
    assert (result.got, result.of) == (2, 2)


def test_an_unread_line_that_is_asked_for_leaves_the_marks_open() -> None:
    result = earned("dE/dw6 = 0.0827\ndE/dw5 = 0.7414*(\n", *ASK[:2])
    assert (result.got, result.at_most, result.of, result.unread) == (2, 4, 4, (2,))


def test_nothing_is_earned_by_what_is_not_there() -> None:
    result = earned("net_h1 = 0.3775", *ASK)
    assert (result.got, result.at_most, result.begun) == (0, 0, False)


def test_a_teachers_mark_stands_in_place_of_that_of_the_line() -> None:
    marked = mark_with(frame(*ASK), BEFORE + METHOD)
    given = marks(marked, overrides=[Override(5, Fraction(3, 2), "shown in class")])
    assert given.got == Fraction(11, 2)
    assert marks(marked, overrides=[Override(None, Fraction(6))]).got == 6
    beside = marks(marked, overrides=[Override(1, Fraction(-1))])
    assert beside.got == 3


FILE = """\
loss: half_sse
learning_rate: 0.5
layers: [{activation: sigmoid, weights: [0.3, 0.9], units: 1}]
patterns: {inputs: [0.35, 0.9], targets: 0.5}
ask: [w_y1_x1_new, dE/dw_y1_x1]
marks: {default: {method: 2}, new: {accuracy: 0.5}, dE/dnet_y1: {method: 3, accuracy: 0}}
"""


def test_a_problem_file_says_what_answers_are_worth() -> None:
    marked = mark_with(Frame(Solved.of(parse(FILE))), "delta_y1 = 9.9")
    worth = {item.quantity.key: item.worth for item in marks(marked).items}
    assert {key: (w.method, w.accuracy) for key, w in worth.items()} == {
        "w_y1_x1_new": (2, Fraction(1, 2)),
        "dE/dw_y1_x1": (2, 1),
        "dE/dnet_y1": (3, 0),
    }


@pytest.mark.parametrize("text", ["", WHOLE, "a = (((", METHOD, WHOLE * 3])
def test_marks_stay_between_nothing_and_all(text: str) -> None:
    for each in (False, True):
        result = earned(text, each=each)
        assert 0 <= result.got <= result.at_most <= result.of
