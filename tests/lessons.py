"""Random problems of every kind, as a class is given them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random

import networks

from tutor.problem.notation import NOTATIONS
from tutor.problem.problem import OwnName, Pattern, Problem
from tutor.symbolic.activations import Activation
from tutor.symbolic.derivation import derive
from tutor.symbolic.descent import Run, run
from tutor.symbolic.network import Bias, Network
from tutor.symbolic.quantity import ETA, MU, Kind, Quantity, T, X


def _network(
    sizes: tuple[int, ...], loss: str, bias: Bias, hidden: str = "sigmoid", last: str = "sigmoid"
) -> Network:
    """Hidden layers of one function, and a last layer of another."""
    network = networks.shape(sizes, bias, loss, Activation(hidden))
    *below, top = network.layers
    if loss != "cce":
        top = replace(top, activations=(Activation(last),) * sizes[-1])
    return replace(network, layers=(*below, top))


NETWORKS = (
    _network((2, 2, 2), "half_sse", Bias.EACH),
    _network((2, 2, 2), "half_sse", Bias.SHARED),
    _network((2, 2, 1), "half_sse", Bias.EACH, "tanh", "linear"),
    _network((2, 3, 1), "sse", Bias.NONE, "sigmoid", "tanh"),
    _network((2, 2, 2), "mse", Bias.EACH, "relu", "linear"),
    _network((3, 2, 2), "bce", Bias.SHARED, "tanh"),
    _network((2, 2, 1), "bce", Bias.EACH, "relu"),
    _network((2, 2, 2), "cce", Bias.EACH, "tanh"),
    _network((3, 3), "cce", Bias.EACH),
    _network((2, 2, 2, 1), "half_sse", Bias.EACH, "leaky_relu"),
    _network((2, 2, 2, 2), "half_sse", Bias.NONE),
    _network((1, 1, 1, 1), "half_sse", Bias.NONE),
    _network((2, 2, 2), "sse", Bias.EACH, "elu", "sigmoid"),
    _network((2, 2, 1), "half_sse", Bias.EACH, "softplus", "sigmoid"),
    _network((3, 1), "half_sse", Bias.NONE, "linear", "linear"),
)
Plans = tuple[dict[str, object], ...]
SCHEDULES: Plans = (
    {"patterns": 1, "rate": False},
    {"patterns": 1},
    {"patterns": 1},
    {"patterns": 1, "epochs": 2, "momentum": "0.9"},
    {"patterns": 2},
    {"patterns": 2, "batch": True},
    {"patterns": 2, "batch": True, "mean": True},
)
SHORT = SCHEDULES[:3]
"""One pattern, once: pages that are marked fast."""


def _hundredths(random: Random, low: int, high: int) -> str:
    while True:
        n = random.randint(low, high)
        if n:
            return f"{n / 100:.2f}" if random.random() < 0.6 else f"{round(n, -1) / 100 or 0.1:.1f}"


def _targets(random: Random, network: Network) -> tuple[str, ...]:
    count = len(network.outputs)
    if network.loss_name == "cce":
        hot = random.randrange(count)
        return tuple("1" if n == hot else "0" for n in range(count))
    if network.loss_name == "bce":
        return tuple(random.choice(("0", "1", "0.2", "0.9")) for _ in range(count))
    return tuple(_hundredths(random, 1, 99) for _ in range(count))


def random_problem(
    random: Random, network: Network | None = None, plans: Plans = SCHEDULES
) -> Problem:
    """A small network with numbers as people write them."""
    network = network or random.choice(NETWORKS)
    plan = dict(random.choice(plans))
    own: tuple[OwnName, ...] = ()
    if random.random() < 0.2:
        weights = [q for q in network.parameters if q.kind is Kind.W]
        own = tuple(OwnName(f"w{n}", q) for n, q in enumerate(weights, 1))
    return Problem(
        network,
        {q: _hundredths(random, -95, 95) for q in network.parameters},
        tuple(
            Pattern(
                tuple(_hundredths(random, -120, 150) for _ in network.inputs),
                _targets(random, network),
            )
            for _ in range(int(str(plan["patterns"])))
        ),
        learning_rate=random.choice(("0.1", "0.5", "0.2", "1")) if plan.get("rate", True) else None,
        momentum=str(plan["momentum"]) if "momentum" in plan else None,
        batch=bool(plan.get("batch")),
        mean=bool(plan.get("mean")),
        epochs=int(str(plan.get("epochs", 1))),
        notation=random.choice(sorted(NOTATIONS)),
        names=own,
    )


@cache
def run_of(network: Network, schedule: object) -> Run:
    """The steps of a shape, derived once."""
    return run(derive(network), schedule)  # type: ignore[arg-type]


def given_in(problem: Problem, solving: Run) -> dict[Quantity, str]:
    """The stated numbers under their names in the run."""
    found = dict(problem.parameters)
    if problem.learning_rate:
        found[ETA] = problem.learning_rate
    if problem.momentum:
        found[MU] = problem.momentum
    for update in solving.updates:
        for shown in update.presentations:
            pattern = problem.patterns[shown.pattern - 1]
            for i, text in zip(problem.network.inputs, pattern.inputs, strict=True):
                found[X(i).marked(shown.at)] = text or ""
            for j, text in zip(problem.network.outputs, pattern.targets or (), strict=True):
                found[T(j).marked(shown.at)] = text or ""
    return found
