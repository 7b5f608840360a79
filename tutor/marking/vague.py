"""Names that may as well be another's: their numbers tell."""

from __future__ import annotations

import re

from tutor.marking.bare import Bare
from tutor.marking.claim import Claim
from tutor.marking.common import Meaning
from tutor.marking.lexicon import EXACTLY, Meanings
from tutor.marking.placing import Placing
from tutor.marking.printed import Printed
from tutor.symbolic.quantity import Kind, Quantity

_VAGUE = re.compile(r"(?i:errors?|err)(?:[_ ]?(?:of|at|for|in))?[_ ]?\w*|e_?(?:[a-z]_?)?\d*|c_?\d+")
"""Names that may be E or an output's share of it, or some t - o, or δ, or a helper."""
_LOOSELY = {
    Kind.LOCAL: re.compile(r"[^\W\d_]+'\Z"),
    Kind.DE_DNET: re.compile(r"(?:the )?err(?:ors?)?\b(?! (?:signal|term))", re.IGNORECASE),
    Kind.O: re.compile(r"[jk]_?\d+\Z"),
    Kind.NET: re.compile(r"(?:the )?sum\Z", re.IGNORECASE),
}
"""Names that do not say of which unit, or of which error, they are, or that they are outputs."""


class Vague:
    """What the names of a page leave open."""

    def __init__(self, meanings: Meanings, placing: Placing, bare: Bare) -> None:
        self.meanings, self.placing, self.bare = meanings, placing, bare

    def is_doubtful(
        self, q: Quantity, meaning: Meaning, name: str, number: Printed, claim: Claim
    ) -> bool:
        """Whether a name may as well be another's, and the number does not say that it is not."""
        name = self.meanings.named(name)
        said = _LOOSELY.get(q.kind)
        vague = self._vague(q, name) or self._bare(name, claim) or (said and said.match(name))
        return bool(vague) and not self.placing.agrees(q, meaning, number)

    def _bare(self, name: str, claim: Claim) -> bool:
        """Whether a name does not say of which weight it is; all weights of a single layer do."""
        single = bool(claim.index) and len(self.meanings.network.layers) == 1
        return not single and self.bare.speaks(name)

    def _vague(self, q: Quantity, name: str) -> bool:
        """Whether a name of E may as well be that of another error."""
        known = self.meanings.knows(name) == EXACTLY
        return q.kind in (Kind.E, Kind.SHARE) and not known and bool(_VAGUE.fullmatch(name))
