"""What the names of a page say about its counting: a vector z1 makes z2 the next layer's."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import chain

from tutor.marking.claim import Claim, Line
from tutor.marking.common import INDEXED, OF_HIDDEN, OF_OUTPUTS
from tutor.marking.indices import Counting, counts_layers, running
from tutor.symbolic.descent import Run
from tutor.symbolic.network import Network
from tutor.symbolic.quantity import Kind

_BIASES = frozenset(INDEXED[Kind.B].split())
_LETTERS = _BIASES.union(
    *(INDEXED[kind].split() for kind in (Kind.NET, Kind.O, Kind.DE_DNET)),
    OF_OUTPUTS.split(),
    OF_HIDDEN.split(),
)
"""What may have a layer's index."""
_NAME = re.compile(
    r"(?:d[ejlc]?/d|nabla_?|grad_?)?(?P<base>[a-z]+)_?\^?(?P<above>[\[(])?(?P<index>\d{1,2})[\])]?"
    r"(?:_\d+)?"
)
_WEIGHT = re.compile(r"(?:d[ejlc]?/d|delta_?|d)?w_?\{?(\d),?_?(\d)\}?(?:_?new|'|\+)?")


def ways_to_count(run: Run, lines: Sequence[Line], *, labelled: bool) -> Iterator[Counting]:
    """The ways in which a page may count, the likelier first; ``labelled`` says that the problem
    itself has numbers for its units."""
    network = run.derivation.network
    claims = [claim for line in lines for claim in line.claims]
    layered = _layered(network, claims, several=run.schedule.patterns > 1)
    numbers = () if labelled or layered else set(chain.from_iterable(map(_numbers, claims)))
    for inputs in (True, False):
        if _last(network, from_inputs=inputs) in numbers:
            yield from (Counting(first, inputs, running=True) for first in (False, True))
            return
    layers = (False, True) if layered or counts_layers(network) else (False,)
    yield from (Counting(first, above, layered) for first in (False, True) for above in layers)


def _layered(network: Network, claims: Sequence[Claim], *, several: bool) -> frozenset[str]:
    """The letters whose index is a layer's: those of vectors with one, and of names with an upper
    index in brackets, round ones only where there are not ``several`` patterns; then the others
    too, but for those that count units."""
    rows = network.sizes[1:]
    if 1 not in rows:
        return frozenset()
    told, single = set(), set()
    for claim in claims:
        match = _NAME.fullmatch(claim.parts[0].text.strip().casefold())
        base = _letter(match["base"]) if match else ""
        if not match or not base:
            continue
        above = match["above"] == "[" or (match["above"] and not several)
        if above or (claim.index and math.prod(claim.shape) in rows):
            told.add(base)
        elif not (claim.index or match["above"]):
            single.add((base, match["index"]))
    if not told and set(rows) == {1}:
        told = {base for base, index in single if index == "2"}
    counting_units = {base for base, index in single if index == "1"} if rows[0] > 1 else set()
    if told <= _BIASES:
        return frozenset(told)
    return _LETTERS - (counting_units - told)


def _letter(base: str) -> str:
    """The letter of a name, also of a slope by it: b of db1."""
    if base in _LETTERS:
        return base
    return base[1:] if base[0] == "d" and base[1:] in _LETTERS else ""


def _last(network: Network, *, from_inputs: bool) -> str:
    """The number of the last unit, counted through, where it is no other one's and no layer's."""
    last = len(running(network, from_inputs=from_inputs))
    rows = network.sizes if from_inputs else network.sizes[1:]
    return str(last) if last > max(*rows, len(rows)) else ""


def _numbers(claim: Claim) -> Iterator[str]:
    """The numbers of units that a left side names."""
    name = claim.parts[0].text.strip().casefold()
    if match := _WEIGHT.fullmatch(name):
        yield from match.groups()
    elif (match := _NAME.fullmatch(name)) and _letter(match["base"]) and not match["above"]:
        yield match["index"]
