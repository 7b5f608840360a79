"""Marked workings put together by hand, so that pages are tested apart from the marking."""

from __future__ import annotations

from functools import cache
from typing import Any

import tutor
from tutor.marking.claim import Line, LineKind
from tutor.marking.printed import printed
from tutor.marking.verdict import Cause, Convention, Equation, Kind, Marked, Verdict
from tutor.numeric.figures import PutIn
from tutor.solution import Solution
from tutor.symbolic.formula import Num, Product, Sum
from tutor.symbolic.quantity import Quantity

TEXT = """\
My solution
delta_o1 = 0.7414*0.1868 = 0.1385
delta_o2 = -0.2171*0.1755 = -0.0381

dE/dout_h1 = 0.40*0.1385 = 0.0554
dout_h1/dnet_h1 = 0.5933*(1 - 0.5933) = 0.2413
dE/dw1 = 0.0554*0.2413*0.05 = 0.0007
dE/dout_h2 = 0.45*0.1385 + (
dE/dw5 = 0.7414*0.1886*0.5933 = 0.0822"""


@cache
def solved() -> Solution:
    return tutor.solve(tutor.load("mazur"))


def quantity(name: str) -> Quantity:
    (found,) = solved().find(name)
    return found


def verdict(n: int, kind: Kind, name: str = "", text: str = "", **more: Any) -> Verdict:
    """A verdict on the whole of a line of TEXT, or of another text."""
    text = text or TEXT.splitlines()[n - 1]
    parts = text.split(" = ")
    q = quantity(name) if name else None
    made = {
        "quantity": q,
        "answered": printed(parts[-1]),
        "expected": float(solved().figures.exact[q]) if q else None,
        "formula": solved().run.by_quantity[q].formula if q else None,
    }
    where = {"line": n, "column": 1, "end": len(text) + 1, "text": text, "name": parts[0]}
    return Verdict(kind=kind, **(where | made | more))


def two_paths() -> PutIn:
    one, other = (Num("0.40"), Num("0.1385")), (Num("0.50"), Num("-0.0381"))
    return PutIn(Sum((Product(one), Product(other))))


def wrong(id: str = "one-path", at: str = "dE/do_h1", **more: Any) -> Verdict:
    """Line 5: one path of two, or any other mistake."""
    made: dict[str, Any] = {
        "causes": (Cause(id, quantity(at), 0.0554),) if id else (),
        "goes_on": (two_paths(), "0.0364"),
        "expected_from_yours": 0.03635,
    }
    return verdict(5, Kind.WRONG, "dE/do_h1", **(made | more))


SLIP = Equation(
    "0.7514·(1 - 0.7514)", "0.1886", 20, False, 0.18679804, 0.1886, None, "digits-swapped"
)


def page(*verdicts: Verdict, text: str = TEXT, **more: Any) -> Marked:
    """A working with these verdicts."""
    lines = tuple(Line(n, line, LineKind.CLAIMS) for n, line in enumerate(text.splitlines(), 1))
    first = next((v.line for v in verdicts if v.kind is Kind.WRONG), None)
    made: dict[str, Any] = {"first_wrong": first, "notation": "mazur"}
    return Marked(solved(), lines, verdicts, **(made | more))


def example() -> Marked:
    """Each kind of verdict once or more."""
    unread = "the bracket is never closed"
    slip = Equation(
        "0.7414*0.1886*0.5933", "0.0822", 33, False, 0.08296, 0.0822, None, "arithmetic"
    )
    return page(
        verdict(2, Kind.CORRECT, "dE/dnet_y1", seen="rounded"),
        verdict(3, Kind.CORRECT, "dE/dnet_y2", seen="rounded"),
        wrong(),
        verdict(6, Kind.CORRECT, "f'(net_h1)", seen="full"),
        verdict(7, Kind.CARRIED, "dE/dw1", blames=(5,), seen="own"),
        verdict(8, Kind.UNREAD, message=unread, column=28, end=29),
        verdict(9, Kind.CORRECT, "dE/dw5", slip=True, equations=(slip,)),
        conventions=(Convention("sign-de_dnet", 2), Convention("something-new", 3)),
    )
