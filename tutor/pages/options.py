"""What a page shows."""

from __future__ import annotations

from dataclasses import dataclass


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


WHOLE = Options()
"""The page as it is without options."""
