"""What answers are worth: marks for the method and for the number, by quantity and by kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from tutor.numeric.rounding import KIND_NAMES, kind_name
from tutor.problem.numbers import WRONG, number_in, value
from tutor.problem.reading import Keys
from tutor.problem.yaml_tree import Node, Notes, Pairs, Scalar
from tutor.symbolic.quantity import Quantity

DEFAULT = "default"
MOST = 1000


@dataclass(frozen=True, slots=True)
class Worth:
    """The marks of one answer."""

    method: Fraction = Fraction(1)
    accuracy: Fraction = Fraction(1)

    @property
    def whole(self) -> Fraction:
        """Both together."""
        return self.method + self.accuracy


@dataclass(frozen=True, slots=True)
class Scheme:
    """What each answer is worth."""

    default: Worth = Worth()
    kinds: tuple[tuple[str, Worth], ...] = ()
    own: tuple[tuple[str, Worth], ...] = ()
    """quantities by a name, as it was written; they have marks though nothing asks for them"""

    def worth(self, q: Quantity) -> Worth:
        """Of a quantity that has no marks of its own."""
        return dict(self.kinds).get(kind_name(q) or "", self.default)


def read_scheme(
    node: Node | None, notes: Notes, wrong: Callable[[str], tuple[str, str] | None]
) -> Scheme | None:
    """The key ``marks``; ``wrong`` says why a name cannot have any."""
    if node is None or (isinstance(node, Scalar) and node.empty):
        return None
    if not isinstance(node, Pairs):
        notes.flaw(node, "a mapping is wanted here", "for example {gradient: {method: 2}}")
        return None
    rows = sorted(node.pairs, key=lambda pair: pair[0].text != DEFAULT)
    read: dict[str, Worth] = {}
    for key, part in rows:
        name = key.text.strip()
        if name not in KINDS and (flaw := wrong(name)):
            notes.flaw(key, *flaw)
        else:
            read[name] = _worth(part, notes, read.get(DEFAULT, Worth()))
    return Scheme(
        read.get(DEFAULT, Worth()),
        tuple((name, worth) for name, worth in read.items() if name in KINDS[1:]),
        tuple((name, worth) for name, worth in read.items() if name not in KINDS),
    )


KINDS = (DEFAULT, *dict.fromkeys(KIND_NAMES.values()))


def _worth(node: Node, notes: Notes, default: Worth) -> Worth:
    """``{method: 2, accuracy: 1}``; what is left out is as elsewhere."""
    keys = Keys(node, notes, "an answer's marks", ("method", "accuracy"))
    return Worth(
        keys.take("method", _marks, default.method),
        keys.take("accuracy", _marks, default.accuracy),
    )


_number = number_in(f"from 0 to {MOST}", lambda x: 0 <= x <= MOST)


def _marks(node: Node, notes: Notes) -> Fraction | None:
    text = _number(node, notes)
    return None if text == WRONG else value(text)
