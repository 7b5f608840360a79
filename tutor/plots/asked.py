"""What may be asked of a plot, and what it must be to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, isnan, nan

from tutor.errors import InputError, did_you_mean, quoted
from tutor.solving import Solved
from tutor.symbolic.quantity import PARAMETERS, At, Quantity

FURTHEST = 1e6
"""A range beyond this shows nothing but the edges of the numbers."""
NARROWEST = 1e-6


@dataclass(frozen=True, slots=True)
class Asked:
    """The choices of whoever asks for a plot; each kind says which it takes."""

    weights: tuple[str, ...] = ()
    """names of weights or biases"""
    range: tuple[float, float] | None = None
    """between which values they move"""
    seed: int = 1
    """of whatever is shuffled or drawn"""
    steps: int | None = None
    """how many updates a path has"""


ANY = Asked()


def weights_of(solved: Solved, names: tuple[str, ...]) -> tuple[Quantity, ...]:
    """The weights and biases with these names.

    Raises InputError for a name that is none, and for one weight twice.
    """
    found: list[Quantity] = []
    for name in names:
        known = solved.names.find(name)
        q = known.quantity.marked(At()) if known else None
        if q is None or q.kind not in PARAMETERS:
            every = [solved.naming.glyph(w).text for w in solved.problem.network.parameters]
            what = f"{quoted(name)} is no weight of this problem"
            raise InputError("--weight", what, did_you_mean(name, every) or listed(every))
        if q in found:
            raise InputError(
                "--weight", f"{quoted(name)} is there twice", "name two different weights"
            )
        found.append(q)
    return tuple(found)


def listed(names: list[str]) -> str:
    """All of them, where they are few."""
    return f"it has {', '.join(names[:20])}{' …' if len(names) > 20 else ''}"


def range_of(text: str) -> tuple[float, float]:
    """The two numbers of ``-2:3``. Raises InputError where they are no range."""
    low, _, high = text.partition(":")
    try:
        ends = float(low), float(high)
    except ValueError:
        ends = nan, nan
    if any(map(isnan, ends)):
        what = "two numbers with a colon, as -2:3"
        raise InputError("--range", f"{quoted(text)} is no range", what)
    check_range(*ends)
    return ends


def check_range(low: float, high: float) -> None:
    """Raise InputError where a range is empty or shows nothing."""
    text = f"{low:g}:{high:g}"
    if not (isfinite(low) and isfinite(high)) or max(abs(low), abs(high)) > FURTHEST:
        raise InputError("--range", f"{text} goes too far", f"{FURTHEST:,.0f} is the limit")
    if low >= high:
        raise InputError("--range", f"{text} is empty", "the smaller number comes first, as -2:3")
    if high - low < NARROWEST * max(1.0, abs(low), abs(high)):
        raise InputError("--range", f"{text} is too narrow", "its ends must differ visibly")
