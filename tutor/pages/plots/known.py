"""Numbers of which some have no value: what descent leaves all bounds with."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from tutor.numeric.rounding import Digits
from tutor.pages.document import Sentence
from tutor.pages.givens import Say
from tutor.pages.plots.common import FIGURES, cell, number
from tutor.pages.words import Value


def known(value: float, say: Say, digits: Digits = FIGURES) -> Sentence:
    """A number in a table, or that it has left all bounds."""
    return cell(value, digits) if isfinite(value) else say("stochastic_beyond")


def of_known(say: Say, *values: float) -> Iterator[Value]:
    """Numbers in a sentence, or that they have left all bounds."""
    for value in values:
        said = say("stochastic_beyond")
        yield number(value) if isfinite(value) else str(said[0])
