"""Sentences live in templates, and a teacher's own go before them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import tutor
from tutor.errors import InputError
from tutor.files import shipped
from tutor.pages.options import Options
from tutor.pages.plain import Plain
from tutor.pages.render import render
from tutor.pages.words import FILES, Words
from tutor.problem.file import parse
from tutor.problem.notation import NOTATIONS
from tutor.problem.options import changed
from tutor.solution import Solution
from tutor.symbolic.formula import Named
from tutor.symbolic.quantity import T


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


TITLES = re.compile(
    r"(forward|error|output_weights|hidden_weights|biases|total_sum|total_mean)_title"
)
"""Their keys are put together from two words."""


@pytest.mark.parametrize("file", ["words.j2", "plots.j2", "course.j2"])
def test_every_sentence_is_said_somewhere(file: str) -> None:
    """By its key, by the beginning and the end of one with a word of the code between them, or by
    another sentence."""
    code = "".join(p.read_text(encoding="utf-8") for p in Path(tutor.__file__).parent.rglob("*.py"))
    words = set(re.findall(r"""["'](\w+)["']""", code))
    stems = set(re.findall(r"""f["'](\w+)\{[^{}"']*\}(\w*)["']""", code))

    def said(key: str) -> bool:
        between = (
            key[len(head) : len(key) - len(tail)]
            for head, tail in stems
            if key.startswith(head) and key.endswith(tail)
        )
        return key in words or any(word in words or word.isdigit() for word in between)

    texts = [(shipped("templates") / name).read_text(encoding="utf-8") for name in FILES]
    macros = re.findall(r"macro (\w+)\(", texts[FILES.index(file)])
    every = "".join(texts)
    alone = (key for key in macros if len(re.findall(rf"\b{key}\(", every)) < 2)
    assert [key for key in alone if not said(key) and not TITLES.fullmatch(key)] == []


BATCH = """\
loss: half_sse
learning_rate: 2
mode: batch
epochs: 2
layers: [{activation: sigmoid, weights: [[0.4, -0.6]]}]
patterns: [{inputs: [1, 0], targets: [0]}, {inputs: [0.5, 1], targets: [1]}]
ask: ["E_new[1]", "E[1.2]"]
"""


def test_in_a_batch_a_mark_says_whether_it_means_a_pattern_or_an_update() -> None:
    solution = tutor.solve(parse(BATCH))
    page = render(solution, "text")
    assert not re.search(r"\[\d", page)
    assert "E_new = E_new[pattern 1] + E_new[pattern 2]" in page
    assert all(f"new weights: pattern {p}\n---" in page for p in "12")
    assert solution["E[update 1, pattern 2]"] == solution["E[1.2]"]
    tex = r"E^{\mathrm{new},(\text{pattern 1})} + E^{\mathrm{new},(\text{pattern 2})}"
    assert tex in render(solution, "markdown")


def test_a_batch_of_one_pattern_calls_it_pattern_1() -> None:
    one = BATCH.replace(", {inputs: [0.5, 1], targets: [1]}", "").replace(', "E[1.2]"', "")
    assert "Inputs of pattern 1: " in render(tutor.solve(parse(one)), "text")


def derived(name: str, notation: str = "slides") -> str:
    """The section on where the slopes come from."""
    return render(solved(name, notation), "text", Options(derive=True)).split("Where the slopes")[1]


def test_where_the_slopes_come_from_is_told_of_outputs_by_the_names_of_outputs() -> None:
    bishop = derived("softmax", "bishop")
    assert "y_k = e^(a_k)/expsum_y" in bishop
    assert "δ_k = Σ_m ∂E_n/∂y_m·∂y_m/∂a_k" in bishop
    assert "z_k" not in bishop
    assert "z_j = 1/(1 + e^(-a_j))" in bishop


def test_an_inner_derivative_is_named_only_where_there_is_one() -> None:
    assert "inner derivative" in derived("mazur")
    assert not any("inner derivative" in derived(name) for name in ("softmax", "bce-t1"))


def test_the_slope_of_the_mean_square_is_in_lowest_terms() -> None:
    assert "= 1/2·2·(t_k - a^2_k)·(-1)\n            = -(t_k - a^2_k)" in derived("mse", "hagan")


@pytest.mark.parametrize(
    ("name", "rounding", "says"),
    [
        ("mazur", None, "The other two factors are as before."),
        ("softmax", "none", "each weight has two factors: ∂E/∂w_k_j = ∂E/∂net_k·o_j."),
        ("softmax", "4 decimals", "with this error it comes to output - target. With it each"),
        ("softmax", "none", "three factors for each weight: ∂E/∂w_j_i = ∂E/∂o_j·f'(net_j)·x_i."),
        ("whw", "4 decimals", "There are three factors for each weight: "),
        ("given", None, "There are three factors for each weight: "),
    ],
)
def test_as_many_factors_are_announced_as_follow(name: str, rounding: str, says: str) -> None:
    solution = tutor.solve(changed(tutor.load(name), notation="slides", rounding=rounding))
    page = " ".join(render(solution, "text").split())
    assert says in page
    assert "third factor" not in page


def test_in_a_notation_of_layers_a_rule_says_whose_layer_is_meant() -> None:
    page = " ".join(render(solved("three-hidden-layers", "ng"), "text").split())
    assert "∂J/∂W^[4]_k_j = ∂J/∂a^[4]_k·g'(z^[4]_k)·a^[3]_j" in page
    assert "∂J/∂a^[1]_j = Σ_k W^[2]_k_j·dz^[2]_k" in page
    rules = render(solved("mse", "nielsen"), "text", Options(general=True))
    assert "z^l_j = Σ_i w^l_j_i·a^l-1_i" in rules
    assert "Σ_k w^l+1_k_j·δ^l+1_k" in rules


def test_a_rule_for_all_units_has_an_own_name_only_where_all_units_have_it() -> None:
    text = BATCH.replace("[[0.4, -0.6]]}", "[[1, 2]]}, {activation: tanh, weights: [[1]]}")
    page = render(tutor.solve(parse(text + "names: {yhat: o_y1}\n")), "text")
    assert "sigmoid, o_j = " in page
    assert "tanh, yhat_k = " in page


@pytest.mark.parametrize("notation", NOTATIONS)
def test_no_unit_has_the_name_of_a_target(notation: str) -> None:
    solution = solved("softmax", notation)
    page = render(solution, "text")
    target = Plain(solution.naming).write(Named(T("y1"))).replace("_", "")
    assert f"Weights into {target}" not in page
    assert not re.search(rf"exp(sum)?_{target[0]}", page)


def solved(name: str, notation: str) -> Solution:
    """A shipped problem in a notation."""
    return tutor.solve(changed(tutor.load(name), notation=notation))


def test_no_sentence_is_written_twice() -> None:
    """All files share their names, and a later one would silence an earlier."""
    text = "".join((shipped("templates") / name).read_text(encoding="utf-8") for name in FILES)
    names = re.findall(r"macro (\w+)\(", text)
    assert [name for name, count in Counter(names).items() if count > 1] == []
