"""The functions that a student may write, as formulas."""

from __future__ import annotations

from collections.abc import Callable

from tutor.symbolic.activations import TRANSFERS
from tutor.symbolic.formula import Call, Cases, Formula, Neg, Num, minus


def _transfer(name: str) -> Callable[[Formula], Formula]:
    return lambda x: TRANSFERS[name].output(x, x)


def _slope(name: str) -> Callable[[Formula], Formula]:
    return lambda x: TRANSFERS[name].slope(x, TRANSFERS[name].output(x, x), x)


def _call(name: str) -> Callable[[Formula], Formula]:
    return lambda x: Call(name, x)


def absolute(x: Formula) -> Formula:
    """|x|"""
    return Cases(x, x, Neg(x))


def larger(a: Formula, b: Formula) -> Formula:
    """max(a, b)"""
    for x, other in ((a, b), (b, a)):
        if isinstance(x, Num) and not x.text.strip("0."):
            return Call("relu", other)
    return Cases(minus(a, b), a, b)


_SPELLINGS = {
    "sigmoid": ("sigma", "sigmoid", "Sigma", "sig", "sigm", "logistic", "logsig", "Sigmoid"),
    "tanh": ("tanh", "tansig", "Tanh"),
    "relu": ("relu", "ReLU", "Relu", "RELU", "ReLu"),
    "softplus": ("softplus", "Softplus"),
}
FUNCTIONS: dict[str, Callable[[Formula], Formula]] = {
    **{name: _transfer(fn) for fn, names in _SPELLINGS.items() for name in names},
    **{name + "'": _slope(fn) for fn, names in _SPELLINGS.items() for name in names},
    **{
        name: _call(fn) for fn in ("exp", "ln", "log", "log10", "sqrt") for name in (fn, fn.title())
    },
    "LN": _call("ln"),
    "log_10": _call("log10"),
    "abs": absolute,
}
"""By name. What base ``log`` has is for the caller to find out."""

UNNAMED = {
    *("f", "g", "h", "phi", "varphi", "act", "activation", "psi"),
    *("f'", "g'", "h'", "phi'", "varphi'", "act'", "activation'", "psi'"),
}
"""Letters for the transfer function of the problem: ``Call("f", x)``, ``Call("f'", x)``."""


def canonical(word: str) -> str:
    """A function's name with its derivative marked by a prime: ``sigma_prime`` is ``sigma'``."""
    for ending in ("_prime", "Prime", "prime", "_derivative", "_deriv"):
        if word.endswith(ending) and word[: -len(ending)] in (FUNCTIONS.keys() | UNNAMED):
            return word[: -len(ending)] + "'"
    if word[:1] == "d" and word[1:].lstrip("_") in FUNCTIONS and len(word) > 3:
        return word[1:].lstrip("_") + "'"
    return word
