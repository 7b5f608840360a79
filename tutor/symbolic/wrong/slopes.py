"""Mistakes with f'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tutor.symbolic.activations import TRANSFERS, Activation
from tutor.symbolic.formula import ONE, Cases, Formula, Num, Product, minus
from tutor.symbolic.wrong.forward import LINEAR
from tutor.symbolic.wrong.site import Absent, Site, Use, Variant

GATES = ("relu", "leaky_relu")
"""Their slope depends on the sign of net alone, which f keeps."""


def _own(site: Site) -> Activation:
    activation = site.network.activation(site.unit)
    if activation is None or not site.elementwise:
        raise Absent
    return activation


def _factors(use: Use) -> tuple[Formula, ...]:
    return tuple(x for x in (use.error, use.slope, use.sent) if x)


def slope_left_out(site: Site) -> Iterator[Variant]:
    def without(use: Use) -> tuple[Formula, ...]:
        needless = site.function(use.unit) == LINEAR
        return _factors(use) if needless else (site.error(use.unit), use.sent)

    if site.step.rule != "net-slope":
        yield Variant(site.rebuilt(without))
    elif site.function(site.unit) != LINEAR:
        yield Variant(site.error(site.unit))


def slope_of_output(site: Site) -> Iterator[Variant]:
    """f'(o): squashed twice."""
    own, o = _own(site), site.output(site.unit)
    if own.name not in GATES:
        yield Variant(own.slope(o, own.output(o)))


def slope_recipe_on_net(site: Site) -> Iterator[Variant]:
    net = site.net(site.unit)
    yield Variant(_own(site).slope(net, net))


def other_slope(site: Site) -> Iterator[Variant]:
    own, net, o = _own(site), site.net(site.unit), site.output(site.unit)
    for name in TRANSFERS:
        if name not in (own.name, LINEAR):
            yield Variant(Activation(name).slope(net, o), name, {"function": name})


def half_slope(site: Site) -> Iterator[Variant]:
    """One factor of the sigmoid's; of tanh, 1 - o without the square."""
    own, o = _own(site).name, site.output(site.unit)
    if own == "sigmoid":
        yield Variant(o, "o")
        yield Variant(minus(ONE, o), "1-o")
    if own == "tanh":
        yield Variant(minus(ONE, o), "square", {"function": own})


def slope_of_error(site: Site) -> Iterator[Variant]:
    own, e = _own(site), site.error(site.unit)
    yield Variant(own.slope(e, own.output(e)))


def gate_open(site: Site) -> Iterator[Variant]:
    own = _own(site).name
    if own in GATES:
        yield Variant(ONE, "open")
    if own == "leaky_relu":
        yield Variant(Cases(site.net(site.unit), ONE, Num("0")), "closed")


def slope_twice(site: Site) -> Iterator[Variant]:
    def twice(use: Use) -> tuple[Formula, ...]:
        if site.function(use.unit) in (LINEAR, "relu"):
            return _factors(use)
        slope = use.slope or site.slope(use.unit)
        return (use.error, slope, slope, use.sent) if use.slope else (use.error, slope, use.sent)

    yield Variant(site.rebuilt(twice))


def output_slope_at_hidden(site: Site) -> Iterator[Variant]:
    """f' of a unit above in place of the unit's own."""
    for n, k in enumerate(site.layer(up=1).units, 1):
        above = site.slope(k)
        tag, words = str(n), {"unit": k}
        if site.step.rule == "net-slope":
            if not _alike(site, site.unit, k):
                yield Variant(Product((site.error(site.unit), above)), tag, words)
            continue

        def swapped(use: Use, k: str = k, above: Formula = above) -> tuple[Formula, ...]:
            other = use.slope and not _alike(site, use.unit, k)
            return _factors(replace(use, slope=above) if other else use)

        yield Variant(site.rebuilt(swapped), tag, words)


def _alike(site: Site, j: str, k: str) -> bool:
    """Whether both slopes are 1."""
    return site.function(j) == site.function(k) == LINEAR
