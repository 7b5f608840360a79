"""Independent of the engine: back-propagation in numpy, and the whole E as one expression."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import sympy

from tutor.problem.problem import Pattern, Problem
from tutor.symbolic.activations import Activation
from tutor.symbolic.network import Network

Array = npt.NDArray[np.float64]
Elementwise = Callable[[Array, float], Array]

AT_ZERO = 1e-12
"""A net input this near to 0 is 0 but for the floats: the convention f'(0) of ReLU applies."""


def sigmoid(n: Array, _: float = 0) -> Array:
    return 1 / (1 + np.exp(-n))


ACTIVATIONS: dict[str, tuple[Elementwise, Elementwise, float]] = {
    "sigmoid": (sigmoid, lambda n, _: sigmoid(n) * sigmoid(-n), 0),
    "tanh": (lambda n, _: np.tanh(n), lambda n, _: np.cosh(n) ** -2, 0),
    "relu": (
        lambda n, _: np.where(n > AT_ZERO, n, 0),
        lambda n, _: np.where(n > AT_ZERO, 1.0, 0),
        0,
    ),
    "leaky_relu": (
        lambda n, a: np.where(n > AT_ZERO, n, a * n),
        lambda n, a: np.where(n > AT_ZERO, 1.0, a),
        0.01,
    ),
    "elu": (
        lambda n, a: np.where(n > AT_ZERO, n, a * np.expm1(n)),
        lambda n, a: np.where(n > AT_ZERO, 1.0, a * np.exp(n)),
        1,
    ),
    "softplus": (lambda n, _: np.logaddexp(0, n), sigmoid, 0),
    "linear": (lambda n, _: n, lambda n, _: np.ones_like(n), 0),
}
"""f, f' and the parameter where a problem gives none."""

LOSSES: dict[str, tuple[Callable[[Array, Array], Array], Callable[[Array, Array], Array]]] = {
    "half_sse": (lambda t, o: (t - o) ** 2 / 2, lambda t, o: o - t),
    "sse": (lambda t, o: (t - o) ** 2, lambda t, o: 2 * (o - t)),
    "mse": (lambda t, o: (t - o) ** 2 / t.size, lambda t, o: 2 * (o - t) / t.size),
    "bce": (
        lambda t, o: -(t * np.log(o) + (1 - t) * np.log(1 - o)),
        lambda t, o: (o - t) / (o * (1 - o)),
    ),
    "cce": (lambda t, o: -t * np.log(o), lambda t, o: -t / o),
}
"""An output's part of E, and dE/do."""


@dataclass(frozen=True)
class Pass:
    """One pattern through the network and back; the gradients in the order of the parameters."""

    forward: dict[str, float]
    backward: dict[str, float]
    gradients: list[Array]


class Oracle:
    """The values of every net input, output, slope, gradient and new weight by their keys."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.network = problem, problem.network
        told = {q.key: number(text) for q, text in problem.parameters.items()}
        self.names: list[npt.NDArray[np.str_]] = []
        senders = self.network.inputs
        for layer in self.network.layers:
            self.names.append(np.array([[f"w_{j}_{i}" for i in senders] for j in layer.units]))
            owners = {"none": (), "each": layer.units, "shared": (layer.name,)}[layer.bias]
            self.names.append(np.array([f"b_{j}" for j in owners], dtype=str))
            senders = layer.units
        self.parameters = [np.vectorize(told.get, otypes=[float])(n) for n in self.names]

    def values(self) -> dict[str, float]:
        """The whole run."""
        found: dict[str, float] = {}
        problem, patterns = self.problem, list(enumerate(self.problem.patterns, 1))
        groups = [patterns] if problem.batch else [[one] for one in patterns]
        groups *= problem.epochs
        share = 1 / len(patterns) if problem.mean and problem.batch else 1.0
        before = [np.zeros_like(p) for p in self.parameters]
        rate, push = number(problem.learning_rate or "0"), number(problem.momentum or "0")
        for s, group in enumerate(groups, 1):
            mark = f"[{s}]" if problem.batch or len(groups) > 1 else ""
            marks = [f"[{s}.{p}]" if problem.batch else mark for p, _ in group]
            passes = [self.presented(pattern) for _, pattern in group]
            gradients = [
                share * np.sum(gs, axis=0)
                for gs in zip(*(one.gradients for one in passes), strict=True)
            ]
            for one, at in zip(passes, marks, strict=True):
                seen = one.forward | one.backward | dict(self.named(one.gradients, "dE/d{}"))
                found |= {key + at: value for key, value in seen.items()}
            found |= self.named(gradients, "dE/d{}" + mark)
            found[f"E{mark}"] = share * sum(one.forward["E"] for one in passes)
            if problem.learning_rate is None:
                continue
            before = [push * b - rate * g for b, g in zip(before, gradients, strict=True)]
            moved = [problem.update_biases or n.ndim == 2 for n in self.names]
            self.parameters = [
                p + b if move else p
                for p, b, move in zip(self.parameters, before, moved, strict=True)
            ]
            updated = [p if move else p[:0] for p, move in zip(self.parameters, moved, strict=True)]
            found |= self.named(updated, "{}_new" + mark)
            again = [self.presented(pattern).forward for _, pattern in group]
            for one_again, at in zip(again, marks, strict=True):
                found |= {f"{key}_new{at}": value for key, value in one_again.items()}
            found[f"E_new{mark}"] = share * sum(one_again["E"] for one_again in again)
        return found

    def named(self, arrays: Sequence[Array], pattern: str) -> Iterator[tuple[str, float]]:
        for names, array in zip(self.names, arrays, strict=True):
            for name, value in zip(names.flat, array.flat, strict=False):
                yield pattern.format(name), float(value)

    def presented(self, pattern: Pattern) -> Pass:
        """Forward and back with the present weights."""
        layers, loss = self.network.layers, LOSSES[self.network.loss_name or ""]
        sent = [np.array([number(text or "") for text in pattern.inputs])]
        target = np.array([number(text or "") for text in pattern.targets or ()])
        forward: dict[str, float] = {}
        backward: dict[str, float] = {}
        local: list[Array] = []
        weights, biases = self.parameters[::2], self.parameters[1::2]
        for layer, w, b in zip(layers, weights, biases, strict=True):
            net = w @ sent[-1] + (b if b.size else 0)
            o, jacobian = outputs(layer.activations, net)
            sent.append(o)
            local.append(jacobian)
            forward |= by_unit("net_{}", layer.units, net)
            forward |= by_unit("o_{}", layer.units, o)
        forward["E"] = float(loss[0](target, sent[-1]).sum())
        gradients: list[Array] = []
        dE_do = loss[1](target, sent[-1])
        for n, layer in reversed(list(enumerate(layers))):
            dE_dnet = local[n].T @ dE_do
            b = biases[n]
            gradients[:0] = [
                np.outer(dE_dnet, sent[n]),
                dE_dnet if b.size == dE_dnet.size else dE_dnet.sum(keepdims=True)[: b.size],
            ]
            backward |= by_unit("dE/do_{}", layer.units, dE_do)
            backward |= by_unit("dE/dnet_{}", layer.units, dE_dnet)
            dE_do = weights[n].T @ dE_dnet
        return Pass(forward, backward, gradients)


def by_unit(pattern: str, units: Sequence[str], vector: Array) -> dict[str, float]:
    """The elements of a layer's vector by their keys."""
    return {pattern.format(j): float(value) for j, value in zip(units, vector, strict=True)}


def outputs(activations: Sequence[Activation], net: Array) -> tuple[Array, Array]:
    """A layer's outputs and do_k/dnet_j."""
    if activations[0].name == "softmax":
        e = np.exp(net - net.max())
        o = e / e.sum()
        return o, np.diag(o) - np.outer(o, o)
    o, slope = np.empty_like(net), np.empty_like(net)
    for j, activation in enumerate(activations):
        f, df, default = ACTIVATIONS[activation.name]
        a = number(activation.parameter) if activation.parameter else default
        o[j], slope[j] = f(net[j], a), df(net[j], a)
    return o, np.diag(slope)


def number(text: str) -> float:
    """A number as it was written."""
    return float(Fraction(text))


def values(problem: Problem) -> dict[str, float]:
    """Every value of a problem by its key, with the marks of its updates."""
    return Oracle(problem).values()


class f(sympy.Function):  # type: ignore[misc]  # noqa: N801 - the field's name
    """f(unit, net): nothing is known of a unit's function but what its derivative is called."""

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        assert argindex == 2
        return slope(*self.args)


slope = sympy.Function("slope")


def letter(name: str) -> sympy.Symbol:
    return sympy.Symbol(name, real=True)


def whole_error(network: Network) -> sympy.Expr:
    """E as one expression in weights, biases, inputs and targets."""
    sent = {i: letter(i) for i in network.inputs}
    for layer in network.layers:
        bias = {"none": "", "each": "b_{0}", "shared": f"b_{layer.name}"}[layer.bias]
        nets = {
            j: sympy.Add(*(letter(f"w_{j}_{i}") * o for i, o in sent.items()))
            + (letter(bias.format(j)) if bias else 0)
            for j in layer.units
        }
        sent = {j: f(letter(j), net) for j, net in nets.items()}
        if layer.activations[0].name == "softmax":
            total = sympy.Add(*map(sympy.exp, nets.values()))
            sent = {j: sympy.exp(net) / total for j, net in nets.items()}
    n = len(sent)
    part = {
        "half_sse": lambda t, o: (t - o) ** 2 / 2,
        "sse": lambda t, o: (t - o) ** 2,
        "mse": lambda t, o: (t - o) ** 2 / n,
        "bce": lambda t, o: -(t * sympy.log(o) + (1 - t) * sympy.log(1 - o)),
        "cce": lambda t, o: -t * sympy.log(o),
    }[network.loss_name or ""]
    return sympy.Add(*(part(letter(f"t_{j}"), o) for j, o in sent.items()))
