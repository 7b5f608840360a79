"""Numbers are asked for, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.practice.posing.posed import Posed
from tutor.solving import Solved


@dataclass(frozen=True)
class Compute(Posed):
    """What the problem asks; the answer is its solution."""


def compute(solved: Solved, stream: str) -> Compute:
    """The problem as it is."""
    return Compute(solved)
