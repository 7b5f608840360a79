"""The engine's steps as JavaScript, so that a page computes its network again by itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from tutor.numeric.floats import float_of
from tutor.plots.landscape import Landscape
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.formula import Algebra
from tutor.symbolic.quantity import E, Quantity

_FUNCTIONS = {
    "exp": "Math.exp({0})",
    "ln": "Math.log({0})",
    "tanh": "Math.tanh({0})",
    "relu": "Math.max(0,{0})",
}


class _JavaScript(Algebra[str]):
    """A formula over the array v."""

    def __init__(self, places: Mapping[Quantity, int]) -> None:
        self.places = places

    def num(self, text: str) -> str:
        return f"({float_of(text)!r})"

    def ref(self, to: Quantity) -> str:
        return f"v[{self.places[to]}]"

    def neg(self, x: str) -> str:
        return f"(-{x})"

    def sum(self, xs: Sequence[str]) -> str:
        return f"({'+'.join(xs)})"

    def product(self, xs: Sequence[str]) -> str:
        return f"({'*'.join(xs)})"

    def quotient(self, a: str, b: str) -> str:
        return f"({a}/{b})"

    def power(self, x: str, n: int) -> str:
        return f"Math.pow({x},{n})"

    def call(self, fn: str, x: str) -> str:
        return _FUNCTIONS[fn].format(x)

    def cases(self, x: str, above: Callable[[], str], otherwise: Callable[[], str]) -> str:
        return f"({x}>0?{above()}:{otherwise()})"


def model(land: Landscape) -> str:
    """A function of the weights, in their order: ``{E, g, v}`` with the gradient of E, and each
    pattern's values in the order of ``places``."""
    order = places(land)
    write = _JavaScript(order)
    inputs = [q for q in order if q in land.data[0]]
    rows = [[row[q] for q in inputs] for row in land.data]
    steps = (*land.derivation.forward, *land.derivation.backward)
    told = "".join(f"v[{order[q]}]=d[{n}];" for n, q in enumerate(inputs))
    held = "".join(f"v[{order[q]}]=w[{n}];" for n, q in enumerate(land.parameters))
    lines = "".join(f"v[{order[s.defines]}]={s.formula.read(write)};" for s in steps)
    slopes = ",".join(f"v[{order[slope_of_error(q)]}]" for q in land.parameters)
    share = f"/{len(rows)}" if land.mean else ""
    return (
        f"function(w){{var E=0,g=w.map(function(){{return 0}});"
        f"var all={json.dumps(rows)}.map(function(d){{var v=[];{told}{held}{lines}"
        f"E+=v[{order[E]}]{share};[{slopes}].forEach(function(s,n){{g[n]+=s{share}}});"
        "return v});return {E:E,g:g,v:all}}"
    )


def places(land: Landscape) -> dict[Quantity, int]:
    """Where each quantity stands among a pattern's values."""
    steps = (*land.derivation.forward, *land.derivation.backward)
    every = (*land.data[0], *land.parameters, *(step.defines for step in steps))
    return {q: n for n, q in enumerate(dict.fromkeys(every))}


def harmless(data: object) -> str:
    """Data as JSON that ends no script, whatever texts are in it."""
    text = json.dumps(data, ensure_ascii=True, allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
