"""Numbers that are just themselves come to what spreads of no width come to, to the last bit."""

from __future__ import annotations

import pytest
from formulas import TREES
from hypothesis import given

from tutor.numeric.points import Points
from tutor.numeric.spread import ByHand, Spread, Spreads
from tutor.symbolic.formula import Call, Cases, Formula, Num, Power, Product, Quotient


def values(formula: Formula) -> list[Spread | type[Exception]]:
    """By spreads, by spreads whose results are rounded to nothing, and by points."""
    found: list[Spread | type[Exception]] = []
    for reading in (Spreads({}), ByHand({}, lambda value: 0.0), Points({})):
        try:
            found.append(reading.outermost(formula))
        except (ArithmeticError, ValueError) as error:
            found.append(type(error))
    return found


@given(TREES)
def test_points_are_spreads_of_no_width(formula: Formula) -> None:
    by_spreads, by_hand, by_points = values(formula)
    assert by_spreads == by_hand == by_points


NOUGHT, MINUS = Num("0"), Num("-2.5")


@pytest.mark.parametrize(
    "formula",
    [
        Quotient(MINUS, NOUGHT),
        Power(MINUS, -3),
        Power(NOUGHT, 0),
        Power(NOUGHT, -1),
        Call("ln", MINUS),
        Call("log", Num("20")),
        Call("sqrt", Num("2")),
        Call("relu", MINUS),
        Call("exp", Num("1000")),
        Call("sinh", MINUS),
        Cases(MINUS, Call("ln", MINUS), Product((MINUS, NOUGHT))),
    ],
    ids=repr,
)
def test_also_at_the_ends(formula: Formula) -> None:
    by_spreads, by_hand, by_points = values(formula)
    assert by_spreads == by_hand == by_points
