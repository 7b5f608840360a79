"""Options that change a recipe."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

KEYS = {
    "layers": "Units a layer, inputs first, as in 2-2-1.",
    "activation": "One word, or one a layer: [relu, softmax].",
    "loss": "half_sse, sse, mse, bce or cce.",
    "biases": "none, shared or each.",
    "patterns": "How many.",
    "learning_rate": 'A number, [0.1, 0.2], or "0.1 to 0.9 by 0.1".',
    "difficulty": "easy, medium or hard.",
    "digits": "What the student keeps: 4 figures, 4 decimals.",
    "rounding": "Round every step: 4 decimals, or none.",
    "ask": "What is asked: [dE/dw_h1_x1].",
    "mistakes": "Those that must show: [one-path, factor-2].",
    "except": "Those that need not.",
    "title": "Printed at the top.",
}
"""Keys of a recipe that an option changes."""


def CHANGES(command: F) -> F:
    """The options, on a command."""
    for key, help in reversed(KEYS.items()):
        option = f"--{key.replace('_', '-')}"
        command = click.option(option, key, metavar="VALUE", help=help)(command)
    return command


def changed_keys(options: Mapping[str, str | None]) -> dict[str, str]:
    """The keys of a recipe that a command line changes, as YAML."""
    return {key: value for key, value in options.items() if value is not None}
