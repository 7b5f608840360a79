"""What the program's own writers print is read again as what it was."""

from __future__ import annotations

from fractions import Fraction

import pytest
from formulas import TREES, value
from hypothesis import given
from hypothesis import strategies as st
from spelled import Names

from tutor.marking.claim import Text
from tutor.marking.latex import plain
from tutor.marking.parse import name_of, parse
from tutor.pages.latex import Latex, MarkdownMath
from tutor.pages.plain import Keys, Plain
from tutor.pages.writer import Writer
from tutor.problem.naming import Naming
from tutor.problem.notation import NOTATIONS
from tutor.symbolic.activations import Activation
from tutor.symbolic.formula import Formula
from tutor.symbolic.network import Layer, Network
from tutor.symbolic.quantity import (
    DE_DNET,
    DE_DO,
    ETA,
    LOCAL,
    NET,
    At,
    E,
    Kind,
    O,
    Quantity,
    T,
    W,
    X,
)

WRITERS = (Plain, Keys, Latex, MarkdownMath)
NETWORK = Network(
    ("x1", "x2"),
    tuple(
        Layer(name, units, (Activation("sigmoid"),) * len(units))
        for name, units in (("h", ("h1", "h2")), ("y", ("y1", "y2")))
    ),
)
NEW = At(new=True)
QUANTITIES = (
    *(X("x1"), T("y1"), O("h2"), NET("h1"), W("y2", "h1"), W("h1", "x2").marked(NEW), E, ETA),
    *(DE_DO("y1"), DE_DO("h2"), DE_DNET("y2"), LOCAL("h1", "h1"), E.marked(NEW)),
    *(Quantity(Kind.GRAD, ("h1", "x2")), Quantity(Kind.GRAD, ("y1", "h2"))),
    *(Quantity(Kind.PATH, ("h1", "y2")), Quantity(Kind.CHANGE, ("y1", "h1"))),
)


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.__name__)
@given(formula=TREES, notation=st.sampled_from(sorted(NOTATIONS)))
def test_numbers_come_back_with_their_value(
    writer: type[Writer], formula: Formula, notation: str
) -> None:
    text = writer(Naming(NETWORK, NOTATIONS[notation])).write(formula)
    wanted, got = value(formula), value(parse(plain(Text.of(text)), Names(())))
    assert wanted is not None
    assert got is not None, text
    assert abs(Fraction(got) - Fraction(wanted)) <= max(abs(Fraction(wanted)), 1) / 10**25, text


@pytest.mark.parametrize("notation", sorted(NOTATIONS))
@pytest.mark.parametrize("q", QUANTITIES, ids=lambda q: q.key)
def test_a_name_comes_back_as_one_name(q: Quantity, notation: str) -> None:
    naming = Naming(NETWORK, NOTATIONS[notation])
    written = [writer(naming).named(q).text for writer in (Plain, Latex)]
    names = [name_of(plain(Text.of(text))) for text in written]
    assert None not in names, written
    plainly, raised = (str(name).replace("^new", "_new").replace(",", "_") for name in names)
    assert plainly == raised, written
