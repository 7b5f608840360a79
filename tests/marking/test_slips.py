"""Slips: what each leaves on paper, and that it is known again."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.marking.mark import mark
from tutor.marking.printed import Printed, printed
from tutor.marking.slips import SLIPS, Beside, explains, slip
from tutor.marking.verdict import Kind, Marked
from tutor.problem.shipped import load

IDS = [
    "digits-swapped",
    "decimal-point",
    "digit-dropped",
    "sign-lost",
    "copied-wrong",
    "rounded-early",
    "arithmetic",
]


def marked(text: str) -> Marked:
    return mark(load("mazur"), text)


def read(text: str) -> Printed:
    number = printed(text)
    assert number
    return number


@pytest.mark.parametrize(
    ("id", "text", "made"),
    [
        ("digits-swapped", "0.0821", ["0.8021", "0.0281", "0.0812"]),
        ("digits-swapped", "12.55", ["21.55"]),
        ("digit-dropped", "0.019049", ["0.09049", "0.01049", "0.01949", "0.01909"]),
        ("digit-dropped", "0.0821", []),
        ("decimal-point", "0.0821", ["0.821", "8.21", "0.00821", "0.000821"]),
        ("decimal-point", "-1.5", ["-15", "-150", "-0.15", "-0.015"]),
        ("sign-lost", "-0.19", ["0.19"]),
        ("sign-lost", "0.19", ["-0.19"]),
        ("copied-wrong", "0.19", ["0.7513"]),
        ("rounded-early", "0.08217", ["0.08220", "0.08200"]),
        ("rounded-early", "-1.096", ["-1.100"]),
    ],
)
def test_a_slip_leaves(id: str, text: str, made: list[str]) -> None:
    found = [other.text for other in slip(id, read(text), [read("0.7513")])]
    assert found == made


def test_the_ids_are_those_of_the_list() -> None:
    assert list(SLIPS) == IDS


@given(
    st.integers(-99999, 99999).filter(bool),
    st.integers(2, 6),
    st.sampled_from(IDS[:-1]),
    st.fractions(-1, 1),
)
def test_what_a_slip_leaves_is_known_again(n: int, places: int, id: str, off: Fraction) -> None:
    """Whatever the digits behind those that were printed."""
    right = read(f"{n / 10**places:.{places}f}")
    value = right.value + off * right.unit
    other = Fraction("0.7513")
    for answered in slip(id, right, [read("0.7513")]):
        if abs(answered.value - value) > max(answered.unit, right.unit):
            assert explains(id, answered, value, Beside([other]))
            assert not explains("arithmetic", answered, value)


@given(st.integers(-99999, 99999), st.integers(1, 6), st.sampled_from(IDS))
def test_a_right_number_is_no_slip(n: int, places: int, id: str) -> None:
    right = read(f"{n / 10**places:.{places}f}")
    beside = Beside([right.value, -right.value], [right.value + right.unit])
    assert not explains(id, right, right.value + right.unit / 3, beside)


BEFORE = """
net_h1 = 0.3775
out_h1 = 0.5933
net_h2 = 0.3925
out_h2 = 0.5969
net_o1 = 1.1059
out_o1 = 0.7514
net_o2 = 1.2249
out_o2 = 0.7729
dE/dout_o1 = 0.7414
dout_o1/dnet_o1 = 0.1868
dE/dout_o2 = -0.2171
dout_o2/dnet_o2 = 0.1755
delta_o1 = 0.1385
delta_o2 = -0.0381
"""
WRITTEN = """
copied-wrong: dout_o1/dnet_o1 = 0.7541*(1-0.7541) = 0.1854
copied-wrong: dout_o1/dnet_o1 = 0.7541*(1-0.7514) = 0.1875
copied-wrong: dE/dw5 = 0.7414*0.1868*0.5393 = 0.0747
copied-wrong: dE/dw5 = 0.7414*0.1868*0.5833 = 0.0808
copied-wrong: net_o1 = 0.40*0.5933 + 0.45*0.5696 + 0.60 = 1.0936
copied-wrong: net_h1 = 0.15*0.5 + 0.20*0.10 + 0.35 = 0.445
copied-wrong: dE/dw6 = 0.1358*0.5969 = 0.0811
copied-wrong: dE/dout_h1 = 0.40*0.1385 + 0.50*(-0.0831) = 0.01385
copied-wrong: w5_new = 0.40 - 0.5*0.0282 = 0.3859
copied-wrong: dE/dout_o1 = -(0.01 - 0.7154) = 0.7054
arithmetic: dout_o1/dnet_o1 = 0.7514*(1-0.7514) = 0.1968
digits-swapped: dout_o1/dnet_o1 = 0.7514*(1-0.7514) = 0.1886
decimal-point: dout_o1/dnet_o1 = 0.7514*(1-0.7514) = 1.868
sign-lost: dE/dout_o1 = -(0.01 - 0.7514) = -0.7414
arithmetic: dE/dw5 = 0.7414*0.1868*0.5933 = 0.0842
arithmetic: net_o1 = 0.40*0.5933 + 0.45*0.5969 + 0.60 = 1.1159
arithmetic: dE/dout_h1 = 0.40*0.1385 + 0.50*(-0.0381) = 0.0464
digits-swapped: w5_new = 0.40 - 0.5*0.0822 = 0.3598
decimal-point: dE/dw6 = 0.1385*0.5969 = 0.8267
arithmetic: w6_new = 0.45 - 0.5*0.0827 = 0.4187
arithmetic: net_h2 = 0.25*0.05 + 0.30*0.10 + 0.35 = 0.4925
arithmetic: dE/dw5 = 0.7414*0.1868*0.5933 = 0.0830"""


@pytest.mark.parametrize("row", WRITTEN.strip().splitlines())
def test_a_slip_in_a_line_is_called_what_it_is(row: str) -> None:
    """Numbers that were copied wrongly into a line whose sum is right, and false sums."""
    id, _, line = row.partition(": ")
    name = line.split(" = ")[0]
    before = [one for one in BEFORE.strip().splitlines() if one.split(" = ")[0] != name]
    verdict = marked("\n".join((*before, *NEEDED.get(name, ()), line))).verdicts[-1]
    assert verdict.kind is Kind.WRONG
    assert [cause.id for cause in verdict.causes] == [id]
    assert any(e.copied for e in verdict.equations) == (id == "copied-wrong")


NEEDED = {"w5_new": ["dE/dw5 = 0.0822"], "w6_new": ["dE/dw6 = 0.0827"]}


def test_another_number_of_the_page_is_the_mistake_that_takes_it() -> None:
    verdict = marked(BEFORE + "dE/dw5 = 0.7414*0.1868*0.5969 = 0.0827").verdicts[-1]
    assert verdict.causes[0].id == "input-other"
    assert not any(equation.copied for equation in verdict.equations)


@pytest.mark.parametrize(
    ("line", "id"),
    [
        ("in_top = 0.1*0.35 + 0.4*0.9 = 0.395", "weights-transposed"),
        ("in_bottom = 0.8*0.35 + 0.6*0.9 = 0.82", "weights-transposed"),
        ("in_top = 0.1*0.35 + 0.2*0.9 = 0.215", "copied-wrong"),
        ("in_top = 0.1*0.35 + 0.6*0.9 = 0.575", "copied-wrong"),
        ("in_top = 0.1*0.35 + 0.7*0.9 = 0.665", "copied-wrong"),
    ],
)
def test_a_given_number_is_the_mistake_that_takes_it(line: str, id: str) -> None:
    verdict = mark(load("rgu"), line).verdicts[-1]
    assert [cause.id for cause in verdict.causes] == [id]
    assert any(equation.copied for equation in verdict.equations) == (id == "copied-wrong")


@pytest.mark.parametrize(
    ("line", "copied"),
    [
        ("w5 = 0.4 - 0.05*0.0822 = 0.3959", True),
        ("w5 = 0.4 - 0.05*0.0282 = 0.3986", False),
    ],
)
def test_a_number_of_no_line_tells_a_wrong_copy_beside_it_where_it_is_right(
    line: str, copied: bool
) -> None:
    (verdict,) = mark(load("mazur"), line).verdicts
    assert ("copied-wrong" in [cause.id for cause in verdict.causes]) == copied


def test_a_slip_is_known_under_a_name_of_the_other_sign() -> None:
    page = mark(load("mazur"), "delta_y1 = -0.1835\ndelta_y2 = 0.0381", notation="mitchell")
    assert page.verdicts[0].sign == -1
    assert [cause.id for cause in page.verdicts[0].causes] == ["digits-swapped"]


OUTPUT = "\n".join(BEFORE.strip().splitlines()[:6]) + "\n"
EARLY = """
delta_o1 = 0.1406
dE/dw5 = 0.0830
delta_o1 = 0.7414*0.2 = 0.1483
dE/dw5 = 0.7*0.2*0.6 = 0.0840"""
NOT_EARLY = """
delta_o1 = 0.1387
delta_o1 = 0.7414*0.1877 = 0.1392
dE/dw5 = 0.7*0.19*0.60 = 0.0798
dE/dw5 = 0.7414*0.1868*0.5969 = 0.0827
out_o1 = 0.7541"""


@pytest.mark.parametrize("line", EARLY.strip().splitlines())
def test_fewer_digits_on_the_way_give_the_number(line: str) -> None:
    verdict = marked(OUTPUT + line).verdicts[-1]
    assert [cause.id for cause in verdict.causes] == ["rounded-early"]


@pytest.mark.parametrize("line", NOT_EARLY.strip().splitlines())
def test_a_number_that_no_rounding_gives_is_not_rounded_early(line: str) -> None:
    verdict = marked(OUTPUT + line).verdicts[-1]
    assert verdict.kind is Kind.WRONG
    assert "rounded-early" not in [cause.id for cause in verdict.causes]


@pytest.mark.parametrize(
    "line",
    [
        "w3_new = 0.1 + (-0.0407)*0.35 = 0.0858",
        "w5_new = 0.4 + (-0.00266)*0.35 = 0.3991",
        "delta1 = (-0.0407)*0.3*0.35*(1 - 0.35) = -0.00278",
    ],
)
def test_where_a_line_shows_its_numbers_those_count(line: str) -> None:
    before = """
    out_top = 0.6803
    out_bottom = 0.6637
    out_final = 0.6903
    delta = -0.0407
    delta2 = -0.00818
    """
    verdict = mark(load("rgu"), before + line).verdicts[-1]
    assert verdict.kind is Kind.WRONG
    assert verdict.causes == ()


@pytest.mark.parametrize("number", ["77", "0.7777"])
def test_two_wrong_numbers_are_not_copies_of_each_other(number: str) -> None:
    page = marked(f"dE/dw5 = {number}\ndE/dw6 = {number}")
    assert [verdict.causes for verdict in page.verdicts] == [(), ()]


def test_a_right_number_of_the_page_may_be_copied() -> None:
    page = marked("out_h1 = 0.5933\nout_h2 = 0.5933")
    assert [cause.id for cause in page.verdicts[1].causes] == ["copied-wrong"]
