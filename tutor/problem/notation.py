"""The names that courses give to quantities: a row a course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

Pattern = tuple[str, str, str]
"""base, subscripts and superscripts, which may hold {j} {i} unit names, {J} {I} their numbers,
{l} and {L} the layer with the inputs counted as 0 or as 1, {n} the weight's number in order"""


@dataclass(frozen=True, slots=True)
class Notation:
    """One course's row."""

    title: str
    glyphs: Mapping[str, Pattern]
    f: str | None = "f"
    """the letter of the transfer function; none where do/dnet is written out"""
    delta: Pattern | None = None
    scale: Fraction = Fraction(1)
    """dE/dnet is this many deltas"""
    bare: bool = False
    """whether delta leaves out what E's slope has before t - o"""
    new: str = "new"
    adds: bool = False
    """whether the update adds rate * delta * input"""
    loss: str | None = None
    """the squared error that the source uses"""
    units: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def _row(title: str, glyphs: Mapping[str, str | Pattern], **rest: object) -> Notation:
    """A row from what differs from the default one. A glyph is ``base sub sup`` in one text."""
    merged = {**_SLIDES, **glyphs}
    split = {kind: _pattern(p) if isinstance(p, str) else p for kind, p in merged.items()}
    delta = rest.pop("delta", None)
    return Notation(title, split, delta=_pattern(str(delta)) if delta else None, **rest)  # type: ignore[arg-type]


def _pattern(text: str) -> Pattern:
    base, _, sup = text.partition("^")
    base, _, sub = base.partition("_")
    if sup and "_" in sup:
        sup, _, sub = sup.partition("_")
    return base, sub, sup


_SLIDES: Mapping[str, str] = {
    "W": "w_{j},{i}",
    "B": "b_{j}",
    "X": "x_{J}",
    "NET": "net_{j}",
    "O": "o_{j}",
    "Y": "o_{j}",
    "T": "t_{j}",
    "E": "E",
    "SHARE": "E_{j}",
    "ETA": "η",
    "MU": "μ",
    "EXP": "exp_{j}",
    "EXPSUM": "expsum_{j}",
}

_LAYERED: Mapping[str, str] = {
    "W": "w^{L}_{J},{I}",
    "B": "b^{L}_{J}",
    "NET": "z^{L}_{J}",
    "O": "a^{L}_{J}",
    "Y": "a^{L}_{J}",
    "T": "y_{J}",
    "E": "C",
    "SHARE": "C_{J}",
    "EXP": "exp^{L}_{J}",
    "EXPSUM": "expsum^{L}",
}

_IO: Mapping[str, str] = MappingProxyType({"x": "i", "y": "o"})

NOTATIONS: Mapping[str, Notation] = MappingProxyType(
    {
        "slides": _row("the lecture slides: w to j from i, net, o", {}),
        "mitchell": _row(
            "Mitchell, Machine Learning, 1997",
            {"B": "w_{j},0", "MU": "α"},
            delta="δ_{j}",
            scale=Fraction(-1),
            adds=True,
            loss="half_sse",
        ),
        "rumelhart": _row(
            "Rumelhart, Hinton, Williams, 1986",
            {
                "X": "y_{j}",
                "NET": "x_{j}",
                "O": "y_{j}",
                "Y": "y_{j}",
                "T": "d_{j}",
                "ETA": "ε",
                "MU": "α",
            },
            f=None,
            loss="half_sse",
            units=_IO,
        ),
        "mazur": _row(
            "Mazur, A Step by Step Backpropagation Example, 2015",
            {
                "W": "w_{n}",
                "B": "b_{n}",
                "X": "i_{J}",
                "O": "out_{j}",
                "Y": "out_{j}",
                "T": "target_{j}",
                "E": "E_total",
            },
            f=None,
            delta="δ_{j}",
            new="+",
            loss="half_sse",
            units=_IO,
        ),
        "wikipedia": _row(
            "Wikipedia, Backpropagation: w from i to j",
            {"W": "w_{i},{j}"},
            f="φ",
            delta="δ_{j}",
            loss="half_sse",
        ),
        "bishop": _row(
            "Bishop, Pattern Recognition and Machine Learning, 2006",
            {
                "B": "w_{j},0",
                "NET": "a_{j}",
                "O": "z_{j}",
                "Y": "y_{J}",
                "T": "t_{J}",
                "E": "E_n",
                "SHARE": "E_n,{J}",
            },
            f="h",
            delta="δ_{j}",
            loss="half_sse",
        ),
        "nielsen": _row(
            "Nielsen, Neural Networks and Deep Learning, 2015",
            _LAYERED,
            f="σ",
            delta="δ^{L}_{J}",
            loss="half_sse",
        ),
        "ng": _row(
            "Ng, Deep Learning Specialization",
            {
                **_LAYERED,
                "W": "W^[{l}]_{J},{I}",
                "B": "b^[{l}]_{J}",
                "NET": "z^[{l}]_{J}",
                "O": "a^[{l}]_{J}",
                "Y": "a^[{l}]_{J}",
                "E": "J",
                "SHARE": "J_{J}",
                "EXP": "exp^[{l}]_{J}",
                "EXPSUM": "expsum^[{l}]",
                "ETA": "α",
                "MU": "β",
            },
            f="g",
            delta="dz^[{l}]_{J}",
        ),
        "hinton": _row(
            "Hinton, Neural Networks for Machine Learning: w from i to j",
            {
                "X": "y_{j}",
                "W": "w_{i},{j}",
                "NET": "z_{j}",
                "O": "y_{j}",
                "Y": "y_{j}",
                "ETA": "ε",
                "MU": "α",
            },
            f=None,
            loss="half_sse",
            units=_IO,
        ),
        "aima": _row(
            "Russell, Norvig, Artificial Intelligence: w from i to j",
            {
                "W": "w_{i},{j}",
                "B": "w_0,{j}",
                "X": "a_{j}",
                "NET": "in_{j}",
                "O": "a_{j}",
                "Y": "a_{j}",
                "T": "y_{j}",
                "E": "Loss",
                "SHARE": "Loss_{j}",
                "ETA": "α",
                "MU": "μ",
            },
            f="g",
            delta="Δ_{j}",
            scale=Fraction(-1),
            bare=True,
            adds=True,
            loss="sse",
            units=_IO,
        ),
        "hagan": _row(
            "Hagan, Demuth, Beale, Neural Network Design",
            {
                "W": "w^{l}_{J},{I}",
                "B": "b^{l}_{J}",
                "X": "p_{J}",
                "NET": "n^{l}_{J}",
                "O": "a^{l}_{J}",
                "Y": "a^{l}_{J}",
                "T": "t_{J}",
                "E": "F",
                "SHARE": "F_{J}",
                "EXP": "exp^{l}_{J}",
                "EXPSUM": "expsum^{l}",
                "ETA": "α",
                "MU": "γ",
            },
            delta="s^{l}_{J}",
            loss="sse",
        ),
        "duda": _row(
            "Duda, Hart, Stork, Pattern Classification: w to k from j",
            {
                "B": "w_{j},0",
                "O": "y_{j}",
                "Y": "z_{J}",
                "T": "t_{J}",
                "E": "J",
                "SHARE": "J_{J}",
            },
            delta="δ_{j}",
            scale=Fraction(-1),
            adds=True,
            loss="half_sse",
            units=MappingProxyType({"y": "z"}),
        ),
    }
)
