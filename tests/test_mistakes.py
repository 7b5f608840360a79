"""Known mistakes: every wrong formula comes to what mistakes.md's second column says."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import log10

import networks
import numpy as np
import oracle
import pytest
from hypothesis import given

from tutor.numeric.trace import Undefined, Values, evaluate
from tutor.problem.problem import Pattern, Problem
from tutor.solution import Solution, solve
from tutor.symbolic.activations import Activation
from tutor.symbolic.formula import Formula
from tutor.symbolic.mistakes import MISTAKES, mistaken, tags
from tutor.symbolic.network import Bias, Layer
from tutor.symbolic.quantity import At
from tutor.symbolic.rewrite import refs
from tutor.symbolic.step import Step

IDS = [
    "bias-left-out",
    "weights-transposed",
    "activation-left-out",
    "exponent-sign",
    "other-activation",
    "loss-factor",
    "loss-log10",
    "error-sign",
    "factor-2",
    "one-over-n",
    "error-for-slope",
    "slope-left-out",
    "slope-of-output",
    "slope-recipe-on-net",
    "other-slope",
    "half-slope",
    "slope-twice",
    "slope-of-error",
    "input-net",
    "input-weight",
    "input-left-out",
    "input-other",
    "bce-slope-again",
    "bce-slope-never",
    "bce-one-term",
    "softmax-diagonal",
    "updated-weights",
    "one-path",
    "error-for-delta",
    "transposed",
    "weights-left-out",
    "error-shared",
    "wrong-layer",
    "absolute-sum",
    "hidden-target",
    "output-slope-at-hidden",
    "gate-open",
    "bias-times-bias",
    "bias-times-input",
    "bias-summed",
    "bias-not-updated",
    "ascent",
    "eta-left-out",
    "momentum-left-out",
    "momentum-sign",
    "mu-left-out",
    "eta-in-gradient",
    "step-for-weight",
    "averaged-first",
    "stale-weights",
    "fresh-weights",
    "one-use",
]
"""What people are known to get wrong, but for slips."""

Value = float | Mapping[str, float]
"""What is computed instead; in each manner by its tag, where there are several."""


@dataclass(frozen=True)
class Here:
    """The true values where a step stands, from numpy."""

    problem: Problem
    found: Mapping[str, float]
    at: At

    def __call__(self, key: str) -> float:
        return self.found[key + str(self.at)]

    def during(self, key: str) -> float:
        """A value of this presentation, or of this update where the step makes a new weight."""
        return self.found[key + str(self.at._replace(new=False))]

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        return self.problem.network.layers

    def depth(self, j: str) -> int:
        """A layer by one of its units or its name; the inputs are -1."""
        names = [layer.name for layer in self.layers]
        return names.index(j) if j in names else self.problem.network.places[j][0] - 1

    def row(self, depth: int) -> tuple[str, ...]:
        return self.layers[depth].units if depth >= 0 else self.problem.network.inputs

    def behind(self, j: str) -> tuple[str, ...]:
        return self.row(self.depth(j) - 1)

    def beside(self, j: str) -> tuple[str, ...]:
        return self.row(self.depth(j))

    def above(self, j: str) -> tuple[str, ...]:
        return self.row(self.depth(j) + 1)

    def fed(self, j: str) -> list[str]:
        """The units that a bias belongs to."""
        return [j] if j not in [layer.name for layer in self.layers] else list(self.beside(j))

    @property
    def outputs(self) -> tuple[str, ...]:
        return self.row(len(self.layers) - 1)

    def s(self, i: str) -> float:
        """What unit i sends."""
        if i not in self.problem.network.inputs:
            return self("o_" + i)
        groups = len(self.problem.patterns)
        p = self.at.pattern or (max(self.at.update, 1) - 1) % groups + 1
        index = self.problem.network.inputs.index(i)
        return oracle.number(self.problem.patterns[p - 1].inputs[index] or "")

    def t(self, j: str) -> float:
        groups = len(self.problem.patterns)
        p = self.at.pattern or (max(self.at.update, 1) - 1) % groups + 1
        targets = self.problem.patterns[p - 1].targets or ()
        return oracle.number(targets[self.outputs.index(j)] or "")

    def w(self, *units: str) -> float:
        """A weight or bias as it is now."""
        key = "_".join(("w" if len(units) == 2 else "b", *units))
        update = max(self.at.update, 1) if self.at.new else self.at.update - 1
        mark = str(At(update if self.at.update else 0, 0, True))
        start = {q.key: text for q, text in self.problem.parameters.items()}
        first = update <= 0 and not self.at.new
        return (
            self.found.get(key + mark, oracle.number(start[key]))
            if not first
            else (oracle.number(start[key]))
        )

    def net(self, j: str) -> float:
        return self("net_" + j)

    def e(self, j: str) -> float:
        return self("dE/do_" + j)

    def g(self, j: str) -> float:
        return self("dE/dnet_" + j)

    def activation(self, j: str) -> Activation:
        depth = self.depth(j)
        return self.layers[depth].activations[self.row(depth).index(j)]

    def f(self, j: str, x: float, *, slope: bool = False, name: str = "") -> float:
        """A unit's function, or another, at x; or its slope there."""
        own = self.activation(j)
        parameter = None if name else own.parameter
        row = oracle.ACTIVATIONS[name or own.name]
        a = oracle.number(parameter) if parameter else row[2]
        return float(row[slope](np.array([x]), a)[0])

    def d(self, j: str) -> float:
        """f'(net_j)"""
        if self.activation(j).name == "softmax":
            return self.s(j) * (1 - self.s(j))
        return self.f(j, self.net(j), slope=True)

    def is_(self, j: str, *names: str) -> bool:
        return self.activation(j).name in names

    @property
    def eta(self) -> float:
        return oracle.number(self.problem.learning_rate or "0")

    @property
    def mu(self) -> float:
        return oracle.number(self.problem.momentum or "0")

    def moved(self, *units: str) -> float:
        """The change of a weight in the update before this one."""
        s, mine = self.at.update, "_".join(("w" if len(units) == 2 else "b", *units))
        if s < 2:
            return 0.0
        return self.found[f"{mine}_new[{s - 1}]"] - replace(self, at=At(s - 1)).w(*units)


def sigmoid(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))


OTHERS = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus")
SQUARED = ("half_sse", "sse", "mse")


def total(h: Here, j: str) -> float:
    """B_j"""
    return sum(h.w(k, j) * h.g(k) for k in h.above(j))


def numbered(xs: list[float]) -> dict[str, float]:
    return {str(n): x for n, x in enumerate(xs, 1)}


def paths(term: Callable[[Here, str, str], float]) -> dict[str, Callable[..., Value]]:
    """A row about w_kj g_k: in the sum, and in a term by itself."""
    return {
        "hidden-slope": lambda h, j: sum(term(h, j, k) for k in h.above(j)),
        "path": term,
    }


def own(term: Callable[[Here, str], float]) -> dict[str, Callable[..., Value]]:
    """A row about g_j: by itself, in a weight's gradient and in a bias's."""
    return {
        "net-slope": term,
        "gradient": lambda h, j, i: term(h, j) * h.s(i),
        "bias-gradient": lambda h, b: sum(term(h, j) for j in h.fed(b)),
    }


def anywhere(**by: float) -> Callable[[Callable[..., float]], Callable[..., Value]]:
    return lambda truth: lambda h, *units: {tag: x * truth(h, *units) for tag, x in by.items()}


def gradient(h: Here, j: str, i: str) -> float:
    return h.g(j) * h.s(i)


def bias_gradient(h: Here, b: str) -> float:
    return sum(h.g(j) for j in h.fed(b))


def true_net(h: Here, j: str) -> float:
    return sum(h.w(j, i) * h.s(i) for i in h.behind(j))


def bias(h: Here, j: str) -> float:
    kind = h.layers[h.depth(j)].bias
    if kind is Bias.NONE:
        return 0.0
    return h.w(j if kind is Bias.EACH else h.layers[h.depth(j)].name)


def turned(h: Here, row: int, column: int, depth: int) -> float:
    into, behind = h.row(depth), h.row(depth - 1)
    return h.w(into[row], behind[column]) if row < len(into) and column < len(behind) else np.nan


def transposed_net(h: Here, j: str) -> float:
    depth, column = h.depth(j), h.beside(j).index(j)
    behind = enumerate(h.behind(j))
    return bias(h, j) + sum(turned(h, m, column, depth) * h.s(i) for m, i in behind)


def other_output(h: Here, j: str) -> Value:
    found = {n: h.f(j, h.net(j), name=n) for n in OTHERS if not h.is_(j, n)}
    if j in h.outputs and len(h.outputs) > 1 and not h.is_(j, "softmax"):
        nets = np.array([h.net(k) for k in h.outputs])
        parts = np.exp(nets - nets.max())
        found["softmax"] = float((parts / parts.sum())[h.outputs.index(j)])
    return found


def share(h: Here, j: str = "") -> float:
    j = j or h.outputs[0]
    t, o = np.array([h.t(j)]), np.array([h.s(j)])
    n = len(h.outputs) if h.problem.network.loss_name == "mse" else 1
    return float(oracle.LOSSES[h.problem.network.loss_name or ""][0](t, o)[0]) / n


def loss_factor(h: Here, *j: str) -> Value:
    name, found = h.problem.network.loss_name, {}
    if name in SQUARED:
        found = {"lost": 2 * share(h, *j)} if name == "half_sse" else {"added": share(h, *j) / 2}
    if len(h.outputs) > 1 and name != "mse":
        found["outputs"] = share(h, *j) / len(h.outputs)
    return found


def whole(h: Here, scale: float, *units: str) -> Value:
    """A batch's total, or its E, times a number, where it is a sum."""
    if h.problem.mean or len(h.problem.patterns) == 1:
        return {}
    key = "E" if not units else "dE/d" + "_".join(("w" if len(units) == 2 else "b", *units))
    return {"patterns" + "-total" * bool(units): scale * h(key)}


def over_n(suffix: str, truth: Callable[..., float]) -> Callable[..., Value]:
    def row(h: Here, *units: str) -> Value:
        counts = {"outputs": len(h.outputs), "patterns": len(h.problem.patterns)}
        return {tag + suffix: truth(h, *units) / n for tag, n in counts.items() if n > 1}

    return row


def slopes(of: Callable[[Here, str], Value]) -> dict[str, Callable[..., Value]]:
    """A row about f', which a softmax does not have."""
    return {
        "slope": lambda h, j, k: {} if j != k or h.is_(j, "softmax") else of(h, j),
    }


RECIPES: Mapping[str, Callable[[float, float], float]] = {
    "sigmoid": lambda x, a: x * (1 - x),
    "tanh": lambda x, a: 1 - x * x,
}
"""f' from what should be o."""


def on_net(h: Here, j: str) -> Value:
    n, a = h.net(j), oracle.number(h.activation(j).parameter or "1")
    if h.is_(j, "elu"):
        return 1.0 if n > oracle.AT_ZERO else n + a
    return RECIPES[h.activation(j).name](n, a) if h.is_(j, *RECIPES) else {}


def merged(h: Here) -> bool:
    """Whether dE/dnet of an output is o - t at once, and a gradient begins with it."""
    return h.problem.rounding is not None and h.problem.network.matched


def at_once(row: Callable[..., Value]) -> Callable[..., Value]:
    """What is wrong with dE/do may be wrong with o - t."""
    return lambda h, j: row(h, j) if merged(h) and j in h.outputs else {}


def bce(
    term: Callable[[Here, str], float], losses: tuple[str, ...] = ("bce",)
) -> dict[str, Callable[..., Value]]:
    def right(h: Here) -> bool:
        return h.problem.network.loss_name in losses

    rows = own(term)
    return {
        rule: lambda h, j, *i, row=row, rule=rule: (
            row(h, j, *i)
            if right(h)
            and h.depth(j) == len(h.layers) - 1
            and (rule == "net-slope" or not (merged(h) or h.is_(h.outputs[0], "softmax")))
            else {}
        )
        for rule, row in rows.items()
    }


def updated(h: Here, j: str, k: str) -> float:
    if h.problem.learning_rate is None or h.problem.batch:
        return np.nan
    new = h.w(k, j) - h.eta * h.g(k) * h.s(j) + h.mu * h.moved(k, j)
    return new * h.g(k)


def below(h: Here, j: str) -> Value:
    depth, me = h.depth(j), h.beside(j).index(j)
    ks = list(enumerate(h.above(j)))
    found = {
        "into": sum(turned(h, me, m, depth) * h.g(k) for m, k in ks),
        "place": sum(turned(h, m, me, depth) * h.g(k) for m, k in ks),
    }
    return {tag: x for tag, x in found.items() if not np.isnan(x)}


def below_path(h: Here, j: str, k: str) -> Value:
    depth, me, m = h.depth(j), h.beside(j).index(j), h.above(j).index(k)
    found = {"into": turned(h, me, m, depth), "place": turned(h, m, me, depth)}
    return {tag: x * h.g(k) for tag, x in found.items() if not np.isnan(x)}


def over_outputs(term: Callable[[Here, str, str], float]) -> dict[str, Callable[..., Value]]:
    """A row about f'_k in place of f'_j, for each unit k above."""

    def rows(h: Here, j: str, scale: float = 1.0) -> dict[str, float]:
        return numbered([scale * term(h, j, k) for k in h.row(h.depth(j) + 1)])

    def hidden(h: Here, j: str) -> bool:
        return h.depth(j) < len(h.layers) - 1

    def summed(h: Here, b: str) -> Value:
        each = [rows(h, j) for j in h.fed(b)]
        return {tag: sum(row[tag] for row in each) for tag in each[0]}

    return {
        "net-slope": lambda h, j: rows(h, j) if hidden(h, j) else {},
        "gradient": lambda h, j, i: rows(h, j, h.s(i)) if hidden(h, j) else {},
        "bias-gradient": lambda h, b: summed(h, b) if hidden(h, b) else {},
    }


def other_inputs(h: Here, j: str, i: str) -> Value:
    instead = set(h.behind(j)) - {i}
    if h.depth(j) > 0:
        instead |= set(h.problem.network.inputs)
    if j not in h.outputs:
        instead.add(j)
    return {n: h.g(j) * h.s(n) for n in instead}


def gate(h: Here, j: str) -> Value:
    if h.is_(j, "leaky_relu"):
        return {"open": 1.0, "closed": float(h.net(j) > oracle.AT_ZERO)}
    return {"open": 1.0} if h.is_(j, "relu") else {}


def grad_key(units: tuple[str, ...]) -> str:
    return "dE/d" + "_".join(("w" if len(units) == 2 else "b", *units))


def before(h: Here, *units: str) -> float:
    """The weight before a step of gradient descent."""
    return replace(h, at=h.at._replace(new=False)).w(*units)


def stepped(rate: Callable[[Here], float]) -> dict[str, Callable[..., Value]]:
    """The step and the new weight with another rate."""

    def change(h: Here, *units: str) -> float:
        return rate(h) * h.during(grad_key(units)) + h.mu * h.moved(*units)

    return {
        "change": change,
        "update": lambda h, *units: before(h, *units) + rate(h) * h.during(grad_key(units)),
    }


def change(h: Here, *units: str) -> float:
    return -h.eta * h.during(grad_key(units)) + h.mu * h.moved(*units)


def only_step(h: Here, *units: str) -> Value:
    return {"step": change(h, *units), "minus": -change(h, *units)}


def ascend(h: Here, *units: str) -> Value:
    return {"change": before(h, *units) - change(h, *units)}


BY_2 = {"twice": 2.0, "half": 0.5}
BY_2_LATER = {"twice-gradient": 2.0, "half-gradient": 0.5}
LINEAR = "linear"

WRONG: Mapping[str, Mapping[str, Callable[..., Value]]] = {
    "bias-left-out": {"net": true_net},
    "weights-transposed": {"net": transposed_net},
    "activation-left-out": {"output": lambda h, j: h.net(j), "softmax": lambda h, j: h.net(j)},
    "exponent-sign": {"output": lambda h, j: 1 - h.s(j) if h.is_(j, "sigmoid") else {}},
    "other-activation": {"output": other_output, "softmax": other_output},
    "loss-factor": {"share": loss_factor, "total": lambda h, *u: (
        {} if u else whole(h, 1 / len(h.problem.patterns))
    )},
    "loss-log10": {"share": lambda h, *j: (
        {} if h.problem.network.loss_name in SQUARED else share(h, *j) * log10(np.e)
    )},
    "error-sign": {
        "loss-slope": lambda h, j: -h.e(j),
        "net-slope": at_once(lambda h, j: -h.g(j)),
    },
    "factor-2": {
        "net-slope": at_once(anywhere(**BY_2)(Here.g)),
        "loss-slope": anywhere(**BY_2)(Here.e),
        "gradient": anywhere(**BY_2_LATER)(gradient),
        "bias-gradient": anywhere(**BY_2_LATER)(bias_gradient),
    },
    "one-over-n": {
        "net-slope": at_once(over_n("", Here.g)),
        "loss-slope": over_n("", Here.e),
        "gradient": over_n("-gradient", gradient),
        "bias-gradient": over_n("-gradient", bias_gradient),
        "total": lambda h, *u: whole(h, 1 / len(h.problem.patterns), *u) if u else {},
    },
    "error-for-slope": {"loss-slope": lambda h, j: (
        {"E": h("E")} | ({"share": share(h, j)} if len(h.outputs) > 1 else {})
    )},
    "slope-left-out": own(Here.e),
    "slope-of-output": slopes(lambda h, j: h.f(j, h.s(j), slope=True)),
    "slope-recipe-on-net": slopes(on_net),
    "other-slope": slopes(
        lambda h, j: {
            n: h.s(j) * (1 - h.s(j)) if n == "sigmoid"
            else 1 - h.s(j) ** 2 if n == "tanh"
            else (1.0 if h.net(j) > oracle.AT_ZERO else h.s(j) + 1) if n == "elu"
            else h.f(j, h.net(j), slope=True, name=n)
            for n in OTHERS if not h.is_(j, n)
        }
    ),
    "half-slope": slopes(
        lambda h, j: {"o": h.s(j), "1-o": 1 - h.s(j)} if h.is_(j, "sigmoid")
        else {"square": 1 - h.s(j)} if h.is_(j, "tanh") else {}
    ),
    "slope-twice": {
        "gradient": lambda h, j, i: h.g(j) * h.d(j) * h.s(i),
        "bias-gradient": lambda h, b: sum(h.g(j) * h.d(j) for j in h.fed(b)),
    },
    "slope-of-error": slopes(
        lambda h, j: h.f(j, h.e(j), slope=True)
    ),
    "input-net": {"gradient": lambda h, j, i: h.g(j) * h.net(i) if h.depth(j) else {}},
    "input-weight": {"gradient": lambda h, j, i: h.g(j) * h.w(j, i)},
    "input-left-out": {"gradient": lambda h, j, i: h.g(j)},
    "input-other": {"gradient": other_inputs},
    "bce-slope-again": bce(
        lambda h, j: (h.s(j) - h.t(j)) * h.s(j) * (1 - h.s(j)), ("bce", "cce")
    ),
    "bce-slope-never": bce(lambda h, j: (h.s(j) - h.t(j)) / (h.s(j) * (1 - h.s(j)))),
    "bce-one-term": {"loss-slope": lambda h, j: (
        {"t": -h.t(j) / h.s(j), "1-t": (1 - h.t(j)) / (1 - h.s(j))}
        if h.problem.network.loss_name == "bce" else {}
    )},
    "softmax-diagonal": {"net-slope": lambda h, j: (
        -h.t(j) * (1 - h.s(j)) if h.is_(j, "softmax") else {}
    )},
    "updated-weights": paths(updated),
    "one-path": {"hidden-slope": lambda h, j: (
        numbered([h.w(k, j) * h.g(k) for k in h.above(j)])
    )},
    "error-for-delta": paths(lambda h, j, k: h.w(k, j) * h.e(k)),
    "transposed": paths(lambda h, j, k: h.g(k) * turned(
        h, h.beside(j).index(j), h.above(j).index(k), h.depth(k)
    )),
    "weights-left-out": paths(lambda h, j, k: h.g(k)),
    "error-shared": paths(
        lambda h, j, k: h.g(k) * h.w(k, j) / (sum(h.w(k, m) for m in h.beside(j)) or np.nan)
    ),
    "wrong-layer": {"hidden-slope": below, "path": below_path},
    "absolute-sum": {"hidden-slope": lambda h, j: (
        sum(abs(h.w(k, j) * h.g(k)) for k in h.above(j))
    )},
    "hidden-target": {"hidden-slope": lambda h, j: numbered([h.s(j) - h.t(k) for k in h.outputs])},
    "output-slope-at-hidden": over_outputs(lambda h, j, k: total(h, j) * h.d(k)),
    "gate-open": slopes(gate),
    "bias-times-bias": {"bias-gradient": lambda h, b: bias_gradient(h, b) * h.w(b)},
    "bias-times-input": {"bias-gradient": lambda h, b: (
        numbered([bias_gradient(h, b) * h.s(i) for i in h.behind(b)])
    )},
    "bias-summed": {"bias-gradient": lambda h, b: (
        sum(h.g(j) for j in h.beside(b)) if h.fed(b) == [b] else {}
    )},
    "bias-not-updated": dict.fromkeys(
        ("update", "update-momentum"), lambda h, *u: before(h, *u) if len(u) == 1 else {}
    ),
    "ascent": {**stepped(lambda h: h.eta), "update-momentum": ascend},
    "eta-left-out": stepped(lambda h: -1.0),
    "momentum-left-out": {"change": lambda h, *u: change(h, *u) - h.mu * h.moved(*u)},
    "momentum-sign": {"change": lambda h, *u: change(h, *u) - 2 * h.mu * h.moved(*u)},
    "mu-left-out": {"change": lambda h, *u: change(h, *u) + (1 - h.mu) * h.moved(*u)},
    "eta-in-gradient": {
        "gradient": lambda h, j, i: {"": h.eta * gradient(h, j, i)} if h.eta else {},
        "bias-gradient": lambda h, b: {"": h.eta * bias_gradient(h, b)} if h.eta else {},
        "total": lambda h, *u: {"total": h.eta * h(grad_key(u))} if u and h.eta else {},
    },
    "step-for-weight": {"update": only_step, "update-momentum": only_step},
    "one-use": {"bias-gradient": lambda h, b: (
        numbered([h.g(j) for j in h.fed(b)]) if len(h.fed(b)) > 1 else {}
    )},
}  # fmt: skip
"""What is computed instead, by the rule of the step. Where nothing is: it does not apply."""


def expected(id: str, step: Step, here: Here) -> dict[str, float]:
    row = WRONG[id].get(step.rule)
    if row is None:
        return {}
    value = row(here, *step.defines.units)
    found = dict(value) if isinstance(value, Mapping) else {"": value}
    return {tag: x for tag, x in found.items() if not np.isnan(x)}


def close(a: float, b: float) -> bool:
    return a == pytest.approx(b, rel=1e-7, abs=1e-9)


def value(step: Step, formula: Formula, values: Values) -> float | None:
    """A wrong formula at the true values; None where it divides by 0."""
    try:
        return float(evaluate([replace(step, formula=formula)], values)[step.defines])
    except Undefined:
        return None


def differing(solution: Solution) -> Counter[tuple[str, str]]:
    """How often each mistake shows in a problem; every wrong value is that of its row."""
    problem, run = solution.problem, solution.run
    found, values = oracle.values(problem), solution.figures.exact
    shows: Counter[tuple[str, str]] = Counter()
    for step in run.steps:
        truth, here = float(values[step.defines]), Here(problem, found, step.defines.at)
        for id in WRONG:
            wanted = expected(id, step, here)
            for variant in MISTAKES[id].rewrite(step, run):
                where = (id, variant.tag, step.defines.key)
                made = value(step, variant.formula, values)
                if made is not None:
                    assert close(made, wanted[variant.tag]), where
                    shows[id, variant.tag] += not close(made, truth)
                wanted.pop(variant.tag, None)
            left = {tag: x for tag, x in wanted.items() if not close(x, truth)}
            assert not left, (id, step.defines.key)
    return shows


def test_the_ids_are_those_of_the_list() -> None:
    assert list(MISTAKES) == IDS


@given(networks.problems(networks.NONE | networks.ROUNDINGS))
def test_a_wrong_formula_comes_to_what_its_row_says(problem: Problem) -> None:
    differing(solve(problem))


ROWS = [(("0.35", "-0.70"), ("0.2", "0.9")), (("-0.45", "0.90"), ("0.7", "0.4"))]


def shaped(
    *,
    sizes: tuple[int, ...] = (2, 2, 2),
    activation: str = "sigmoid",
    loss: str = "half_sse",
    bias: Bias = Bias.EACH,
    patterns: int = 1,
    **rest: object,
) -> Problem:
    """Numbers of which no two are alike."""
    network = networks.shape(sizes, bias, loss, Activation(activation))
    texts = (f"{(7 + 13 * n) % 97 / 60 - 0.7:.3f}" for n in range(200))
    parameters = dict(zip(network.parameters, texts, strict=False))
    outputs = sizes[-1]
    shown = tuple(Pattern(x[: sizes[0]], t[:outputs]) for x, t in ROWS[:patterns])
    if loss == "cce":
        shown = tuple(replace(one, targets=("0.3", "0.7")) for one in shown)
    return Problem(network, parameters, shown, learning_rate="0.5", **rest)  # type: ignore[arg-type]


KINDS = {
    "plain": shaped(),
    "deep": shaped(sizes=(2, 2, 2, 2), activation="tanh", loss="sse"),
    "bce": shaped(loss="bce", bias=Bias.SHARED),
    "softmax": shaped(loss="cce", activation="relu"),
    "leaky": shaped(activation="leaky_relu", loss="mse"),
    "elu": shaped(activation="elu"),
    "softplus": shaped(activation="softplus"),
    "linear": shaped(activation="linear"),
    "stochastic": shaped(patterns=2, momentum="0.9"),
    "batch": shaped(patterns=2, batch=True),
}


def test_every_mistake_shows_in_some_problem_in_every_manner() -> None:
    shows = sum((differing(solve(problem)) for problem in KINDS.values()), Counter())
    assert {id for id, _ in shows} == set(WRONG)
    assert [manner for manner, count in shows.items() if not count] == []


# Mistakes with the schedule, from numpy


def descended(problem: Problem, manner: str) -> dict[str, float]:
    """The gradients of every update, and the new weights, under a wrong schedule."""
    numpy = oracle.Oracle(problem)
    weights = [p.copy() for p in numpy.parameters]
    rate, found = oracle.number(problem.learning_rate or "0"), {}
    push, before = oracle.number(problem.momentum or "0"), [0 * w for w in weights]
    passes = []
    for shown in problem.patterns:
        passes.append(numpy.presented(shown).gradients)
        if manner == "fresh":
            steps = zip(numpy.parameters, passes[-1], strict=True)
            numpy.parameters = [p - rate * g for p, g in steps]
    share = 1 / len(passes) if problem.mean else 1
    totals = [share * np.sum(gs, axis=0) for gs in zip(*passes, strict=True)]
    groups = [totals] if problem.batch else passes
    if manner in ("last", "mean"):
        groups = [once(problem, manner)]
    start = [w.copy() for w in weights]
    for s, gradients in enumerate(groups, 1):
        found |= dict(numpy.named(gradients, "dE/d{}" + f"[{s}]"))
        before = [push * b - rate * g for b, g in zip(before, gradients, strict=True)]
        from_ = start if manner == "update" else weights
        weights = [w + b for w, b in zip(from_, before, strict=True)]
        found |= dict(numpy.named(weights, "{}_new" + f"[{s}]"))
    return found


def once(problem: Problem, manner: str) -> list[oracle.Array]:
    """One pass back of a sigmoid network with a squared error, for the mean of the errors."""
    numpy = oracle.Oracle(problem)
    weights, sents, errors = numpy.parameters[::2], [], []
    for shown in problem.patterns:
        sent = [np.array([oracle.number(text or "") for text in shown.inputs])]
        for w, b in zip(weights, numpy.parameters[1::2], strict=True):
            sent.append(oracle.sigmoid(w @ sent[-1] + b))
        sents.append(sent)
        target = np.array([oracle.number(text or "") for text in shown.targets or ()])
        errors.append(sent[-1] - target)
    sent = sents[-1]
    if manner == "mean":
        sent = [np.mean(layer, axis=0) for layer in zip(*sents, strict=True)]
    error, gradients = np.mean(errors, axis=0), []
    for w, i, o in reversed(list(zip(weights, sent, sent[1:], strict=False))):
        delta = error * o * (1 - o)
        gradients[:0] = [np.outer(delta, i), delta]
        error = w.T @ delta
    return gradients


@pytest.mark.parametrize("sizes", [(2, 2), (2, 2, 2), (2, 3, 2, 1)])
@pytest.mark.parametrize(
    ("id", "tag", "manner", "rest"),
    [
        ("averaged-first", "last", "last", {"batch": True}),
        ("averaged-first", "mean", "mean", {"batch": True, "mean": True}),
        ("stale-weights", "", "stale", {}),
        ("stale-weights", "", "stale", {"momentum": "0.9"}),
        ("stale-weights", "update", "update", {"momentum": "0.9"}),
        ("fresh-weights", "", "fresh", {"batch": True}),
        ("fresh-weights", "", "fresh", {"batch": True, "mean": True, "momentum": "0.9"}),
    ],
)
def test_a_wrong_schedule_comes_to_what_its_row_says(
    sizes: tuple[int, ...], id: str, tag: str, manner: str, rest: dict[str, bool]
) -> None:
    solution = solve(shaped(sizes=sizes, patterns=2, **rest))  # type: ignore[arg-type]
    assert tag in tags(solution.run, id)
    wanted = descended(solution.problem, manner)
    found = {q.key: float(value) for q, value in made(solution, id, tag).items()}
    assert {key: found[key] for key in wanted} == pytest.approx(wanted, rel=1e-9, abs=1e-11)
    truth = {key: solution[key] for key in wanted}
    assert wanted != pytest.approx(truth, rel=1e-6)


def made(solution: Solution, id: str, tag: str | None = None) -> Values:
    """Every value of a run in which a mistake was made wherever it can be."""
    known = solution.figures.exact
    start = {q: value for q, value in known.items() if q not in solution.run.by_quantity}
    return evaluate(mistaken(solution.run, id, tag), start)


@given(networks.problems(networks.NONE | networks.ROUNDINGS, most=2))
def test_a_run_with_a_mistake_has_all_its_values(problem: Problem) -> None:
    """But for those that one pass back for a whole batch leaves out."""
    solution = solve(problem)
    for id in MISTAKES:
        for tag in tags(solution.run, id):
            try:
                found = made(solution, id, tag)
            except Undefined:
                continue
            left = solution.figures.exact.keys() - found.keys()
            assert not left or id == "averaged-first", (id, tag, left)


def test_a_misconception_is_carried_by_the_lines_that_follow() -> None:
    """Without f', dE/dnet is dE/do in both layers."""
    solution = solve(KINDS["plain"])
    found = {q.key: float(value) for q, value in made(solution, "slope-left-out").items()}
    error = found["dE/do_y1"] * 1, found["dE/do_y2"] * 1
    weights = solution["w_y1_h1"], solution["w_y2_h1"]
    hidden = sum(w * e for w, e in zip(weights, error, strict=True))
    assert found["dE/dw_h1_x2"] == pytest.approx(hidden * solution["x2"])
    only = mistaken(solution.run, "slope-left-out", where=lambda s: "y1" in s.defines.units)
    changed = [s.defines.key for s in only if s != solution.run.by_quantity[s.defines]]
    assert changed == [f"dE/d{q}" for q in ("net_y1", "w_y1_h1", "w_y1_h2", "b_y1")]


@given(networks.stated())
def test_with_stated_values_a_wrong_formula_uses_only_what_is_known(problem: Problem) -> None:
    run = solve(problem).run
    for step in run.steps:
        for mistake in MISTAKES.values():
            for variant in mistake.rewrite(step, run):
                assert run.quantities.issuperset(refs(variant.formula))


def test_the_table_is_read_without_sympy() -> None:
    code = "import sys, tutor.symbolic.mistakes; assert 'sympy' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
