"""Published worked examples: every number that five sources print, by canonical key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "published"

PROBLEMS = {
    "mazur": "mazur_2015",
    "han-kamber": "han_kamber_9_1",
    "diaz": "diaz_232_relu_softmax",
    "rgu": "rgu_chapter3_221",
    "whw": "whw_bce_221",
}
"""The shipped problem, and the data that it comes from."""

KEYS = {
    "z": "net_{unit}",
    "a": "o_{unit}",
    "fp": "f'(net_{unit})",
    "exp": "exp_{unit}",
    "expsum": "expsum_{layer}",
    "loss": "E",
    "loss_k": "E_{unit}",
    "dE_da": "dE/do_{unit}",
    "path": "dE/do_{unit}@{via}",
    "delta": "dE/dnet_{unit}",
    "grad": "dE/dw_{to}_{from}",
    "gradb": "dE/db_{unit}",
    "w_new": "w_{to}_{from}_new",
    "b_new": "b_{unit}_new",
}
"""A quantity of the data, and its canonical key."""

LAYERS = "xhy"
LOSSES = {"cce_softmax": "cce"}
"""Where the data calls a loss by another name."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A number that the source prints under ``name``; ``sign`` is -1 where it prints minus it."""

    name: str
    key: str
    printed: str
    sign: int = 1

    @property
    def value(self) -> Decimal:
        """What it says of the quantity ``key``."""
        return Decimal(self.printed) * self.sign

    @property
    def unit(self) -> Decimal:
        """One unit of the last printed digit."""
        exponent = Decimal(self.printed).as_tuple().exponent
        assert isinstance(exponent, int)
        return Decimal(1).scaleb(exponent)


@dataclass(frozen=True, slots=True)
class Erratum:
    """A printed number that is wrong: what is true, and what follows from the earlier ones."""

    stated: Stated
    true: Decimal
    follow_through: Decimal
    carried: bool
    """whether only an earlier number is to blame"""


@dataclass(frozen=True, slots=True)
class Case:
    """One source."""

    problem: str
    title: str
    network: Mapping[str, Any]
    stated: tuple[Stated, ...]
    errata: tuple[Erratum, ...]

    @property
    def right(self) -> tuple[Stated, ...]:
        """What the source prints and is not among its errata."""
        wrong = {erratum.stated.name for erratum in self.errata}
        return tuple(one for one in self.stated if one.name not in wrong)

    def numbers(self) -> dict[str, float]:
        """Every weight and bias by its key."""
        return dict(self._numbers())

    def _numbers(self) -> Iterator[tuple[str, float]]:
        shared = self.network.get("biases_shared")
        biases = self.network["biases"] or ()
        for n, (layer, below) in enumerate(zip(LAYERS[1:], LAYERS, strict=False)):
            for j, row in enumerate(self.network["weights"][n], 1):
                yield from ((f"w_{layer}{j}_{below}{i}", w) for i, w in enumerate(row, 1))
            for j, bias in enumerate(biases[n] if biases else (), 1):
                yield f"b_{layer}" if shared else f"b_{layer}{j}", bias


def _read(problem: str, name: str) -> Case:
    data = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    stated = {key: _stated(key, one) for key, one in data["stated"].items()}
    wrong = [one for one in data["errata"] if one["key"]]
    errata = tuple(
        Erratum(
            stated[one["key"]],
            Decimal(one["true"]),
            Decimal(one["follow_through"]),
            one["kind"] == "carried",
        )
        for one in wrong
    )
    title = data["source"]["title"]
    return Case(problem, title, data["network"], tuple(stated.values()), errata)


def _stated(name: str, one: Mapping[str, Any]) -> Stated:
    layer = one.get("layer", len(LAYERS) - 1)
    below = layer - 1
    places = {
        "layer": LAYERS[layer],
        "unit": f"{LAYERS[layer]}{one.get('unit')}",
        "via": f"{LAYERS[-1]}{one.get('via')}",
        "to": f"{LAYERS[layer]}{one.get('to')}",
        "from": f"{LAYERS[below]}{one.get('from')}",
    }
    later = "_new" if one.get("step", 1) > 1 else ""
    key = KEYS[one["quantity"]].format_map(places) + later
    return Stated(name, key, one["printed"], one.get("sign", 1))


CASES = tuple(_read(*pair) for pair in PROBLEMS.items())
