"""Bare slips: what happens to a number between the calculator and the paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from tutor.marking.printed import Printed, printed


@dataclass(frozen=True, slots=True)
class Beside:
    """What a number is held against, beside its own true value."""

    others: Sequence[Fraction] = ()
    """the values of other quantities"""
    early: Sequence[Fraction] = ()
    """what comes out where numbers are rounded on the way"""
    slack: Fraction = Fraction(0)
    """how far rounding may have taken the value before the slip"""


NOTHING = Beside()
COPIED = "copied-wrong"
DROPPED_FROM = 4
"""Figures from which on a number tells that one of its digits is missing."""
_PLACES = (1, 2, -1, -2)
"""How far a decimal point moves."""
_SCALES = tuple(Fraction(10) ** places for places in _PLACES)


@dataclass(frozen=True, slots=True)
class Slip:
    """One row: how a slip is made, and how its number is known."""

    id: str
    make: Callable[[Printed, Sequence[Printed]], Iterator[str]]
    """the texts that may stand in place of a number, with others on the page"""
    explains: Callable[[Printed, Fraction, Beside], bool]
    """whether a number is the value with this slip"""


def slip(id: str, number: Printed, others: Sequence[Printed] = ()) -> Iterator[Printed]:
    """The numbers that a slip leaves in place of one, each of another value."""
    for text in dict.fromkeys(SLIPS[id].make(number, others)):
        other = printed(text)
        if other and other.value != number.value:
            yield other


def explaining(
    answered: Printed,
    value: Fraction,
    beside: Beside = NOTHING,
    among: Iterable[str] | None = None,
) -> Iterator[str]:
    """The slips with which the value becomes the number; none where it is the number."""
    if abs(answered.value - value) > answered.unit + beside.slack:
        for id in SLIPS if among is None else among:
            if SLIPS[id].explains(answered, value, beside):
                yield id


def explains(id: str, answered: Printed, value: Fraction, beside: Beside = NOTHING) -> bool:
    """Whether the number is not the value, and is the value with this slip."""
    return any(explaining(answered, value, beside, (id,)))


def named_slip(answered: Printed, value: Fraction, slack: Fraction) -> str:
    """The slip that explains a false result, which rounding takes no farther than ``slack``; else
    plain arithmetic."""
    return next(explaining(answered, value, Beside(slack=slack)), "arithmetic")


def _swapped(text: str) -> Iterator[str]:
    """Two neighbouring digits changed places; none moves across the point."""
    for n, (a, b) in enumerate(pairwise(text)):
        if a.isdigit() and b.isdigit() and a != b:
            yield text[:n] + b + a + text[n + 2 :]


def _dropped(text: str) -> Iterator[str]:
    """A decimal is left out, not the last nor a leading zero, of a number that is known again
    without it."""
    whole, _, decimals = text.partition(".")
    number = printed(text)
    if number and decimals.isdigit() and number.figures > DROPPED_FROM:
        for n in range(len(decimals) - 1):
            if (whole + decimals[: n + 1]).strip("-0"):
                yield f"{whole}.{decimals[:n]}{decimals[n + 1 :]}"


def without_a_decimal(value: Fraction, decimals: int) -> Iterator[Fraction]:
    """What so many decimals show where one of a number's is left out, not the last nor a leading
    zero."""
    unit = Fraction(10) ** -(decimals + 1)
    cut, size = int(abs(value) / unit), 1 if value > 0 else -1
    for shown in (cut, cut + 1):
        for place in (10**n for n in range(1, decimals + 1) if shown >= 10**n):
            yield size * (shown // (10 * place) * place + shown % place) * 10 * unit


def _moved(text: str) -> Iterator[str]:
    """The decimal point one or two places to either side."""
    for places in _PLACES:
        yield f"{Decimal(text).scaleb(places):f}"


def _coarser(text: str) -> Iterator[str]:
    """One or two digits fewer were kept; zeros stand in their places."""
    _, _, decimals = text.partition(".")
    for fewer in (1, 2):
        if decimals.isdigit() and len(decimals) > fewer:
            kept = Decimal(text).quantize(Decimal(1).scaleb(fewer - len(decimals)), ROUND_HALF_UP)
            yield f"{kept:f}" + "0" * fewer


def _off(text: str) -> Iterator[str]:
    """Another digit in one place."""
    for n, digit in enumerate(text):
        if digit.isdigit() and "e" not in text[:n]:
            for other in (int(digit) + step for step in (1, -1, 2, -2, 3)):
                if 0 <= other <= 9:
                    yield text[:n] + str(other) + text[n + 1 :]


def is_copy(answered: Printed, other: Fraction) -> bool:
    """Whether a number is this one."""
    return abs(answered.value - other) <= answered.unit / 2


def _was_swapped(answered: Printed, value: Fraction, beside: Beside) -> bool:
    swaps = filter(None, map(printed, _swapped(answered.text)))
    return any(abs(other.value - value) <= answered.unit + beside.slack for other in swaps)


def _was_dropped(answered: Printed, value: Fraction, beside: Beside) -> bool:
    known = answered.decimals and answered.figures >= DROPPED_FROM
    return bool(known) and answered.value in without_a_decimal(value, answered.decimals)


def _was_moved(answered: Printed, value: Fraction, beside: Beside) -> bool:
    unit = answered.unit or 1  # a point moved to the right may leave a plain integer
    return bool(answered.value) and any(
        abs(answered.value * scale - value) <= unit * scale + beside.slack for scale in _SCALES
    )


def _was_coarser(answered: Printed, value: Fraction, beside: Beside) -> bool:
    """What it comes from kept fewer digits, or it did itself, with zeros in their places."""
    if any(abs(answered.value - other) <= answered.unit for other in beside.early):
        return True
    units = [answered.unit * 10**n for n in (1, 2) if answered.unit and answered.decimals > n]
    cut = 0 < abs(answered.value) <= abs(value)  # or else rounded
    near = abs(answered.value - value) - answered.unit - beside.slack
    return any(not answered.value % u and near <= (u if cut else u / 2) for u in units)


_ROWS = (
    Slip("digits-swapped", lambda number, others: _swapped(number.text), _was_swapped),
    Slip("decimal-point", lambda number, others: _moved(number.text), _was_moved),
    Slip("digit-dropped", lambda number, others: _dropped(number.text), _was_dropped),
    Slip(
        "sign-lost",
        lambda number, others: iter(
            (number.text[1:] if number.text[0] in "+-" else f"-{number.text}",)
        ),
        lambda answered, value, beside: abs(answered.value + value) <= answered.unit + beside.slack,
    ),
    Slip(
        COPIED,
        lambda number, others: (other.text for other in others),
        lambda answered, value, beside: any(is_copy(answered, other) for other in beside.others),
    ),
    Slip(
        "rounded-early",
        lambda number, others: _coarser(number.text),
        _was_coarser,
    ),
    Slip(
        "arithmetic",
        lambda number, others: _off(number.text),
        lambda answered, value, beside: False,
    ),
)

SLIPS: Mapping[str, Slip] = MappingProxyType({row.id: row for row in _ROWS})
