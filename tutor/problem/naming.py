"""How one page names quantities: the problem's own names first, then the notation's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from tutor.problem.glyph import Applied, Change, Glyph, Name, Slope, Via
from tutor.problem.notation import Notation, Pattern
from tutor.problem.problem import OwnName
from tutor.symbolic.general import General
from tutor.symbolic.network import Network
from tutor.symbolic.quantity import ALWAYS, NET, PARAMETERS, At, E, Kind, O, Quantity, parameter

_GREEK = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "eta": "η",
    "theta": "θ",
    "mu": "μ",
    "sigma": "σ",
    "phi": "φ",
    "Delta": "Δ",
}
_OWN = re.compile(r"([^\W\d_]+)(\d*)_?(.*)")


def own_glyph(text: str) -> Glyph:
    """A name from a problem file: Err6 is Err with index 6, out_h1 is out with index h1."""
    match = _OWN.fullmatch(text)
    if not match or match[3][:1] == "_":
        return Glyph(text, plain=text)
    sub = tuple(part for part in (match[2], *match[3].split("_")) if part)
    return Glyph(_GREEK.get(match[1], match[1]), sub, plain=text)


def mark(at: At) -> str:
    """When a quantity holds, in words: a bare number could be an update or a pattern."""
    numbers = (("update", at.update), ("pattern", at.pattern))
    return ", ".join(f"{what} {number}" for what, number in numbers if number)


@dataclass(frozen=True)
class Naming:
    """How one page names quantities: a notation, and before it the problem's own names."""

    network: Network
    notation: Notation
    own: tuple[OwnName, ...] = ()

    def scale(self, q: Quantity) -> Fraction:
        """q is this many times what its name stands for: -1 for a delta of the other sign."""
        own = self._own(q) or self._alike(q)
        if own:
            return Fraction(own.sign)
        if q.kind is Kind.DE_DNET and self.notation.delta:
            return self._delta_scale()
        return Fraction(1)

    def _delta_scale(self) -> Fraction:
        """aima's Delta is the error times the slope, whatever E has before t - o."""
        loss, scale = self.network.loss, self.notation.scale
        if loss is None or not self.notation.bare:
            return scale
        return scale * loss.factor(len(self.network.outputs))

    @cached_property
    def _names(self) -> dict[Quantity, Name]:
        return {}

    def name(self, q: Quantity) -> Name:
        """What q is called."""
        if q not in self._names:
            self._names[q] = self._name(q)
        return self._names[q]

    def _name(self, q: Quantity) -> Name:
        own = self._own(q)
        if own:
            return self._timed(own_glyph(own.text), q.at)
        match q.kind:
            case Kind.DE_DNET if alike := self._alike(q):
                return Glyph(own_glyph(alike.text).base, tuple(map(self.unit, q.units)))
            case Kind.DE_DNET if self.notation.delta:
                return self._timed(self._filled(self.notation.delta, q.units), q.at)
            case Kind.DE_DO:
                return Slope(self.glyph(E.marked(q.at)), self.glyph(O(q.units[0]).marked(q.at)))
            case Kind.DE_DNET:
                return Slope(self.glyph(E.marked(q.at)), self.glyph(NET(q.units[0]).marked(q.at)))
            case Kind.PATH:
                error = self.glyph(E.marked(q.at))
                through = Slope(error, self.glyph(O(q.units[0]).marked(q.at)))
                return Via(through, self.unit_glyph(q.units[1]))
            case Kind.GRAD:
                return Slope(self.glyph(E.marked(q.at)), self.glyph(parameter(q.units)))
            case Kind.LOCAL:
                return self._local(q)
            case Kind.CHANGE:
                return Change(self._timed(self.glyph(parameter(q.units)), q.at))
            case _:
                return self.glyph(q)

    def defined(self, q: Quantity) -> Slope | None:
        """The derivative that a delta stands for."""
        if isinstance(self.name(q), Glyph) and q.kind is Kind.DE_DNET:
            return Slope(self.glyph(E.marked(q.at)), self.glyph(NET(q.units[0]).marked(q.at)))
        return None

    def _local(self, q: Quantity) -> Name:
        k, j = q.units
        if k == j and self.notation.f and not self._softmax(j):
            return Applied(f"{self.notation.f}'", self.glyph(NET(j).marked(q.at)))
        return Slope(self.glyph(O(k).marked(q.at)), self.glyph(NET(j).marked(q.at)))

    def _softmax(self, j: str) -> bool:
        """Whether f would not be a function of one net input."""
        return self.network.layers[-1].softmax and self._is_output(j)

    def _is_output(self, unit: str) -> bool:
        general = General.of(unit)
        layers = len(self.network.layers)
        return general.is_output(layers) if general else unit in self.network.outputs

    @cached_property
    def _glyphs(self) -> dict[Quantity, Glyph]:
        return {}

    def glyph(self, q: Quantity) -> Glyph:
        """The name of a quantity that has one of its own, no derivative."""
        if q not in self._glyphs:
            self._glyphs[q] = self._glyph(q)
        return self._glyphs[q]

    def _glyph(self, q: Quantity) -> Glyph:
        own = self._own(q)
        if own:
            return self._timed(own_glyph(own.text), q.at)
        kind = q.kind.name
        if q.kind is Kind.O and self._is_output(q.units[0]):
            kind = "Y"
        pattern = self.notation.glyphs.get(kind)
        if pattern is None:
            return Glyph(q.key)
        glyph = self._timed(self._filled(pattern, q.units, q.kind), q.at)
        alike = self._alike(q)
        return replace(glyph, base=own_glyph(alike.text).base, sup=()) if alike else glyph

    def _alike(self, q: Quantity) -> OwnName | None:
        """For a general unit such as j: an own name of its kind, if all that it may be have one."""
        general = General.of(q.units[0]) if q.units else None
        if not general:
            return None
        own = [name for name in self.own if name.quantity.kind is q.kind]
        bases = {(own_glyph(name.text).base, name.sign) for name in own}
        named = {name.quantity.units[0] for name in own}
        return own[0] if len(bases) == 1 and named >= self._meant(general) else None

    def _meant(self, general: General) -> set[str]:
        """The units that a general one may be."""
        layers, last = self.network.layers, len(self.network.layers)
        if general.layer is None and not general.is_output(last):
            return {unit for layer in layers for unit in layer.units}
        if general.layer == 0:
            return set(self.network.inputs)
        return set(layers[(general.layer or last) - 1].units)

    def layer_number(self, depth: int) -> int:
        """What a layer is called, the inputs being 0 or, in some courses, 1."""
        return depth + ("{L}" in "".join(self.notation.glyphs["W"]))

    def _own(self, q: Quantity) -> OwnName | None:
        return self._owned.get(q) or self._owned.get(q.marked(ALWAYS))

    @cached_property
    def _owned(self) -> Mapping[Quantity, OwnName]:
        return {name.quantity: name for name in self.own}

    def _timed(self, glyph: Glyph, at: At) -> Glyph:
        new = self.notation.new if at.new else ""
        return replace(glyph, new=new, mark=mark(at))

    def _filled(self, pattern: Pattern, units: Sequence[str], kind: Kind | None = None) -> Glyph:
        j, i = (*units, "", "")[:2]
        words = {
            "j": self.unit(j),
            "i": self.unit(i),
            "J": self._number(j),
            "I": self._number(i),
            "l": self._layer(j, 0),
            "L": self._layer(j, 1),
            "n": self._order(kind, tuple(units)) if kind in PARAMETERS else "",
        }
        base, sub, sup = (part.format_map(words) for part in pattern)
        return Glyph(base, tuple(filter(None, sub.split(","))), tuple(filter(None, sup.split(","))))

    def _number(self, unit: str) -> str:
        """The number of a unit in its layer; none of a whole layer."""
        general = General.of(unit)
        return general.letter if general else str(self.network.places.get(unit, (0, ""))[1])

    def _layer(self, unit: str, first: int) -> str:
        """The number of the layer that a unit is in, or that is named by itself."""
        if general := General.of(unit):
            return general.layer_text(first)
        depths = {layer.name: n for n, layer in enumerate(self.network.layers, 1)}
        return str(depths.get(unit, self.network.places.get(unit, (0, 0))[0]) + first)

    def unit(self, name: str) -> str:
        """What a unit, or a layer, is called in an index: mazur's o1 for y1."""
        general = General.of(name)
        return general.letter if general else self.notation.units.get(name[:1], name[:1]) + name[1:]

    def unit_glyph(self, name: str) -> Glyph:
        """What a unit is called in a sentence: by its output, where indices are only numbers."""
        return Glyph(self.unit(name)) if self.names_units else self.glyph(self.network.output(name))

    @property
    def names_units(self) -> bool:
        """Whether units have names, and not only numbers in their layers."""
        return "{j}" in "".join(self.notation.glyphs["NET"])

    def _order(self, kind: Kind, units: tuple[str, ...]) -> str:
        return self._orders.get((kind, units)) or ",".join(map(self.unit, units))

    @cached_property
    def _orders(self) -> Mapping[tuple[Kind, tuple[str, ...]], str]:
        """The number of each weight among the weights, and of each bias among the biases."""
        count: Counter[Kind] = Counter()
        found = {}
        for q in self.network.parameters:
            count[q.kind] += 1
            found[q.kind, q.units] = str(count[q.kind])
        return found
