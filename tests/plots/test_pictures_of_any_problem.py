"""Whatever the engine solves can be drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import networks
import pytest
from hypothesis import given, settings

import tutor
from tutor.files import shipped
from tutor.pages.plots.kinds import KINDS
from tutor.problem.file import parse


@pytest.mark.parametrize("kind", ["saturation", "vanishing", "eta"])
@given(problem=networks.problems(networks.ROUNDINGS | networks.NONE, most=3))
@settings(max_examples=6)
def test_the_page_and_the_picture_come_out_whole(kind: str, problem: tutor.Problem) -> None:
    drawn = tutor.plot(kind, problem)
    assert not {"nan", "inf", "-inf"} & set(re.split(r"[\s\",]", drawn.to_svg()))
    ElementTree.fromstring(drawn.to_svg())
    for format in ("text", "html", "latex"):
        page = str(drawn.rendered(format))
        assert "None" not in page
        assert "inf" not in page.replace("infinit", "").split()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "kind", ["saturation", "vanishing", "eta", "slice", "surface", "directions"]
)
def test_numbers_beyond_floats_are_told_or_refused(kind: str) -> None:
    problem = tutor.load("leaky-relu")
    huge = replace(problem, parameters=dict.fromkeys(problem.parameters, "1e200"))
    if kind not in ("saturation", "vanishing"):
        with pytest.raises(tutor.InputError, match="too large for a picture"):
            tutor.plot(kind, huge)
    else:
        assert "e200" in str(tutor.plot(kind, huge).rendered("text"))


def test_a_name_of_the_other_sign_has_a_minus_before_it() -> None:
    problem = tutor.load("han-kamber")
    flow, shoulder = (str(tutor.plot(kind, problem).rendered("text")) for kind in ("flow", "slice"))
    assert "-Err6  -0.1311" in flow
    assert "E       -Err6\n" in shoulder


def test_an_arrow_goes_against_the_gradient_whatever_sign_its_name_has() -> None:
    text = (shipped("problems") / "local-minimum.yaml").read_text(encoding="utf-8")
    problem = parse(text + "names: {g: -dE/dw_h1_x1}\n")
    page = str(tutor.plot("stochastic", problem).rendered("text"))
    assert re.search(r"^ *pattern +E +-∂E/∂w_y1_h1 +g +length", page, re.MULTILINE)


UNROUNDED = "not rounded on the way"
HELD = "Updates leave the biases as they are."


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "stochastic"])
def test_what_differs_from_the_worked_solution_is_said(kind: str) -> None:
    rounded, held = (
        " ".join(str(tutor.plot(kind, tutor.load(name)).rendered("text")).split())
        for name in ("han-kamber", "mazur")
    )
    assert (UNROUNDED in rounded) == (kind != "flow")
    assert HELD not in rounded
    assert (HELD in held) == (kind in ("eta", "surface"))
    assert UNROUNDED not in held


def test_momentum_is_said_wherever_a_path_has_it() -> None:
    page = " ".join(str(tutor.plot("surface", tutor.load("momentum")).rendered("text")).split())
    assert "The updates have the momentum of the problem, α = 0.5." in page
