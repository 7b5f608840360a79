"""Many printed numbers at once, each of the different texts read once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt

from tutor.marking.printed import Printed, printed

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_PLAIN = re.compile(r"[+-]?\d*\.?\d+(?:e[+-]?\d{1,2})?", re.ASCII)
"""What every reader takes for the same number, wherever it stands."""


@dataclass(frozen=True)
class Numbers:
    """Different texts: a place in each array for each."""

    numbers: tuple[Printed | None, ...]
    """None for what is no plain number; the rest means nothing there"""
    read: Flags
    values: Floats
    units: Floats
    """one unit of the last digit; 0 for a plain integer"""
    decimals: Ints
    figures: Ints


def printed_batch(texts: Sequence[str]) -> tuple[Numbers, Ints]:
    """The numbers among the texts, and for each text the place of its own."""
    places = dict(zip(dict.fromkeys(texts), count(), strict=False))
    numbers = tuple(map(_plain, places))
    told = [number or NOUGHT for number in numbers]
    return Numbers(
        numbers,
        np.array([number is not None for number in numbers], dtype=bool),
        np.array([number.float_value for number in told]),
        np.array([number.float_unit for number in told]),
        np.array([number.decimals for number in told], dtype=np.int64),
        np.array([number.figures for number in told], dtype=np.int64),
    ), np.fromiter(map(places.__getitem__, texts), dtype=np.int64, count=len(texts))


def _plain(text: str) -> Printed | None:
    return printed(text) if _PLAIN.fullmatch(text) else None


_nought = printed("0")
assert _nought
NOUGHT = _nought
