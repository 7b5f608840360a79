"""Errors of which some have no value: what descent leaves all bounds with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isfinite

from tutor.numeric.rounding import Digits
from tutor.pages.chart import around
from tutor.pages.document import Sentence
from tutor.pages.givens import Say
from tutor.pages.plots.common import FIGURES, cell, number
from tutor.pages.words import Value

FROM_ZERO = 0.5
"""An axis begins at 0 where the smallest value is below this part of the largest."""


def ends_of(values: Iterable[float]) -> tuple[float, float]:
    """The ends of an axis of errors: from 0, but where all of them are far from it."""
    known = [value for value in values if isfinite(value)] or [0.0]
    return around(known, zero=min(known) < FROM_ZERO * max(known))


def known(value: float, say: Say, digits: Digits = FIGURES) -> Sentence:
    """A number in a table, or that it has left all bounds."""
    return cell(value, digits) if isfinite(value) else say("stochastic_beyond")


def of_known(say: Say, *values: float) -> Iterator[Value]:
    """Numbers in a sentence, or that they have left all bounds."""
    for value in values:
        said = say("stochastic_beyond")
        yield number(value) if isfinite(value) else str(said[0])
