"""The engine: steps in order, factors kept apart, every gradient the slope of the whole E."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import networks
import oracle
import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st

from tutor.errors import NotCertified
from tutor.numeric.certify import Certificate, certify
from tutor.numeric.trace import evaluate
from tutor.problem.file import parse
from tutor.problem.problem import Pattern, Problem
from tutor.solution import Solution, solve
from tutor.symbolic.activations import Activation
from tutor.symbolic.derivation import derive
from tutor.symbolic.formula import ONE, Cases, Formula, Neg, Num, Product, Ref, Sum, minus
from tutor.symbolic.losses import LOSSES
from tutor.symbolic.network import Bias, Network
from tutor.symbolic.proof import NotEqual, as_sympy, local_slope
from tutor.symbolic.quantity import DE_DNET, DE_DO, LOCAL, NET, Kind, O, Quantity, T, W, X
from tutor.symbolic.rewrite import Rename, refs

SOFTMAX = Activation("softmax")
Change = Callable[[Formula], Formula]
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
    steps = solve(problem).run.derivation.steps
    merged = problem.rounding and network.loss_name in ("bce", "cce")
    for layer in network.layers:
        by_net = layer.softmax or (merged and layer is network.layers[-1])
        for j, i in product(layer.units, network.feeders(layer)):
            error = [DE_DNET(j)] if by_net else [DE_DO(j), LOCAL(j, j)]
            sent = X(i) if i in network.inputs else O(i)
            wanted = Product(tuple(map(Ref, (*error, sent))))
            assert steps[Quantity(Kind.GRAD, (j, i))].formula == wanted


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
    assert certificate.checked >= len(problem.network.parameters) * len(problem.patterns)


@given(networks.stated())
def test_a_problem_with_stated_values_is_certified_step_by_step(problem: Problem) -> None:
    certificate = solve(problem).certificate
    assert certificate.by_steps
    assert certificate.central_differences < 1e-20


KINKS = [("relu", None), ("leaky_relu", "0.1"), ("elu", "0.5"), ("elu", None)]


@pytest.mark.parametrize(("name", "parameter"), KINKS)
def test_at_a_kink_the_slope_is_the_one_from_below(name: str, parameter: str | None) -> None:
    """net_h1 = 1/3 * 3 - 1 is exactly 0."""
    network = networks.shape((1, 1, 1), function=Activation(name, parameter))
    texts = {"w_h1_x1": "1/3", "b_h1": "-1", "w_y1_h1": "0.5", "b_y1": "0.2"}
    parameters = {q: texts[q.key] for q in network.parameters}
    solution = solve(Problem(network, parameters, (Pattern(("3",), ("1",)),)))
    below = {"relu": 0.0, "leaky_relu": 0.1, "elu": float(parameter or 1)}[name]
    assert solution["net_h1"] == 0
    assert solution["f'(net_h1)"] == below
    assert solution.certificate.central_differences < 1e-20


# The whole E, differentiated with f an abstract function

SHAPES = [
    *(((i, h, o), Bias.EACH, "half_sse") for i, h, o in product((1, 2, 3), (1, 2, 3), (1, 2))),
    ((2, 2, 2, 1), Bias.SHARED, "sse"),
    ((2, 1, 2, 1, 2), Bias.NONE, "mse"),
    ((3, 2), Bias.SHARED, "bce"),
    ((2, 2, 2), Bias.EACH, "bce"),
    ((2, 2, 2), Bias.SHARED, "cce"),
    ((2, 3), Bias.EACH, "cce"),
]


def spelled_out(network: Network) -> dict[str, sympy.Expr]:
    """Every quantity of a derivation in weights, inputs and targets, by its key."""
    known: dict[Quantity, sympy.Expr] = {}
    for q, step in derive(network).steps.items():
        known[q] = as_sympy(step.formula, known)
        call = {Kind.O: oracle.f, Kind.LOCAL: oracle.slope}.get(q.kind)
        if call and network.activation(q.units[0]) != SOFTMAX:
            known[q] = call(oracle.letter(q.units[0]), known[NET(q.units[0])])
    return {q.key: expression for q, expression in known.items()}


@pytest.mark.parametrize(("sizes", "bias", "loss"), SHAPES)
def test_a_gradient_is_the_derivative_of_the_whole_error_whatever_f_is(
    sizes: tuple[int, ...], bias: Bias, loss: str
) -> None:
    network = networks.shape(sizes, bias, loss)
    derived, error = spelled_out(network), oracle.whole_error(network)
    for parameter in network.parameters:
        by = oracle.letter(parameter.key)
        difference = error.diff(by) - derived[f"dE/d{parameter.key}"]
        names = {call: sympy.Dummy() for call in difference.atoms(oracle.f, oracle.slope)}
        assert sympy.cancel(difference.xreplace(names).expand()) == 0, parameter.key


# A wrong derivation is noticed


def taking(wrong: Quantity, *, where: Quantity) -> Change:
    """One quantity in another's place."""
    return lambda formula: formula.read(Rename(lambda q: wrong if q == where else q))


def without(n: int) -> Change:
    """One term or factor left out."""

    def drop(formula: Formula) -> Formula:
        assert isinstance(formula, Sum | Product)
        return replace(formula, xs=formula.xs[:n] + formula.xs[n + 1 :])

    return drop


MISTAKES: list[tuple[str, str, Change]] = [
    ("the sign of t - o", "dE/do_y1", Neg),
    ("the 2 of a square left in", "dE/do_y2", lambda x: Product((Num("2"), x))),
    ("1 - o forgotten", "f'(net_h1)", without(1)),
    ("f' forgotten at an output", "dE/dw_y1_h1", without(1)),
    ("f' forgotten at a hidden unit", "dE/dw_h2_x1", without(1)),
    ("f' forgotten in delta", "dE/dnet_y1", without(1)),
    ("the input forgotten", "dE/dw_h1_x1", without(2)),
    ("another input", "dE/dw_h1_x1", taking(X("x2"), where=X("x1"))),
    ("net for o", "dE/dw_y1_h1", taking(NET("h1"), where=O("h1"))),
    ("net for o in f'", "f'(net_y1)", taking(NET("y1"), where=O("y1"))),
    ("a path left out", "dE/do_h1", without(1)),
    ("weights the wrong way round", "dE/do_h1", taking(W("y1", "h2"), where=W("y2", "h1"))),
    ("dE/do for dE/dnet", "dE/do_h2", taking(DE_DO("y1"), where=DE_DNET("y1"))),
    ("the bias left alone", "dE/db_h1", lambda x: Num("0")),
    ("a pattern twice", "dE/dw_h1_x1[1.2]", lambda x: Product((Num("2"), x))),
    ("the mean forgotten", "dE/dw_y2_h1[1]", without(0)),
]


@pytest.mark.parametrize(("key", "mistake"), [pytest.param(*m, id=name) for name, *m in MISTAKES])
def test_certification_notices(key: str, mistake: Change) -> None:
    solution = solve(networks.two_two_two(batch="[" in key))
    with pytest.raises(NotCertified):
        certify_with(solution, key, mistake)


def certify_with(solution: Solution, key: str, mistake: Change) -> Certificate:
    """The certificate of a run one of whose steps has another formula."""
    steps = tuple(
        replace(step, formula=mistake(step.formula)) if step.defines.key == key else step
        for step in solution.run.steps
    )
    start = {q: v for q, v in solution.figures.exact.items() if q not in solution.run.by_quantity}
    return certify(replace(solution.run, steps=steps), evaluate(steps, start), {})


@given(UNROUNDED, st.data())
def test_certification_notices_any_gradient_of_the_other_sign(
    problem: Problem, data: st.DataObject
) -> None:
    solution = solve(problem)
    values = solution.figures.exact
    gradients = [q.key for q in values if q.kind is Kind.GRAD and abs(values[q]) > 1e-9]
    assume(gradients)
    with pytest.raises(NotCertified):
        certify_with(solution, data.draw(st.sampled_from(gradients)), Neg)


EXTREME = """\
loss: bce
layers:
  - {activation: tanh, weights: [[20000000, 3], [-7, 12345678]]}
  - {activation: leaky_relu, weights: [[90000, 2], [-70000, 0.001]]}
  - {activation: sigmoid, weights: [[-0.5, 0.1]]}
patterns:
  - {inputs: [1.5e-8, 2.5e-7], targets: [0]}
"""


@pytest.mark.parametrize("mistake", [Neg, lambda x: Product((Num("2"), x))], ids=["sign", "twice"])
def test_certification_notices_any_mistake_among_large_numbers(mistake: Change) -> None:
    solution = solve(parse(EXTREME))
    values = solution.figures.exact
    assert solution["net_y1"] < -10000
    for step in solution.run.derivation.backward:
        if values[step.defines] and step.defines.kind is not Kind.PATH:
            with pytest.raises(NotCertified):
                certify_with(solution, step.defines.key, mistake)


_NET, _O, _T = Ref(NET("y1")), Ref(O("y1")), Ref(T("y1"))
WRONG_SLOPES: list[tuple[Activation, Formula]] = [
    (Activation("sigmoid"), Product((_O, Sum((ONE, _O))))),
    (Activation("sigmoid"), Product((_NET, minus(ONE, _NET)))),
    (Activation("tanh"), minus(ONE, _O)),
    (Activation("relu"), ONE),
    (Activation("leaky_relu", "0.1"), Cases(_NET, ONE, Num("0.01"))),
    (Activation("elu", "0.5"), Cases(_NET, ONE, Sum((_O, ONE)))),
    (Activation("softplus"), Product((_O, minus(ONE, _O)))),
    (Activation("linear"), _O),
]


@pytest.mark.parametrize(("activation", "wrong"), WRONG_SLOPES)
def test_sympy_notices_a_wrong_slope(activation: Activation, wrong: Formula) -> None:
    output = activation.output(_NET)
    right = activation.slope(_NET, _O)
    assert local_slope(output, NET("y1"), right, {O("y1"): output}) == right
    with pytest.raises(NotEqual):
        local_slope(output, NET("y1"), wrong, {O("y1"): output})


WRONG_LOSS_SLOPES = {
    "half_sse": minus(_T, _O),
    "sse": Neg(minus(_T, _O)),
    "mse": Neg(Product((Num("2"), minus(_T, _O)))),
    "bce": minus(_O, _T),
    "cce": minus(_O, _T),
}


@pytest.mark.parametrize("name", LOSSES)
def test_sympy_notices_a_wrong_slope_of_a_loss(name: str) -> None:
    share = LOSSES[name].share(_T, _O, Num("2"))
    right = LOSSES[name].slope(_T, _O, Num("2"))
    assert local_slope(share, O("y1"), right, {}) == right
    with pytest.raises(NotEqual):
        local_slope(share, O("y1"), WRONG_LOSS_SLOPES[name], {})
