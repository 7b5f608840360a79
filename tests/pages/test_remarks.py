"""Remarks are computed: each holds where it is made, and is not made where it does not hold."""

from __future__ import annotations

from typing import Any

import pytest

import tutor
from tutor import solving
from tutor.numeric.trace import Values, evaluate
from tutor.pages.plain import Plain
from tutor.pages.remarks import remarks
from tutor.pages.words import Words
from tutor.problem.file import parse
from tutor.solution import Solution

ONE_UNIT = """\
loss: half_sse
learning_rate: {rate}
layers:
  - {{activation: {activation}, weights: [[{weight}]], biases: 0}}
  - {{activation: linear, weights: [[1]]}}
patterns:
  - {{inputs: [1], targets: [{target}]}}
"""


def unit(activation: str, weight: str, *, target: str = "0", rate: str = "0.1") -> Solution:
    """One hidden unit whose net input is its weight."""
    text = ONE_UNIT.format(activation=activation, weight=weight, target=target, rate=rate)
    return tutor.solve(parse(text))


def said(solution: Solution) -> str:
    """All remarks as plain text."""
    plain = Plain(solution.naming)
    lines = (
        "".join(
            part if isinstance(part, str) else " = ".join(map(plain.write, part.parts))
            for part in sentence
        )
        for sentence in remarks(solution, Words().say)
    )
    return "\n".join(lines)


SAID = [
    ("sigmoid", "6", "Unit h1 is saturated: f'(net_h1) is 0.00247, 101 times below"),
    ("tanh", "-3", "Unit h1 is saturated: f'(net_h1) is 0.00987, 101 times below"),
    ("sigmoid", "-1e8", "Unit h1 is saturated: f'(net_h1) is 6.45e-43429449, "),
    ("tanh", "-1e8", "Unit h1 is saturated: f'(net_h1) is 0 to 50 digits, far below the largest"),
    ("elu", "-200", "Unit h1 is saturated: f'(net_h1) is 0 to 50 digits, far below the largest"),
    ("{elu: 2}", "-20", "times below the largest slope, 2"),
    ("softplus", "-200", "Unit h1 is saturated: f'(net_h1) is 1.38e-87, "),
    ("relu", "-2", "Unit h1 is dead: net_h1 is negative"),
    ("relu", "0", "For unit h1 net_h1 is exactly 0"),
    ("leaky_relu", "0", "For unit h1 net_h1 is exactly 0"),
    ("linear", "3", "∂E/∂o_y1 is positive: raising o_y1 raises E."),
    ("linear", "-3", "∂E/∂o_y1 is negative: raising o_y1 lowers E."),
    ("linear", "3", "w_y1_h1 changes most: it goes down by 0.9."),
    ("linear", "3", "The update lowers E from 4.5 to 0.0288, by 4.47."),
]


@pytest.mark.parametrize(("activation", "weight", "says"), SAID)
def test_it_is_said_where_it_holds(activation: str, weight: str, says: str) -> None:
    assert says in said(unit(activation, weight))


@pytest.mark.parametrize(
    ("activation", "weight", "word"),
    [
        ("sigmoid", "2", "saturated"),
        ("elu", "-1", "saturated"),
        ("relu", "1", "dead"),
        ("leaky_relu", "-2", "dead"),
    ],
)
def test_it_is_not_said_where_it_does_not(activation: str, weight: str, word: str) -> None:
    assert word not in said(unit(activation, weight))


@pytest.mark.parametrize("activation", ["tanh", "elu"])
def test_a_slope_of_0_that_is_not_exact_says_so(activation: str) -> None:
    assert "             = 0   (to 50 digits" in unit(activation, "-200").to_text()


@pytest.mark.parametrize(
    ("activation", "weight", "value"),
    [
        ("tanh", "200", "1"),
        ("tanh", "-200", "-1"),
        ("sigmoid", "300", "1"),
        ("{elu: 2}", "-300", "-2"),
        ("softplus", "400", "400"),
    ],
)
def test_an_output_at_a_limit_that_is_never_reached_says_so(
    activation: str, weight: str, value: str
) -> None:
    page = unit(activation, weight).to_text()
    assert f"       = {value}   (to 50 digits" in page


SHARES = """\
loss: cce
layers: [{{activation: softmax, weights: [[{weight}], [{weight}], [-400]]}}]
patterns: [{{inputs: [1], targets: [1, 0, 0]}}]
"""


def test_a_share_of_1_is_not_the_whole_but_half_is_half() -> None:
    one = tutor.solve(parse(SHARES.format(weight="500").replace("[500], ", "[100], ", 1)))
    assert "= 1   (to 50 digits)\n" in one.to_text()
    half = tutor.solve(parse(SHARES.format(weight="400"))).to_text()
    assert "= 0.5\n" in half


@pytest.mark.parametrize(("activation", "weight"), [("sigmoid", "0"), ("tanh", "0"), ("elu", "3")])
def test_what_is_exact_is_not_hedged(activation: str, weight: str) -> None:
    assert "to 50 digits" not in unit(activation, weight).to_text()
    assert "to 50 digits" not in tutor.solve(tutor.load("two-patterns-batch")).to_text()


def test_softplus_of_a_large_number_is_that_number() -> None:
    assert unit("softplus", "1e8")["o_h1"] == 1e8


def test_a_step_that_is_too_long_is_named() -> None:
    assert "The update raises E" in said(unit("linear", "3", rate="5"))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("equal-weights", "have the same weights in and out"),
        ("vanishing-gradient", "shrink: on average by a factor of"),
        ("two-patterns-stochastic", "larger for pattern"),
    ],
)
def test_a_shipped_problem_shows_it(name: str, says: str) -> None:
    assert says in said(tutor.solve(tutor.load(name)))


def test_values_that_only_rounding_brings_to_0_are_named() -> None:
    problem = parse(
        ONE_UNIT.format(activation="sigmoid", weight="9", target="0", rate="0.1")
        + "rounding: 3 decimals\n"
    )
    assert "round to 0, though they are not 0" in said(tutor.solve(problem))


def test_the_errors_are_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    solution = tutor.solve(tutor.load("two-patterns-stochastic"))
    count = 0

    def counted(*args: Any) -> Values:
        nonlocal count
        count += 1
        return evaluate(*args)

    monkeypatch.setattr(solving, "evaluate", counted)
    solution.to_text()
    assert count == 2 * (len(solution.run.updates) + 1)


@pytest.mark.parametrize("name", ["mazur", "two-patterns-stochastic", "momentum", "han-kamber"])
def test_the_errors_before_and_after_are_those_of_the_steps(name: str) -> None:
    solution = tutor.solve(tutor.load(name))
    values, texts, states = solution.figures.values, solution.figures.texts, solution.errors
    assert len(states) == len(solution.run.updates) + 1
    for n, update in enumerate(solution.run.updates):
        (shown,) = update.presentations
        for state, new in ((states[n], False), (states[n + 1], True)):
            q = next(q for q in values if q.key == f"E{shown.at._replace(new=new)}")
            assert state[shown.pattern - 1] == (values[q], texts[q])


def test_errors_have_the_zeros_of_a_rounding_rule() -> None:
    rows = "{inputs: [1], targets: [0.2]}, {inputs: [1], targets: [1]}"
    text = f"loss: sse\nlearning_rate: 0.1\nrounding: 4 decimals\npatterns: [{rows}]\n"
    page = tutor.solve(parse(text + "layers: [{activation: linear, weights: [[0.5]]}]")).to_text()
    assert "= 0.0900\n" in page
    assert "at the start        0.0900      0.2500\n" in page


MANY = """\
loss: half_sse
learning_rate: 0.001
epochs: {epochs}
layers:
  - {{activation: {activation}, weights: [{weights}]}}
  - {{activation: linear, weights: [[1{more}]]}}
patterns: [{{inputs: [1], targets: [0]}}, {{inputs: [-1], targets: [0]}}]
"""


def many(activation: str, units: int, *, epochs: int) -> str:
    """What is said of equal units that are shown two patterns again and again."""
    weights = ", ".join(f"[{n}]" for n in range(6, 6 + units))
    more = ", 1" * (units - 1)
    text = MANY.format(activation=activation, weights=weights, more=more, epochs=epochs)
    return said(tutor.solve(parse(text)))


def test_of_one_unit_one_thing_is_said_once_however_many_updates() -> None:
    lines = many("sigmoid", 1, epochs=10).splitlines()
    (saturated,) = (line for line in lines if "saturated" in line)
    assert saturated.startswith("Unit h1 is saturated in all 20 updates, most in update ")
    assert "∂E/∂o_y1 is positive in all 20 updates: raising o_y1 raises E." in lines
    assert any("changes most over all 20 updates: it goes" in line for line in lines)


def test_where_it_holds_is_said_of_few_places_and_counted_of_many() -> None:
    assert "Unit h1 is dead for pattern 2: net_h1 is" in many("relu", 1, epochs=1)
    assert "Unit h1 is dead in update 2 and in update 4: " in many("relu", 1, epochs=2)
    assert "Unit h1 is dead in 10 of 20 updates: " in many("relu", 1, epochs=10)


def test_of_many_remarks_of_a_kind_some_are_left_out_and_counted() -> None:
    shown = many("relu", 9, epochs=1)
    assert shown.count("is dead") == 6
    assert "3 more remarks like the last are left out." in shown


def test_only_what_stands_on_the_page_is_said_to_round_to_0() -> None:
    text = ONE_UNIT.format(activation="linear", weight="0.03", target="0", rate="0.1")
    said_once = said(tutor.solve(parse(text + "rounding: 3 decimals\n")))
    assert "E rounds to 0, though it is not 0." in said_once
    text = ONE_UNIT.format(activation="linear", weight="0.1", target="0", rate="0.001")
    assert "Δ" not in said(tutor.solve(parse(text + "rounding: 2 decimals\n")))
