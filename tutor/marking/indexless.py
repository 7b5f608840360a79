"""Names without an index: in a line about one unit they may be that unit's, as o in
δ2 = δ·w2·o·(1 − o)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tutor.marking.common import OF_OUTPUTS, Meaning
from tutor.marking.own import Trace, unrounded
from tutor.marking.placing import Placing
from tutor.marking.printed import Printed
from tutor.marking.statement import Part
from tutor.symbolic.quantity import Kind, Quantity

NEARER = 4.0
"""How many times nearer the unit's own value must bring a formula to its number."""
_OF_A_UNIT = (Kind.NET, Kind.O)
_SPOKEN_IN = (Kind.DE_DNET, Kind.LOCAL, Kind.GRAD)


class Indexless:
    """The names without an index of one statement."""

    def __init__(self, placing: Placing) -> None:
        self.placing = placing
        self._own = self._met = False

    def left(self, name: str, found: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
        """What a left side may mean: behind a unit's net input, first of all its output; y is the
        network's."""
        before = self.placing.last
        if before is None or before.kind is not Kind.NET or not name.isalpha():
            return found
        if not found or found[0].quantity.kind is not Kind.O or name in OF_OUTPUTS.split():
            return found
        return Meaning(Quantity(Kind.O, before.units)), *found

    def read(self, text: str, q: Quantity, stated: Quantity | None) -> Quantity:
        """What a name stands for that is q's by itself, in a line about another quantity."""
        if stated is None or stated.kind not in _SPOKEN_IN or q.kind not in _OF_A_UNIT:
            return q
        if not text.isalpha() or q.units == stated.units[:1]:
            return q
        self._met = True
        own = self.placing.here(Quantity(q.kind, stated.units[:1])) if self._own else None
        return own or q

    def parts(
        self, texts: Iterable[Callable[[], Part]], number: Printed | None
    ) -> tuple[Part, ...]:
        """The parts of a statement, with the unit's own values where those fit far better."""
        self._met = False
        texts = tuple(texts)
        parts = tuple(read() for read in texts)
        if not self._met or number is None:
            return parts
        self._own = True
        others = tuple(read() for read in texts)
        self._own = False
        changed = [n for n, part in enumerate(parts) if part.formula != others[n].formula]
        off, own = (self._off([side[n] for n in changed], number) for side in (parts, others))
        return others if own * NEARER < off else parts

    def _off(self, parts: Iterable[Part], number: Printed) -> float:
        """How far formulas are from the number that they come to, at the student's own."""
        frame = self.placing.frame
        trace = Trace(frame.forms, frame.given, self.placing.pins, unrounded)
        values = (trace.of(part.formula) for part in parts if part.formula)
        return sum(abs(value.mid - number.float_value) for value in values if value)
