"""Problem files: what is read, and what is said of those that cannot be."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from example import CHAIN, GOOD, PATTERN, RATE, W1, flaws_of
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import Flaw, InputError
from tutor.numeric.rounding import Digits, Rounding
from tutor.problem.file import load, parse
from tutor.problem.problem import Pattern, Problem
from tutor.problem.worth import Scheme, Worth
from tutor.symbolic.network import Bias

SLOPES = '\ngiven: {"dE/do_y1": -3, delta_y2: 1}'


def written(problem: Problem) -> dict[str, str]:
    """A problem's weights and biases by key."""
    return {q.key: text for q, text in problem.parameters.items()}


def test_numbers_keep_the_text_they_were_written_in() -> None:
    problem = parse(GOOD)
    texts = {k: v for k, v in written(problem).items() if "h" in k}
    assert texts == {
        "b_h": "0.35", "w_h1_x1": "0.10", "w_h1_x2": "-.20", "w_h2_x1": "1/3", "w_h2_x2": "5.e-1",
        "w_y1_h1": "0.40", "w_y1_h2": "0.45", "w_y2_h1": "0.50", "w_y2_h2": "0.55",
    }  # fmt: skip
    assert written(problem)["b_y2"] == "0.7"
    assert problem.patterns == (Pattern(("0.05", "0.10"), ("0.01", "0.99")),)


SAME = {
    "turned, by rows: from": (W1, '[[0.10, "1/3"], [-.20, 5.e-1]]'),
    "by name": (W1, '{h2: {x2: 5.e-1, x1: 1/3}, h1: {x1: 0.10, x2: -.20}}'),
    "rows by name": (W1, '{h1: [0.10, -.20], h2: ["1 / 3", 5.e-1]}'),
    "biases by name": ("[0.60, +0.7]", "{y2: 0.7, y1: 0.60}"),
    "one pattern without a list": (f"\n  - {PATTERN}", f" {PATTERN}"),
    "targets by name": ("[0.01, 0.99]", "{y2: 0.99, y1: 0.01}"),
    "a synonym": ("activation: sigmoid", "activation: Logistic"),
    "one activation a unit": ("activation: sigmoid", "activation: [sigmoid, Sigmoid]"),
    "units": ("biases: 0.35", "biases: 0.35\n    units: 2"),
    "all that is the default": (RATE, f"{RATE}\nmode: stochastic\nreduction: sum\nepochs: 1\n"
        "momentum: 0\nrounding: none\nupdate_biases: yes\nrows: to\nnames:\nshow: 6sf"),
    "a byte order mark": ("loss", "\ufeffloss"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_there_are_several_ways_to_write_one_thing(name: str) -> None:
    text = GOOD.replace(*SAME[name], 1)
    if "rows: from" in name:
        text = text.replace("[[0.40, 0.45], [0.50, 0.55]]", "[[0.40, 0.50], [0.45, 0.55]]")
        text += "rows: from\n"
    assert parse(text) == parse(GOOD)


def test_a_layer_has_one_bias_or_one_a_unit_or_none() -> None:
    assert [layer.bias for layer in parse(GOOD).network.layers] == [Bias.SHARED, Bias.EACH]
    assert parse(CHAIN + "large: true").network.layers[0].bias is Bias.NONE


def test_functions_have_parameters_and_may_differ_by_unit() -> None:
    text = GOOD.replace("activation: sigmoid", "activation: [{leaky relu: 0.10}, ELU]", 1)
    first, second = parse(text).network.layers[0].activations
    assert (first.name, first.parameter, second.name) == ("leaky_relu", "0.10", "elu")


def test_the_targets_of_a_softmax_add_up_to_1() -> None:
    text = GOOD.replace("half_sse", "cce").replace("]\n    biases: [", "]\n    biases: [")
    text = text[: text.rindex("sigmoid")] + "softmax" + text[text.rindex("sigmoid") + 7 :]
    assert parse(text.replace("[0.01, 0.99]", '["1/3", "2/3"]')).network.loss_name == "cce"
    assert "add up to 1.1" in flaws_of(text.replace("0.01", "0.11"))
    assert "from 0 to 1" in flaws_of(text.replace("0.01, 0.99", "-1, 2"))
    assert "go with another loss" in flaws_of(text.replace("cce", "mse"))


def test_with_given_slopes_neither_loss_nor_targets_nor_every_weight_is_needed() -> None:
    text = GOOD.replace("loss: half_sse\n", "").replace(", targets: [0.01, 0.99]", "")
    problem = parse(text.replace("0.10,", "?,").replace("0.60", "null") + SLOPES)
    assert problem.network.loss_name is None
    assert {q.key: text for q, text in problem.given.items()} == {
        "dE/do_y1": "-3",
        "dE/dnet_y2": "1",
    }
    assert "w_h1_x1" not in written(problem)
    assert "loss is missing" in flaws_of(text + "\ngiven: {delta_y1: 1}")


def test_own_names_are_read_in_either_direction_and_with_a_sign() -> None:
    text = GOOD + "names: {w1: w_h1_x1, o_h1: out_h1, Err6: -dE/dnet_y1}\n"
    problem = parse(text + "ask: [dE/dw1, w1_new, out h1]\ngiven: {Err6: 0.10, out_h1: -2}")
    assert [(name.text, name.quantity.key, name.sign) for name in problem.names] == [
        ("w1", "w_h1_x1", 1),
        ("out_h1", "o_h1", 1),
        ("Err6", "dE/dnet_y1", -1),
    ]
    assert problem.ask == ("dE/dw1", "w1_new", "out h1")
    assert {q.key: v for q, v in problem.given.items()} == {"dE/dnet_y1": "-0.10", "o_h1": "-2"}


def test_one_name_in_two_unicode_spellings_is_one_name() -> None:
    problem = parse(GOOD + "names: {e\u0301_h1: o_h1, h2: o_h2}\nask: \u00e9_h1")
    assert [name.text for name in problem.names] == ["\u00e9_h1", "h2"]


def test_kinds_of_quantities_are_rounded_by_rules_of_their_own() -> None:
    rules = "rounding: {new: 3dp, default: 4 figures}\nshow: 5 decimals"
    problem = parse(f"{GOOD}{rules}")
    assert problem.rounding == Rounding(Digits(4, figures=True), (("new", Digits(3)),))
    assert problem.show == Digits(5)


def test_marks_are_by_kind_and_by_quantity_and_default_to_one_and_one() -> None:
    scheme = parse(GOOD + "marks: {gradient: {method: 2}, net_h1: {accuracy: 1/2}}").marks
    assert scheme == Scheme(
        Worth(),
        (("gradient", Worth(Fraction(2))),),
        (("net_h1", Worth(accuracy=Fraction(1, 2))),),
    )
    assert "0.5x" in flaws_of(GOOD + "marks: {net_h1: {method: 0.5x}}")
    assert "it must be from 0 to 1000" in flaws_of(GOOD + "marks: {net_h1: {method: -1}}")
    assert '"nett_h1" names nothing' in flaws_of(GOOD + "marks: {nett_h1: {method: 1}}")
    assert "a mapping is wanted" in flaws_of(GOOD + "marks: 3")
    assert "has no key" in flaws_of(GOOD + "marks: {default: {metod: 1}}")


def test_a_loaded_problem_knows_its_file(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text(GOOD)
    problem = load(tmp_path / "f.yaml")
    assert problem.path == tmp_path / "f.yaml"
    assert dataclasses.replace(problem, path=None) == parse(GOOD)


WORDS = """: |- -|[[|null|.nan|1e9|\\x|units: 9|rows: from|names: {w: E}|ask: E|given: {E: 1}|cce
|[1]|softmax|large: true|mode: batch|w_h1_x1|y1|1/3|<<: |---|notation: ng|\n  - |4dp"""
PIECES = st.sampled_from([*"[]{}?:,-|>&*!%@`'\"#\n \t\ufeff\u2028", *WORDS.split("|")])
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 9), PIECES | st.text(max_size=3)), max_size=5
)


@settings(max_examples=300, deadline=None)
@given(EDITS, st.sampled_from([GOOD, CHAIN, GOOD + SLOPES]))
def test_no_change_of_a_good_file_raises_anything_but_flaws(
    edits: list[tuple[float, int, str]], text: str
) -> None:
    for where, cut, piece in edits:
        at = int(where * len(text))
        text = text[:at] + piece + text[at + cut :]
    _only_flaws(text)


@settings(max_examples=200, deadline=None)
@given(st.text() | st.lists(PIECES).map("".join))
def test_no_text_raises_anything_but_flaws(text: str) -> None:
    _only_flaws(text)


def _only_flaws(text: str) -> None:
    flaws: tuple[Flaw, ...] = ()
    try:
        parse(text)
    except InputError as error:
        flaws = error.flaws or (Flaw(0, 0, "nothing is told"),)
    assert all(flaw.line > 0 and flaw.column > 0 for flaw in flaws)


def test_reading_a_problem_does_not_load_sympy() -> None:
    code = "import sys, tutor.problem.file; sys.exit('sympy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_example_in_the_documentation_is_a_problem() -> None:
    page = Path(__file__).parents[2].joinpath("problems", "README.md").read_text(encoding="utf-8")
    examples = page.split("```yaml\n")[1:]
    assert [parse(text.split("```")[0]).notation for text in examples] == ["mazur"]
