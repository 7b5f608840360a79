"""Draws that are the same on every machine: rows of choices, from a hash and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from tutor.practice.recipe import Recipe

BLOCK = 1024
"""Rows of one block."""
Picks = npt.NDArray[np.int64]
"""A row a draw, a column a column of the recipe: which choice is taken."""


def blocks(recipe: Recipe, stream: str) -> Iterator[Picks]:
    """Endless draws. A stream has its own; rows before it do not change a row."""
    counts = np.array([len(column.choices) for column in recipe.columns], dtype=np.uint64)
    n = 0
    while True:
        key = recipe.digest + f"{stream}/{n}".encode()
        raw = hashlib.shake_256(key).digest(4 * BLOCK * len(counts))
        words = np.frombuffer(raw, dtype="<u4").reshape(BLOCK, len(counts)).astype(np.uint64)
        yield ((words * counts) >> np.uint64(32)).astype(np.int64)
        n += 1
