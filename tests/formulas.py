"""Random formulas of numbers, as a page prints them."""

from __future__ import annotations

from decimal import Decimal, DecimalException, localcontext
from functools import cache

from hypothesis import strategies as st

from tutor.numeric.exact import CONTEXT, Exact, Unknown
from tutor.symbolic.formula import (
    Call,
    Formula,
    Marked,
    Neg,
    Num,
    Power,
    Product,
    Quotient,
    Ref,
    Sum,
)
from tutor.symbolic.quantity import DE_DO, LOCAL, O, W


@cache
def value(formula: Formula) -> Decimal | None:
    """The value of a formula of numbers; none where it has names or no value."""
    try:
        with localcontext(CONTEXT):
            return formula.read(Exact({}))
    except (Unknown, TypeError, DecimalException):
        return None


NUMBERS = ("0", "2", "0.30", "-0.5", "-3", "1/3", "-2/3", "1.5e-9", "-2.50e12")
LABELS = (None, Ref(O("h1_1")), Ref(LOCAL("h1_1", "h1_1")), Ref(DE_DO("y1")), Ref(W("y1", "h1_1")))


def tame(formula: Formula, low: float = -1e15, high: float = 1e15) -> bool:
    """Whether a formula has a value between these."""
    x = value(formula)
    return x is not None and low < x < high


def braced(xs: tuple[Formula, ...], label: Formula | None) -> Formula:
    """Factors over their names, as a gradient has them."""
    return Product(tuple(Marked(x, role, label) for role, x in enumerate(xs, 1)))


def larger(x: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    """A formula whose parts are these."""
    several = st.lists(x, min_size=2, max_size=3).map(tuple)
    divisors = x.filter(lambda f: tame(f, 1e-9) or tame(f, high=-1e-9))
    return st.one_of(
        st.builds(Neg, x),
        st.builds(Sum, several),
        st.builds(Product, several),
        st.builds(Quotient, x, divisors),
        st.builds(Power, x, st.integers(2, 3)),
        st.builds(Call, st.sampled_from(("exp", "tanh")), x.filter(lambda f: tame(f, -20, 20))),
        st.builds(Call, st.just("ln"), x.filter(lambda f: tame(f, 1e-9))),
        st.builds(Call, st.just("relu"), x),
        st.tuples(several, st.sampled_from(LABELS)).map(lambda drawn: braced(*drawn)),
    )


TREES = st.recursive(st.sampled_from(NUMBERS).map(Num), larger, max_leaves=8).filter(tame)
