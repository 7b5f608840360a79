"""Mistakes in dE/do of a hidden unit: the sum over what it feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tutor.symbolic.formula import (
    Cases,
    Formula,
    Neg,
    Product,
    Quotient,
    Ref,
    Sum,
    minus,
    plus,
    terms,
)
from tutor.symbolic.quantity import ETA, MU, At, Kind, Quantity
from tutor.symbolic.wrong.site import Absent, Rewrite, Site, Variant


@dataclass(frozen=True, slots=True)
class Path:
    """From hidden unit j, number ``column`` of its layer, to unit k, number ``row`` of the next."""

    j: str
    k: str
    row: int
    column: int
    weight: Formula
    delta: Formula


Term = Callable[[Site, Path], Formula]


def _paths(site: Site) -> Iterator[Path]:
    """All paths of the sum, or the one that the step is about."""
    j, *only = site.units
    column = site.layer().units.index(j)
    for row, k in enumerate(site.layer(up=1).units):
        if not only or k in only:
            yield Path(j, k, row, column, site.weight(k, j), site.delta(k))


def each_path(term: Term, tag: str = "") -> Rewrite:
    """A wrong term in place of w_kj * dE/dnet_k on every path."""

    def rewrite(site: Site) -> Iterator[Variant]:
        yield Variant(plus(*(term(site, path) for path in _paths(site))), tag)

    return rewrite


def updated_weight(site: Site, path: Path) -> Formula:
    """The weight after its own update, which comes later."""
    if not site.run.schedule.rate or site.run.schedule.batch:
        raise Absent
    gradient = Product((path.delta, site.output(path.j)))
    moved: Formula = minus(path.weight, Product((site.ref(ETA), *gradient.xs)))
    before = Quantity(Kind.CHANGE, (path.k, path.j), At(site.at.update - 1))
    if before in site.run.by_quantity and site.run.schedule.momentum:
        push = Product((site.ref(MU), Ref(before)))
        moved = Sum((*terms(moved), push))
    return Product((moved, path.delta))


def error_for_delta(site: Site, path: Path) -> Formula:
    return Product((path.weight, site.error(path.k)))


def transposed(site: Site, path: Path) -> Formula:
    return Product((site.turned(path.column, path.row, site.layer(up=1)), path.delta))


def weight_left_out(site: Site, path: Path) -> Formula:
    return path.delta


def shared_out(site: Site, path: Path) -> Formula:
    """The weight's part of all weights into k."""
    into = [site.weight(path.k, m) for m in site.layer().units]
    return Product((Quotient(path.weight, plus(*into)), path.delta))


def size(site: Site, path: Path) -> Formula:
    """|w g|"""
    product = Product((path.weight, path.delta))
    return Cases(product, product, Neg(product))


def one_path(site: Site) -> Iterator[Variant]:
    paths = list(_paths(site))
    if len(paths) > 1:
        for path in paths:
            kept = Product((path.weight, path.delta))
            words = {"path": Quantity(Kind.PATH, (path.j, path.k), site.at)}
            yield Variant(kept, str(path.row + 1), words)


def wrong_layer(site: Site) -> Iterator[Variant]:
    """The weights into the unit itself, or those in the same places of the matrix below."""
    below = site.layer()
    paths = list(_paths(site))
    if all(path.row < len(site.network.feeders(below)) for path in paths):
        own = (Product((site.turned(p.column, p.row, below), p.delta)) for p in paths)
        yield Variant(plus(*own), "into")
    same = (Product((site.turned(p.row, p.column, below), p.delta)) for p in paths)
    yield Variant(plus(*same), "place")


def hidden_target(site: Site) -> Iterator[Variant]:
    for n, k in enumerate(site.network.outputs, 1):
        yield Variant(minus(site.output(site.unit), site.target(k)), str(n), {"unit": k})
