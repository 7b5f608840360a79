"""How large the learning rate may be: rates tried side by side, then between two of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tutor.numeric.batch import Array
from tutor.plots.descent import Descent
from tutor.plots.updates import Pick

EPOCHS = 10
WORK = 60
"""presentations of a run at most, but for a single epoch"""
TRIED = 49
REACH = 6.0
"""how often the problem's own rate is halved and doubled"""
BETWEEN = 32


@dataclass(frozen=True)
class Limit:
    """Up to which rate no epoch of one way ends with E above its start."""

    key: str
    """order, shuffled or batch"""
    errors: Array
    """(TRIED,): E after the last epoch at each rate"""
    stable: float | None
    """the largest rate up to which every tried one is stable; None where the first is not"""
    bounded: bool
    """whether a larger one was found that is not"""


@dataclass(frozen=True)
class Limits:
    """The limits of the ways of one problem."""

    rates: Array
    """(TRIED,)"""
    epochs: int
    start: float
    """E before the first update"""
    every: tuple[Limit, ...]


def limits_of(descent: Descent) -> Limits:
    """Each way's limit, measured from the problem's own start."""
    rates = descent.rate * 2.0 ** np.linspace(-REACH, REACH, TRIED)
    epochs = min(EPOCHS, max(1, WORK // descent.count))
    ways = {
        "order": descent.ordered(epochs),
        "shuffled": descent.shuffled(epochs, (descent.seed,)),
        "batch": descent.whole(epochs),
    }
    every = tuple(_limit(descent, key, picks, epochs, rates) for key, picks in ways.items())
    return Limits(rates, epochs, float(descent.land.error(descent.land.point)), every)


def _limit(descent: Descent, key: str, picks: Sequence[Pick], epochs: int, rates: Array) -> Limit:
    errors = _epochs(descent, picks, epochs, rates)
    good = _good(errors)
    if good.all() or not good[0]:
        return Limit(key, errors[-1], float(rates[-1]) if good.all() else None, not good.all())
    n = int(np.argmin(good))
    finer = np.geomspace(rates[n - 1], rates[n], BETWEEN)
    held = _good(_epochs(descent, picks, epochs, finer))
    held[0], held[-1] = True, False
    return Limit(key, errors[-1], float(finer[int(np.argmin(held)) - 1]), True)


def _epochs(descent: Descent, picks: Sequence[Pick], epochs: int, rates: Array) -> Array:
    """E at the start and after each epoch, (epochs + 1, rates)."""
    path = descent.run(picks, rates)[:: len(picks) // epochs]
    return descent.land.error(path)


def _good(errors: Array) -> Array:
    """Of each rate whether no epoch ends with E above its start."""
    good: Array = (errors[1:] <= errors[0]).all(axis=0)
    return good
