"""The names that people use in any course, and what each may mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from tutor.marking.indices import USUAL, Counting, indices, layer_words
from tutor.symbolic.network import Network
from tutor.symbolic.quantity import Kind, Quantity, W


@dataclass(frozen=True, slots=True)
class Meaning:
    """A quantity, without the mark of its pass unless the name has one."""

    quantity: Quantity
    scale: Fraction = Fraction(1)
    """the quantity is this many times what is named"""
    loose: bool = False
    """a slope whose sign differs from course to course, as that of delta"""


UNITLESS: Mapping[Kind, str] = {
    Kind.E: "error e_total e_tot total_error error_total loss total_loss L cost J C MSE SSE",
    Kind.ETA: "eta lr learning_rate rate alpha epsilon lambda",
    Kind.MU: "mu momentum beta gamma alpha",
}
INDEXED: Mapping[Kind, str] = {
    Kind.X: "x i in input inp",
    Kind.T: "t target tgt d desired y label",
    Kind.NET: "net z net_input a s in sum v n net_in",
    Kind.O: "o out output a act activation",
    Kind.SHARE: "e error loss l j c err",
    Kind.DE_DNET: "delta err dz dnet d",
    Kind.EXP: "exp e",
    Kind.B: "b bias theta w0",
    Kind.W: "w weight theta",
}
OF_OUTPUTS = "y yhat hat_y ŷ p"
OF_HIDDEN = "h y"
"""The words that people use for each kind, folded: no case, no underscores."""
OF_LOGITS = "o logit logits"
"""Those of a softmax for its net inputs: beside p, o is no output."""
EMPTY: Mapping[str, str] = {}
NONE_TAKEN: Mapping[str, Collection[str]] = {}


def common(
    network: Network,
    called: Mapping[str, str] = EMPTY,
    taken: Mapping[str, Collection[str]] = NONE_TAKEN,
    counting: Counting = USUAL,
) -> Iterator[tuple[str, Meaning]]:
    """The names that people use in any course, the likelier meanings first.

    ``called`` are the labels that the problem gives to units, ``taken`` the letters that have just
    one meaning in the notation.
    """
    for kind, bases in UNITLESS.items():
        yield from ((word, Meaning(Quantity(kind))) for word in bases.split())
    for row in (network.inputs, *(layer.units for layer in reversed(network.layers))):
        for unit in row:
            words = tuple(indices(network, unit, called, counting))
            number = str(network.places[unit][1])
            yield from ((word, Meaning(network.output(unit))) for word in words if len(word) > 1)
            for kind in _kinds(network, unit):
                for base in _bases(network, kind, unit, taken):
                    meaning = _meaning(kind, unit, base)
                    if base in counting.layered:
                        pointing = tuple(indices(network, unit, called, counting, base))
                    else:
                        pointing = words if kind is not Kind.T else (*words, number)
                    for index in pointing:
                        if len(base + index) > 1 or base not in "eid":
                            yield base + index, meaning
                            yield index + base, meaning
    yield from _weights(network, called, counting)
    yield from _above_hidden(network, counting.from_first)


def _kinds(network: Network, unit: str) -> Sequence[Kind]:
    """The kinds of quantity that a unit has."""
    if not network.places[unit][0]:
        return (Kind.X,)
    layer = network.layers[network.places[unit][0] - 1]
    kinds = [Kind.O, Kind.NET, Kind.DE_DNET]
    if unit in network.outputs:
        kinds += [Kind.T]
        if len(network.outputs) > 1:
            kinds += [Kind.SHARE]
    if layer.softmax:
        kinds += [Kind.EXP]
    if layer.bias_of(unit):
        kinds += [Kind.B]
    return kinds


def _bases(
    network: Network,
    kind: Kind,
    unit: str,
    taken: Mapping[str, Collection[str]] = NONE_TAKEN,
) -> Sequence[str]:
    bases = INDEXED[kind].split()
    if kind is Kind.O:
        bases += (OF_OUTPUTS if unit in network.outputs else OF_HIDDEN).split()
    logits = []
    if kind is Kind.NET and network.layers[network.places[unit][0] - 1].softmax:
        logits = OF_LOGITS.split()
    role = "Y" if kind is Kind.O and unit in network.outputs else kind.name
    own = [base for base, roles in taken.items() if role in roles and base not in bases]
    return own + [base for base in bases if role in taken.get(base, (role,))] + logits


def _meaning(kind: Kind, unit: str, base: str) -> Meaning:
    if kind is Kind.DE_DNET:
        return Meaning(Quantity(kind, (unit,)), Fraction(-1 if base == "err" else 1), True)
    return Meaning(Quantity(kind, (unit,)))


def _weights(
    network: Network, called: Mapping[str, str], counting: Counting
) -> Iterator[tuple[str, Meaning]]:
    for depth, layer in enumerate(network.layers, 1):
        for j, i in product(layer.units, network.feeders(layer)):
            meaning = Meaning(W(j, i))
            to, source = (list(indices(network, u, called, counting)) for u in (j, i))
            for base in INDEXED[Kind.W].split():
                for a, b in product(to, source):
                    pair = (b, a) if counting.from_first and a[-1:] == a and b[-1:] == b else (a, b)
                    yield f"{base}{pair[0]}{pair[1]}", meaning
                    if not (a.isdigit() and b.isdigit()):
                        yield f"{base}{b}{a}", meaning
                J, I = (network.places[u][1] for u in (j, i))
                near = f"{I}{J}" if counting.from_first else f"{J}{I}"
                yield f"{base}{depth}{near}", meaning
        for bias in layer.biases():
            if bias.units[0] == layer.name:
                for base, name in product(INDEXED[Kind.B].split(), (layer.name, str(depth))):
                    yield f"{base}{name}", Meaning(bias)


OF_OUTPUT_WEIGHTS = "v"


def _above_hidden(network: Network, from_first: bool) -> Iterator[tuple[str, Meaning]]:
    """The weights above the one hidden layer, where those below it are w: an index of a layer of
    one unit is left out."""
    if len(network.layers) != 2:
        return
    _, hidden, outputs = network.sizes
    for j, i in product(network.outputs, network.layers[0].units):
        to = str(network.places[j][1]) if outputs > 1 else ""
        source = str(network.places[i][1]) if hidden > 1 else ""
        yield f"{OF_OUTPUT_WEIGHTS}{source + to if from_first else to + source}", Meaning(W(j, i))


Entries = dict[tuple[int, ...], Meaning]
_WHOLE: Mapping[Kind, str] = {
    Kind.X: "inputs",
    Kind.NET: "nets netinputs preactivations",
    Kind.O: "outputs activations probabilities probs predictions",
    Kind.T: "targets labels",
    Kind.DE_DNET: "deltas",
    Kind.SHARE: "errors",
    Kind.EXP: "exps exponentials",
}
"""The words for all values of a layer."""


def arrays(
    network: Network, taken: Mapping[str, Collection[str]] = NONE_TAKEN
) -> Iterator[tuple[str, tuple[int, ...], Entries]]:
    """The vectors and matrices that people name as wholes."""
    rows = (network.inputs, *(layer.units for layer in network.layers))
    for depth in range(len(rows) - 1, -1, -1):
        row = rows[depth]
        ends = [str(depth), "", *layer_words(network, depth)]
        if depth:
            ends += [network.layers[depth - 1].name, "out" if depth == len(rows) - 1 else "hidden"]
        for bases, entries in _vectors(network, depth, row, taken):
            for base, end in product(bases, ends):
                yield base + end, (len(row),), entries
        if depth:
            yield from _matrices(rows[depth - 1], row, ends)


def _vectors(
    network: Network, depth: int, row: Sequence[str], taken: Mapping[str, Collection[str]]
) -> Iterator[tuple[Sequence[str], Entries]]:
    """The names of what has a value for each unit of a layer, and those values."""
    bases = {kind: _bases(network, kind, row[0], taken) for kind in _kinds(network, row[0])}
    if depth:
        outputs = bases[Kind.O]
        for kind, slopes in (
            (Kind.DE_DNET, _by(bases[Kind.NET])),
            (Kind.DE_DO, [*_by(outputs), *(f"d{base}" for base in outputs)]),
        ):
            yield slopes, {(n,): Meaning(Quantity(kind, (j,))) for n, j in enumerate(row)}
    for kind, letters in bases.items():
        if kind is not Kind.B:
            words = [*letters, *_WHOLE.get(kind, "").split()]
            yield words, {(n,): _meaning(kind, j, "") for n, j in enumerate(row)}
    if not depth:
        return
    biases = network.layers[depth - 1].biases()
    if biases:
        each = biases if len(biases) == len(row) else [biases[0]] * len(row)
        yield INDEXED[Kind.B].split(), {(n,): Meaning(b) for n, b in enumerate(each)}
        parts = Kind.GRAD if len(biases) == len(row) else Kind.DE_DNET
        names = ["db", *(f"{slope}b" for slope in _OVER)]
        yield names, {(n,): Meaning(Quantity(parts, (j,))) for n, j in enumerate(row)}


_OVER = [f"d{error}/d" for error in "ejlc"] + ["grad", "nabla", "gradient"]


def _by(bases: Sequence[str]) -> list[str]:
    """The names of the slopes of E by what has these letters."""
    return [slope + base for slope, base in product(_OVER, bases)]


def _matrices(
    below: Sequence[str], row: Sequence[str], ends: Sequence[str]
) -> Iterator[tuple[str, tuple[int, ...], Entries]]:
    weights = INDEXED[Kind.W].split()
    for kind, bases in ((Kind.W, weights), (Kind.GRAD, ["dw", "grad", *_by(weights)])):
        cells: Entries = {
            (n, m): Meaning(Quantity(kind, (j, i)))
            for n, j in enumerate(row)
            for m, i in enumerate(below)
        }
        turned: Entries = {(cell[1], cell[0]): meaning for cell, meaning in cells.items()}
        for base, end in product(bases, ends):
            yield base + end, (len(row), len(below)), cells
            yield base + end, (len(below), len(row)), turned
