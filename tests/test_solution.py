"""A solution as Python sees it: a mapping by any name, short in a console, pages side by side."""

from __future__ import annotations

import json
import re
from math import copysign, prod

import pytest

import tutor
from tutor.pages.render import render
from tutor.problem.shipped import names


def test_it_contains_what_it_has_a_value_for_by_any_name() -> None:
    solution = tutor.solve(tutor.load("mazur"))
    assert "dE/dw5" in solution
    assert "dE/dw_y1_h1" in solution
    assert "dE/dw99" not in solution
    assert 5 not in solution
    assert len(solution) == len(dict(solution))


def test_a_name_that_means_several_is_contained_with_its_mark_only() -> None:
    solution = tutor.solve(tutor.load("two-patterns-batch"))
    assert ("E" in solution, "E[1]" in solution) == (False, True)


def test_it_is_short_in_a_console() -> None:
    solution = tutor.solve(tutor.load("mazur"))
    assert repr(solution) == '<Solution of "A 2-2-2 sigmoid network": 79 quantities>'


def test_the_package_lists_its_public_names() -> None:
    assert set(tutor.__all__) <= set(dir(tutor))


@pytest.mark.parametrize("name", names())
def test_no_identifier_stands_twice_in_a_page_or_at_all_in_a_notebook(name: str) -> None:
    solution = tutor.solve(tutor.load(name))
    page = re.findall(r"\sid=.([^\"]*)", render(solution, "html"))
    assert len(page) == len(set(page)) > 4
    assert " id=" not in solution._repr_html_()


@pytest.mark.parametrize("name", names())
def test_factors_in_json_are_keys_whose_values_multiply(name: str) -> None:
    quantities = json.loads(tutor.solve(tutor.load(name)).to_json())["quantities"]
    products = {key: q for key, q in quantities.items() if "factors" in q}
    assert any(key.startswith("dE/dw") for key in products)
    for q in products.values():
        value = prod(quantities[factor]["exact"] for factor in q["factors"])
        assert q["exact"] == pytest.approx(value, rel=1e-12)


def test_no_value_is_minus_zero() -> None:
    solution = tutor.solve(tutor.load("leaky-relu"))
    zeros = [solution[key] for key in solution if solution[key] == 0]
    zeros += [q["value"] for q in json.loads(solution.to_json())["quantities"].values()]
    assert all(copysign(1, zero) == 1 for zero in zeros if zero == 0)
