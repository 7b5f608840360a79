"""Statements without a known name, which are about a quantity all the same."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from tutor.marking.claim import Text
from tutor.marking.common import Meaning
from tutor.marking.frame import Frame
from tutor.marking.functions import UNNAMED
from tutor.marking.placing import Placing
from tutor.marking.printed import printed
from tutor.marking.statement import Statement
from tutor.marking.values import is_number, squeezed
from tutor.symbolic.quantity import ALWAYS, LOCAL, Kind, O, Quantity
from tutor.symbolic.rewrite import refs

ENOUGH_FIGURES = 4
"""Figures of a number from which on it says by itself which quantity it is."""
ONE = Fraction(1)
GIVEN = (Kind.X, Kind.T, Kind.ETA, Kind.MU)
_FUNCTION_AT = re.compile(r"([^\W\d]\w*'?)\s?\((.{1,40})\)")


class Unnamed:
    """What formulas and numbers say by themselves."""

    def __init__(self, frame: Frame, placing: Placing) -> None:
        self.frame, self.placing = frame, placing

    def bound(self, made: Statement) -> Statement:
        """The statement, about a quantity where its formula or its number is one's."""
        formulas = [p.formula for p in made.parts if p.formula and not is_number(p.formula)]
        place = self.frame.passes[self.placing.now].place
        computed = (q for q in self.frame.truth if q.kind not in GIVEN)
        among = [q for q in computed if place(q.marked(ALWAYS)) == q]
        for formula in formulas:
            q = self.frame.samples.same(formula, among)
            if q and (made.number or q not in refs(formula)):
                return replace(made, quantity=q, bound=True)
        number = made.number
        if number and number.figures >= ENOUGH_FIGURES:
            fits = [q for q in among if self.placing.fits(q, ONE, number)]
            fits = [q for q in fits if q not in self.placing.answered]
            if len(fits) == 1:
                return replace(made, quantity=fits[0], bound=True)
        return made

    def units_at(self, part: Text) -> tuple[str, ...]:
        """The units whose net input stands in f(0.3775) or f'(0.3775)."""
        match = _FUNCTION_AT.fullmatch(part.text)
        number = printed(squeezed(match[2])) if match and match[1] in UNNAMED else None
        if number is None:
            return ()
        units = (unit for layer in self.frame.run.derivation.network.layers for unit in layer.units)
        nets = ((unit, self.placing.here(Quantity(Kind.NET, (unit,)))) for unit in units)
        return tuple(unit for unit, q in nets if q and self.placing.fits(q, ONE, number))

    def at_net(self, made: Statement, unit: str, function: Text) -> Statement:
        """A statement about f or f' of a unit's net input: the unit's where its number agrees."""
        meaning = Meaning(LOCAL(unit, unit) if "'" in function.text else O(unit))
        q = self.placing.here(meaning.quantity) if made.quantity is None else None
        if q and made.number and self.placing.agrees(q, meaning, made.number):
            return replace(made, quantity=q, bound=True)
        return made
