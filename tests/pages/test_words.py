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


def test_templates_cannot_reach_python(tmp_path: Path) -> None:
    text = "{% macro forward() %}{{ ''.__class__.__mro__ }}{% endmacro %}"
    with pytest.raises(InputError, match="forward"):
        Words(overlay(tmp_path, text)).say("forward")


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
