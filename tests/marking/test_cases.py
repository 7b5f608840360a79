"""Tables with a row for each pattern or update."""

from __future__ import annotations

import pytest
from spelled import TWO_PATTERNS

from tutor.marking.frame import Frame
from tutor.marking.mark import mark_with
from tutor.problem.file import parse
from tutor.problem.shipped import load
from tutor.solving import Solved

PATTERNS = Frame(Solved.of(parse(TWO_PATTERNS, "two.yaml")))
MAZUR = Frame(Solved.of(load("mazur")))
ROWS = "x1[1.1] x2[1.1] net_y1[1.1] o_y1[1.1] x1[1.2] x2[1.2] net_y1[1.2] o_y1[1.2]"
TURNED = "x1[1.2] x2[1.2] net_y1[1.2] o_y1[1.2] x1[1.1] x2[1.1] net_y1[1.1] o_y1[1.1]"
TABLES = (
    ("x1 x2 net o\n0.35 0.9 0.915 0.7140\n0.6 0.1 0.27 0.5671", ROWS),
    ("x1\tx2\tnet\to\n0.35\t0.9\t0.915\t0.7140\n0.6\t0.1\t0.27\t0.5671", ROWS),
    ("|x1|x2|net|o|\n|--|--|--|--|\n|0.6|0.1|0.27|0.5671|\n|0.35|0.9|0.915|0.714|", TURNED),
    ("pattern,net,o\n1,0.915,0.714\n2,0.27,0.5671", "net_y1[1.1] o_y1[1.1] net_y1[1.2] o_y1[1.2]"),
    ("net  o\n0.915  0.7140", "net_y1[1.1] o_y1[1.1]"),
    (
        "x1 x2\n0.35 0.9\n0.6 0.1\nPattern 1\ndelta = 0.0437\nPattern 2\ndelta = -0.0817",
        "x1[1.1] x2[1.1] x1[1.2] x2[1.2] dE/dnet_y1[1.1] dE/dnet_y1[1.2]",
    ),
    ("net delta\n0.915 0.0437\n0.27 -0.0817\nnet = 0.915", None),
)


@pytest.mark.parametrize(("text", "keys"), TABLES)
def test_a_row_is_a_pattern_by_its_count_its_inputs_or_its_place(
    text: str, keys: str | None
) -> None:
    verdicts = mark_with(PATTERNS, text).verdicts
    assert {v.kind.value for v in verdicts} == {"correct"}
    if keys:
        assert [v.quantity and v.quantity.key for v in verdicts] == keys.split()


def test_one_row_of_numbers_below_their_names() -> None:
    text = "dE/dw5,dE/dw6\n0.0822,0.1827\n\nnet_h1 net_h2\n0.3775 0.3925"
    verdicts = mark_with(MAZUR, text).verdicts
    assert [(v.line, v.kind.value) for v in verdicts] == [
        *((2, "correct"), (2, "wrong"), (5, "correct"), (5, "correct"))
    ]


def test_rows_may_be_updates() -> None:
    verdicts = mark_with(MAZUR, "iteration | E\n0 | 0.2984\n1 | 0.2910").verdicts
    assert [v.quantity and v.quantity.key for v in verdicts] == ["E", "E_new"]


@pytest.mark.parametrize(
    "text",
    [
        "Hidden layer\n0.5933 0.5969",
        "as before\n1 2\n3 4",
        "a b\nc d",
        "o1 o2\n0.7514 0.7729\n0.01 0.99",
    ],
)
def test_words_above_numbers_are_no_table(text: str) -> None:
    assert not mark_with(MAZUR, text).verdicts
