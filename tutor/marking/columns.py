"""The names over the columns of a table of numbers, as a page with a line for each reads them."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.marking.bind import Binder
from tutor.marking.frame import Frame
from tutor.marking.lexicon import EXACTLY
from tutor.marking.lines import read_lines
from tutor.marking.readings import left_sides
from tutor.marking.statement import Statement
from tutor.symbolic.quantity import Quantity

SAMPLE = "0.123456789012"
"""A number that is nobody's."""


def columns(
    frame: Frame, names: Sequence[str], notation: str | None = None
) -> tuple[Quantity, ...] | None:
    """The quantity of each column, where that does not depend on the numbers and none stands twice;
    else None."""
    meanings = frame.meanings(notation or frame.solved.problem.notation)
    lines = read_lines("\n".join(f"{name} = {SAMPLE}" for name in names))
    if not all(meanings.knows(name) == EXACTLY for name in left_sides(lines)):
        return None
    binder = Binder(frame, meanings, ())
    found = []
    for n, line in enumerate(lines, 1):
        sure = all(map(binder.certain, left_sides((line,))))
        made = binder.bind((line,)).statements
        if not sure or len(made) != 1 or made[0].line != n or not _plain(frame, made[0]):
            return None
        found += [one.quantity for one in made if one.quantity]
    return tuple(found) if len(set(found)) == len(names) else None


def _plain(frame: Frame, made: Statement) -> bool:
    """Whether a line says of one quantity that it is the number that is written."""
    written = [part.text.strip() for part in made.parts] == [SAMPLE]
    known = made.quantity in frame.truth and made.scale == 1
    return written and known and not (made.loose or made.own or made.bound)
