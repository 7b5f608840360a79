"""``backprop explain``: every chapter in every format, with its own numbers and with others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import tutor
from tutor.cli import main
from tutor.course.book import chapter, course
from tutor.course.topics import TOPICS
from tutor.files import shipped
from tutor.pages.render import render_document, words_of

WORDS = words_of(None)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.mark.parametrize("topic", TOPICS)
def test_a_chapter_in_every_format(topic: str, tmp_path: Path) -> None:
    (first, naming), *parts = chapter(topic, WORDS)
    for format in ("html", "text", "markdown", "latex", "typst"):
        page = render_document(first, naming, format, parts)
        assert len(re.findall("Question [123]", page)) == 3
        assert "None" not in page


@pytest.mark.parametrize("topic", TOPICS)
def test_a_chapter_with_the_numbers_of_another_problem(topic: str) -> None:
    result = run("explain", topic, "--problem", "two-patterns-stochastic", "--seed", "2")
    assert result.exit_code == 0, result.output
    assert "Question 3" in result.output


def test_the_course_has_every_chapter_and_leads_to_it() -> None:
    (first, naming), *parts = course(WORDS)
    page = render_document(first, naming, "html", parts)
    for topic in TOPICS:
        assert f'href="#{topic}"' in page
        assert page.count(f'id="{topic}"') == 1
    assert not re.search(r'id="([^"]+)".*id="\1"', page)


def test_a_problem_that_does_not_suit_a_chapter_is_said() -> None:
    (first, naming), *parts = course(WORDS, tutor.load("mazur"))
    page = render_document(first, naming, "text", parts)
    assert page.count("This problem does not suit the chapter") >= 1
    result = run("explain", "stochastic", "--problem", "mazur")
    assert result.exit_code == 2
    assert "mazur.yaml" in result.output


def test_an_unknown_chapter_is_named() -> None:
    result = run("explain", "hidden-weight")
    assert result.exit_code == 2
    assert "did you mean hidden-weights?" in result.output


def test_no_formula_of_the_course_is_typed_in() -> None:
    """But for the signs in its list of errors, which quotes what slides print."""
    text = (shipped("templates") / "course.j2").read_text(encoding="utf-8")
    for macro in re.finditer(r"macro (\w+)\(.*?%}(.*?){% endmacro", text):
        if not macro[1].startswith(("erratum_", "summary_factor", "delta_")):
            assert "=" not in macro[2].replace('="', "")
            assert not re.search(r"∂|Σ", macro[2])


def test_every_text_of_the_course_is_said() -> None:
    text = (shipped("templates") / "course.j2").read_text(encoding="utf-8")
    code = "".join(
        p.read_text(encoding="utf-8")
        for p in (Path(tutor.__file__).parent / "course").rglob("*.py")
    )
    macros = re.findall(r"macro (\w+)\(", text)
    assert [key for key in macros if f'"{key}"' not in code] == []
