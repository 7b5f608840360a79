"""A problem as a problem file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from tutor.numeric.figures import SHOWN
from tutor.numeric.rounding import Rounding
from tutor.problem.layers import LARGE, SMALL
from tutor.problem.problem import Problem
from tutor.problem.worth import Scheme, Worth
from tutor.symbolic.activations import Activation
from tutor.symbolic.network import Bias, Layer
from tutor.symbolic.quantity import B, Quantity, W

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_/' ]*[A-Za-z0-9_']|[A-Za-z]")
_NO_WORDS = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")


def written_problem(problem: Problem) -> str:
    """The YAML text that says the same; reading it gives the problem again."""
    return "".join(f"{line}\n" for line in _lines(problem))


def _lines(problem: Problem) -> Iterator[str]:
    network = problem.network
    for key, text in (("title", problem.title), ("source", problem.source)):
        if text:
            yield f"{key}: {word(text)}"
    if network.loss_name:
        yield f"loss: {network.loss_name}"
    settings = (
        ("learning_rate", problem.learning_rate),
        ("momentum", problem.momentum),
        ("mode", "batch" if problem.batch else None),
        ("reduction", "mean" if problem.mean else None),
        ("epochs", str(problem.epochs) if problem.epochs > 1 else None),
        ("update_biases", None if problem.update_biases else "false"),
    )
    yield from (f"{key}: {text}" for key, text in settings if text)
    weights = len([q for q in network.parameters if len(q.units) == 2])
    if len(network.layers) > SMALL.layers or weights > SMALL.weights:
        assert len(network.layers) <= LARGE.layers
        yield "large: true"
    yield "layers:"
    for layer in network.layers:
        yield from _layer(layer, network.feeders(layer), problem.parameters)
    yield "patterns:"
    for pattern in problem.patterns:
        targets = f", targets: {_list(pattern.targets)}" if pattern.targets else ""
        yield f"  - {{inputs: {_list(pattern.inputs)}{targets}}}"
    if problem.given:
        yield f"given: {_mapping({q.key: text for q, text in problem.given.items()})}"
    if problem.ask:
        yield f"ask: [{', '.join(map(word, problem.ask))}]"
    if problem.rounding:
        yield f"rounding: {_rounding(problem.rounding)}"
    if problem.show != SHOWN:
        yield f"show: {problem.show}"
    if problem.notation != "slides":
        yield f"notation: {problem.notation}"
    if problem.names:
        signed = {n.text: "-" * (n.sign < 0) + n.quantity.key for n in problem.names}
        yield f"names: {_mapping({name: word(key) for name, key in signed.items()})}"
    if problem.marks:
        yield f"marks: {_mapping(dict(_marks(problem.marks)))}"


def _layer(
    layer: Layer, feeders: Sequence[str], parameters: Mapping[Quantity, str]
) -> Iterator[str]:
    functions = [_function(activation) for activation in layer.activations]
    same = len(set(functions)) == 1
    yield f"  - activation: {functions[0] if same else _list(functions)}"
    rows = ([parameters.get(W(j, i)) for i in feeders] for j in layer.units)
    yield f"    weights: [{', '.join(map(_list, rows))}]"
    if layer.bias is Bias.SHARED:
        yield f"    biases: {parameters.get(B(layer.name)) or UNTOLD}"
    elif layer.bias is Bias.EACH:
        yield f"    biases: {_list([parameters.get(B(j)) for j in layer.units])}"


UNTOLD = '"?"'


def _function(activation: Activation) -> str:
    if activation.parameter is None:
        return activation.name
    return f"{{{activation.name}: {activation.parameter}}}"


def _list(texts: Sequence[str | None]) -> str:
    return f"[{', '.join(text or UNTOLD for text in texts)}]"


def _mapping(pairs: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{word(key)}: {text}' for key, text in pairs.items())}}}"


def _rounding(rounding: Rounding) -> str:
    if not rounding.kinds:
        return str(rounding.default)
    rules = {"default": str(rounding.default)} | {k: str(rule) for k, rule in rounding.kinds}
    return _mapping(rules)


def _marks(scheme: Scheme) -> Iterator[tuple[str, str]]:
    rows = (("default", scheme.default), *scheme.kinds, *scheme.own)
    yield from ((name, _worth(worth)) for name, worth in rows)


def _worth(worth: Worth) -> str:
    return f"{{method: {worth.method}, accuracy: {worth.accuracy}}}"


def word(text: str) -> str:
    """A text as YAML has it, in quotes where it could mean something else."""
    plain = _PLAIN.fullmatch(text) and text.casefold() not in _NO_WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)
