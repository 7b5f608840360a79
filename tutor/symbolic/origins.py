"""How the slopes come about: chains of equal formulas, each link proved by sympy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import sympy

from tutor.symbolic.activations import Activation
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.formula import (
    ONE,
    Call,
    Cases,
    Formula,
    Neg,
    Num,
    Over,
    Partial,
    Power,
    Product,
    Quotient,
    Ref,
    Sum,
    minus,
)
from tutor.symbolic.losses import LOSSES
from tutor.symbolic.proof import NotEqual, as_sympy, is_zero, symbol
from tutor.symbolic.quantity import DE_DNET, DE_DO, LOCAL, NET, E, Kind, O, Quantity, T, W
from tutor.symbolic.rewrite import Rename

I, J, K, M = "i", "j", "k", "m"
"""K and M are outputs."""


@dataclass(frozen=True, slots=True)
class Origin:
    """``left = link = link = ...``; ``words`` is the key of the sentence before it."""

    words: str
    left: Formula
    links: tuple[Formula, ...]

    def of(self, units: Mapping[str, str]) -> Origin:
        """The same of other units."""

        def other(q: Quantity) -> Quantity:
            return q._replace(units=tuple(units.get(unit, unit) for unit in q.units))

        left, *links = (part.read(Rename(other)) for part in (self.left, *self.links))
        return Origin(self.words, left, tuple(links))


def _exp(x: Formula) -> Formula:
    return Call("exp", x)


_N, _O = Ref(NET(J)), Ref(O(J))
_OUT, _T = Ref(O(K)), Ref(T(K))
_TWO = Num("2")
_U = _exp(Neg(_N))
_BELOW = Sum((ONE, _U))
_F = Quotient(ONE, _BELOW)
_UP, _DOWN = Sum((_exp(_N), _U)), minus(_exp(_N), _U)

_SLOPES: Mapping[str, tuple[Formula, ...]] = {
    "sigmoid": (
        Quotient(_U, Power(_BELOW, 2)),
        Product((_F, Quotient(_U, _BELOW))),
        Product((_F, minus(ONE, _F))),
    ),
    "tanh": (
        Quotient(minus(Power(_UP, 2), Power(_DOWN, 2)), Power(_UP, 2)),
        minus(ONE, Power(Quotient(_DOWN, _UP), 2)),
    ),
    "softplus": (Quotient(_exp(_N), Sum((ONE, _exp(_N)))),),
}
"""The links between an output's definition and its slope as computed by hand."""

_DEFINITIONS: Mapping[str, Formula] = {"tanh": Quotient(_DOWN, _UP)}
"""Definitions that a slope is derived from, where the page has a shorter one."""


def transfer_origin(activation: Activation) -> tuple[Origin, ...]:
    """From o_j = f(net_j) to f'(net_j) as it is computed by hand."""
    output = _DEFINITIONS.get(activation.name, activation.output(_N))
    links = [*_SLOPES.get(activation.name, ()), activation.slope(_N, _O)]
    if activation.name == "elu":
        a = Num(activation.parameter or activation.transfer.parameter or "1")
        links.insert(0, Cases(_N, ONE, Product((a, _exp(_N)))))
    _prove(as_sympy(output), NET(J), links, {O(J): as_sympy(activation.output(_N))})
    return (
        Origin("origin_output", Ref(O(J)), (output,)),
        Origin("origin_slope", Partial(O(J), NET(J)), tuple(links)),
    )


def softmax_origin() -> tuple[Origin, ...]:
    """The two cases of do_k/dnet_m."""
    total = Ref(Quantity(Kind.EXPSUM, ("y",)))
    e_k, e_m = _exp(Ref(NET(K))), _exp(Ref(NET(M)))
    known = {total.to: as_sympy(Sum((e_k, e_m))) + sympy.Symbol("rest", positive=True)}
    known |= {O(j): as_sympy(Quotient(_exp(Ref(NET(j))), total), known) for j in (K, M)}
    same = (
        Quotient(minus(Product((e_k, total)), Product((e_k, e_k))), Power(total, 2)),
        Product((Quotient(e_k, total), Quotient(minus(total, e_k), total))),
        Product((_OUT, minus(ONE, _OUT))),
    )
    other = (
        Neg(Quotient(Product((e_k, e_m)), Power(total, 2))),
        Neg(Product((_OUT, Ref(O(M))))),
    )
    _prove(known[O(K)], NET(K), same, known)
    _prove(known[O(K)], NET(M), other, known)
    return (
        Origin("origin_output", _OUT, (Quotient(e_k, total),)),
        Origin("origin_softmax_same", Ref(LOCAL(K, K)), same),
        Origin("origin_softmax_other", Ref(LOCAL(K, M)), other),
    )


def loss_origin(name: str, outputs: int) -> tuple[Origin, ...]:
    """From an output's share of E to dE/do_j."""
    loss, n = LOSSES[name], Num(str(outputs))
    share, slope = loss.share(_T, _OUT, n), loss.slope(_T, _OUT, n)
    links: list[Formula] = [slope]
    if loss.squared:
        outer = share.xs[:-1] if isinstance(share, Product) else ()
        links.insert(0, Product((*outer, _TWO, minus(_T, _OUT), Neg(ONE))))
    _prove(as_sympy(share), O(K), links, {})
    left = Ref(DE_DO(K))
    words = "origin_loss_squared" if loss.squared else "origin_loss_logarithm"
    origins = [Origin(words, left, tuple(links))]
    if name == "bce":
        cases = (("1", Neg(Quotient(ONE, _OUT))), ("0", Quotient(ONE, minus(ONE, _OUT))))
        for target, form in cases:
            _equal([as_sympy(slope, {T(K): sympy.Integer(target)}), as_sympy(form)])
            origins.append(Origin(f"origin_bce_{target}", left, (form,)))
    return tuple(origins)


def cancelling_origin(name: str) -> tuple[Origin, ...]:
    """Why dE/dnet_k is o_k - t_k where loss and transfer function match."""
    result = minus(_OUT, _T)
    if name == "bce":
        links: tuple[Formula, ...] = (
            Product((LOSSES[name].slope(_T, _OUT, ONE), Product((_OUT, minus(ONE, _OUT))))),
            Sum((Neg(Product((_T, minus(ONE, _OUT)))), Product((minus(ONE, _T), _OUT)))),
            result,
        )
        _equal([as_sympy(link) for link in links])
        return (Origin("origin_cancels", Ref(DE_DNET(K)), links),)
    t_m = Ref(T(M))
    _prove_softmax_cancels()
    links = (
        Over(M, Product((Ref(DE_DO(M)), Ref(LOCAL(M, K))))),
        Sum((Neg(Product((_T, minus(ONE, _OUT)))), Over(f"{M}≠{K}", Product((t_m, _OUT))))),
        Sum((Product((_OUT, Over(M, t_m))), Neg(_T))),
        result,
    )
    return (Origin("origin_softmax_cancels", Ref(DE_DNET(K)), links),)


def _prove_softmax_cancels() -> None:
    """With three classes: the sums over m written out."""
    names = (K, M, "other")
    o = {j: symbol(O(j)) for j in names}
    t = {j: symbol(T(j)) for j in names}
    t[names[-1]] = 1 - t[K] - t[M]
    local = {m: o[K] * (1 - o[K]) if m == K else -o[m] * o[K] for m in names}
    _equal(
        [
            sum(-t[m] / o[m] * local[m] for m in names),
            -t[K] * (1 - o[K]) + sum(t[m] * o[K] for m in names[1:]),
            o[K] * sum(t.values()) - t[K],
            o[K] - t[K],
        ]
    )


def rules() -> tuple[Origin, ...]:
    """Output-node rule, hidden-node rule and update, for any f and any number of units."""
    w_ji, w_kj = W(J, I), W(K, J)
    gradient = slope_of_error(w_ji)
    chain = (Partial(E, O(J)), Partial(O(J), NET(J)), Partial(NET(J), w_ji))
    three = (Ref(DE_DO(J)), Ref(LOCAL(J, J)), Ref(O(I)))
    through = Product((Ref(w_kj), Ref(DE_DNET(K))))
    both = Product((Partial(E, NET(K)), Partial(NET(K), O(J))))
    new = w_ji._replace(at=w_ji.at._replace(new=True))
    return (
        Origin("rule_net", _N, (Over(I, Product((Ref(w_ji), Ref(O(I))))),)),
        Origin("rule_input", Partial(NET(J), w_ji), (Ref(O(I)),)),
        Origin("rule_output", Ref(gradient), (Product(chain), Product(three))),
        Origin("rule_net_slope", Ref(DE_DNET(J)), (Product(three[:2]),)),
        Origin("rule_weight", Partial(NET(K), O(J)), (Ref(w_kj),)),
        Origin("rule_hidden", Ref(DE_DO(J)), (Over(K, both), Over(K, through))),
        Origin("rule_hidden_weight", Ref(gradient), (Product((Over(K, through), *three[1:])),)),
        Origin("rule_update", Ref(new), (minus(Ref(w_ji), Product((_ETA, Ref(gradient)))),)),
    )


_ETA = Ref(Quantity(Kind.ETA))


def _prove(
    expression: sympy.Expr,
    by: Quantity,
    links: Sequence[Formula],
    known: Mapping[Quantity, sympy.Expr],
) -> None:
    slope = sympy.diff(expression, symbol(by))
    _equal([slope, *(as_sympy(link, known) for link in links)])


def _equal(forms: Sequence[sympy.Expr]) -> None:
    for before, after in pairwise(forms):
        if not is_zero((before - after).rewrite(sympy.exp)):
            raise NotEqual(f"{before} is not {after}")
