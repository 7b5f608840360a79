"""Vectors and matrices: what each of their entries may be."""

from __future__ import annotations

import math
from collections.abc import Iterator

from tutor.marking.claim import Claim
from tutor.marking.common import Meaning
from tutor.marking.lexicon import Meanings
from tutor.marking.parse import name_of
from tutor.symbolic.quantity import ALWAYS, PARAMETERS, At, Kind, Quantity
from tutor.symbolic.schedule import Schedule


class Vectors:
    """The vectors of a page, entry by entry."""

    def __init__(self, meanings: Meanings, schedule: Schedule) -> None:
        self.meanings, self.schedule = meanings, schedule
        self.before: Quantity | None = None
        """what the last entry was"""

    def flaw(self, claim: Claim) -> str:
        """What is wrong with a vector that is said to be a single number."""
        size = " by ".join(map(str, claim.shape))
        return f'"{claim.parts[0].text.strip()}" is one number here, not {size} of them'

    def is_one(self, claim: Claim) -> bool:
        """Whether a vector is said to be a single number; a number for each pattern is not."""
        return bool(claim.index) and not (self._of_patterns(claim) or self._any(claim))

    def is_shared(self, q: Quantity, claim: Claim) -> bool:
        """Whether each entry of a vector is said to be the bias that its layer shares."""
        return (
            bool(claim.index)
            and q.kind is Kind.B
            and q.units[0] not in self.meanings.network.places
        )

    def entries(self, claim: Claim) -> tuple[Meaning, ...]:
        """What an entry may be, first what the entry before it was."""
        found = self._any(claim) or tuple(self._by_pattern(claim))
        before = self.before
        if before is None or not any(claim.index) or len(found) == 1:
            return found
        return tuple(sorted(found, key=lambda one: not self._beside(one.quantity, before)))

    def _of_patterns(self, claim: Claim) -> bool:
        """Whether a vector may have a number for each pattern."""
        return math.prod(claim.shape) == self.schedule.patterns > 1

    def _by_pattern(self, claim: Claim) -> Iterator[Meaning]:
        """What an entry is where each is of another pattern."""
        name = name_of(claim.parts[0]) or claim.parts[0].text.strip()
        n = max(claim.index) + 1
        at = At(0, n) if self.schedule.batch else At(n)
        for meaning in self.meanings.said(name) if self._of_patterns(claim) else ():
            q = meaning.quantity
            if q.kind not in PARAMETERS and q.at == ALWAYS:
                yield Meaning(q.marked(at), meaning.scale, meaning.loose)

    def _any(self, claim: Claim) -> tuple[Meaning, ...]:
        """What an entry may be."""
        name = name_of(claim.parts[0]) or claim.parts[0].text.strip()
        return self.meanings.entries(name, claim.index, claim.shape)

    def _beside(self, q: Quantity, before: Quantity) -> bool:
        """Whether two are of the same kind and layer."""
        places = self.meanings.network.places
        depths = {places[u.units[0]][0] for u in (q, before) if u.units[0] in places}
        return q.kind is before.kind and len(depths) == 1
