"""The reverse rule: dE/dq = sum over the steps c that use q of dE/dc * dc/dq.

It knows nothing of layers. That dE/do of an output comes from the loss and that of a hidden unit
from a sum over k falls out of which steps use it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tutor.symbolic.formula import Formula, Partial, Product, Ref, factors, plus, times
from tutor.symbolic.proof import expanded, local_slope
from tutor.symbolic.quantity import DE_DNET, DE_DO, LOCAL, PARAMETERS, E, Kind, Quantity
from tutor.symbolic.rewrite import refs
from tutor.symbolic.step import Step

ASIDE = (Kind.EXP, Kind.EXPSUM)
"""Forward steps that the backward pass looks through."""
SHOWN = (Kind.O, Kind.NET, *PARAMETERS)
"""What has a named slope. The data have none that anybody needs."""


def slope_of_error(q: Quantity) -> Quantity:
    """The quantity dE/dq."""
    if q.kind in PARAMETERS:
        return Quantity(Kind.GRAD, q.units)
    return DE_DO(q.units[0]) if q.kind is Kind.O else DE_DNET(q.units[0])


@dataclass(frozen=True, slots=True)
class _Slope:
    """dE/dq as the steps further back use it: by name, or as the factors it is a product of."""

    named: tuple[Formula, ...] = ()
    factors: tuple[Formula, ...] = ()
    named_chain: tuple[Formula, ...] = ()
    chain: tuple[Formula, ...] = ()


ALWAYS_ONE = _Slope()
"""dE/dE, and dE/dE_j of a share: nobody writes it."""


def backward(
    forward: Sequence[Step],
    given: Collection[Quantity] = (),
    shortcuts: Mapping[Quantity, Formula] | None = None,
    *,
    merged: bool = False,
) -> Iterator[Step]:
    """The steps from E back to every weight and bias, nearest to E first.

    ``given`` slopes are used as they are; where nothing uses a quantity its slope must be among
    them. ``shortcuts`` are other formulas for a slope: routes, or with ``merged`` the formulas.
    """
    return _Backward(forward, given, shortcuts or {}, merged).steps()


class _Backward:
    def __init__(
        self,
        forward: Sequence[Step],
        given: Collection[Quantity],
        shortcuts: Mapping[Quantity, Formula],
        merged: bool,
    ) -> None:
        self.given, self.shortcuts, self.merged = given, shortcuts, merged
        helpers: dict[Quantity, Formula] = {}
        self.definitions: dict[Quantity, Step] = {}
        self.formulas: dict[Quantity, Formula] = {}
        self.users: dict[Quantity, list[Quantity]] = {}
        for step in forward:
            formula = expanded(step.formula, helpers)
            if step.defines.kind in ASIDE:
                helpers[step.defines] = formula
                continue
            self.definitions[step.defines] = step
            self.formulas[step.defines] = formula
            for used in refs(formula):
                self.users.setdefault(used, []).append(step.defines)
        self.slopes: dict[Quantity, _Slope] = {}

    def steps(self) -> Iterator[Step]:
        for wave in self._waves():
            for q in wave:
                yield from self._locals(q)
            for q in wave:
                yield from self._slope(q)

    def _waves(self) -> Iterator[list[Quantity]]:
        """The quantities that E depends on, by how many steps lie between."""
        depth: dict[Quantity, int] = {}
        for q in reversed(self.formulas):
            depth.setdefault(q, 0)
            for used in refs(self.formulas[q]):
                depth[used] = max(depth.get(used, 0), depth[q] + 1)
        order = {q: n for n, q in enumerate((*self.users, *self.formulas))}
        for level in range(max(depth.values()) + 1):
            wave = [q for q in depth if depth[q] == level and q.kind not in (Kind.X, Kind.T)]
            yield sorted(wave, key=order.__getitem__)

    def _locals(self, net: Quantity) -> Iterator[Step]:
        """f'(net_j), and with softmax each do_k/dnet_j: the slopes that have names."""
        if net.kind is not Kind.NET:
            return
        for o in self.users.get(net, ()):
            name = LOCAL(o.units[0], net.units[0])
            if name not in self.given:
                unused = slope_of_error(net) in self.given
                yield Step(name, self._local(o, net), "slope", Partial(o, net), aside=unused)

    def _local(self, c: Quantity, q: Quantity) -> Formula:
        hand = dict(self.definitions[c].slopes).get(q)
        return local_slope(self.formulas[c], q, hand, self.formulas)

    def _slope(self, q: Quantity) -> Iterator[Step]:
        if q.kind not in SHOWN:
            self.slopes[q] = ALWAYS_ONE
            return
        name, chain = slope_of_error(q), Partial(E, q)
        users = self.users.get(q, ())
        if name in self.given or not users:
            self.slopes[q] = _Slope((Ref(name),), (Ref(name),), (chain,), (chain,))
            return
        parts = [self._part(c, q) for c in users]
        if q.kind is Kind.O and len(parts) > 1:
            for c, (formula, path) in zip(users, parts, strict=True):
                by = Quantity(Kind.PATH, (q.units[0], c.units[0]))
                yield Step(by, formula, "path", path, aside=True)
        formula = plus(*(formula for formula, _ in parts))
        chains = plus(*(chain for _, chain in parts))
        routes = [self._route(q, users)] if q.kind in PARAMETERS else []
        if shortcut := self.shortcuts.get(name):
            routes.append(formula)
            formula, routes[-1] = (shortcut, formula) if self.merged else (formula, shortcut)
        rule = _rule(q, users)
        yield Step(name, formula, rule, chains, tuple(r for r in routes if r != formula))
        product = isinstance(formula, Product)
        self.slopes[q] = _Slope(
            (Ref(name),),
            factors(formula) if product else (Ref(name),),
            (chain,),
            factors(chains) if product else (chain,),
        )

    def _part(self, c: Quantity, q: Quantity) -> tuple[Formula, Formula]:
        """What c passes on to q, and the chain rule that says so."""
        slope, leaf = self.slopes[c], q.kind in PARAMETERS
        local = self._local(c, q)
        if c.kind is Kind.O:
            local = Ref(LOCAL(c.units[0], q.units[0]))
        passed = slope.factors if leaf else slope.named
        chain = slope.chain if leaf else slope.named_chain
        weight = isinstance(local, Ref) and local.to.kind is Kind.W
        ordered = (local, *passed) if weight else (*passed, local)
        return times(*ordered), times(*chain, Partial(c, q))

    def _route(self, q: Quantity, users: Sequence[Quantity]) -> Formula:
        """delta_j * o_i, for the three factors."""
        return plus(*(times(*self.slopes[c].named, self._local(c, q)) for c in users))


def _rule(q: Quantity, users: Sequence[Quantity]) -> str:
    if q.kind is Kind.O:
        return "hidden-slope" if users[0].kind is Kind.NET else "loss-slope"
    return {Kind.NET: "net-slope", Kind.W: "gradient", Kind.B: "bias-gradient"}[q.kind]
