"""Statements side by side without a comma: ``net_o2 = 1.2249 out_o2 = 0.7729``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from tutor.marking.claim import Claim, Text
from tutor.marking.names import whole
from tutor.marking.printed import Printed, printed

_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
_BESIDE = re.compile(
    rf"({_NUMBER})\s+(?:(?:so|then|thus|hence|therefore|also|dann|daher)\s+)*([^\W\d].{{0,60}})"
)
OneFormula = Callable[[Printed, str, Printed, bool], bool]
"""Whether a number, a name behind it and the number they are said to equal are one formula, a
product or a chain of equals signs, and no two statements."""


def parted(claim: Claim, one_formula: OneFormula) -> Iterator[Claim]:
    """A claim cut where a number is followed by the name of another statement."""
    if len(claim.parts) < 3 or claim.index or claim.flaw:
        yield claim
        return
    start, told = 0, [claim.parts[0]]
    for n, part in enumerate(claim.parts[1:], 1):
        found = _named(claim.parts, n)
        after = _number_after(claim.parts, n + 1) if found else None
        if found is None or (
            after and one_formula(found.number, found.name.text, after, found.chained)
        ):
            told.append(part)
            continue
        if not found.chained:
            told.append(_before(part))
        yield replace(claim, parts=tuple(told), lines=claim.lines[start : start + len(told)])
        start, told = n, [found.name]
    yield replace(claim, parts=tuple(told), lines=claim.lines[start:]) if start else claim


class _Named(NamedTuple):
    """A number, the name behind it, and whether an equals sign or an arrow stands between."""

    number: Printed
    name: Text
    chained: bool


def _named(parts: Sequence[Text], n: int) -> _Named | None:
    """The name that begins in a part and has something to equal behind it."""
    if n == len(parts) - 1:
        return None
    match = _BESIDE.fullmatch(parts[n].text)
    if match and (number := printed(match[1])) and whole(match[2]):
        return _Named(number, parts[n].cut(*match.span(2)), False)
    if n > 1 and (number := printed(parts[n - 1].text)) and whole(parts[n].text):
        return _Named(number, parts[n], True)
    return None


def _before(part: Text) -> Text:
    """The number that a part begins with."""
    match = _BESIDE.fullmatch(part.text)
    return part.cut(*match.span(1)) if match else part


def _number_after(parts: Sequence[Text], n: int) -> Printed | None:
    """The next number that a chain comes to."""
    return next((number for part in parts[n:] if (number := printed(_before(part).text))), None)
