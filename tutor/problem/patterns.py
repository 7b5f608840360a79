"""The patterns of a problem file: rows of inputs and targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tutor.problem.numbers import WRONG, told, value
from tutor.problem.problem import Pattern
from tutor.problem.reading import Keys, in_order, length
from tutor.problem.yaml_tree import Items, Node, Notes, Pairs
from tutor.symbolic.network import Network

PROBABILITIES = ("bce", "cce")
"""Losses whose targets are some."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A pattern as read, and where it and its targets stand."""

    pattern: Pattern
    at: Node
    targets_at: Node | None


def counts(node: Node | None, what: str) -> list[int]:
    """How many inputs or targets each pattern lists, where it lists them."""
    lists = (
        length(value)
        for item in _items(node)
        for key, value in (item.pairs if isinstance(item, Pairs) else ())
        if key.text == what
    )
    return [count for count in lists if count]


def read_patterns(node: Node | None, network: Network, notes: Notes) -> Iterator[Shown]:
    """Every pattern, with a number for each input and each output."""
    items = _items(node)
    if node and not items:
        notes.flaw(node, "there are no patterns here", "a list: - {inputs: [1], targets: [0]}")
    for item in items:
        keys = Keys(item, notes, "a pattern", ("inputs", "targets"))
        inputs, targets = keys.node("inputs"), keys.node("targets")
        if isinstance(item, Pairs) and not inputs:
            notes.flaw(item, "this pattern has no inputs", "for example inputs: [0.5, 1]")
        pattern = Pattern(
            _numbers(inputs, network.inputs, notes) or (),
            _numbers(targets, network.outputs, notes),
            (item.line, item.column),
        )
        yield Shown(pattern, item, targets)


def _items(node: Node | None) -> tuple[Node, ...]:
    """A list of patterns, or a single one."""
    if isinstance(node, Items):
        return node.items
    return (node,) if isinstance(node, Pairs) else ()


def _numbers(
    node: Node | None, names: Sequence[str], notes: Notes
) -> tuple[str | None, ...] | None:
    if node is None:
        return None
    parts = in_order(node, names, notes)
    return tuple(told(part, notes) if part else WRONG for part in parts)


def check_targets(shown: Sequence[Shown], loss: str | None, notes: Notes) -> None:
    """The targets of a cross-entropy are probabilities; those of all classes add up to 1."""
    for one in shown:
        targets = one.pattern.targets
        if loss not in PROBABILITIES or not one.targets_at or not targets or not all(targets):
            continue
        values = [value(text) for text in targets if text]
        if not all(0 <= t <= 1 for t in values):
            notes.flaw(one.targets_at, f"a target of {loss} lies from 0 to 1", "as a probability")
        elif loss == "cce" and sum(values) != 1:
            total = _plain(sum(values, Fraction()))
            notes.flaw(one.targets_at, f"these targets add up to {total}", "with cce it must be 1")


def _plain(x: Fraction) -> str:
    """1.1, or 7/6 where the decimals do not end."""
    decimal = f"{float(x):.12g}"
    return decimal if Fraction(decimal) == x else str(x)
