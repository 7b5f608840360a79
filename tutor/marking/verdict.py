"""What marking says of a working: a verdict a statement, and the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tutor.marking.claim import Line
from tutor.marking.printed import Printed
from tutor.numeric.figures import PutIn
from tutor.solving import Solved
from tutor.symbolic.formula import Formula
from tutor.symbolic.quantity import Quantity


class Kind(StrEnum):
    """How a statement stands."""

    CORRECT = "correct"
    CARRIED = "carried"
    WRONG = "wrong"
    UNREAD = "unread"
    UNMARKED = "unmarked"


@dataclass(frozen=True, slots=True)
class Cause:
    """A known mistake that gives the student's number."""

    id: str
    """its row in the table of mistakes"""
    at: Quantity
    """the step where it was made: the statement's own, or one before it that is not written"""
    value: float
    """what the mistake gives with the student's own numbers"""
    words: Mapping[str, str | Quantity | Formula] = field(default_factory=dict)
    """what its sentence may name: the path that was kept, the number that was meant"""

    @property
    def ids(self) -> tuple[str, ...]:
        """Its mistakes one by one: two that were made together are joined by a plus."""
        return tuple(self.id.split("+"))


@dataclass(frozen=True, slots=True)
class Equation:
    """Two neighbouring parts of a line."""

    left: str
    right: str
    column: int
    """where the right part stands, from 1"""
    holds: bool
    left_value: float | None = None
    right_value: float | None = None
    copied: tuple[str, str] | None = None
    """a number that was put in, and the one that the name stands for"""
    cause: str = ""
    """digits-swapped, sign-lost, decimal-point or arithmetic, where it does not hold"""
    start: int = 1
    """where the left part stands, from 1"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one statement."""

    line: int
    column: int
    end: int
    """its columns in the line, the first from 1, the last not included"""
    text: str
    name: str
    """the left side as it was written"""
    kind: Kind
    quantity: Quantity | None = None
    sign: int = 1
    """-1 where the student's name stands for minus the quantity"""
    answered: Printed | None = None
    comes_to: float | None = None
    """what a formula that stands in place of a number comes to"""
    expected: float | None = None
    expected_from_yours: float | None = None
    interval: tuple[float, float] | None = None
    """what a right method can print here from the student's own numbers"""
    seen: str = ""
    """full, rounded, own (right from a carried value) or formula (no number)"""
    slip: bool = False
    """the value stands, an equation of the line does not"""
    equations: tuple[Equation, ...] = ()
    blames: tuple[int, ...] = ()
    """the lines that a carried value follows from"""
    causes: tuple[Cause, ...] = ()
    cannot_tell: tuple[str, ...] = ()
    """mistakes whose number is the same at these digits, where the line shows no more than that"""
    goes_on: tuple[PutIn, str] | None = None
    """a wrong line with the student's own numbers put in, and what it comes to"""
    goes_on_own: bool = True
    """whether any of those numbers is the student's, or follows from one"""
    formula: Formula | None = None
    """how the quantity is defined; of a wrong line, by what the student has written"""
    message: str = ""
    """of an unread statement: what stops the reading"""


@dataclass(frozen=True, slots=True)
class Convention:
    """A choice of the student's course that was accepted, and the line that shows it."""

    id: str
    line: int
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Marked:
    """A working, marked."""

    solved: Solved
    lines: tuple[Line, ...]
    verdicts: tuple[Verdict, ...]
    first_wrong: int | None
    """the line of the first mistake"""
    notation: str
    conventions: tuple[Convention, ...] = ()
    trivial: tuple[int, ...] = ()
    """lines that an early mistake made trivial, so that they could not be tested"""

    @property
    def summary(self) -> dict[str, int]:
        """How many statements stand how."""
        return {kind.value: sum(v.kind is kind for v in self.verdicts) for kind in Kind}
