"""The numbers that may be drawn for one place: a list, or steps between two ends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from tutor.errors import quoted
from tutor.problem.numbers import WRONG, number
from tutor.problem.yaml_tree import UNTOLD, Items, Node, Notes, Scalar

Choices = tuple[str, ...]

_NUMBER = r"([+-]?\d{1,9}(?:\.\d{1,9})?)"
_STEPS = re.compile(rf"{_NUMBER} to {_NUMBER} by {_NUMBER}", re.ASCII)
MOST = 10_000
"""Numbers of one grid."""
TRIVIAL = (Decimal(0), Decimal(1), Decimal(-1))
"""Factors that save a multiplication: steps leave them out, a list may have them."""
AS_GRID = 'write a number, a list such as [0.1, 0.5], or "-0.9 to 0.9 by 0.1"'


def choices(node: Node, notes: Notes) -> Choices:
    """What a grid allows; none where a flaw has been noted."""
    if isinstance(node, Items):
        found = tuple(dict.fromkeys(number(item, notes) for item in node.items))
        if not found:
            notes.flaw(node, "there are no numbers here", AS_GRID)
        return () if WRONG in found else found
    if isinstance(node, Scalar):
        text = node.text.strip()
        if text == UNTOLD:
            return (UNTOLD,)
        if match := _STEPS.fullmatch(" ".join(text.split())):
            return _steps(node, notes, *map(Decimal, match.groups()))
        if " to " in text or " by " in text:
            notes.flaw(node, f"{quoted(text)} is no range", AS_GRID)
            return ()
    told = number(node, notes)
    return () if told == WRONG else (told,)


def _steps(node: Node, notes: Notes, low: Decimal, high: Decimal, step: Decimal) -> Choices:
    if step <= 0 or low >= high:
        notes.flaw(
            node, "this range has no numbers", "write low to high by step, as in 0 to 1 by 0.1"
        )
        return ()
    count = int((high - low) / step) + 1
    if count > MOST:
        notes.flaw(node, f"this range has {count} numbers", f"at most {MOST:,}")
        return ()
    values = [value for n in range(count) if (value := low + n * step) not in TRIVIAL]
    if not values:
        notes.flaw(node, "there are only 0, 1 and -1 here, which steps leave out", "write a list")
    return tuple(f"{value.normalize():f}" for value in values)


def _plain(low: str, high: str, step: str) -> Choices:
    notes = Notes()
    found = choices(Scalar(0, 0, f"{low} to {high} by {step}"), notes)
    assert found
    return found


SMOOTH: Mapping[str, tuple[Choices, Choices]] = {
    "easy": (_plain("-0.9", "0.9", "0.1"), _plain("0.1", "0.9", "0.1")),
    "medium": (_plain("-0.95", "0.95", "0.05"), _plain("-0.9", "0.9", "0.1")),
    "hard": (_plain("-0.99", "0.99", "0.01"), _plain("-0.95", "0.95", "0.05")),
}
"""Weights and inputs by difficulty."""
STRAIGHT: Mapping[str, tuple[Choices, Choices]] = {
    "easy": (_plain("-4", "4", "1"), _plain("2", "5", "1")),
    "medium": (_plain("-2.5", "2.5", "0.5"), _plain("-3", "4", "1")),
    "hard": (_plain("-2.75", "2.75", "0.25"), _plain("-2.5", "2.5", "0.5")),
}
"""The same where all units are ReLU or linear."""
TARGETS: Mapping[str, Choices] = {
    "sigmoid": _plain("0.1", "0.9", "0.1"),
    "tanh": _plain("-0.9", "0.9", "0.1"),
}
"""By the transfer function of the outputs; elsewhere what inputs may be."""
