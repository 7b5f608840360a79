"""Every script of a page can be read by a browser."""

from __future__ import annotations

import re

import pytest
import quickjs

import tutor
from tutor.files import shipped
from tutor.pages.plots.kinds import KINDS

FILES = sorted((shipped("templates") / "plots").glob("*.js"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_scripts_of_a_page_parse(kind: str) -> None:
    page = tutor.plot(kind, tutor.load("local-minimum")).to_html()
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert scripts
    for script in scripts:
        quickjs.Context().eval(f"(function () {{{script}\n}})")


def test_every_kind_of_script_is_on_a_page_with_pictures() -> None:
    page = tutor.plot("slice", tutor.load("mazur")).to_html()
    assert all(f"kinds.{file.stem} = function" in page for file in FILES)
