"""Outputs that are simple fractions, and the net inputs that they come from: σ(ln 2) = 2/3."""

from __future__ import annotations

from collections.abc import Mapping

from tutor.symbolic.formula import Call, Formula, Neg, Num

_LN2, _LN3, _LN4 = (Call("ln", Num(text)) for text in "234")

NETS: Mapping[str, Mapping[str, Formula]] = {
    "sigmoid": {
        "2/3": _LN2,
        "1/3": Neg(_LN2),
        "3/4": _LN3,
        "1/4": Neg(_LN3),
        "4/5": _LN4,
        "1/5": Neg(_LN4),
    },
    "tanh": {"3/5": _LN2, "-3/5": Neg(_LN2), "4/5": _LN3, "-4/5": Neg(_LN3)},
}
"""By transfer function and output."""
