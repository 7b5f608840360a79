"""Short names under a heading that says what they are."""

from __future__ import annotations

import pytest

from tutor.marking.frame import Frame
from tutor.marking.mark import mark_with
from tutor.problem.shipped import load
from tutor.solving import Solved

MAZUR = Frame(Solved.of(load("mazur")))

PAGES = (
    ("Gradients:\nw5: 0.0822\nw6 = 0.0827", "dE/dw_y1_h1 dE/dw_y1_h2"),
    ("**Deltas**\no1: 0.1385\nh1 = 0.0088", "dE/dnet_y1 dE/dnet_h1"),
    ("Local gradients\no2: -0.0381", "dE/dnet_y2"),
    ("Net inputs of the hidden layer\nh1 = 0.3775\nh2 = 0.3925", "net_h1 net_h2"),
    ("Hidden layer outputs:\nh1: 0.5933", "o_h1"),
    ("Errors\no1: 0.2748\nE = 0.2984", "E_y1 E"),
    ("New weights\nw5: 0.3589", "w_y1_h1_new"),
    ("Gradients: w5 = 0.0822, w6 = 0.0827\nw5 = 0.3589", "dE/dw_y1_h1 dE/dw_y1_h2 w_y1_h1_new"),
    ("Gradients\nw5: 0.0822\nNew weights\nw5: 0.3589", "dE/dw_y1_h1 w_y1_h1_new"),
    ("Gradients\nw5 = 0.40 - 0.5*0.0822 = 0.3589", "w_y1_h1_new"),
    ("Gradient descent\nw5 = 0.3589", "w_y1_h1_new"),
    ("Outputs and deltas\no1 = 0.7514", "o_y1"),
    ("Output layer\no1 = 0.7514\ndelta_o1 = 0.1385", "o_y1 dE/dnet_y1"),
    ("Gradients\n\nIteration 1\nw5 = 0.3589", "w_y1_h1_new"),
)


@pytest.mark.parametrize(("text", "keys"), PAGES)
def test_a_short_name_is_what_the_heading_above_it_says(text: str, keys: str) -> None:
    verdicts = mark_with(MAZUR, text).verdicts
    assert [v.quantity and v.quantity.key for v in verdicts] == keys.split()
    assert {v.kind.value for v in verdicts} == {"correct"}


def test_a_wrong_number_is_of_what_the_heading_says() -> None:
    (verdict,) = mark_with(MAZUR, "Gradients\nw5: 0.1643").verdicts
    assert verdict.quantity
    assert (verdict.quantity.key, verdict.causes[0].id) == ("dE/dw_y1_h1", "factor-2")
