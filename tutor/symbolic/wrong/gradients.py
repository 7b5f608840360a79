"""Mistakes in dE/dw and dE/db: the last factor, and what a bias adds up."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.symbolic.formula import Formula, plus, terms
from tutor.symbolic.quantity import ETA, NET, Kind, Quantity, W
from tutor.symbolic.wrong.forward import LINEAR
from tutor.symbolic.wrong.site import Site, Variant, scaled


def _instead(site: Site, last: Formula) -> Formula:
    """The gradient with another last factor."""
    return site.rebuilt(lambda use: tuple(x for x in (use.error, use.slope, last) if x))


def input_net(site: Site) -> Iterator[Variant]:
    i = site.units[1]
    if i not in site.network.inputs and site.function(i) != LINEAR:
        yield Variant(_instead(site, site.net(i)), words={"instead": NET(i).marked(site.at)})


def input_weight(site: Site) -> Iterator[Variant]:
    yield Variant(_instead(site, site.weight(*site.units)), words={"instead": W(*site.units)})


def input_left_out(site: Site) -> Iterator[Variant]:
    yield Variant(site.rebuilt(lambda use: tuple(x for x in (use.error, use.slope) if x)))


def input_other(site: Site) -> Iterator[Variant]:
    """A neighbour's output, the raw x behind a hidden unit, or the unit's own output."""
    j, i = site.units
    network = site.network
    others = [n for n in network.feeders(site.layer()) if n != i]
    if i not in network.inputs:
        others += network.inputs
    if j not in network.outputs:
        others.append(j)
    for n in others:
        last = site.sent(n)
        yield Variant(_instead(site, last), n, {"instead": network.output(n)})


def bias_times_bias(site: Site) -> Iterator[Variant]:
    yield Variant(_instead(site, site.bias()))


def bias_times_input(site: Site) -> Iterator[Variant]:
    for n, i in enumerate(site.network.feeders(site.layer()), 1):
        yield Variant(_instead(site, site.sent(i)), str(n), {"instead": site.network.output(i)})


def bias_summed(site: Site) -> Iterator[Variant]:
    """One sum for all units of a layer whose biases are apart."""
    units = site.layer().units
    if site.unit in units and len(units) > 1:
        own = (Quantity(Kind.GRAD, (j,), site.at) for j in units)
        yield Variant(plus(*(site.run.by_quantity[q].formula for q in own)))


def one_use(site: Site) -> Iterator[Variant]:
    """One term of a shared bias's sum."""
    uses = terms(site.formula)
    if len(uses) > 1:
        for n, use in enumerate(uses, 1):
            yield Variant(use, str(n), {"unit": site.layer().units[n - 1]})


def eta_in_gradient(site: Site) -> Iterator[Variant]:
    tags = {"total": "total"}
    if site.run.schedule.rate and site.step.defines.kind is Kind.GRAD:
        yield Variant(scaled(site.ref(ETA), site.formula), tags.get(site.step.rule, ""))
