"""Mistakes where the error starts back: dE/do of an output, or o - t at once."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.symbolic.formula import ONE, Formula, Neg, Num, Product, Quotient, minus, times
from tutor.symbolic.quantity import E, Kind, Quantity
from tutor.symbolic.wrong.forward import HALF, TWO, over
from tutor.symbolic.wrong.site import Absent, Site, Use, Variant, negated, scaled

TWICE_OR_HALF = {"twice": TWO, "half": HALF}


def _starts(site: Site) -> bool:
    """Whether this is the step that takes t in."""
    return site.step.rule == "loss-slope" or site.short


def error_sign(site: Site) -> Iterator[Variant]:
    if _starts(site):
        yield Variant(negated(site.formula))


def factor_2(site: Site) -> Iterator[Variant]:
    """Tags tell the error from a gradient: made at both it would be made twice."""
    where = "" if _starts(site) else "-gradient"
    if site.step.rule != "net-slope" or site.short:
        for tag, factor in TWICE_OR_HALF.items():
            yield Variant(scaled(factor, site.formula), tag + where, {"factor": factor})


def one_over_n(site: Site) -> Iterator[Variant]:
    where = "" if _starts(site) else "-gradient"
    counts = {"outputs": len(site.network.outputs), "patterns": site.run.schedule.patterns}
    if site.step.rule == "total":
        whole = site.step.defines.kind is Kind.GRAD and not site.run.schedule.mean
        counts, where = ({"patterns": counts["patterns"]} if whole else {}), "-total"
    if site.step.rule != "net-slope" or site.short:
        for tag, count in counts.items():
            if count > 1:
                n = Num(str(count))
                yield Variant(scaled(over(count), site.formula), tag + where, {"n": n})


def error_for_slope(site: Site) -> Iterator[Variant]:
    """E, or the output's own share of it."""
    yield Variant(site.ref(E), "E")
    if len(site.network.outputs) > 1:
        yield Variant(site.ref(Quantity(Kind.SHARE, site.units)), "share")


def bce_one_term(site: Site) -> Iterator[Variant]:
    if site.network.loss_name == "bce":
        t, o = site.target(site.unit), site.output(site.unit)
        yield Variant(Neg(Quotient(t, o)), "t")
        yield Variant(Quotient(minus(ONE, t), minus(ONE, o)), "1-t")


# Cross-entropy with the function that it matches: the slope cancels, once


def _cross_entropy(site: Site) -> None:
    j, loss = site.unit, site.network.loss
    if loss is None or not loss.matches:
        raise Absent
    unit = j in site.network.outputs and site.function(j) == loss.matches
    if not unit and j != site.network.layers[-1].name:
        raise Absent


def bce_slope_again(site: Site) -> Iterator[Variant]:
    """(o - t) o (1 - o)"""
    _cross_entropy(site)

    def again(use: Use) -> tuple[Formula, ...]:
        miss = minus(site.output(use.unit), site.target(use.unit))
        return (miss, use.slope, use.sent) if use.slope else (use.error, use.sent)

    if site.step.rule == "net-slope":
        yield Variant(Product((site.miss, site.slope(site.unit))))
    else:
        yield Variant(site.rebuilt(again))


def bce_slope_never(site: Site) -> Iterator[Variant]:
    """(o - t) / (o (1 - o))"""
    _cross_entropy(site)
    if site.network.loss_name != "bce":
        raise Absent

    def whole(j: str) -> Formula:
        o = site.output(j)
        return Quotient(minus(o, site.target(j)), Product((o, minus(ONE, o))))

    def never(use: Use) -> tuple[Formula, ...]:
        return (whole(use.unit) if use.slope else use.error, use.sent)

    if site.step.rule == "net-slope":
        yield Variant(whole(site.unit))
    else:
        yield Variant(site.rebuilt(never))


def softmax_diagonal(site: Site) -> Iterator[Variant]:
    """Only the unit's own output, as if the others did not depend on its net input."""
    if not site.elementwise:
        yield Variant(times(site.error(site.unit), site.slope(site.unit)))
