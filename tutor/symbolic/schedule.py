"""When patterns are presented and weights change."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Schedule:
    """Who is presented when, and what follows from it."""

    patterns: int = 1
    epochs: int = 1
    batch: bool = False
    mean: bool = False
    """whether a batch divides by the number of patterns"""
    rate: bool = True
    """whether there is a learning rate, and so an update"""
    momentum: bool = False
    update_biases: bool = True
    again: bool = True
    """whether E is computed once more with the new weights"""
