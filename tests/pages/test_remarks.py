"""Remarks are computed: each holds where it is made, and is not made where it does not hold."""

from __future__ import annotations

import pytest

import tutor
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
    ("tanh", "-1e8", "Unit h1 is saturated: f'(net_h1) is 0, far below the largest slope, 1"),
    ("elu", "-200", "Unit h1 is saturated: f'(net_h1) is 0, far below the largest slope, 1"),
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
    assert "0 to 50 digits" in unit(activation, "-200").to_text()


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


@pytest.mark.parametrize("name", ["mazur", "two-patterns-stochastic", "momentum", "han-kamber"])
def test_the_errors_before_and_after_are_those_of_the_steps(name: str) -> None:
    solution = tutor.solve(tutor.load(name))
    values, states = solution.figures.values, solution.errors()
    assert len(states) == len(solution.run.updates) + 1
    for n, update in enumerate(solution.run.updates):
        (shown,) = update.presentations
        for state, new in ((states[n], False), (states[n + 1], True)):
            q = next(q for q in values if q.key == f"E{shown.at._replace(new=new)}")
            assert state[shown.pattern - 1] == values[q]
