"""Mistakes on the way to E."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.symbolic.activations import SOFTMAX, TRANSFERS, Activation
from tutor.symbolic.formula import ONE, Call, Formula, Num, Product, Quotient, Ref, Sum, plus, terms
from tutor.symbolic.quantity import Kind
from tutor.symbolic.rewrite import Rewrite
from tutor.symbolic.wrong.site import Site, Variant, scaled

LINEAR = "linear"
HALF, TWO = Quotient(ONE, Num("2")), Num("2")


def _biases(site: Site) -> list[Formula]:
    return [x for x in terms(site.formula) if isinstance(x, Ref) and x.to.kind is Kind.B]


def bias_left_out(site: Site) -> Iterator[Variant]:
    biases = _biases(site)
    yield Variant(plus(*(x for x in terms(site.formula) if x not in biases)))


def weights_transposed(site: Site) -> Iterator[Variant]:
    layer = site.layer()
    column = layer.units.index(site.unit)
    sends = [
        Product((site.turned(row, column, layer), site.sent(i)))
        for row, i in enumerate(site.network.feeders(layer))
    ]
    yield Variant(plus(*sends, *_biases(site)))


def activation_left_out(site: Site) -> Iterator[Variant]:
    yield Variant(site.net(site.unit))


def exponent_sign(site: Site) -> Iterator[Variant]:
    if site.function(site.unit) == "sigmoid":
        yield Variant(Quotient(ONE, Sum((ONE, Call("exp", site.net(site.unit))))))


def other_activation(site: Site) -> Iterator[Variant]:
    own, net = site.function(site.unit), site.net(site.unit)
    for name in TRANSFERS:
        if name not in (own, LINEAR):
            yield Variant(Activation(name).output(net), name, {"function": name})
    units = site.layer().units
    if own != SOFTMAX and len(units) > 1 and units == site.network.outputs:
        exps = [Call("exp", site.net(j)) for j in units]
        yield Variant(Quotient(Call("exp", net), Sum(tuple(exps))), SOFTMAX, {"function": SOFTMAX})


def loss_factor(site: Site) -> Iterator[Variant]:
    """Half lost or added, mean for sum, over the outputs or over a batch."""
    if site.step.rule == "total":
        patterns, mean = site.run.schedule.patterns, site.run.schedule.mean
        if site.step.defines.kind is Kind.E and patterns > 1 and not mean:
            yield Variant(scaled(over(patterns), site.formula), "patterns")
        return
    loss, name = site.network.loss, site.network.loss_name
    if loss and loss.squared:
        halved = name == "half_sse"
        yield Variant(scaled(TWO if halved else HALF, site.formula), "lost" if halved else "added")
    count = len(site.network.outputs)
    if count > 1 and name != "mse":
        yield Variant(scaled(over(count), site.formula), "outputs")


def over(count: int) -> Formula:
    """1/n"""
    return Quotient(ONE, Num(str(count)))


class _Log10(Rewrite):
    def call(self, fn: str, x: Formula) -> Formula:
        log = Call(fn, x)
        return Quotient(log, Call("ln", Num("10"))) if fn == "ln" else log


def loss_log10(site: Site) -> Iterator[Variant]:
    yield Variant(site.formula.read(_Log10()))
