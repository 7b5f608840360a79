"""The audit: five published solutions with their known errata, and what problems cannot show."""

from __future__ import annotations

import json
from functools import cache

import pytest
from published import CASES, DATA, PROBLEMS, Case, Erratum

from tutor.marking.blind import blind
from tutor.marking.mark import mark
from tutor.marking.verdict import Kind, Marked, Verdict
from tutor.pages.audit import errata, unshown
from tutor.pages.render import render_document
from tutor.pages.words import Words
from tutor.problem.file import parse
from tutor.problem.shipped import load
from tutor.solving import Solved

ACCEPTED = (Kind.CORRECT, Kind.CARRIED)
CASE_BY_NAME = {case.problem: case for case in CASES}


def raw(problem: str) -> dict[str, list]:
    return json.loads((DATA / f"{PROBLEMS[problem]}.json").read_text(encoding="utf-8"))


@cache
def stated(problem: str) -> dict[str, Verdict]:
    """The verdict on each printed number, by the name that the data has for it."""
    case = CASE_BY_NAME[problem]
    text = "\n".join(f"{one.key} = {one.value}" for one in case.stated)
    verdicts = mark(load(problem), text, strict=True).verdicts
    return {one.name: v for one, v in zip(case.stated, verdicts, strict=True)}


@cache
def working(problem: str) -> Marked:
    return mark(load(problem), "\n".join(raw(problem)["working"]), strict=True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.problem)
def test_no_printed_number_is_called_wrong_but_the_errata(case: Case) -> None:
    found = stated(case.problem)
    assert [one.name for one in case.right if found[one.name].kind is not Kind.CORRECT] == []


ROOTS = [(case, e) for case in CASES for e in case.errata if not e.carried]
CARRIED = [(case, e) for case in CASES for e in case.errata if e.carried]


def name(value: object) -> str:
    return value.stated.name if isinstance(value, Erratum) else getattr(value, "problem", "")


@pytest.mark.parametrize(("case", "erratum"), ROOTS, ids=name)
def test_every_wrong_number_is_found(case: Case, erratum: Erratum) -> None:
    verdict = stated(case.problem)[erratum.stated.name]
    assert verdict.kind is Kind.WRONG
    assert verdict.causes


@pytest.mark.parametrize(("case", "erratum"), CARRIED, ids=name)
def test_what_follows_from_a_wrong_number_is_not_called_wrong(case: Case, erratum: Erratum) -> None:
    """Some are so close to the truth that rounding explains them."""
    assert stated(case.problem)[erratum.stated.name].kind in ACCEPTED


CAUSES = [
    ("rgu", "delta1", "updated-weights"),
    ("rgu", "delta2", "updated-weights"),
    ("mazur", "E_after_one_round", "updated-weights"),
]


@pytest.mark.parametrize(("problem", "erratum", "cause"), CAUSES)
def test_the_cause_of_an_erratum_stands_first(problem: str, erratum: str, cause: str) -> None:
    assert stated(problem)[erratum].causes[0].id == cause


LINES = {
    "mazur": {23: "digit-dropped"},
    "han-kamber": {4: "slip"},
    "diaz": {},
    "rgu": {
        10: "updated-weights",
        11: "updated-weights",
        13: "slip",
        14: "slip",
        15: "slip",
    },
}
"""The printed lines that do not hold, from 1, and why."""


@pytest.mark.parametrize("problem", LINES)
def test_the_errata_of_a_working_are_at_their_lines(problem: str) -> None:
    marked = working(problem)
    assert marked.summary["unread"] == 0
    off = [v for v in marked.verdicts if v.kind not in ACCEPTED or v.slip]
    found = {v.line: v.causes[0].id if v.kind is Kind.WRONG else "slip" for v in off}
    assert found == LINES[problem]
    known = {e["working_line"] + 1 for e in raw(problem)["errata"] if e.get("working_line")}
    assert known <= set(LINES[problem])


def page(marked: Marked, format: str = "text") -> str:
    solved = marked.solved
    return render_document(errata(marked, Words()), solved.naming, format)


def test_an_erratum_says_what_is_printed_what_should_be_and_what_follows() -> None:
    said = " ".join(page(working("mazur")).split())
    assert "1 of 31 printed values is wrong, the first in line 23." in said
    assert "is printed as -0.01904919. It should be -0.01904912." in said
    said = " ".join(page(working("rgu")).split())
    assert "a false equation in lines 13, 14 and 15." in said
    assert "Line 12 follows from it." in said
    assert "0.7978 is explained by rounding on the way; unrounded it is 0.7976." in said
    assert "your" not in said


def test_the_words_of_an_erratum_are_about_the_printed_numbers() -> None:
    text = "out_o1 = 0.7514\ndelta_o1 = 0.1385\ndelta_o2 = -0.0381\ndE/dout_h1 = 0.0554"
    said = " ".join(page(mark(load("mazur"), text, strict=True)).split())
    assert "It should be 0.0364" in said
    assert "with the printed numbers the other adds -0.01905" in said


def test_a_printed_text_stays_text() -> None:
    marked = mark(load("mazur"), "out_h1 = 0.1234 # <script>x</script>\nw5 = (", strict=True)
    said = page(marked, "html")
    assert "&lt;script&gt;x" in said
    assert "<script>x" not in said


BLIND = {
    "mazur": (),
    "rgu": ("absolute-sum", "eta-left-out", "eta-in-gradient"),
    "equal-weights": (
        *("bias-left-out", "weights-transposed", "input-left-out"),
        *("eta-left-out", "eta-in-gradient"),
    ),
    "tanh": ("error-for-delta",),
}


@pytest.mark.parametrize("problem", BLIND)
def test_what_a_problem_cannot_show_is_told(problem: str) -> None:
    solved = Solved.of(load(problem))
    found = blind(solved)
    assert set(found.hidden) == set(BLIND[problem])
    said = render_document(unshown(found, solved, Words()), solved.naming, "text")
    assert (" in place of " in said) == bool(found.changes)


FILE = """\
loss: half_sse
learning_rate: {eta}
layers:
  - {{activation: sigmoid, weights: [[0.3, 0.9], [0.2, {w}]], biases: {b}}}
  - {{activation: sigmoid, weights: [0.5, {v}]}}
patterns: {{inputs: [0.35, 0.9], targets: 0.5}}
ask: [dE/dw_h1_x1, w_h1_x1_new]
"""
GIVEN = {"eta": "1", "w": "0.4", "b": "0", "v": "0.6"}


def test_the_change_that_is_proposed_does_show_the_mistake() -> None:
    found = blind(Solved.of(parse(FILE.format(**GIVEN))))
    assert {"eta-left-out", "bias-left-out"} <= set(found.hidden)
    keys = {"eta": "eta", "b": "b_h"}
    assert set(keys.values()) <= {change.quantity.key for change in found.changes}
    for change in found.changes:
        hidden = found.hidden
        given = dict(GIVEN)
        for name, key in keys.items():
            if change.quantity.key == key:
                given[name] = change.after
                hidden = blind(Solved.of(parse(FILE.format(**given)))).hidden
                assert not set(hidden) & set(change.shows)
                assert set(hidden) <= set(found.hidden)
