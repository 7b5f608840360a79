"""The engine: steps in order, factors kept apart, every gradient the slope of the whole E."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import product

import networks
import oracle
import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st

from tutor.numeric.certify import NotCertified, certify
from tutor.numeric.trace import evaluate
from tutor.problem.problem import Pattern, Problem
from tutor.solution import Solution, solve
from tutor.symbolic.activations import Activation
from tutor.symbolic.derivation import derive
from tutor.symbolic.formula import Formula, Neg, Product, Ref, Rename, Sum, refs
from tutor.symbolic.network import Bias, Layer, Network, layer_names, unit_names
from tutor.symbolic.proof import NotEqual, as_sympy, local_slope
from tutor.symbolic.quantity import DE_DNET, DE_DO, LOCAL, NET, At, Kind, O, Quantity, W, X
from tutor.symbolic.step import Step

SIGMOID = Activation("sigmoid")
UNROUNDED = networks.problems()
ANY = networks.problems(networks.NONE | networks.ROUNDINGS)


@given(ANY)
def test_a_step_uses_only_what_is_given_or_defined_before_it(problem: Problem) -> None:
    solution = solve(problem)
    known = {q for q in solution.figures.values if q not in solution.run.by_quantity}
    for step in solution.run.steps:
        assert known.issuperset(refs(step.formula)), step.defines.key
        assert step.defines not in known, step.defines.key
        known.add(step.defines)
    assert known == set(solution.figures.values)


@given(ANY)
def test_a_gradient_keeps_its_factors_apart_and_in_order(problem: Problem) -> None:
    network = problem.network
    merged = problem.rounding is not None and network.matched
    steps = derive(network, merged=merged).steps
    for layer, j, i in arrows(network):
        last = layer is network.layers[-1]
        by_net = layer.softmax or (merged and last)
        error = [DE_DNET(j)] if by_net else [DE_DO(j), LOCAL(j, j)]
        wanted = Product(tuple(map(Ref, (*error, network.output(i)))))
        assert steps[Quantity(Kind.GRAD, (j, i))].formula == wanted


def arrows(network: Network) -> Iterator[tuple[Layer, str, str]]:
    """Every weight: its layer, the unit it goes to, the unit it comes from."""
    for layer in network.layers:
        yield from ((layer, j, i) for j in layer.units for i in network.feeders(layer))


@given(UNROUNDED)
def test_every_value_is_that_of_an_independent_back_propagation(problem: Problem) -> None:
    solution = solve(problem)
    found = {q.key: float(value) for q, value in solution.figures.exact.items()}
    wanted = oracle.values(problem)
    assert {key: found[key] for key in wanted} == pytest.approx(wanted, rel=1e-9, abs=1e-11)


@given(UNROUNDED)
def test_another_route_to_a_quantity_comes_to_the_same(problem: Problem) -> None:
    solution = solve(problem)
    for step in solution.run.steps:
        for route in step.routes:
            other = evaluate([replace(step, formula=route)], solution.figures.exact)
            distance = abs(other[step.defines] - solution.figures.exact[step.defines])
            assert distance < 1e-40, step.defines.key


@given(ANY)
def test_gradients_agree_with_central_differences_of_the_error(problem: Problem) -> None:
    certificate = solve(problem).certificate
    assert certificate.central_differences < 1e-20
    assert certificate.gradients >= len(problem.network.parameters) * len(problem.patterns)


@given(networks.stated())
def test_a_problem_with_stated_values_is_certified_step_by_step(problem: Problem) -> None:
    certificate = solve(problem).certificate
    assert certificate.by_steps
    assert certificate.central_differences < 1e-20


KINKS = [("relu", None), ("leaky_relu", "0.1"), ("elu", "0.5"), ("elu", None)]


@pytest.mark.parametrize(("name", "parameter"), KINKS)
def test_at_a_kink_the_slope_is_the_one_from_below(name: str, parameter: str | None) -> None:
    """net_h1 = 1/3 * 3 - 1 is exactly 0."""
    network = shape(1, 1, 1, function=Activation(name, parameter))
    texts = {"w_h1_x1": "1/3", "b_h1": "-1", "w_y1_h1": "0.5", "b_y1": "0.2"}
    parameters = {q: texts[q.key] for q in network.parameters}
    solution = solve(Problem(network, parameters, (Pattern(("3",), ("1",)),)))
    below = {"relu": 0.0, "leaky_relu": 0.1, "elu": float(parameter or 1)}[name]
    assert solution["net_h1"] == 0
    assert solution["f'(net_h1)"] == below
    assert solution.certificate.central_differences < 1e-20


# The whole E, differentiated with f an abstract function

SHAPES = [*product((1, 2, 3), (1, 2, 3), (1, 2)), (2, 2, 2, 1), (2, 1, 2, 1, 2), (3, 2)]


def shape(
    *sizes: int, function: Activation = SIGMOID, bias: Bias = Bias.EACH, loss: str = "half_sse"
) -> Network:
    """A network with the same function everywhere."""
    layers = tuple(
        Layer(name, unit_names(name, size), (function,) * size, bias)
        for name, size in zip(layer_names(len(sizes) - 1), sizes[1:], strict=True)
    )
    return Network(unit_names("x", sizes[0]), layers, loss)


class f(sympy.Function):  # type: ignore[misc]
    """A function of which no more is known than what its derivative is called."""

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        return sympy.Function("f'")(*self.args)


def letter(name: str) -> sympy.Symbol:
    return sympy.Symbol(name, real=True)


SQUARES = {"half_sse": sympy.Rational(1, 2), "sse": sympy.Integer(1), "mse": None}


def whole_error(network: Network) -> sympy.Expr:
    """E in weights, inputs and targets; f's first argument says whose function it is."""
    sent = {i: letter(i) for i in network.inputs}
    for layer in network.layers:
        bias = {"none": "", "each": "b_{j}", "shared": f"b_{layer.name}"}[layer.bias]
        sent = {
            j: f(
                letter(f"f_{j}"),
                sympy.Add(*(letter(f"w_{j}_{i}") * o for i, o in sent.items()))
                + (letter(bias.format(j=j)) if bias else 0),
            )
            for j in layer.units
        }
    t = {k: letter(f"t_{k}") for k in sent}
    losses = {
        "half_sse": lambda t, o: (t - o) ** 2 / 2,
        "sse": lambda t, o: (t - o) ** 2,
        "mse": lambda t, o: (t - o) ** 2 / len(sent),
        "bce": lambda t, o: -(t * sympy.log(o) + (1 - t) * sympy.log(1 - o)),
        "cce": lambda t, o: -t * sympy.log(o),
    }
    return sympy.Add(*(losses[network.loss_name or ""](t[k], o) for k, o in sent.items()))
