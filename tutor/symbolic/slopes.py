"""dA/dB of any two quantities that the forward pass connects, as a product of named slopes."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.symbolic.formula import ONE, Formula, Ref, factors, plus, terms, times
from tutor.symbolic.network import Network
from tutor.symbolic.quantity import DE_DNET, DE_DO, LOCAL, NET, Kind, O, Quantity
from tutor.symbolic.rewrite import refs
from tutor.symbolic.step import Step


def slope(a: Quantity, b: Quantity) -> Quantity:
    """The quantity dA/dB."""
    return Quantity(Kind.SLOPE, (a.name, b.name))


def slope_step(network: Network, forward: tuple[Step, ...], q: Quantity) -> Step | None:
    """How dA/dB is computed; None where A does not depend on B."""
    steps = {step.defines: step for step in forward}
    known = {r.name: r for step in forward for r in refs(step.formula)}
    known |= {defined.name: defined for defined in steps}
    a, b = (known.get(name) for name in q.units)
    if a is None or b is None:
        return None
    chain = _Chain(network, steps, b)
    formula = chain.from_error() if a.kind is Kind.E else chain.of(a)
    return None if formula is None else Step(q, formula, "chain")


class _Chain:
    def __init__(self, network: Network, steps: dict[Quantity, Step], b: Quantity) -> None:
        self.network, self.steps, self.b = network, steps, b
        self.seen: dict[Quantity, Formula | None] = {b: ONE}

    def from_error(self) -> Formula | None:
        """dE/dB by the slopes at the net inputs that use B."""
        nets = (step for step in self.steps.values() if step.defines.kind is Kind.NET)
        parts = [
            times(Ref(local.to), Ref(DE_DNET(step.defines.units[0])))
            for step in nets
            for local, used in self._uses(step.defines)
            if used == self.b and isinstance(local, Ref)
        ]
        return plus(*parts) if parts else None

    def of(self, a: Quantity) -> Formula | None:
        """dA/dB; None where there is no path."""
        if a not in self.seen:
            parts = [
                times(*(f for f in (*factors(local), *factors(rest)) if f != ONE))
                if rest != ONE
                else local
                for local, q in self._uses(a)
                if (rest := self.of(q)) is not None
            ]
            self.seen[a] = plus(*parts) if parts else None
        return self.seen[a]

    def _uses(self, a: Quantity) -> Iterator[tuple[Formula, Quantity]]:
        """What a is computed from, and its slope by that."""
        step = self.steps.get(a)
        if step is None:
            return
        match a.kind:
            case Kind.O:
                k = a.units[0]
                layer = self.network.layers[self.network.places[k][0] - 1]
                for j in layer.units if layer.softmax else (k,):
                    yield Ref(LOCAL(k, j)), NET(j)
            case Kind.NET:
                for term in terms(step.formula):
                    pair = tuple(refs(term))
                    yield (Ref(pair[1]) if len(pair) == 2 else ONE), pair[0]
                    if len(pair) == 2:
                        yield Ref(pair[0]), pair[1]
            case Kind.SHARE:
                yield Ref(DE_DO(a.units[0])), O(a.units[0])
            case Kind.E if step.rule == "error":
                yield from ((ONE, share) for share in refs(step.formula))
            case Kind.E:
                j = self.network.outputs[0]
                yield Ref(DE_DO(j)), O(j)
            case _:
                return
