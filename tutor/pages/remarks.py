"""What is worth noting about a solution: computed from its values, never canned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, localcontext
from itertools import pairwise

from tutor.numeric.exact import CONTEXT, number
from tutor.numeric.figures import written
from tutor.numeric.rounding import Digits
from tutor.pages.document import Math, Sentence
from tutor.pages.givens import Say
from tutor.solving import Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.formula import Named, Num
from tutor.symbolic.quantity import DE_DO, ETA, LOCAL, NET, At, E, Kind, O, Quantity

SATURATED = 20
"""A unit is called saturated where its slope is this many times below its largest."""
SHRINKING = 2
"""Gradients are said to shrink where a layer's are this many times smaller than the next one's."""
FEW = Digits(3, figures=True)


def remarks(solution: Solved, say: Say) -> tuple[Sentence, ...]:
    """Every remark that applies, most useful first."""
    with localcontext(CONTEXT):
        return tuple(sentence for remark in _REMARKS for sentence in remark(solution, say))


def _first(solution: Solved) -> At:
    return solution.run.updates[0].presentations[0].at


def _few(value: Decimal) -> Math:
    return Math((Num(written(value, FEW)),))


def _presented(solution: Solved) -> Iterator[tuple[At, str]]:
    """Each pattern's first presentation, and its number where there are several."""
    seen: set[int] = set()
    several = len(solution.problem.patterns) > 1
    for update in solution.run.updates:
        for shown in update.presentations:
            if shown.pattern not in seen:
                seen.add(shown.pattern)
                yield shown.at, str(shown.pattern) if several else ""


def _fall(solution: Solved, say: Say) -> Iterator[Sentence]:
    """By how much the update lowered E."""
    values, shown = solution.figures.values, solution.figures.texts
    before, after = E, E.marked(At(new=True))
    if solution.run.single and before in values and after in values:
        change = values[before] - values[after]
        key = "error_falls" if change > 0 else "error_rises" if change < 0 else "error_stays"
        yield say(
            key,
            before=Math((Num(shown[before]),)),
            after=Math((Num(shown[after]),)),
            change=_few(abs(change)),
        )


def _too_far(solution: Solved, say: Say) -> Iterator[Sentence]:
    """Steps so long that E has no value behind them."""
    if solution.too_far:
        yield say("too_far", rate=Math((Num(solution.figures.texts[ETA]),)))


def _worse(solution: Solved, say: Say) -> Iterator[Sentence]:
    """Updates that raise the error of some pattern."""
    if (
        solution.run.single
        or not solution.problem.network.loss
        or not solution.problem.schedule.rate
    ):
        return
    states = solution.errors()
    for n, (before, after) in enumerate(pairwise(states), 1):
        for p, (e, e_new) in enumerate(zip(before, after, strict=True), 1):
            if e is not None and e_new is not None and e_new > e:
                yield say("worse_for", update=str(n), pattern=str(p))


def _signs(solution: Solved, say: Say) -> Iterator[Sentence]:
    """The sign of each dE/do at an output, in words."""
    for at, pattern in _presented(solution):
        for j in solution.problem.network.outputs:
            q = DE_DO(j).marked(at)
            slope = solution.figures.values.get(q)
            if slope:
                key = "slope_negative" if slope < 0 else "slope_positive"
                yield say(key, at, slope=Named(q), output=Named(O(j).marked(at)), pattern=pattern)


def _saturated(solution: Solved, say: Say) -> Iterator[Sentence]:
    """Units whose slope is far below the largest that it can be."""
    network = solution.problem.network
    for at, pattern in _presented(solution):
        for unit in _units(solution):
            if network.matched and unit in network.outputs:
                continue  # f' cancels: the error gets through in full
            activation = network.activation(unit)
            steepest = activation.steepest if activation else None
            slope = solution.figures.values.get(LOCAL(unit, unit).marked(at))
            if (
                not steepest
                or slope is None
                or (given := LOCAL(unit, unit)) in solution.problem.given
            ):
                continue
            if slope == 0 or number(steepest) / slope >= SATURATED:
                times = _few(number(steepest) / slope) if slope else None
                yield say(
                    "saturated",
                    at,
                    unit=solution.naming.unit(unit),
                    slope=Named(given.marked(at)),
                    value=_few(slope),
                    largest=Math((Num(steepest),)),
                    times=times,
                    pattern=pattern,
                )


def _units(solution: Solved) -> Iterator[str]:
    for layer in solution.problem.network.layers:
        if not layer.softmax:
            yield from layer.units


def _relu(solution: Solved, say: Say) -> Iterator[Sentence]:
    """Dead units, and units exactly at the kink."""
    for at, pattern in _presented(solution):
        for unit in _units(solution):
            activation = solution.problem.network.activation(unit)
            net = solution.figures.exact.get(NET(unit).marked(at))
            if net is None or activation is None:
                continue
            name = solution.naming.unit(unit)
            if activation.name in ("relu", "leaky_relu", "elu") and net == 0:
                yield say(
                    "at_kink", at, unit=name, net=Named(NET(unit).marked(at)), pattern=pattern
                )
            elif activation.name == "relu" and net < 0:
                yield say("dead", at, unit=name, net=Named(NET(unit).marked(at)), pattern=pattern)


def _shrinking(solution: Solved, say: Say) -> Iterator[Sentence]:
    """Gradients that become smaller from layer to layer, towards the inputs."""
    values, network = solution.figures.values, solution.problem.network
    at = _first(solution)
    sizes = []
    for layer in network.layers:
        slopes = [
            abs(values[q]) for j in layer.units if (q := Quantity(Kind.DE_DNET, (j,), at)) in values
        ]
        sizes.append(sum(slopes, Decimal(0)) / len(slopes) if slopes else Decimal(0))
    ratios = [b / a for a, b in pairwise(sizes) if a and b]
    if len(sizes) > 1 and len(ratios) == len(sizes) - 1 and all(r >= SHRINKING for r in ratios):
        yield say(
            "shrinking", times=[_few(r) for r in reversed(ratios)], whole=_few(sizes[-1] / sizes[0])
        )


def _largest(solution: Solved, say: Say) -> Iterator[Sentence]:
    """The weight that changes most over all updates, or has the steepest slope."""
    values, updates = solution.figures.values, solution.run.updates
    weights = [q for q in solution.problem.network.parameters if q.kind is Kind.W]
    if solution.problem.learning_rate:
        news = {w: w.marked(updates[-1].new) for w in weights}
        sizes = {w: values[n] - values[w] for w, n in news.items() if n in values and w in values}
        key = "changes_most"
    elif len(updates) == 1:
        slopes = {w: slope_of_error(w).marked(updates[0].at) for w in weights}
        sizes = {w: values[q] for w, q in slopes.items() if q in values}
        key = "steepest"
    else:
        return
    ranked = sorted(sizes, key=lambda w: -abs(sizes[w]))
    if len(ranked) > 1 and abs(sizes[ranked[0]]) > abs(sizes[ranked[1]]):
        most = ranked[0]
        direction = "up" if sizes[most] > 0 else "down"
        yield say(key, weight=Named(most), direction=direction, size=_few(abs(sizes[most])))


def _equal_units(solution: Solved, say: Say) -> Iterator[Sentence]:
    """Units of one layer with the same weights in and out: they stay equal for ever."""
    problem, network = solution.problem, solution.problem.network
    told = {q: number(text) for q, text in problem.parameters.items()}
    for layer, above in zip(network.layers, network.layers[1:], strict=False):
        groups: dict[object, list[str]] = {}
        for unit, activation in zip(layer.units, layer.activations, strict=True):
            into = [told.get(Quantity(Kind.W, (unit, i))) for i in network.feeders(layer)]
            out = [told.get(Quantity(Kind.W, (k, unit))) for k in above.units]
            bias = layer.bias_of(unit)
            own = told.get(bias) if bias else None
            if None not in into and None not in out:
                groups.setdefault((activation, tuple(into), tuple(out), own), []).append(unit)
        for alike in groups.values():
            if len(alike) > 1:
                yield say("stay_equal", units=[solution.naming.unit(unit) for unit in alike])


def _vanished(solution: Solved, say: Say) -> Iterator[Sentence]:
    """Values that only rounding has brought to 0."""
    if not solution.problem.rounding:
        return
    lost = [
        q
        for q, value in solution.figures.values.items()
        if not value and solution.figures.exact[q] and not q.at.new
    ]
    if lost:
        names = [Math((Named(q),)) for q in lost[:6]]
        yield say("rounded_to_zero", names=names, more=len(lost) - len(names))


Remark = Callable[[Solved, Say], Iterator[Sentence]]

_REMARKS: tuple[Remark, ...] = (
    _fall,
    _too_far,
    _worse,
    _signs,
    _largest,
    _saturated,
    _relu,
    _shrinking,
    _equal_units,
    _vanished,
)
