"""E in planes through random directions, as in Li et al. 2018, Visualizing the Loss Landscape of
Neural Nets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from tutor.errors import InputError
from tutor.numeric.batch import Array
from tutor.plots.asked import Asked
from tutor.plots.landscape import Landscape, check_finite
from tutor.solving import Solved
from tutor.symbolic.activations import SOFTMAX, Activation
from tutor.symbolic.derivation import derive
from tutor.symbolic.network import Bias, Layer, Network, layer_names, unit_names
from tutor.symbolic.quantity import Kind, T, X

POINTS = 61
REACH = 1.0
SHAPES = ((8,), (2, 2, 2, 2))
"""Hidden layers of what is compared, the shallow one first."""
TANH = Activation("tanh")


@dataclass(frozen=True)
class Cut:
    """E at the weights plus a times one direction plus b times another."""

    land: Landscape
    seed: int
    scaled: bool
    directions: Array
    """(2, P)"""
    ends: Array
    """(POINTS,): the values of a and of b"""
    errors: Array
    """(POINTS, POINTS), a row for each b"""
    error: float
    """E in the middle"""

    @property
    def lengths(self) -> tuple[float, float]:
        """How long the two directions are."""
        first, second = np.linalg.norm(self.directions, axis=1).tolist()
        return first, second

    @property
    def range(self) -> tuple[float, float]:
        """The smallest and the largest E of the cut."""
        return float(np.nanmin(self.errors)), float(np.nanmax(self.errors))


def cuts_of(solved: Solved, asked: Asked) -> list[Cut]:
    """One network, four planes: two seeds, each with scaled and with unscaled directions.

    Raises InputError where there are no two weights, or E cannot be computed.
    """
    land = Landscape.of(solved)
    if sum(q.kind is Kind.W for q in land.parameters) < 2:
        what = "this problem has one weight, and a plane has two directions"
        raise InputError("directions", what, "plot a slice")
    seeds = asked.seed, asked.seed + 1
    return [cut(land, seed, scaled) for scaled in (True, False) for seed in seeds]


def cut(land: Landscape, seed: int, scaled: bool) -> Cut:
    """The plane of one seed. Raises InputError where E has no value in it."""
    error = float(land.error(land.point))
    check_finite("directions", error)
    directions = drawn(land, seed)
    if scaled:
        directions = np.stack([scaled_to(land, direction) for direction in directions])
    ends = np.linspace(-REACH, REACH, POINTS)
    a, b = np.meshgrid(ends, ends)
    moved = a[..., None] * directions[0] + b[..., None] * directions[1]
    errors = land.error(land.point + moved)
    return Cut(land, seed, scaled, directions, ends, errors, error)


def drawn(land: Landscape, seed: int) -> Array:
    """Two directions (2, P) from the normal distribution; biases stay."""
    weights = np.array([q.kind is Kind.W for q in land.parameters])
    return np.where(weights, np.random.default_rng(seed).normal(size=(2, weights.size)), 0.0)


def scaled_to(land: Landscape, direction: Array) -> Array:
    """The direction, in which the weights into each unit are as long as the unit's own."""
    scaled = direction.copy()
    for places in neurons(land).values():
        long = np.linalg.norm(direction[places])
        if long:
            scaled[places] *= np.linalg.norm(land.point[places]) / long
    return scaled


def neurons(land: Landscape) -> Mapping[str, list[int]]:
    """Of each unit the places of the weights into it."""
    found: dict[str, list[int]] = {}
    for n, q in enumerate(land.parameters):
        if q.kind is Kind.W:
            found.setdefault(q.units[0], []).append(n)
    return found


def rebuilt(solved: Solved, hidden: tuple[int, ...], seed: int) -> Landscape:
    """The problem's inputs, outputs, loss and patterns with other hidden layers; every weight and
    bias drawn between -1 and 1."""
    land, network = Landscape.of(solved), solved.problem.network
    last = network.layers[-1]
    names = layer_names(len(hidden) + 1)
    inner = [
        Layer(name, unit_names(name, size), (hidden_function(network),) * size, Bias.EACH)
        for name, size in zip(names[:-1], hidden, strict=True)
    ]
    layers = (*inner, replace(last, name=names[-1], units=unit_names(names[-1], len(last.units))))
    other = Network(unit_names("x", len(network.inputs)), layers, network.loss_name)
    renamed = dict(zip(map(X, network.inputs), map(X, other.inputs), strict=True))
    renamed |= dict(zip(map(T, network.outputs), map(T, other.outputs), strict=True))
    data = tuple({renamed[q]: value for q, value in row.items()} for row in land.data)
    point = np.random.default_rng(seed).uniform(-1, 1, len(other.parameters))
    return Landscape(derive(other), other.parameters, point, data, land.mean)


def hidden_function(network: Network) -> Activation:
    """The transfer function of the first hidden unit, tanh where there is none."""
    first = network.layers[0].activations[0]
    return TANH if len(network.layers) == 1 or first.name == SOFTMAX else first
