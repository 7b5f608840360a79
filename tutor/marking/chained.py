"""Several names before one value: ``dE/dw1 = dE/dw2 = -0.0057`` says it of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import takewhile

from tutor.marking.claim import Claim, Text
from tutor.marking.common import Meaning
from tutor.marking.parse import name_of
from tutor.marking.values import number_of

Said = Callable[[str], tuple[Meaning, ...]]
"""What a left side may mean."""


def each_name(claim: Claim, said: Said) -> Iterator[Claim]:
    """The claim for every name that it begins with, where those are of one kind and of different
    units; else the claim as it is."""
    *before, last = claim.parts

    def meant(part: Text) -> tuple[Meaning, ...]:
        name = name_of(part)
        return said(name) if name else ()

    chain = len(before) > 1 and meant(before[1]) and not (claim.index or claim.flaw)
    if not chain or number_of(last.text) is None:
        yield claim
        return
    names = list(takewhile(meant, before))
    rest = claim.parts[len(names) :]
    found = [{(one.quantity.kind, one.quantity.units) for one in meant(part)} for part in names]
    different = len(set().union(*found)) == sum(map(len, found))
    kinds = [{kind for kind, _ in ones} for ones in found]
    if len(names) < 2 or not (different and set.intersection(*kinds)):
        yield claim
        return
    for n, name in enumerate(names):
        lines = (claim.lines[n], *claim.lines[len(names) :]) if claim.lines else ()
        yield replace(claim, parts=(name, *rest), lines=lines)
