"""What a student's names may mean: the notation's and the problem's first, then common ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import product

from tutor.marking.common import Meaning, arrays, common
from tutor.marking.functions import FUNCTIONS, UNNAMED
from tutor.marking.indices import USUAL, Counting, labels
from tutor.marking.phrases import apposed, short
from tutor.problem.names import Names, spelled
from tutor.problem.problem import Problem
from tutor.symbolic.network import Network
from tutor.symbolic.quantity import ALWAYS, DE_DO, LOCAL, PARAMETERS, At, E, Kind, O, Quantity
from tutor.symbolic.slopes import slope

_LOOSE = re.compile(r"delta|err", re.IGNORECASE)
_NEW = re.compile(
    r"(?:_?\^?\(?(?:new|neu|updated|after|next)\)?|\^?\+|'|\^\*|\(t\+1\)|\(n\+1\))$", re.IGNORECASE
)
_NEW_FIRST = re.compile(r"^(?:new|updated|neu(?![er]))[_ ]*|(?<=[A-Za-z])_new(?=_)", re.IGNORECASE)
_OLD = re.compile(
    r"(?:_?\^?\(?(?:old|prev|previous)\)?|\(t\)|\(n\))$|^old[_ ]*|(?<=[A-Za-z])_old(?=_)",
    re.IGNORECASE,
)
_ITERATION = re.compile(r"(.*\d)\(([01])\)")
"""What holds before or after the first update: W2(0), W2(1)."""
_MARK = re.compile(r"(.*[^^])\[(\d{1,3})(?:\.(\d{1,3}))?\]")
_ABOVE_LAST = re.compile(r"([^\W_]+)((?:_[^\W_]+|_\{[\w,]+\})+)\^(\d+|\[\w+\]|\(\w+\))")
"""An upper index after a lower one: a_2^1 for a^1_2."""
_SQUARE = re.compile(r"([^\W_]+)\^2((?:_[^\W_]+)+)")
_RATIO = re.compile(r"d(.+?)/d(.+)")
_AS_IN_CODE = re.compile(r"d(?:(\w+?)_|([ELJC]))d([^\W\d]\w*)")
"""dE_dw5, dEdw5."""
_APPLIED = re.compile(r"([^\W\d]\w*)('?)\((.+)\)")
_STEP = re.compile(r"(?:Delta|Δ|change|Change)[_ ]?(.+)")
_NABLA = re.compile(r"nabla[_ ]?(.+?)(?: ?[EJLC])?")
_INPUT = re.compile(r"input (\w+)", re.IGNORECASE)
_ERROR = re.compile(r"errors?[ _](?:(?:output|hidden)[ _])?(\w+)", re.IGNORECASE)
"""The error of a unit: as Err in front of its number."""
_STEPS = (Kind.GRAD, Kind.DE_DO, Kind.DE_DNET)
"""Slopes that a working goes by."""
_SUMMED = re.compile(
    r"(?:sum|total|summe|batch|Σ)(?: of| over| for)?(?: the)? (.+)"
    r"|(.+?) \(?(?:sum|total|summed|batch)\)?",
    re.IGNORECASE,
)
"""A gradient that is added up over the patterns."""
_LAYER_FIRST = re.compile(r"(hidden|output)(?: layer)?(?:'s)? (.+)", re.IGNORECASE)
_LETTER = re.compile(r"([^\W\d_]+)(?:\^?[(\[]?\d[)\]]?|_[a-z]+)?")
_FUNCTIONS = {"e", "exp", "ln", "log", "sqrt", "max", "abs", "tanh", "sigmoid", "relu"}
LONGEST_NAME = 60
_BESIDE_LETTERS = str.maketrans("", "", "_^,()[] ")
EXACTLY = 2
"""What Meanings.knows says of a name of the notation itself."""


def folded(name: str) -> str:
    """A name without case, underscores and the hat of a superscript."""
    return name.translate(_BESIDE_LETTERS).casefold()


def _without_case(name: str) -> str:
    """A name of the notation without case and underscores; upper indices stay what they are."""
    return name.replace("_", "").casefold()


class Meanings:
    """Every name of every quantity of one problem, read in one notation."""

    def __init__(
        self,
        problem: Problem,
        notation: str,
        counting: Counting = USUAL,
    ) -> None:
        self.network = problem.network
        self.notation = notation
        self.counting = counting
        self.names = Names(self.network, problem.names, notation)
        self._seen: dict[str, tuple[Meaning, ...]] = {}
        self._known_as: dict[str, int] = {}

    def find(self, text: str) -> tuple[Meaning, ...]:
        """What a name may mean, the likeliest first; nothing for an unknown name."""
        if text not in self._seen:
            self._seen[text] = () if len(text) > LONGEST_NAME else tuple(self._find(text.strip()))
        return self._seen[text]

    def said(self, text: str) -> tuple[Meaning, ...]:
        """What a left side may mean, also one in words: the output of o1, the new weight w5."""
        if text[-1:] == ")" and (found := self._summed(text)):
            return found
        few = short(text)
        if (found := self.find(text) or self.find(few)) or len(few) > LONGEST_NAME:
            return found
        if stem := _without(_NEW_FIRST, few):
            return tuple(_afterwards(self.said(stem)))
        if (match := _ERROR.fullmatch(few)) and (found := self.find(f"Err{match[1]}")):
            return found
        named = apposed(few)
        if found := tuple(self._apposed(*named)) if named else ():
            return found
        if found := self._summed(text):
            return found
        return self.find(f"net {match[1]}") if (match := _INPUT.fullmatch(few)) else ()

    def _summed(self, text: str) -> tuple[Meaning, ...]:
        """The gradient whose sum over the patterns is named: sum dE/dw1, dE/dw1 (total)."""
        match = _SUMMED.fullmatch(text)
        found = self.said(match[1] or match[2]) if match else ()
        return tuple(one for one in found if one.quantity.kind is Kind.GRAD)

    def named(self, text: str) -> str:
        """The name in a left side: that beside a word for what it is, if there is one."""
        name, kinds = apposed(short(text)) or (text, ())
        return name if any(one.quantity.kind in kinds for one in self.find(name)) else text

    def knows(self, text: str) -> int:
        """EXACTLY for a name of the notation or the problem, also with a mark or as part of a
        slope; 1 for another name that means something."""
        if text not in self._known_as:
            self._known_as[text] = self._knows(text)
        return self._known_as[text]

    def _knows(self, text: str) -> int:
        if spelled(text) in self._exact:
            return EXACTLY
        if match := _MARK.fullmatch(text):
            return self._knows(match[1])
        if "@" in text:
            return self._knows(text.partition("@")[0])
        if "/" in text and (match := _RATIO.fullmatch(spelled(text))):
            return min(self._knows(match[1]), self._knows(match[2]))
        if match := _APPLIED.fullmatch(text):
            return self._knows(match[3])
        if stem := _without(_NEW, text) or _without(_NEW_FIRST, text):
            return self._knows(stem)
        return bool(self.find(text))

    def stands_for(self, text: str) -> frozenset[str]:
        """What the notation has the letter of a vector for: z, z^(1), z_j."""
        match = _LETTER.fullmatch(text)
        return self._taken.get(match[1].casefold(), frozenset()) if match else frozenset()

    def squared(self, text: str) -> bool:
        """Whether z^2_1 is the square of z_1: that is a name here, and no index is a layer's."""
        if self._layered or not (match := _SQUARE.fullmatch(text)):
            return False
        return self.knows(match[1] + match[2]) == EXACTLY

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
        elif match := _ITERATION.fullmatch(text):
            yield from _counted(self.find(match[1]), match[2])
        elif match := _APPLIED.fullmatch(text):
            yield from _functions(self.find(match[3]), match[1], match[2])
        elif match := _STEP.fullmatch(text):
            yield from _steps(self.find(match[1]))
        elif text[-1:] == "'" and (text in UNNAMED or text in FUNCTIONS):
            units = (j for layer in reversed(self.network.layers) for j in layer.units)
            yield from (Meaning(LOCAL(j, j)) for j in units)
            yield from _afterwards(self.find(text[:-1]))
        elif stem := _without(_NEW, text) or _without(_NEW_FIRST, text):
            yield from _afterwards(self.find(stem))
        elif stem := _without(_OLD, text):
            yield from self.find(stem)
        elif (match := _AS_IN_CODE.fullmatch(text)) and self.find(match[3]):
            yield from self._ratio(match[1] or match[2], match[3])
        elif match := _NABLA.fullmatch(text):
            yield from gradients(self.find(match[1]))
        elif text[:1] == "d" and text[1:]:
            yield from gradients(self.find(text[1:].strip("_ ")))

    def entries(
        self, text: str, index: tuple[int, ...], shape: tuple[int, ...]
    ) -> tuple[Meaning, ...]:
        """What an entry of a vector or matrix may mean: delta, W2, h."""
        if len(text) > LONGEST_NAME:
            return ()
        if match := _ITERATION.fullmatch(text):
            return tuple(_counted(self.entries(match[1], index, shape), match[2]))
        if (match := _APPLIED.fullmatch(text)) and (nets := self.entries(match[3], index, shape)):
            return tuple(_functions(nets, match[1], match[2]))
        stem = _without(_NEW, text) or text
        match = _NABLA.fullmatch(stem)
        word = folded(f"nabla{match[1]}" if match else stem)
        found = self._arrays.get((word, shape), [])
        if not found and (match := _LAYER_FIRST.fullmatch(stem)):
            found = self._arrays.get((folded(match[2] + match[1]), shape), [])
        if not found and len(shape) == 2 and 1 in shape:
            found, index = self._arrays.get((word, (max(shape),)), []), (max(index),)
        elif not found and len(shape) == 1:
            found, index = self._arrays.get((word, (1, *shape)), []), (0, *index)
        if not found and (match := _STEP.fullmatch(stem)):
            return tuple(_steps(self.entries(match[1], index[-len(shape) :], shape)))
        kinds = (meanings[index] for meanings in found if index in meanings)
        new = bool(_without(_NEW, text))
        return tuple(_at(m, m.quantity.at._replace(new=True)) if new else m for m in kinds)

    @cached_property
    def _arrays(self) -> dict[tuple[str, tuple[int, ...]], list[dict[tuple[int, ...], Meaning]]]:
        found: dict[tuple[str, tuple[int, ...]], list[dict[tuple[int, ...], Meaning]]] = {}
        for word, shape, entries in arrays(self.network, self._taken):
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
            return (*alike, *self._logits(text, alike[0].quantity))
        return tuple(self._in_its_letter(text)) or self._common.get(folded(text), ()) or alike

    def _logits(self, text: str, q: Quantity) -> Iterator[Meaning]:
        """What o_1 may be beside an output of a softmax: its net input."""
        if q.kind is Kind.O:
            units = {Quantity(Kind.NET, q.units)}
            yield from (m for m in self._common.get(folded(text), ()) if m.quantity in units)

    def _in_its_letter(self, text: str) -> Iterator[Meaning]:
        """A delta under another name in a letter that only this notation has, as aima's Δ_out: it
        has the notation's scale."""
        letter = spelled((self.names.naming.notation.delta or ("",))[0])
        if letter not in ("", "delta") and text.startswith(letter):
            for one in self._common.get(folded(text), ()):
                if one.quantity.kind is Kind.DE_DNET:
                    yield replace(one, scale=self.names.naming.scale(one.quantity))

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
            scale = self._one_sign(meaning.quantity, meaning.scale) if loose else meaning.scale
            found.setdefault(name, Meaning(meaning.quantity, scale, loose))
        return found

    def _one_sign(self, q: Quantity, scale: Fraction) -> Fraction:
        """The scale of a name whose sign differs from course to course: all such have the sign of
        the notation, so that a page that mixes names does not mix signs."""
        if q.kind is not Kind.DE_DNET:
            return scale
        return -abs(scale) if self.names.naming.scale(q) < 0 else abs(scale)

    @cached_property
    def _taken(self) -> dict[str, frozenset[str]]:
        """The letters that have just one meaning in the notation, and what they stand for."""
        notation = self.names.naming.notation
        glyphs = {role: notation.glyphs[role] for role in ("X", "NET", "O", "Y", "T")}
        if notation.delta:
            glyphs[Kind.DE_DNET.name] = notation.delta
        taken: dict[str, set[str]] = {}
        for role, (base, *_) in glyphs.items():
            taken.setdefault(spelled(base).casefold(), set()).add(role)
        return {base: frozenset(roles) for base, roles in taken.items()}

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
        called = labels(self.names.own)
        words = common(self.network, called, self._taken, self.counting)
        for word, meaning in words:
            found.setdefault(folded(word), {}).setdefault(meaning.quantity, meaning)
        return {word: tuple(meanings.values()) for word, meanings in found.items()}

    def _apposed(self, name: str, kinds: tuple[Kind, ...]) -> Iterator[Meaning]:
        """A name behind the word for what it is: the weight w5; also the gradient of w5."""
        found = self.said(name)
        yield from (meaning for meaning in found if meaning.quantity.kind in kinds)
        if Kind.GRAD in kinds:
            yield from gradients(found)

    def _ratio(self, above: str, below: str) -> Iterator[Meaning]:
        """dA/dB of any two quantities that the graph connects; more than one only of the slopes
        that are steps."""
        if below[:1] == "d" or above[:1] == "/":
            return
        pairs = product(self.find(above), self.find(below))
        slopes = [(_derivative(self.network, a.quantity, b.quantity), a, b) for a, b in pairs]
        steps = any(found and found.kind in _STEPS for found, _, _ in slopes)
        for found, a, b in slopes:
            if found is None or (steps and found.kind not in _STEPS):
                continue
            at = a.quantity.at if any(a.quantity.at) else b.quantity.at
            if found.kind in (Kind.W, Kind.O, Kind.X):
                at = found.at
            yield Meaning(found.marked(at), b.scale / a.scale if a.scale else Fraction(1))
            if not steps:
                return

    def _path(self, slope_at: str, through: str) -> Iterator[Meaning]:
        """One path's part of a slope."""
        units = [through] + [m.quantity.units[0] for m in self.find(through) if m.quantity.units]
        known = (unit for unit in units if unit in self.network.places)
        for meaning, unit in product(self.find(slope_at), known):
            if meaning.quantity.kind is Kind.DE_DO:
                path = Quantity(Kind.PATH, (meaning.quantity.units[0], unit), meaning.quantity.at)
                yield Meaning(path, meaning.scale)


def _without(pattern: re.Pattern[str], text: str) -> str:
    """What is left of a name, or nothing where the pattern is not in it."""
    stem = pattern.sub("", text, count=1)
    return stem if stem != text else ""


AFTERWARDS = (*PARAMETERS, Kind.E, Kind.SHARE, Kind.NET, Kind.O, Kind.EXP, Kind.EXPSUM)
"""What has a value again after the update."""


def _afterwards(found: Iterable[Meaning]) -> Iterator[Meaning]:
    """What holds after the update."""
    for meaning in found:
        if meaning.quantity.kind in AFTERWARDS and not meaning.quantity.at.new:
            yield _at(meaning, meaning.quantity.at._replace(new=True))


def _counted(found: Iterable[Meaning], updates: str) -> Iterator[Meaning]:
    """The parameters after no update or after one."""
    among = (meaning for meaning in found if meaning.quantity.kind in PARAMETERS)
    yield from _afterwards(among) if updates == "1" else among


def after_their_update(found: Iterable[Meaning]) -> Iterator[Meaning]:
    """What a weight with a mark may be besides the one that its update uses."""
    for meaning in found:
        q = meaning.quantity
        if q.kind in PARAMETERS and q.at.update and not q.at.new:
            yield _at(meaning, q.at._replace(new=True))


def _steps(found: Iterable[Meaning]) -> Iterator[Meaning]:
    """The steps of weights and biases."""
    for meaning in found:
        if meaning.quantity.kind in PARAMETERS:
            yield Meaning(Quantity(Kind.CHANGE, meaning.quantity.units), loose=True)


def _functions(found: Iterable[Meaning], name: str, prime: str) -> Iterator[Meaning]:
    """f(net_j) and f'(net_j); exp(net_k) is a step of a softmax, and no output."""
    for meaning in found:
        if meaning.quantity.kind is Kind.NET:
            j = meaning.quantity.units[0]
            one = Quantity(Kind.EXP, (j,)) if name == "exp" else LOCAL(j, j) if prime else O(j)
            yield Meaning(one.marked(meaning.quantity.at))


def gradients(found: Iterable[Meaning]) -> Iterator[Meaning]:
    """The gradients of weights and biases."""
    for meaning in found:
        if meaning.quantity.kind in PARAMETERS and not meaning.quantity.at.new:
            yield Meaning(Quantity(Kind.GRAD, meaning.quantity.units))


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
