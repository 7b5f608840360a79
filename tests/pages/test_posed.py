"""The pages of questions: what they ask, what they keep to themselves, and the key."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from practice.posing import drawn, questions

from tutor.commands.ask import KINDS as NAMED
from tutor.files import shipped
from tutor.marking.frame import Frame
from tutor.marking.mark import mark_with
from tutor.marking.verdict import Kind
from tutor.pages.pdf import typst_pdf
from tutor.pages.posed import PAGES, printed_lines, question_page
from tutor.pages.render import render_document, words_of
from tutor.pages.terminal import width_of
from tutor.practice.posing.choice import Choice
from tutor.practice.posing.find import Find
from tutor.practice.posing.pose import KINDS, pose
from tutor.practice.posing.posed import Posed
from tutor.practice.recipe import Ask

WORDS = words_of(None)
QUESTIONS = (shipped("templates") / "questions.j2").read_text(encoding="utf-8")
HOMES = {Ask.TRUE: "two patterns", Ask.SIGN: "sigmoid"}
"""The recipes that a kind needs."""


def posed(ask: Ask, stream: str = "a") -> Posed:
    recipe, (problem, *_) = drawn(HOMES.get(ask, "one weight"))
    return pose(problem, ask, stream, recipe.digits)


def text(one: Posed, *, key: bool = False, format: str = "text", width: int = 88) -> str:
    page = question_page(one, WORDS, key=key)
    return render_document(page, one.solved.naming, format, width=width)


@pytest.mark.parametrize("ask", Ask)
@pytest.mark.parametrize("format", ["text", "markdown", "html", "latex"])
def test_the_key_has_the_answer_and_the_question_has_not(ask: Ask, format: str) -> None:
    one = posed(ask)
    asked, key = (text(one, key=with_it, format=format) for with_it in (False, True))
    assert "Question" in asked
    assert "Answer" in key
    assert "Answer" not in asked


def test_every_kind_has_its_pages() -> None:
    assert all(ask.value in NAMED for ask in Ask)
    assert {type(posed(ask)) for ask in Ask} == set(PAGES)
    assert set(KINDS) == set(Ask)


@pytest.mark.parametrize("ask", Ask)
@pytest.mark.parametrize("width", [60, 88])
def test_no_line_of_a_question_is_too_wide(ask: Ask, width: int) -> None:
    page = text(posed(ask), key=True, width=width).partition("Question\n")[2]
    assert all(width_of(line) <= width for line in page.splitlines())


@pytest.mark.parametrize("ask", Ask)
def test_a_key_is_set_by_typst(ask: Ask) -> None:
    assert typst_pdf(text(posed(ask), key=True, format="typst")).startswith(b"%PDF")


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="needs TeX")
@pytest.mark.parametrize("ask", [Ask.CHOOSE, Ask.FIND])
def test_a_key_is_set_by_latex(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "x.tex").write_text(text(posed(ask), key=True, format="latex"), encoding="utf-8")
    command = ["pdflatex", "-halt-on-error", "-interaction=nonstopmode", "x.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0


def test_each_letter_of_a_choice_is_explained() -> None:
    one = posed(Ask.CHOOSE)
    assert isinstance(one, Choice)
    asked, _, answer = text(one, key=True).partition("Answer\n")
    letters = re.findall(r"^  \((\w)\) ", asked, re.MULTILINE)
    assert letters == list("ABCDE"[: len(one.options)])
    assert re.findall(r"^- (\w): ", answer, re.MULTILINE) == [
        letter for n, letter in enumerate(letters) if n != one.right
    ]
    assert f"{letters[one.right]} is right" in answer


@pytest.mark.parametrize(
    "name", ["one weight", "softmax", "rounded", "other names", "two patterns"]
)
def test_the_planted_line_is_the_first_that_marking_calls_wrong(name: str) -> None:
    found = [one for _, one in questions(name, Ask.FIND) if isinstance(one, Find)]
    assert found
    for one in found:
        lines = printed_lines(one, WORDS)
        marked = mark_with(Frame(one.solved), "\n".join(lines))
        assert marked.first_wrong == one.line
        assert {v.line for v in marked.verdicts} == {*range(1, len(lines) + 1)}
        assert not any(v.slip for v in marked.verdicts)
        for verdict in marked.verdicts:
            if verdict.line == one.line:
                assert verdict.kind is Kind.WRONG
                assert one.mistake in {cause.id for cause in verdict.causes}
            elif verdict.line in one.follows:
                assert verdict.kind in (Kind.CORRECT, Kind.CARRIED)
            else:
                assert verdict.kind is Kind.CORRECT


def test_numbers_to_choose_from_are_of_what_the_name_stands_for() -> None:
    recipe, (problem, *_) = drawn("one weight")
    ours = replace(problem, ask=("dE/dnet_h1",))
    plain, mitchell = (
        text(pose(replace(ours, notation=name), Ask.CHOOSE, "a", recipe.digits))
        for name in ("slides", "mitchell")
    )
    assert "Which of these numbers is δ_h1?" in mitchell
    one, other = (re.findall(r"^  \(\w\) (.*)", page, re.MULTILINE) for page in (plain, mitchell))
    assert [float(x) for x in one] == [-float(x) for x in other]


def test_every_sentence_of_a_question_is_said_somewhere() -> None:
    package = Path(__file__).parent.parent.parent / "tutor" / "pages"
    code = "".join(path.read_text(encoding="utf-8") for path in package.glob("*.py"))
    keys = re.findall(r"macro (\w+)\(", QUESTIONS)
    assert [key for key in keys if f'"{key}"' not in code] == []
