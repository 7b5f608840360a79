"""The factors of a problem layer by layer, and the gradients of deeper chains."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal

import networks
import pytest
from hypothesis import given, settings

import tutor
from tutor.numeric.exact import as_float
from tutor.plots.chains import chains, typical_weight
from tutor.plots.vanishing import levels
from tutor.solving import Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.quantity import DE_DNET, DE_DO, W

FUNCTIONS = {
    "sigmoid": (lambda net: 1 / (1 + math.exp(-net)), lambda net: 0.25 / math.cosh(net / 2) ** 2),
    "tanh": (math.tanh, lambda net: 1 / math.cosh(net) ** 2),
    "relu": (lambda net: max(net, 0.0), lambda net: float(net > 0)),
    "linear": (lambda net: net, lambda net: 1.0),
}


def output(function: str, weights: list[float]) -> float:
    """The output of a chain, without any of the program's own."""
    o = 1.0
    for w in weights:
        o = FUNCTIONS[function][0](w * o)
    return o


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("weight", ["0.4", "1.5", "3"])
def test_a_chains_gradient_is_how_fast_its_output_changes(function: str, weight: str) -> None:
    w, h = float(weight), 1e-5
    for depth, chain in enumerate(chains(function, Decimal(weight)), 1):
        above, below = (output(function, [w + s, *[w] * (depth - 1)]) for s in (h, -h))
        assert float(chain.gradient) == pytest.approx(
            (above - below) / (2 * h), rel=1e-4, abs=1e-10
        )


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_chains_gradient_is_the_product_of_its_factors(function: str) -> None:
    for chain in chains(function, Decimal("0.8")):
        assert float(math.prod(chain.factors)) == pytest.approx(float(chain.gradient), rel=1e-12)
        slopes = [FUNCTIONS[function][1](float(net)) for net in chain.nets]
        assert [float(slope) for slope in chain.slopes] == pytest.approx(slopes, rel=1e-12)


@given(networks.problems(most=2))
@settings(max_examples=15)
def test_the_sizes_are_means_of_the_certified_numbers(problem: tutor.Problem) -> None:
    solved = Solved.of(problem)
    at = solved.run.updates[0].presentations[0].at
    network = problem.network
    for level in levels(solved)[1]:
        weights = [W(j, i) for j in level.layer.units for i in network.feeders(level.layer)]
        kinds = {
            "error": list(map(DE_DO, level.layer.units)),
            "delta": list(map(DE_DNET, level.layer.units)),
            "gradient": list(map(slope_of_error, weights)),
        }
        for key, qs in kinds.items():
            each = [abs(as_float(solved.figures.exact[q.marked(at)])) for q in qs]
            size = level.sizes[key]
            assert size is not None
            assert float(size) == pytest.approx(sum(each) / len(each), rel=1e-9, abs=1e-15)
        assert (level.sizes["slope"] is None) == level.layer.softmax


def test_a_dead_unit_has_no_bar_and_words_instead() -> None:
    problem = tutor.load("leaky-relu")
    layers = problem.network.layers
    dead = replace(
        layers[0], activations=tuple(replace(a, name="relu") for a in layers[0].activations)
    )
    network = replace(problem.network, layers=(dead, *layers[1:]))
    page = str(tutor.plot("vanishing", replace(problem, network=network)).rendered("text"))
    html = tutor.plot("vanishing", replace(problem, network=network)).to_html()
    assert "What is 0 has no bar" in html
    assert "hidden layer" in page.lower()


@pytest.mark.parametrize("weight", ["0", "1e12"])
def test_weights_that_show_nothing_are_not_built_into_the_chain(weight: str) -> None:
    problem = tutor.load("delta-rule")
    same = replace(problem, parameters=dict.fromkeys(problem.parameters, weight))
    assert typical_weight(Solved.of(same)) == (1, False)
    assert "every weight" in tutor.plot("vanishing", same).to_html()
