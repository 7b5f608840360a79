"""How a working goes on: a step with the student's own numbers put in."""

from __future__ import annotations

from decimal import Decimal

from tutor.marking.own import NO_VALUE, used
from tutor.marking.working import Working
from tutor.numeric.figures import PutIn, put_in, written
from tutor.numeric.rounding import Digits
from tutor.symbolic.quantity import Quantity


def onward(working: Working, q: Quantity, digits: Digits) -> tuple[PutIn, str] | None:
    """The step that defines q with the student's own numbers, and what it comes to at these
    digits; None where it has no value."""
    if (value := working.plain.step(q)) is None:
        return None
    formula = working.plain.formula(q)
    values: dict[Quantity, Decimal] = {}
    texts: dict[Quantity, str] = {}
    for u in used(formula):
        try:
            values[u] = Decimal(working.plain[u].mid)
        except NO_VALUE:
            return None
        n = working.pinned_by.get(u)
        number = working.statements[n].number if n is not None else None
        if u in working.frame.given:
            texts[u] = working.frame.solved.figures.texts[u]
        elif number and n is not None and working.statements[n].scale == 1:
            texts[u] = number.text
        else:
            texts[u] = written(values[u], digits.more(1))
    return put_in(formula, texts, values), written(Decimal(value.mid), digits)
