"""What letters mean that differ from course to course, as the formulas of a page show it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tutor.symbolic.quantity import ETA, MU, Quantity

_LETTER = re.compile(r"[a-z]+")
_HAT = re.compile(r"\b(?:y_?hat|hat_?y|ŷ)(?![^\W\d_])")
_HATLESS = re.compile(r"y_?\w?\d*")
_TARGET = re.compile(r"\bt(?:_?\w{1,2})?\b|target", re.IGNORECASE)
_BEFORE_SLOPE = re.compile(r"\balpha ?\*? ?\(? ?d[^/ ]*/ ?d")


class Customs(NamedTuple):
    """How a page uses its letters."""

    alpha: Quantity | None
    """the momentum or the rate; None where the notation decides"""
    hat: bool
    """whether outputs have a hat, so that y is a target"""

    def is_target(self, name: str) -> bool:
        """Whether a name that may be an output is rather a target."""
        return self.hat and bool(_HATLESS.fullmatch(name))


def customs(texts: Sequence[str]) -> Customs:
    """The customs of a page with these formulas."""
    hat = any(map(_HAT.search, texts)) and not any(map(_TARGET.search, texts))
    return Customs(_alpha(texts), hat)


def _alpha(texts: Sequence[str]) -> Quantity | None:
    """The momentum where a formula has another letter for the rate, too; the rate where it stands
    before a slope."""
    for text in texts:
        words = set(_LETTER.findall(text))
        if "alpha" in words and not words.isdisjoint(("eta", "epsilon")):
            return MU
    return ETA if any(map(_BEFORE_SLOPE.search, texts)) else None
