"""Whatever the engine solves can be drawn."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import networks
import pytest
from hypothesis import given, settings

import tutor


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
