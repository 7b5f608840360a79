"""What a problem file says of quantities by name: own names, given values, questions, marks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import Context, Decimal
from fractions import Fraction

from tutor.errors import quoted
from tutor.problem.asking import LONGEST_ASKED, names_nothing, not_to_be_asked
from tutor.problem.glyph import Glyph
from tutor.problem.names import Found, Names, catalogue, spelled
from tutor.problem.naming import Naming
from tutor.problem.notation import NOTATIONS
from tutor.problem.numbers import WRONG, number, value
from tutor.problem.occurs import absent
from tutor.problem.problem import OwnName, Problem
from tutor.problem.unfit import unfit
from tutor.problem.worth import read_scheme
from tutor.problem.yaml_tree import Items, Node, Notes, Pairs, Scalar
from tutor.symbolic.quantity import ALWAYS, Kind, O, Quantity

PLACES = {
    Kind.X: "inputs",
    Kind.T: "targets",
    Kind.W: "weights",
    Kind.B: "biases",
    Kind.ETA: "learning_rate",
    Kind.MU: "momentum",
}
"""Where a file says what is no value of a computation."""


class Named:
    """Reads the keys that name quantities, for a problem whose network is known."""

    def __init__(self, problem: Problem, notes: Notes) -> None:
        self.problem, self.notes = problem, notes
        self.names = Names(problem.network, (), problem.notation)

    def read(
        self, names: Node | None, given: Node | None, ask: Node | None, marks: Node | None
    ) -> Problem:
        """The problem with its names, given values, questions and marks."""
        own = tuple(self._own_names(names))
        self.names = Names(self.problem.network, own, self.problem.notation)
        self.problem = replace(self.problem, names=own)
        self.problem = replace(self.problem, given=dict(self._given(given)))
        scheme = read_scheme(marks, self.notes, self._not_to_be_asked)
        return replace(self.problem, ask=tuple(self._asked(ask)), marks=scheme)

    def _not_to_be_asked(self, name: str) -> tuple[str, str] | None:
        return not_to_be_asked(name, self.names, self.problem)

    def _pairs(self, node: Node | None, example: str) -> tuple[tuple[Scalar, Node], ...]:
        if isinstance(node, Pairs):
            return node.pairs
        if node and not (isinstance(node, Scalar) and node.empty):
            self.notes.flaw(node, "a mapping is wanted here", f"for example {example}")
        return ()

    def _find(self, node: Scalar) -> Found | None:
        """What a name means, which may have a minus before it."""
        text = node.text.strip()
        if len(text) > LONGEST_ASKED:
            return None
        if not text.startswith("-"):
            return self.names.find(text)
        found = self.names.find(text[1:])
        return found and Found(found.quantity, -found.scale)

    def _nothing(self, node: Scalar) -> None:
        self.notes.flaw(node, *names_nothing(node.text, self.names))

    def _own_names(self, node: Node | None) -> Iterator[OwnName]:
        keys = {spelled(q.name): q for q in catalogue(self.problem.network)}
        read = [
            (place, name)
            for key, other in self._pairs(node, "{w1: w_h1_x1}")
            for place, name in self._own_name(key, other, keys)
        ]
        if not read:
            return
        named: set[Quantity] = set()
        renamed = {name.quantity for _, name in read}
        taken = {name: q for name, q in self._printed() if q not in renamed}
        taken |= Names(self.problem.network).meanings()
        units = {j: O(j) for layer in self.problem.network.layers for j in layer.units}
        for place, name in read:
            spelling, q = spelled(name.text), name.quantity
            if units.get(spelling, q) != q:
                what = f"{quoted(name.text)} cannot name {q.key}: it is a unit"
                self.notes.flaw(place, what, f"it can only name its output, {units[spelling].key}")
            elif taken.get(spelling, q) != q or (spelling in keys and name.sign < 0):
                what = f"{quoted(name.text)} cannot name {q.key}: it names {taken[spelling].key}"
                self.notes.flaw(place, what, "two quantities cannot have one name")
            elif q in named:
                self.notes.flaw(place, f"{q.key} has a name here already", "leave one out")
            else:
                taken[spelling] = q
                named.add(q)
                yield name

    def _printed(self) -> Iterator[tuple[str, Quantity]]:
        """The names that the notation prints, where nothing else is said."""
        naming = Naming(self.problem.network, NOTATIONS[self.problem.notation])
        for q in catalogue(self.problem.network):
            if isinstance(name := naming.name(q), Glyph):
                yield spelled(name.text), q

    def _own_name(
        self, key: Scalar, other: Node, keys: dict[str, Quantity]
    ) -> Iterator[tuple[Scalar, OwnName]]:
        """A name and its quantity, whichever stands first."""
        if not isinstance(other, Scalar):
            self.notes.flaw(other, "a name is wanted here", "for example w1: w_h1_x1")
            return
        name, quantity = key, other
        of_key, of_other = self._find(key), self._find(other)
        is_key = [spelled(n.text).removeprefix("-") in keys for n in (key, other)]
        if of_key and (not of_other or is_key == [True, False]):
            name, quantity, of_other = other, key, of_key
        if not of_other:
            self._nothing(quantity)
        elif abs(of_other.scale) != 1:
            instead = f"name it by {of_other.quantity.key}"
            self.notes.flaw(quantity, f"{quoted(quantity.text)} has a factor of its own", instead)
        elif wrong := unfit(text := unicodedata.normalize("NFC", name.text.strip())):
            self.notes.flaw(name, f"{quoted(name.text)} cannot be a name", wrong)
        else:
            yield name, OwnName(text, of_other.quantity, of_other.sign)

    def _given(self, node: Node | None) -> Iterator[tuple[Quantity, str]]:
        seen: set[Quantity] = set()
        for key, part in self._pairs(node, "{net_y1: 2}"):
            text = number(part, self.notes)
            found = self._find(key)
            if not found:
                self._nothing(key)
            elif wrong := self._not_to_be_given(found.quantity, seen):
                self.notes.flaw(key, *wrong)
            else:
                seen.add(found.quantity)
                yield found.quantity, text if text == WRONG else scaled(text, found.scale)

    def _not_to_be_given(self, q: Quantity, seen: set[Quantity]) -> tuple[str, str] | None:
        what = f"{q.key} cannot be given here"
        if q.at != ALWAYS:
            return what, "only what holds in every presentation, with the first weights, can be"
        if q.kind in PLACES:
            return what, f"write it under {PLACES[q.kind]}"
        if q.kind is Kind.CHANGE:
            return what, f"give {Quantity(Kind.GRAD, q.units).key}, which it follows from"
        if q in seen:
            return f"{q.key} is given twice", "leave one out"
        return absent(q, self.problem)

    def _asked(self, node: Node | None) -> Iterator[str]:
        if node is None or (isinstance(node, Scalar) and node.empty):
            return
        for part in node.items if isinstance(node, Items) else (node,):
            if not isinstance(part, Scalar):
                self.notes.flaw(part, "a name is wanted here", "for example ask: [dE/dw_h1_x1]")
            elif wrong := self._not_to_be_asked(part.text.strip()):
                self.notes.flaw(part, *wrong)
            else:
                yield part.text.strip()


def scaled(text: str, scale: Fraction) -> str:
    """A number's text times a factor: minus is only a sign, all else is computed."""
    if scale == 1 or not value(text):
        return text
    if scale == -1:
        return text[1:] if text.startswith("-") else f"-{text}"
    exact = value(text) * scale
    decimal = Context(prec=60).divide(Decimal(exact.numerator), Decimal(exact.denominator))
    return f"{decimal:f}" if Fraction(decimal) == exact else str(exact)
