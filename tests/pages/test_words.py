"""Sentences live in templates, and a teacher's own go before them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tutor
from tutor.errors import InputError
from tutor.files import shipped
from tutor.pages.render import render
from tutor.pages.words import Words

SHIPPED = (shipped("templates") / "words.j2").read_text(encoding="utf-8")


def overlay(folder: Path, text: str) -> Path:
    (folder / "words.j2").write_text(text, encoding="utf-8")
    return folder


def test_one_sentence_can_be_translated_alone(tmp_path: Path) -> None:
    words = overlay(tmp_path, "{% macro forward_title() %}Vorwärts{% endmacro %}")
    page = render(tutor.solve(tutor.load("mazur")), "text", templates=words)
    assert "Vorwärts\n========" in page
    assert "Updates\n=======" in page


def test_own_words_are_text_in_every_format(tmp_path: Path) -> None:
    words = overlay(tmp_path, "{% macro forward_title() %}100 % & <b> $x$ #y{% endmacro %}")
    solution = tutor.solve(tutor.load("mazur"))
    assert "100 % &amp; &lt;b&gt; $x$ #y" in render(solution, "html", templates=words)
    assert r"100 \% \& \textless{}b\textgreater{} \$x\$ \#y" in render(
        solution, "latex", templates=words
    )


def test_a_mistake_in_own_words_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"words\.j2:2:1: "):
        Words(overlay(tmp_path, "{# mine #}\n{% macro forward() %}{{ oops {% endmacro %}"))


def test_a_sentence_that_no_page_says_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="did you mean forward_title"):
        Words(overlay(tmp_path, "{% macro forward_titel() %}x{% endmacro %}"))


BROKEN = {
    # a template, the line of its mistake, and words of what is said
    "syntax": ("\n{% if %}", 2, "Expected an expression"),
    "an undefined name": ("\n\n{{ nope }}", 3, "'nope' is undefined"),
    "a division by zero": ("{{ 1/0 }}", 1, "division by zero"),
    "a way to Python": ("{{ ''.__class__.__mro__ }}", 1, "'__class__' of 'str' object is unsafe"),
    "a macro without end": ("{% macro a() %}\n{{ a() }}{% endmacro %}{{ a() }}", 2, "without end"),
    "no such file": ("\n{% include 'no.j2' %}", 2, "no template no.j2"),
    "too much": ("{{ range(10**9) }}", 1, "Range too big"),
}


@pytest.mark.parametrize("name", ["words.j2", "page.html.j2"])
@pytest.mark.parametrize(("text", "line", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_template_of_ones_own_is_named_with_its_line(
    text: str, line: int, words: str, name: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=rf"{name}:{line}:1: .*{re.escape(words)}"):
        render(tutor.solve(tutor.load("mazur")), "html", templates=tmp_path)


def test_a_page_that_includes_itself_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.md.j2").write_text("{% include 'page.md.j2' %}")
    with pytest.raises(InputError, match=r"page\.md\.j2:1:1: .* without end"):
        render(tutor.solve(tutor.load("mazur")), "markdown", templates=tmp_path)


def test_a_mistake_in_a_sentence_is_named_with_its_line(tmp_path: Path) -> None:
    words = Words(overlay(tmp_path, "{% macro forward() %}\n{{ 1/0 }}{% endmacro %}"))
    with pytest.raises(InputError, match=r"words\.j2:2:1: .*division by zero"):
        words.say("forward")


def test_a_sentence_that_does_not_take_its_values_is_named_with_its_line(tmp_path: Path) -> None:
    words = Words(overlay(tmp_path, "\n{% macro forward() %}{% endmacro %}"))
    with pytest.raises(InputError, match=r"words\.j2:2:1: .*takes no keyword argument 'x'"):
        words.say("forward", x=1)


def test_a_folder_without_any_template_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.htm.j2").write_text("x")
    with pytest.raises(InputError, match=r"page\.html\.j2, .*words\.j2"):
        render(tutor.solve(tutor.load("mazur")), "html", templates=tmp_path)


def test_a_template_that_is_no_text_is_named_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "page.html.j2").write_bytes(b"a\nb\xe9")
    with pytest.raises(InputError, match=r"page\.html\.j2:2:2: the byte E9"):
        render(tutor.solve(tutor.load("mazur")), "html", templates=tmp_path)


def test_every_sentence_is_said_somewhere() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in Path(tutor.__file__).parent.rglob("*.py"))
    stems = (
        *("given_", "origin_", "rule_", "total_", "weights_", "answers_", "errors_", "slope_"),
        *("error_", "certificate", "output_weights", "hidden_weights", "forward", "biases"),
        *("updates", "again", "remarks", "picture", "caution_"),
    )
    unsaid = [
        key
        for key in re.findall(r"macro (\w+)\(", SHIPPED)
        if f'"{key}"' not in code
        and not key.startswith(stems)
        and len(re.findall(rf"\b{key}\(", SHIPPED)) < 2
    ]
    assert unsaid == []
