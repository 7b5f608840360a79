"""Random problems: small networks of every kind, with numbers as people write them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import oracle
from hypothesis import strategies as st

from tutor.numeric.rounding import KIND_NAMES, Digits, Rounding
from tutor.problem.notation import NOTATIONS
from tutor.problem.problem import OwnName, Pattern, Problem
from tutor.symbolic.activations import Activation
from tutor.symbolic.network import Bias, Layer, Network, layer_names, unit_names
from tutor.symbolic.quantity import DE_DNET, DE_DO, LOCAL, NET, O, Quantity

SIGMOID = Activation("sigmoid")
ELEMENTWISE = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus", "linear")
PARAMETERS = {"leaky_relu": (None, "0.1", "1/3"), "elu": (None, "0.5", "2/3")}
SQUARED = ("half_sse", "sse", "mse")
OTHERS = ("1/3", "-2/3", "3/7", "-1/2", "9/8", "1/10", "2.5e-3", "-5E-1", ".5", "-0.0", "2.")
"""What people write beside plain decimals."""


def numbers(low: int, high: int) -> st.SearchStrategy[str]:
    """From low to high hundredths, with two decimals, one or none, or as a fraction."""
    whole = [str(n) for n in range(-(-low // 100), high // 100 + 1)]
    others = [text for text in OTHERS if low <= 100 * Fraction(text) <= high]
    return st.one_of(
        st.integers(low, high).map(lambda n: f"{n / 100:.2f}"),
        st.integers(-(-low // 10), high // 10).map(lambda n: f"{n / 10:.1f}"),
        st.sampled_from(whole + others),
    )


WEIGHTS = numbers(-150, 150)
INPUTS = numbers(-200, 200)
PROBABILITIES = numbers(0, 100)
ONE_OF_TWO = st.sampled_from([("1", "0"), ("0", "1"), ("0.25", "0.75"), ("1/3", "2/3")])
FEW_DIGITS = st.builds(Digits, st.integers(2, 6), st.booleans())
NONE = st.none()
ROUNDINGS = st.builds(
    Rounding,
    FEW_DIGITS,
    st.one_of(
        st.just(()),
        st.tuples(st.tuples(st.sampled_from(sorted(set(KIND_NAMES.values()))), FEW_DIGITS)),
    ),
)


def shape(
    sizes: tuple[int, ...],
    bias: Bias = Bias.EACH,
    loss: str = "half_sse",
    function: Activation = SIGMOID,
) -> Network:
    """A network with the same function everywhere, but for softmax at the end of a cce."""
    layers = [
        Layer(name, unit_names(name, size), (function,) * size, bias)
        for name, size in zip(layer_names(len(sizes) - 1), sizes[1:], strict=True)
    ]
    if loss == "cce":
        layers[-1] = replace(layers[-1], activations=(Activation("softmax"),) * sizes[-1])
    return Network(unit_names("x", sizes[0]), tuple(layers), loss)


def two_two_two(*, batch: bool) -> Problem:
    """Sigmoid units, no two numbers of which are alike; one pattern, or the mean over two."""
    network = shape((2, 2, 2))
    starts = (15, -20, 25, 30, 35, 40, 45, 50, -55, 60, 65, 70)
    texts = [f"{n / 100:.2f}" for n in starts]
    rows = [(("0.05", "0.10"), ("0.01", "0.99")), (("0.60", "-0.35"), ("0.80", "0.15"))]
    shown = tuple(Pattern(*row) for row in rows[: 1 + batch])
    parameters = dict(zip(network.parameters, texts, strict=True))
    return Problem(network, parameters, shown, batch=batch, mean=batch)


@st.composite
def activations(draw: st.DrawFn, size: int) -> tuple[Activation, ...]:
    """The same for all units, or one a unit."""
    count = draw(st.sampled_from((1, size)))
    names = draw(st.lists(st.sampled_from(ELEMENTWISE), min_size=count, max_size=count))
    own = [draw(st.sampled_from(PARAMETERS.get(name, (None,)))) for name in names]
    return tuple(map(Activation, names, own)) * (size // count)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Up to 3-3-2, with up to three hidden layers of up to three units."""
    hidden = draw(st.lists(st.integers(1, 3), max_size=3))
    sizes = (*hidden, draw(st.integers(1, 2)))
    loss = draw(st.sampled_from((*SQUARED, "bce", "cce") if sizes[-1] > 1 else (*SQUARED, "bce")))
    ends = {"bce": "sigmoid", "cce": "softmax"}
    layers = []
    for n, (name, size) in enumerate(zip(layer_names(len(sizes)), sizes, strict=True), 1):
        last = n == len(sizes) and loss in ends
        functions = (Activation(ends[loss]),) * size if last else draw(activations(size))
        bias = draw(st.sampled_from(Bias))
        layers.append(Layer(name, unit_names(name, size), functions, bias))
    return Network(unit_names("x", draw(st.integers(1, 3))), tuple(layers), loss)


@st.composite
def patterns(draw: st.DrawFn, network: Network) -> Pattern:
    """Inputs, and targets that fit the loss."""
    outputs = len(network.outputs)
    inputs = tuple(draw(INPUTS) for _ in network.inputs)
    if network.loss_name == "cce":
        return Pattern(inputs, draw(ONE_OF_TWO))
    targets = PROBABILITIES if network.loss_name == "bce" else INPUTS
    return Pattern(inputs, tuple(draw(targets) for _ in range(outputs)))


def problems(
    rounding: st.SearchStrategy[Rounding | None] = NONE, *, most: int = 3
) -> st.SearchStrategy[Problem]:
    """Any problem: one to ``most`` patterns, stochastic or batch, with or without updates."""
    return _problems(rounding, most).filter(_settles)


def _settles(problem: Problem) -> bool:
    """Whether no value grows without bounds."""
    with np.errstate(all="ignore"):
        return all(abs(value) < 1e4 for value in oracle.values(problem).values())


@st.composite
def _problems(draw: st.DrawFn, rounding: st.SearchStrategy[Rounding | None], most: int) -> Problem:
    network = draw(networks())
    shown = tuple(draw(st.lists(patterns(network), min_size=1, max_size=most)))
    units = [j for layer in network.layers for j in layer.units]
    renamed = draw(st.lists(st.sampled_from([DE_DO, DE_DNET]), max_size=2, unique=True))
    rate = draw(st.none() | numbers(1, 50))
    batch = draw(st.booleans())
    return Problem(
        network,
        {q: draw(WEIGHTS) for q in network.parameters},
        shown,
        learning_rate=rate,
        momentum=rate and draw(st.none() | numbers(1, 99)),
        batch=batch,
        mean=batch and draw(st.booleans()),
        epochs=draw(st.integers(1, 2)) if most > 1 else 1,
        update_biases=draw(st.booleans()),
        rounding=draw(rounding),
        show=Digits(draw(st.integers(3, 9)), draw(st.booleans())),
        notation=draw(st.sampled_from(sorted(NOTATIONS))),
        names=tuple(
            OwnName(f"Err{n}", kind(draw(st.sampled_from(units))), draw(st.sampled_from((1, -1))))
            for n, kind in enumerate(renamed)
        ),
    )


@st.composite
def stated(draw: st.DrawFn, rounding: st.SearchStrategy[Rounding | None] = NONE) -> Problem:
    """A problem whose question states some of the values between the inputs and the error."""
    problem = draw(problems(rounding, most=1))
    network = problem.network
    units = [j for layer in network.layers for j in layer.units]
    hidden = [j for layer in network.layers if not layer.softmax for j in layer.units]
    may_be: list[Quantity] = [kind(j) for j in units for kind in (NET, O, DE_DO, DE_DNET)]
    may_be += [LOCAL(j, j) for j in hidden]
    chosen = draw(st.lists(st.sampled_from(may_be), min_size=1, max_size=3, unique=True))
    given = {q: draw(numbers(1, 99)) for q in chosen}
    return replace(problem, given=given)
