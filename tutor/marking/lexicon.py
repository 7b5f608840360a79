"""What a student's names may mean: the notation's and the problem's first, then common ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product

from tutor.problem.names import Names, spelled
from tutor.problem.problem import OwnName, Problem
from tutor.symbolic.network import Network
from tutor.symbolic.quantity import (
    ALWAYS,
    DE_DO,
    LOCAL,
    At,
    E,
    Kind,
    O,
    Quantity,
    W,
)
from tutor.symbolic.slopes import slope


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
_LOOSE = re.compile(r"delta|err", re.IGNORECASE)
_NEW = re.compile(
    r"(?:_?\^?\(?(?:new|neu|updated|after|next)\)?|\^?\+|'|\^\*|\(t\+1\)|\(n\+1\))$", re.IGNORECASE
)
_NEW_FIRST = re.compile(r"^(?:new|updated|neu)[_ ]*|(?<=[A-Za-z])_new(?=_)", re.IGNORECASE)
_OLD = re.compile(r"(?:_?\^?\(?old\)?|\(t\)|\(n\))$|^old[_ ]*", re.IGNORECASE)
_MARK = re.compile(r"(.*[^^])\[(\d{1,3})(?:\.(\d{1,3}))?\]")
_ABOVE_LAST = re.compile(r"([^\W_]+)((?:_\w+|_\{[\w,]+\})+)\^(\d+|\[\w+\]|\(\w+\))")
"""An upper index after a lower one: a_2^1 for a^1_2."""
_RATIO = re.compile(r"d(.+?)/d(.+)")
_APPLIED = re.compile(r"([^\W\d]\w*)('?)\((.+)\)")
_STEP = re.compile(r"(?:Delta|Δ|change|Change)[_ ]?(.+)")
EMPTY: Mapping[str, str] = {}
_FUNCTIONS = {"e", "exp", "ln", "log", "sqrt", "max", "abs", "tanh", "sigmoid", "relu"}
LONGEST_NAME = 60


def folded(name: str) -> str:
    """A name without case, underscores and the hat of a superscript."""
    return re.sub(r"[_^,()\[\] ]", "", name).casefold()


def _without_case(name: str) -> str:
    """A name of the notation without case and underscores; upper indices stay what they are."""
    return name.replace("_", "").casefold()


class Meanings:
    """Every name of every quantity of one problem, read in one notation."""

    def __init__(self, problem: Problem, notation: str, *, from_first: bool | None = None) -> None:
        self.network = problem.network
        self.notation = notation
        self.from_first = from_first
        self.names = Names(self.network, problem.names, notation)
        self._seen: dict[str, tuple[Meaning, ...]] = {}

    def find(self, text: str) -> tuple[Meaning, ...]:
        """What a name may mean, the likeliest first; nothing for an unknown name."""
        if text not in self._seen:
            self._seen[text] = () if len(text) > LONGEST_NAME else tuple(self._find(text.strip()))
        return self._seen[text]

    def knows(self, text: str) -> int:
        """2 for a name of the notation or the problem, also with a mark or as part of a slope; 1
        for another name that means something."""
        if spelled(text) in self._exact:
            return 2
        if match := _MARK.fullmatch(text):
            return self.knows(match[1])
        if "/" in text and (match := _RATIO.fullmatch(spelled(text))):
            return min(self.knows(match[1]), self.knows(match[2]))
        if match := _APPLIED.fullmatch(text):
            return self.knows(match[3])
        if stem := _without(_NEW, text) or _without(_NEW_FIRST, text):
            return self.knows(stem)
        return bool(self.find(text))

    def _find(self, text: str) -> Iterator[Meaning]:
        if self._layered and (turned := _ABOVE_LAST.sub(r"\1^\3\2", text)) != text:
            yield from self.find(turned)
            return
        if match := _MARK.fullmatch(text):
            at = At(int(match[2]), int(match[3] or 0))
            for meaning in self.find(match[1]):
                yield _at(meaning, at._replace(new=meaning.quantity.at.new))
        elif found := self._known(text):
            yield from found
        elif "@" in text:
            yield from self._path(*text.split("@", 1))
        elif match := _RATIO.fullmatch(spelled(text)):
            yield from self._ratio(match[1], match[2])
        elif match := _APPLIED.fullmatch(text):
            yield from self._applied(match[2], match[3])
        elif match := _STEP.fullmatch(text):
            for meaning in self.find(match[1]):
                if meaning.quantity.kind in (Kind.W, Kind.B):
                    yield Meaning(Quantity(Kind.CHANGE, meaning.quantity.units), loose=True)
        elif stem := _without(_NEW, text) or _without(_NEW_FIRST, text):
            yield from self._new(stem)
        elif stem := _without(_OLD, text):
            yield from self.find(stem)
        elif text[:5] == "nabla" and text[5:]:
            for meaning in self.find(text[5:].strip("_ ")):
                if meaning.quantity.kind in (Kind.W, Kind.B):
                    yield Meaning(Quantity(Kind.GRAD, meaning.quantity.units), loose=True)
        elif text[:1] == "d" and text[1:]:
            for meaning in self.find(text[1:].lstrip("_ ")):
                if meaning.quantity.kind in (Kind.W, Kind.B) and not meaning.quantity.at.new:
                    yield Meaning(Quantity(Kind.GRAD, meaning.quantity.units))

    def entries(
        self, text: str, index: tuple[int, ...], shape: tuple[int, ...]
    ) -> tuple[Meaning, ...]:
        """What an entry of a vector or matrix may mean: delta, W2, h."""
        word = folded(_without(_NEW, text) or text)
        found = self._arrays.get((word, shape), ())
        kinds = (meanings[index] for meanings in found if index in meanings)
        new = bool(_without(_NEW, text))
        return tuple(_at(m, m.quantity.at._replace(new=True)) if new else m for m in kinds)

    @cached_property
    def _arrays(self) -> dict[tuple[str, tuple[int, ...]], list[dict[tuple[int, ...], Meaning]]]:
        found: dict[tuple[str, tuple[int, ...]], list[dict[tuple[int, ...], Meaning]]] = {}
        for word, shape, entries in arrays(self.network):
            alike = found.setdefault((folded(word), shape), [])
            if entries not in alike:
                alike.append(entries)
        return found

    def _known(self, text: str) -> tuple[Meaning, ...]:
        """By the notation's names, then by common ones."""
        name = spelled(text)
        if name in self._exact:
            return (self._exact[name],)
        if text in _FUNCTIONS:
            return ()
        alike = self._folded.get(_without_case(name), ())
        if len(alike) == 1:
            return alike
        return self._common.get(folded(text), ()) or alike

    @cached_property
    def _exact(self) -> dict[str, Meaning]:
        found: dict[str, Meaning] = {}
        own = {spelled(name.text) for name in self.names.own}
        for name, meaning in self.names.every():
            loose = (
                meaning.quantity.kind is Kind.DE_DNET
                and bool(_LOOSE.match(name))
                and name not in own
            ) or meaning.quantity.kind is Kind.CHANGE
            found.setdefault(name, Meaning(meaning.quantity, meaning.scale, loose))
        return found

    @cached_property
    def _layered(self) -> bool:
        """Whether an upper index is the number of a layer."""
        return bool(self.names.naming.notation.glyphs[Kind.NET.name][2])

    @cached_property
    def _folded(self) -> dict[str, tuple[Meaning, ...]]:
        alike: dict[str, list[Meaning]] = {}
        for name, meaning in self._exact.items():
            one = alike.setdefault(_without_case(name), [])
            if all(meaning.quantity != other.quantity for other in one):
                one.append(meaning)
        return {name: tuple(one) for name, one in alike.items()}

    @cached_property
    def _common(self) -> dict[str, tuple[Meaning, ...]]:
        found: dict[str, dict[Quantity, Meaning]] = {}
        for word, meaning in common(
            self.network, labels(self.names.own), from_first=bool(self.from_first)
        ):
            found.setdefault(folded(word), {}).setdefault(meaning.quantity, meaning)
        return {word: tuple(meanings.values()) for word, meanings in found.items()}

    def _new(self, stem: str) -> Iterator[Meaning]:
        """What holds after the update."""
        for meaning in self.find(stem):
            if meaning.quantity.kind in AFTERWARDS and not meaning.quantity.at.new:
                yield _at(meaning, meaning.quantity.at._replace(new=True))

    def _ratio(self, above: str, below: str) -> Iterator[Meaning]:
        """dA/dB of any two quantities that the graph connects."""
        if below[:1] == "d" or above[:1] == "/":
            return
        for a, b in product(self.find(above), self.find(below)):
            found = _derivative(self.network, a.quantity, b.quantity)
            if found:
                at = a.quantity.at if any(a.quantity.at) else b.quantity.at
                if found.kind in (Kind.W, Kind.O, Kind.X):
                    at = found.at
                yield Meaning(found.marked(at), b.scale / a.scale if a.scale else Fraction(1))
                return

    def _path(self, slope_at: str, through: str) -> Iterator[Meaning]:
        """One path's part of a slope."""
        units = [through] + [m.quantity.units[0] for m in self.find(through) if m.quantity.units]
        known = (unit for unit in units if unit in self.network.places)
        for meaning, unit in product(self.find(slope_at), known):
            if meaning.quantity.kind is Kind.DE_DO:
                path = Quantity(Kind.PATH, (meaning.quantity.units[0], unit), meaning.quantity.at)
                yield Meaning(path, meaning.scale)

    def _applied(self, prime: str, argument: str) -> Iterator[Meaning]:
        """f(net_j) and f'(net_j)."""
        for meaning in self.find(argument):
            if meaning.quantity.kind is Kind.NET:
                j = meaning.quantity.units[0]
                found = LOCAL(j, j) if prime else O(j)
                yield Meaning(found.marked(meaning.quantity.at))


def _without(pattern: re.Pattern[str], text: str) -> str:
    """What is left of a name, or nothing where the pattern is not in it."""
    stem = pattern.sub("", text, count=1)
    return stem if stem != text else ""


AFTERWARDS = (Kind.W, Kind.B, Kind.E, Kind.SHARE, Kind.NET, Kind.O, Kind.EXP, Kind.EXPSUM)
"""What has a value again after the update."""


def _at(meaning: Meaning, at: At) -> Meaning:
    return Meaning(meaning.quantity.marked(at), meaning.scale, meaning.loose)


def _derivative(network: Network, a: Quantity, b: Quantity) -> Quantity | None:
    """The quantity dA/dB, by its usual key where it has one."""
    a, b = a.marked(ALWAYS), b.marked(ALWAYS)
    match a.kind, b.kind:
        case Kind.SHARE, _ if b.units[:1] == a.units and b.kind in (Kind.O, Kind.NET):
            return _derivative(network, E, b)
        case Kind.SHARE, Kind.O if b.units[0] not in network.outputs:
            above = network.layers[network.places[b.units[0]][0]]
            if above.units == network.outputs and not above.softmax:
                return Quantity(Kind.PATH, (b.units[0], a.units[0]))
        case Kind.E, Kind.W | Kind.B:
            return Quantity(Kind.GRAD, b.units)
        case Kind.E, Kind.O:
            return DE_DO(b.units[0])
        case Kind.E, Kind.NET:
            return Quantity(Kind.DE_DNET, b.units)
        case Kind.O, Kind.NET if _same_layer(network, a.units[0], b.units[0]):
            return LOCAL(a.units[0], b.units[0])
        case _:
            pass
    return slope(a, b) if a != b else None


def _same_layer(network: Network, k: str, j: str) -> bool:
    depth = network.places[k][0]
    return depth == network.places[j][0] and (k == j or network.layers[depth - 1].softmax)


def labels(own: Sequence[OwnName]) -> Mapping[str, str]:
    """What the problem's own names call its units: O6 and I6 call y1 6."""
    found: dict[str, str] = {}
    for name in own:
        if name.quantity.kind in (Kind.X, Kind.O, Kind.NET):
            digits = re.search(r"\d+$", name.text)
            if digits:
                found.setdefault(name.quantity.units[0], digits[0])
    return found


def common(
    network: Network, called: Mapping[str, str] = EMPTY, *, from_first: bool = False
) -> Iterator[tuple[str, Meaning]]:
    """The names that people use in any course, the likelier meanings first.

    ``called`` are the labels that the problem gives to units.
    """
    for kind, bases in UNITLESS.items():
        yield from ((word, Meaning(Quantity(kind))) for word in bases.split())
    for row in (network.inputs, *(layer.units for layer in reversed(network.layers))):
        for unit in row:
            words = tuple(indices(network, unit, called))
            yield from ((word, Meaning(network.output(unit))) for word in words if len(word) > 1)
            for kind in _kinds(network, unit):
                for base, index in product(_bases(network, kind, unit), words):
                    if len(base + index) > 1 or base not in "eid":
                        yield base + index, _meaning(kind, unit, base)
                        yield index + base, _meaning(kind, unit, base)
    yield from _weights(network, called, from_first)


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


def _bases(network: Network, kind: Kind, unit: str) -> Sequence[str]:
    bases = INDEXED[kind].split()
    if kind is not Kind.O:
        return bases
    return bases + (OF_OUTPUTS if unit in network.outputs else OF_HIDDEN).split()


def _meaning(kind: Kind, unit: str, base: str) -> Meaning:
    if kind is Kind.DE_DNET:
        return Meaning(Quantity(kind, (unit,)), Fraction(-1 if base == "err" else 1), True)
    return Meaning(Quantity(kind, (unit,)))


def indices(network: Network, unit: str, called: Mapping[str, str]) -> Iterator[str]:
    """How people point at a unit: h1, 1, layer and number; nothing where it is the only one."""
    if unit in called:
        yield called[unit]
    depth, number = network.places[unit]
    row = network.sizes[depth]
    words: tuple[str, ...]
    if not depth:
        words = ("x", "i", "in", "input")
    elif unit in network.outputs:
        words = ("y", "o", "out", "output", "k")
    else:
        words = ("h", "hidden", "hid", "j") if len(network.layers) == 2 else ()
        yield unit
    yield from (f"{word}{number}" for word in words)
    if depth:
        yield f"{depth}{number}"
    yield str(number)
    if row == 1:
        yield from words
        yield ""


def _weights(
    network: Network, called: Mapping[str, str], from_first: bool
) -> Iterator[tuple[str, Meaning]]:
    for depth, layer in enumerate(network.layers, 1):
        for j, i in product(layer.units, network.feeders(layer)):
            meaning = Meaning(W(j, i))
            to, source = (list(indices(network, u, called)) for u in (j, i))
            for base in INDEXED[Kind.W].split():
                for a, b in product(to, source):
                    pair = (b, a) if from_first and a[-1:] == a and b[-1:] == b else (a, b)
                    yield f"{base}{pair[0]}{pair[1]}", meaning
                    if not (a.isdigit() and b.isdigit()):
                        yield f"{base}{b}{a}", meaning
                J, I = (network.places[u][1] for u in (j, i))
                near = f"{I}{J}" if from_first else f"{J}{I}"
                yield f"{base}{depth}{near}", meaning
        for bias in layer.biases():
            if bias.units[0] == layer.name:
                for base, name in product(INDEXED[Kind.B].split(), (layer.name, str(depth))):
                    yield f"{base}{name}", Meaning(bias)


Entries = dict[tuple[int, ...], Meaning]


def arrays(network: Network) -> Iterator[tuple[str, tuple[int, ...], Entries]]:
    """The vectors and matrices that people name as wholes."""
    rows = (network.inputs, *(layer.units for layer in network.layers))
    for depth in range(len(rows) - 1, -1, -1):
        row = rows[depth]
        ends = [str(depth), ""]
        if depth:
            ends += [network.layers[depth - 1].name, "out" if depth == len(rows) - 1 else "hidden"]
        for kind in _kinds(network, row[0]):
            entries: Entries = {(n,): _meaning(kind, unit, "") for n, unit in enumerate(row)}
            for base, end in product(_bases(network, kind, row[0]), ends):
                yield base + end, (len(row),), entries
        if depth:
            yield from _matrices(rows[depth - 1], row, ends)


def _matrices(
    below: Sequence[str], row: Sequence[str], ends: Sequence[str]
) -> Iterator[tuple[str, tuple[int, ...], Entries]]:
    for kind, bases in ((Kind.W, INDEXED[Kind.W].split()), (Kind.GRAD, ("dw", "de/dw", "grad"))):
        cells: Entries = {
            (n, m): Meaning(Quantity(kind, (j, i)))
            for n, j in enumerate(row)
            for m, i in enumerate(below)
        }
        turned: Entries = {(cell[1], cell[0]): meaning for cell, meaning in cells.items()}
        for base, end in product(bases, ends):
            yield base + end, (len(row), len(below)), cells
            yield base + end, (len(below), len(row)), turned
