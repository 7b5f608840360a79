"""Mistakes in the step and in the new weight."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.symbolic.formula import Formula, Neg, Product, Ref, Sum, factors, minus, plus, terms
from tutor.symbolic.quantity import ETA, Kind, Quantity
from tutor.symbolic.wrong.site import Site, Variant, negated


def _gradient(site: Site) -> Formula:
    return Ref(Quantity(Kind.GRAD, site.units, site.at._replace(new=False)))


def _downhill(site: Site) -> Formula:
    return Product((Ref(ETA), _gradient(site)))


def _stepped(site: Site, step: Formula) -> Formula:
    """A change by another step, with the push of momentum where there is one; a new weight."""
    first, *rest = terms(site.formula)
    if site.step.rule == "change":
        return Sum((step, *rest)) if rest else step
    return Sum((first, step))


def bias_not_updated(site: Site) -> Iterator[Variant]:
    if site.step.defines.kind is Kind.B:
        yield Variant(terms(site.formula)[0])


def ascent(site: Site) -> Iterator[Variant]:
    if site.step.rule == "update-momentum":
        old, change = terms(site.formula)
        yield Variant(minus(old, change), "change")
    else:
        yield Variant(_stepped(site, _downhill(site)))


def eta_left_out(site: Site) -> Iterator[Variant]:
    yield Variant(_stepped(site, Neg(_gradient(site))))


def momentum_left_out(site: Site) -> Iterator[Variant]:
    for step, _ in _pushed(site):
        yield Variant(step)


def momentum_sign(site: Site) -> Iterator[Variant]:
    for step, push in _pushed(site):
        yield Variant(minus(step, push))


def mu_left_out(site: Site) -> Iterator[Variant]:
    for step, push in _pushed(site):
        _, before = factors(push)
        yield Variant(plus(step, before))


def _pushed(site: Site) -> Iterator[tuple[Formula, Formula]]:
    """A change's own step and the push of momentum, where there is one."""
    step, *pushes = terms(site.formula)
    yield from ((step, push) for push in pushes)


def step_for_weight(site: Site) -> Iterator[Variant]:
    _, step = terms(site.formula)
    yield Variant(step, "step")
    yield Variant(negated(step), "minus")
