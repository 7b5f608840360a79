"""Updates and patterns that are counted in brackets behind names: ``o(2)``, ``δ^(2)``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from tutor.marking.claim import Claim, Line, Text
from tutor.marking.lexicon import Meanings
from tutor.marking.parse import name_of
from tutor.symbolic.quantity import PARAMETERS, Kind
from tutor.symbolic.schedule import Schedule

OF_UPDATES = {*PARAMETERS, Kind.CHANGE}
"""What all patterns of a batch share."""
_BEGINS = r"(?<![\w.^])"
_COUNT = r"\((\d{1,2})\)"
_INDICES = r"(?:\{[\w,]+\}|,\w+)?"
_INDEXED = re.compile(rf"{_BEGINS}([^\W\d]\w{{0,20}}[_\d]\w{{0,20}}{_INDICES}|E){_COUNT}")
"""Where there are several layers, a number behind δ or above a name may be a layer's."""
_ANY = re.compile(rf"{_BEGINS}([^\W\d]\w*{_INDICES})\^?{_COUNT}")


def with_counts(
    lines: Sequence[Line], meanings: Meanings, schedule: Schedule
) -> Sequence[Line] | None:
    """The lines of a page with o[2] for o(2), the second update, or o[0.2], the second pattern of
    a batch; None where no left side has such a count."""
    most = schedule.epochs * schedule.patterns
    if most == 1:
        return None
    count = _ANY if len(meanings.network.layers) == 1 else _INDEXED
    left = (claim.parts[0] for line in lines for claim in line.claims if claim.parts)
    if not any(_counts(part, count, most, meanings) for part in left):
        return None

    def mark(match: re.Match[str]) -> str:
        kinds = {meaning.quantity.kind for meaning in meanings.find(match[1])}
        of_pattern = schedule.batch and schedule.patterns > 1 and kinds - OF_UPDATES
        return f"{match[1]}[{'0.' if of_pattern else ''}{match[2]}]"

    return [
        replace(line, claims=tuple(_marked(c, count, mark) for c in line.claims)) for line in lines
    ]


def _counts(part: Text, count: re.Pattern[str], most: int, meanings: Meanings) -> bool:
    """Whether a left side is a name with a count behind it, and no name as a whole."""
    match = count.fullmatch(part.text)
    if not match or not 0 < int(match[2]) <= most:
        return False
    name = name_of(part) or part.text
    return not meanings.find(name) and bool(meanings.find(match[1]))


def _marked(claim: Claim, count: re.Pattern[str], mark: Callable[[re.Match[str]], str]) -> Claim:
    return replace(claim, parts=tuple(part.replaced(count, mark) for part in claim.parts))
