"""Updates and patterns that are counted in brackets behind names: ``o(2)``, ``δ^(2)``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tutor.marking.claim import Claim, Line, Text
from tutor.marking.lexicon import Meanings
from tutor.marking.parse import name_of
from tutor.symbolic.quantity import PARAMETERS, Kind
from tutor.symbolic.schedule import Schedule

OF_UPDATES = {*PARAMETERS, Kind.CHANGE}
"""What all patterns of a batch share."""
_BEGINS = r"(?<![\w.^])"
_COUNT = r"\((?P<n>\d{1,2})\)"
_INDICES = r"(?:\{[\w,]+\}|,\w+)?"
_INDEXED = re.compile(rf"{_BEGINS}(?P<name>[^\W\d]\w{{0,20}}[_\d]\w{{0,20}}{_INDICES}|E){_COUNT}")
"""Where there are several layers, a number behind δ or above a name may be a layer's."""
_ANY = re.compile(rf"{_BEGINS}(?P<name>[^\W\d]\w*{_INDICES})\^?{_COUNT}")
_ERROR = re.compile(
    rf"{_BEGINS}(?P<name>d[EJLC])_?\(?(?P<n>\d{{1,2}})\)?(?P<by>/d[^\W\d]\w*)(?![\w(\[])"
)
"""The slope of one pattern's error, where an error has no output's index."""
_OF_THE_UNIT = re.compile(
    rf"{_BEGINS}(?P<name>net|z|a|o|y|out|output|delta|err|error|E|e|L|J|s)_?(?P<n>\d{{1,2}})"
    r"(?![\w.(^\[])"
)
"""An index where there is only one unit."""


def with_counts(
    lines: Sequence[Line], meanings: Meanings, schedule: Schedule
) -> Sequence[Line] | None:
    """The lines of a page with o[2] for o(2), the second update, or o[0.2], the second pattern of
    a batch; None where no left side has such a count."""
    most = schedule.epochs * schedule.patterns
    if most == 1:
        return None
    left = [claim.parts[0] for line in lines for claim in line.claims if claim.parts]
    counts = [
        count
        for count in _ways(meanings, schedule)
        if any(_counts(part, count, most, meanings) for part in left)
    ]
    if not counts:
        return None

    def mark(match: re.Match[str]) -> str:
        found = match.groupdict()
        name = f"{match['name']}{found.get('by') or ''}"
        kinds = {meaning.quantity.kind for meaning in meanings.find(name)}
        of_pattern = schedule.batch and schedule.patterns > 1 and kinds - OF_UPDATES
        return f"{name}[{'0.' if of_pattern else ''}{match['n']}]"

    def marked(claim: Claim) -> Claim:
        parts = claim.parts
        for count in counts:
            parts = tuple(part.replaced(count, mark) for part in parts)
        return replace(claim, parts=parts)

    return [replace(line, claims=tuple(map(marked, line.claims))) for line in lines]


def _ways(meanings: Meanings, schedule: Schedule) -> Iterator[re.Pattern[str]]:
    """How a page of this problem may count."""
    network = meanings.network
    several = schedule.patterns > 1 and len(network.outputs) == 1
    if several:
        yield _ERROR
    yield _ANY if len(network.layers) == 1 else _INDEXED
    if several and len(network.layers) == 1:
        yield _OF_THE_UNIT


def _counts(part: Text, count: re.Pattern[str], most: int, meanings: Meanings) -> bool:
    """Whether a left side is a name with a count behind it, and no name as a whole."""
    match = count.fullmatch(part.text.strip())
    if not match or not 0 < int(match["n"]) <= most:
        return False
    name = name_of(part) or part.text
    stem = f"{match['name']}{match.groupdict().get('by') or ''}"
    return not meanings.find(name) and bool(meanings.find(stem))
