"""Where a chapter's texts and numbers come from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tutor.pages.document import Sentence
from tutor.pages.words import Words
from tutor.problem.naming import Naming
from tutor.solving import Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.formula import Formula, Named, Ref, minus
from tutor.symbolic.origins import I, J, K
from tutor.symbolic.quantity import ALWAYS, DE_DNET, DE_DO, ETA, LOCAL, NET, O, T, W

SYMBOLS: dict[str, Formula] = {
    "w": Named(W(J, I)),
    "w_kj": Named(W(K, J)),
    "slope": Named(slope_of_error(W(J, I))),
    "net": Named(NET(J)),
    "net_k": Named(NET(K)),
    "o": Named(O(J)),
    "o_i": Named(O(I)),
    "o_k": Named(O(K)),
    "t": Named(T(K)),
    "difference": minus(Ref(O(K)), Ref(T(K))),
    "eta": Named(ETA),
    "dnet": Named(DE_DNET(J)),
    "dnet_k": Named(DE_DNET(K)),
    "do": Named(DE_DO(J)),
    "do_k": Named(DE_DO(K)),
    "local": Named(LOCAL(J, J)),
}
"""What every text may name."""


@dataclass(frozen=True)
class Scene:
    """A problem, the words, and the seed of what is drawn."""

    solved: Solved
    words: Words
    seed: int = 1

    @cached_property
    def naming(self) -> Naming:
        """How its formulas name quantities."""
        return self.solved.naming

    def say(self, key: str) -> Sentence:
        """A text of the course, with the symbols that it names."""
        wanted = self.words.needs(key)
        symbols = {name: symbol for name, symbol in SYMBOLS.items() if name in wanted}
        return self.words.say(key, ALWAYS, **symbols)
