"""Units that stand for any: ``j`` in a rule for any network, ``k2`` for any unit of layer 2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

LETTERS = {"i": -1, "j": 0, "k": 1, "m": 1}
"""The layer of each, beside that of j; k and m are outputs where no layer is said."""


@dataclass(frozen=True, slots=True)
class General:
    """Any unit: its letter, and its layer with the inputs counted as 0, if one is said."""

    letter: str
    layer: int | None = None

    @classmethod
    def of(cls, unit: str) -> Self | None:
        """What a unit's name stands for, if it is for any unit."""
        if unit[:1] not in LETTERS:
            return None
        return cls(unit[0], int(unit[1:]) if unit[1:] else None)

    def layer_text(self, first: int) -> str:
        """The layer's number where the inputs have the number ``first``; l is the layer of j."""
        if self.layer is not None:
            return str(self.layer + first)
        beside = LETTERS[self.letter]
        return f"l{beside:+}" if beside else "l"

    def is_output(self, layers: int) -> bool:
        """Whether it is in the last of so many layers."""
        return LETTERS[self.letter] > 0 if self.layer is None else self.layer == layers


def any_of(letter: str, layer: int) -> str:
    """Any unit of a layer."""
    return f"{letter}{layer}"
