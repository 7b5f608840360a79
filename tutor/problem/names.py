"""Which quantity a name means: the problem's own first, then the notation's, then the keys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from tutor.problem.glyph import Glyph
from tutor.problem.naming import Naming
from tutor.problem.notation import NOTATIONS
from tutor.problem.problem import OwnName
from tutor.symbolic.network import Network
from tutor.symbolic.quantity import ALWAYS, ETA, MU, At, E, Kind, Quantity, parameter


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity, and how many of what was named it is: -1 for a name of the other sign."""

    quantity: Quantity
    scale: Fraction = Fraction(1)

    @property
    def sign(self) -> int:
        """-1 where the name stands for minus the quantity."""
        return -1 if self.scale < 0 else 1


_MARK = re.compile(r"(.*?)\[(?:update )?(\d+)(?:(?:\.|, pattern )(\d+))?\]", re.DOTALL)
_SPELLING = str.maketrans(
    {
        **{"∂": "d", "′": "'", "’": "'", "Δ": "Delta", "α": "alpha", "β": "beta", "γ": "gamma"},
        **{"δ": "delta", "ε": "epsilon", "η": "eta", "μ": "mu", "σ": "sigma", "φ": "phi"},
    }
)
_NEW = ("_new", "⁺", "+", "_{new}")


def spelled(text: str) -> str:
    r"""A name without what people add or leave out: spaces, braces, backslashes, doubled _."""
    text = unicodedata.normalize("NFC", text).translate(_SPELLING)
    text = re.sub(r"[\s{}\\$]", "", text).replace(",", "_")
    return re.sub(r"_+", "_", text)


class Names:
    """Every name of every quantity of a network."""

    def __init__(
        self, network: Network, own: Sequence[OwnName] = (), notation: str = "slides"
    ) -> None:
        self.network, self.own = network, tuple(own)
        self.naming = Naming(network, NOTATIONS[notation])

    def find(self, text: str) -> Found | None:
        """The quantity that a name means. Case and _ are forgiven where no other name is meant."""
        at = ALWAYS
        if match := _MARK.fullmatch(text.strip()):
            text, at = match[1], At(int(match[2]), int(match[3] or 0))
        name = spelled(text)
        new = next((end for end in map(spelled, _NEW) if name.endswith(end)), None)
        if new and name not in self._exact:
            found, at = self._lookup(name.removesuffix(new)), at._replace(new=True)
        else:
            found = self._lookup(name)
        return found and Found(found.quantity.marked(at), found.scale)

    def _lookup(self, name: str) -> Found | None:
        folded = self._folded.get(_folded(name), ())
        return self._exact.get(name) or (folded[0] if len(folded) == 1 else None)

    def known(self) -> list[str]:
        """Every name, for suggestions."""
        return list(self._exact)

    def meanings(self) -> dict[str, Quantity]:
        """Every name as it is spelled, and what it means."""
        return {name: found.quantity for name, found in self._exact.items()}

    @cached_property
    def _exact(self) -> dict[str, Found]:
        found: dict[str, Found] = {}
        for name, meaning in self.every():
            found.setdefault(name, meaning)
        return found

    @cached_property
    def _folded(self) -> dict[str, list[Found]]:
        folded: dict[str, list[Found]] = {}
        for name, meaning in self._exact.items():
            alike = folded.setdefault(_folded(name), [])
            if meaning not in alike:
                alike.append(meaning)
        return folded

    def every(self) -> Iterator[tuple[str, Found]]:
        """Every name with its meaning; of two meanings the first holds."""
        for own in self.own:
            yield spelled(own.text), Found(own.quantity, Fraction(own.sign))
        for q in catalogue(self.network):
            printed = self.naming.name(q)
            if isinstance(printed, Glyph):
                yield spelled(printed.text), Found(q, self.naming.scale(q))
        for q in catalogue(self.network):
            for name in dict.fromkeys(self._spellings(q)):
                yield spelled(name), Found(q)

    def _aliases(self, q: Quantity) -> list[str]:
        """The names of a quantity that has one of its own."""
        own = [name.text for name in self.own if name.quantity == q and name.sign == 1]
        return [*own, self.naming.glyph(q).text, q.name]

    def _spellings(self, q: Quantity) -> Iterator[str]:
        """The names put together from others: dE/dw5 from w5."""
        of = {
            Kind.GRAD: lambda: parameter(q.units),
            Kind.CHANGE: lambda: parameter(q.units),
            Kind.DE_DO: lambda: Quantity(Kind.O, q.units),
            Kind.DE_DNET: lambda: Quantity(Kind.NET, q.units),
        }
        yield q.name
        if q.kind is Kind.CHANGE:
            for alias in self._aliases(of[q.kind]()):
                yield from (f"change_{alias}", f"Δ{alias}")
        elif q.kind in of:
            for error in self._aliases(E):
                yield from (f"d{error}/d{alias}" for alias in self._aliases(of[q.kind]()))
        if q.kind is Kind.DE_DNET:
            yield from (f"delta_{q.units[0]}", f"δ_{self.naming.unit(q.units[0])}")
        if q.kind is Kind.PATH and q.units[1] in self.network.outputs:
            share = Quantity(Kind.SHARE, q.units[1:])
            for alias in self._aliases(Quantity(Kind.O, q.units[:1])):
                yield from (f"d{name}/d{alias}" for name in self._aliases(share))
        if q.kind is Kind.LOCAL:
            yield from self._local_spellings(*q.units)
        if q.kind is Kind.SHARE:
            yield from self._aliases(q)
        if q.kind is Kind.E and len(self.network.outputs) == 1:
            yield f"E_{self.network.outputs[0]}"

    def _local_spellings(self, k: str, j: str) -> Iterator[str]:
        for net in self._aliases(Quantity(Kind.NET, (j,))):
            if k == j:
                yield from (f"f'({net})", f"{self.naming.notation.f or 'f'}'({net})")
            for o in self._aliases(Quantity(Kind.O, (k,))):
                yield f"d{o}/d{net}"


def _folded(name: str) -> str:
    return name.replace("_", "").casefold()


def catalogue(network: Network) -> Iterator[Quantity]:
    """Every quantity that a problem on this network can have, without marks."""
    yield from (Quantity(Kind.X, (i,)) for i in network.inputs)
    yield from (Quantity(Kind.T, (j,)) for j in network.outputs)
    yield from network.parameters
    yield from (ETA, MU)
    for layer in network.layers:
        for kind in (Kind.NET, Kind.O, Kind.DE_DO, Kind.DE_DNET):
            yield from (Quantity(kind, (j,)) for j in layer.units)
        if layer.softmax:
            yield from (Quantity(Kind.EXP, (j,)) for j in layer.units)
            yield Quantity(Kind.EXPSUM, (layer.name,))
        pairs = [(k, j) for k in layer.units for j in layer.units if k == j or layer.softmax]
        yield from (Quantity(Kind.LOCAL, pair) for pair in pairs)
    for layer, above in zip(network.layers, network.layers[1:], strict=False):
        yield from (Quantity(Kind.PATH, (j, k)) for j in layer.units for k in above.units)
    yield E
    if len(network.outputs) > 1:
        yield from (Quantity(Kind.SHARE, (j,)) for j in network.outputs)
    for q in network.parameters:
        yield from (Quantity(Kind.GRAD, q.units), Quantity(Kind.CHANGE, q.units))
