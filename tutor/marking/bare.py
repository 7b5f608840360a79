"""The names w, g and v without an index: whose they are, the lines before say, or what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.marking.common import Meaning
from tutor.marking.frame import Frame
from tutor.marking.lexicon import Meanings
from tutor.problem.problem import OwnName
from tutor.symbolic.quantity import PARAMETERS, Kind, Quantity, parameter

_WEIGHT = re.compile(r"(?:^|[\W_]|d|nabla)[wW](?![^\W_]|_(?!new|neu|old))")
_GRADIENT = re.compile(r"g(?:rad(?:ient)?)?", re.IGNORECASE)
_VELOCITY = re.compile(r"[vV](?:elocity)?_?(?:d?[wW]_?)?([^\W_]*)(?:_?(?:new|old|prev))?'?")
OF_PARAMETERS = (*PARAMETERS, Kind.GRAD, Kind.CHANGE)


class Bare:
    """What w and v may mean, by the weight that was named last or is the only one that is asked."""

    def __init__(self, frame: Frame, meanings: Meanings) -> None:
        self.frame, self.meanings = frame, meanings
        asked = {q.units for q in frame.solved.asked if q.kind in OF_PARAMETERS}
        self.named: tuple[str, ...] = asked.pop() if len(asked) == 1 else ()
        """the units of the weight that is spoken of"""
        self._asked: dict[str, bool] = {}

    def follow(self, q: Quantity) -> None:
        """Keeps which weight a line is about."""
        if q.kind in OF_PARAMETERS:
            self.named = q.units

    def speaks(self, text: str) -> bool:
        """Whether a name may be one of a weight, but does not say of which."""
        if text not in self._asked:
            self._asked[text] = self._speaks(text)
        return self._asked[text]

    def _speaks(self, text: str) -> bool:
        if self._velocity(text):
            return True
        if not (_WEIGHT.search(text) or _GRADIENT.fullmatch(text)):
            return False
        return len({meaning.quantity.units for meaning in self.meanings.said(text)}) != 1

    def find(self, text: str) -> Iterator[Meaning]:
        """What such a name may mean, for the weight that is spoken of first."""
        named = [self.named] if self.named else []
        if match := self._velocity(text):
            name = match[1] if match[1][:1] == "b" else f"w{match[1]}"
            named += [meaning.quantity.units for meaning in self.meanings.find(name)]
            for units in dict.fromkeys(named):
                yield Meaning(Quantity(Kind.CHANGE, units), loose=True)
        elif _GRADIENT.fullmatch(text):
            yield from (Meaning(Quantity(Kind.GRAD, units)) for units in named)
        else:
            yield from (meaning for units in named for meaning in self._about(units).said(text))

    def _velocity(self, text: str) -> re.Match[str] | None:
        return _VELOCITY.fullmatch(text) if self.frame.run.schedule.momentum else None

    def _about(self, units: tuple[str, ...]) -> Meanings:
        """The names as they are where w is this weight."""
        return self.frame.meanings(
            self.meanings.notation,
            self.meanings.counting,
            own=(OwnName("w" if len(units) == 2 else "b", parameter(units)),),
        )
