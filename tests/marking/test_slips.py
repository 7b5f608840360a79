"""Slips: what each leaves on paper, and that it is known again."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.marking.printed import Printed, printed
from tutor.marking.slips import SLIPS, Beside, explains, slip

IDS = [
    "digits-swapped",
    "decimal-point",
    "sign-lost",
    "copied-wrong",
    "rounded-early",
    "arithmetic",
]


def read(text: str) -> Printed:
    number = printed(text)
    assert number
    return number


@pytest.mark.parametrize(
    ("id", "text", "made"),
    [
        ("digits-swapped", "0.0821", ["0.8021", "0.0281", "0.0812"]),
        ("digits-swapped", "12.55", ["21.55"]),
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
            reach = 100 * right.unit
            assert explains(id, answered, value, Beside([other], reach))
            assert not explains("arithmetic", answered, value)


@given(st.integers(-99999, 99999), st.integers(1, 6), st.sampled_from(IDS))
def test_a_right_number_is_no_slip(n: int, places: int, id: str) -> None:
    right = read(f"{n / 10**places:.{places}f}")
    beside = Beside([right.value, -right.value], Fraction(1))
    assert not explains(id, right, right.value + right.unit / 3, beside)
