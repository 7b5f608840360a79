"""Published examples come out to the digit, and every shipped problem makes its pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal, localcontext
from functools import cache

import pytest
from published import CASES, LOSSES, Case, Erratum, Stated

import tutor
from tutor.numeric.exact import CONTEXT, Exact, number
from tutor.pages.render import render
from tutor.problem.shipped import names
from tutor.solution import Solution
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.rewrite import refs

FLOAT = Decimal("1e-15")
"""The data holds what is true of an erratum as a float below 1."""

CUT_OR_CARRIED = {
    ("diaz", "J"): "0.8788",  # -ln 0.4153 = 0.87875; 0.8787 is -ln of the unrounded output
    ("whw", "L"): "0.6396",  # cut off, not rounded; so are the next four
    ("whw", "dL_dW2_1"): "-0.2598",
    ("whw", "dL_dW2_2"): "-0.2598",
    ("whw", "W2_new_1"): "0.12598",
    ("whw", "W2_new_2"): "0.12598",
}
"""Where a source rounds differently from the rule that gives all its other numbers."""

ROUNDED = ("han-kamber", "diaz", "whw")

RIGHT = [(case, stated) for case in CASES for stated in case.right]
ERRATA = [(case, erratum) for case in CASES for erratum in case.errata]


@cache
def solved(name: str) -> Solution:
    """A shipped problem's solution."""
    return tutor.solve(tutor.load(name))


def the(solution: Solution, key: str) -> Quantity:
    """The one quantity of a key."""
    (found,) = solution.find(key)
    return found


def local_value(case: Case, stated: Stated, *, routes: bool = False) -> Decimal:
    """The engine's own step, or its other route, at the numbers that the source prints."""
    solution = solved(case.problem)
    printed = {the(solution, one.key): one.value for one in case.stated}

    def compute(q: Quantity) -> Decimal:
        step = solution.run.by_quantity.get(q)
        if step is None:
            return number(solution.figures.texts[q])
        formula = step.routes[0] if routes and step.routes else step.formula
        values = {u: printed[u] if u in printed else compute(u) for u in refs(formula)}
        return formula.read(Exact(values))

    with localcontext(CONTEXT):
        return compute(the(solution, stated.key))


def readings(case: Case, stated: Stated) -> Iterator[Decimal]:
    """What a right number may be: unrounded, or from the source's own earlier numbers."""
    solution = solved(case.problem)
    yield solution.figures.exact[the(solution, stated.key)]
    yield local_value(case, stated)
    yield local_value(case, stated, routes=True)


def row(one: Case | Stated | Erratum) -> str:
    """The id of a test."""
    if isinstance(one, Case):
        return one.problem
    return one.name if isinstance(one, Stated) else one.stated.name


@pytest.mark.parametrize(("case", "stated"), RIGHT, ids=row)
def test_a_published_number_comes_out_to_the_digit(case: Case, stated: Stated) -> None:
    distance = min(abs(value - stated.value) for value in readings(case, stated))
    assert distance <= stated.unit


@pytest.mark.parametrize(
    ("case", "stated"), [pair for pair in RIGHT if pair[0].problem in ROUNDED], ids=row
)
def test_a_page_rounded_as_the_source_rounds_prints_its_numbers(case: Case, stated: Stated) -> None:
    solution = solved(case.problem)
    shown = Decimal(solution.figures.texts[the(solution, stated.key)]) * stated.sign
    assert shown == Decimal(CUT_OR_CARRIED.get((case.problem, stated.name), stated.printed))


def test_han_and_kamber_need_no_exception() -> None:
    assert not [name for problem, name in CUT_OR_CARRIED if problem == "han-kamber"]


@pytest.mark.parametrize(("case", "erratum"), ERRATA, ids=row)
def test_an_erratum_is_not_what_the_engine_computes(case: Case, erratum: Erratum) -> None:
    solution, stated = solved(case.problem), erratum.stated
    true = solution.figures.exact[the(solution, stated.key)] * stated.sign
    assert abs(true - erratum.true) < FLOAT
    assert abs(true - Decimal(stated.printed)) > stated.unit


@pytest.mark.parametrize(("case", "erratum"), ERRATA, ids=row)
def test_an_erratum_follows_from_earlier_numbers_only_where_it_is_carried(
    case: Case, erratum: Erratum
) -> None:
    stated = erratum.stated
    ways = [local_value(case, stated, routes=routes) * stated.sign for routes in (False, True)]
    followed = min(ways, key=lambda value: abs(value - erratum.follow_through))
    assert abs(followed - erratum.follow_through) < FLOAT
    assert (abs(followed - Decimal(stated.printed)) <= stated.unit) == erratum.carried


def test_mazur_prints_the_error_of_a_rule_that_his_text_does_not_state() -> None:
    after = {e.stated.name: e.stated for _, e in ERRATA}["E_after_one_round"]
    shown = solved("mazur").figures.texts[the(solved("mazur"), "E_new")]
    assert (after.printed, shown) == ("0.291027924", "0.291027774")


@pytest.mark.parametrize("case", CASES, ids=row)
def test_a_shipped_problem_states_the_published_network(case: Case) -> None:
    problem, data = tutor.load(case.problem), case.network
    (pattern,) = problem.patterns
    parameters = {q.key: float(text) for q, text in problem.parameters.items()}
    activations = [layer.activations[0].name for layer in problem.network.layers]
    rate = problem.learning_rate and float(problem.learning_rate)
    assert parameters == case.numbers()
    assert [x and float(x) for x in pattern.inputs] == data["inputs"]
    assert [t and float(t) for t in pattern.targets or ()] == data["targets"]
    assert problem.network.sizes == tuple(data["sizes"])
    assert activations == data["activations"]
    assert problem.network.loss_name == LOSSES.get(data["loss"], data["loss"])
    assert rate == data.get("learning_rate")
    assert problem.update_biases == data.get("update_biases", True)


@pytest.mark.parametrize("case", CASES, ids=row)
def test_a_sources_own_names_mean_what_the_source_means(case: Case) -> None:
    solution = solved(case.problem)
    found = {one: solution.names.find(one.name.replace("_d", "/d")) for one in case.stated}
    known = [(one, name) for one, name in found.items() if name]
    assert len(known) > len(found) / 2
    assert [(name.quantity, name.sign) for _, name in known] == [
        (the(solution, one.key), one.sign) for one, _ in known
    ]


@pytest.mark.parametrize("name", names())
def test_a_shipped_problem_has_a_title_and_a_source(name: str) -> None:
    problem = tutor.load(name)
    assert problem.title
    assert problem.source


@pytest.mark.parametrize("name", names())
def test_a_shipped_problem_is_certified(name: str) -> None:
    certificate = solved(name).certificate
    assert certificate.checked
    assert certificate.central_differences < 1e-20


@pytest.mark.parametrize("format", ["text", "markdown", "html", "latex"])
@pytest.mark.parametrize("name", names())
def test_a_shipped_problem_makes_a_page(name: str, format: str) -> None:
    assert len(render(solved(name), format)) > 1000


@pytest.mark.parametrize("name", names())
def test_a_shipped_problem_makes_strict_json(name: str) -> None:
    page = json.loads(solved(name).to_json(), parse_constant=pytest.fail)
    assert set(page["quantities"]) == set(solved(name))
