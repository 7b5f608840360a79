"""A lexicon of given names, and formulas spelled out with all their brackets."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from tutor.marking.claim import Text, Unread
from tutor.marking.latex import plain
from tutor.marking.parse import parse
from tutor.symbolic.formula import Algebra, Formula, Ref
from tutor.symbolic.quantity import Kind, Quantity


@dataclass(frozen=True)
class Names:
    """Knows these names; without any, whatever is one word but f and x."""

    known: Collection[str] | None = None

    def name(self, text: str) -> Formula | None:
        """The name itself."""
        if self.known is None:
            known = not set(text) & set(" (^") and text not in ("f", "x")
        else:
            known = text in self.known
        return Ref(Quantity(Kind.X, (text,))) if known else None


class Spelled(Algebra[str]):
    """``[a]+[b]`` with a bracket around everything that has parts."""

    def num(self, text: str) -> str:
        return text

    def ref(self, to: Quantity) -> str:
        return f"‹{to.key}›"

    def neg(self, x: str) -> str:
        return f"-{x}"

    def sum(self, xs: Sequence[str]) -> str:
        return f"({' + '.join(xs)})"

    def product(self, xs: Sequence[str]) -> str:
        return f"({' * '.join(xs)})"

    def quotient(self, a: str, b: str) -> str:
        return f"({a} / {b})"

    def power(self, x: str, n: int) -> str:
        return f"{x}^{n}"

    def call(self, fn: str, x: str) -> str:
        return f"{fn}({x})"

    def cases(self, x: str, above: Callable[[], str], otherwise: Callable[[], str]) -> str:
        return f"{{{above()} if {x} > 0 else {otherwise()}}}"


def read(text: str, known: Collection[str] | None = None) -> str:
    """What a written formula means, or what is said where it cannot be read."""
    try:
        return parse(plain(Text.of(text)), Names(known)).read(Spelled())
    except Unread as unread:
        return f"{unread.column}: {unread.message}"


TWO_PATTERNS = """\
loss: half_sse
learning_rate: 0.5
mode: batch
layers: [{activation: sigmoid, weights: [0.3, 0.9], units: 1}]
patterns: [{inputs: [0.35, 0.9], targets: 0.5}, {inputs: [0.6, 0.1], targets: 0.9}]
"""
"""A problem whose inputs differ by pattern."""
