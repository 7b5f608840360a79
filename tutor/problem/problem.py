"""A problem: a network, its numbers as they were written, and what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tutor.numeric.figures import SHOWN
from tutor.numeric.rounding import Digits, Rounding
from tutor.problem.worth import Scheme
from tutor.symbolic.network import Network
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of data; a number that the question does not tell is None."""

    inputs: tuple[str | None, ...]
    targets: tuple[str | None, ...] | None = None
    place: tuple[int, int] = field(default=(0, 0), compare=False)
    """line and column in the file, for messages"""


@dataclass(frozen=True, slots=True)
class OwnName:
    """A name that the source uses; ``sign`` is -1 where it means minus the quantity."""

    text: str
    quantity: Quantity
    sign: int = 1


@dataclass(frozen=True)
class Problem:
    """Everything that a problem file says. Numbers are the texts they were written in."""

    network: Network
    parameters: Mapping[Quantity, str]
    """every weight and bias that is told"""
    patterns: tuple[Pattern, ...]
    title: str = ""
    source: str = ""
    learning_rate: str | None = None
    momentum: str | None = None
    batch: bool = False
    mean: bool = False
    epochs: int = 1
    update_biases: bool = True
    rounding: Rounding | None = None
    show: Digits = SHOWN
    notation: str = "slides"
    names: tuple[OwnName, ...] = ()
    ask: tuple[str, ...] = ()
    """what is asked, as it was written; empty for everything"""
    given: Mapping[Quantity, str] = field(default_factory=dict)
    """values stated by the question, used whatever their formula gives"""
    marks: Scheme | None = None
    """what the answers are worth, where the file says it"""
    path: Path | None = None

    @property
    def where(self) -> str:
        """What an error about it begins with."""
        return str(self.path or self.title or "problem")

    @cached_property
    def schedule(self) -> Schedule:
        """The presentations and updates that this problem is about."""
        return Schedule(
            patterns=len(self.patterns),
            epochs=self.epochs,
            batch=self.batch,
            mean=self.batch and self.mean,
            rate=self.learning_rate is not None,
            momentum=self.momentum is not None,
            update_biases=self.update_biases,
            again=self.network.loss is not None and not self.given,
        )
