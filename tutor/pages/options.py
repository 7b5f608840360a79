"""What a page shows."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.marking.marks import Override
from tutor.problem.blanks import Blank


@dataclass(frozen=True, slots=True)
class Options:
    """What a page shows."""

    derive: bool = False
    """how each slope comes about, line by line"""
    symbols: bool = False
    """formulas without numbers"""
    general: bool = False
    """with symbols: the rules for any f and any number of units instead of this shape"""
    brief: bool = False
    """only what is asked and what it needs"""
    sheet: bool = False
    """a blank line for every quantity instead of its solution"""
    pictures: tuple[str, ...] = ()
    """kinds of pictures that follow the solution"""
    blank: Blank | None = None
    """of a sheet: these lines are open, the others worked"""


@dataclass(frozen=True, slots=True)
class Marking:
    """What the page of a marked working shows."""

    hints: int = 0
    """instead of causes: 1 where to look, 2 which factor, 3 the formula"""
    values: bool = False
    """what the wrong lines come to"""
    solution: bool = False
    """the whole worked solution below"""
    show_reading: bool = False
    """the quantity that each line was read as"""
    each: bool = False
    """marks are deducted on every line where a mistake is made, not once"""
    rule: bool = True
    """below the causes of a wrong line its rule, with the student's own numbers in it"""
    overrides: tuple[Override, ...] = ()
    """what a teacher gives for lines of this working"""


WHOLE = Options()
"""The page as it is without options."""
FEEDBACK = Marking()
"""The page of a marked working as it is without options."""
