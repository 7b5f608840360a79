"""What is worth noting about a solution: computed from its values, never canned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, localcontext
from itertools import pairwise

from tutor.numeric.exact import CONTEXT, number
from tutor.numeric.figures import written
from tutor.numeric.rounding import Digits
from tutor.pages.document import Math, Sentence
from tutor.pages.givens import Say, unit_names
from tutor.pages.words import Value
from tutor.solving import Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.descent import Presentation
from tutor.symbolic.formula import Named, Num
from tutor.symbolic.quantity import DE_DNET, DE_DO, ETA, LOCAL, NET, At, E, Kind, O, Quantity

SATURATED = 20
"""A unit is called saturated where its slope is this many times below its largest."""
SHRINKING = 2
"""Gradients are said to shrink where a layer's are this many times smaller than the next one's."""
FEW = Digits(3, figures=True)


MOST = 6
"""Remarks of one kind; of more it is said how many."""


def remarks(solution: Solved, say: Say) -> tuple[Sentence, ...]:
    """Every remark that applies, most useful first."""
    with localcontext(CONTEXT):
        return tuple(sentence for remark in _REMARKS for sentence in _most(remark, solution, say))


def _most(remark: Remark, solution: Solved, say: Say) -> Iterator[Sentence]:
    found = list(remark(solution, say))
    yield from found[:MOST]
    if len(found) > MOST:
        yield say("remarks_more", count=len(found) - MOST)


def _few(value: Decimal) -> Math:
    return Math((Num(written(value, FEW)),))


def _presented(solution: Solved) -> list[Presentation]:
    """Every presentation of a pattern."""
    return [shown for update in solution.run.updates for shown in update.presentations]


Place = list[str]
"""The number of an update, and of a pattern; empty where the other one is enough."""


def _place(solution: Solved, shown: Presentation) -> Place:
    schedule = solution.run.schedule
    several = schedule.epochs > 1
    update = str(shown.at.update) if several else ""
    return [update, str(shown.pattern) if schedule.batch or not several else ""]


def _places(solution: Solved, where: Iterable[Presentation]) -> dict[str, Value]:
    """What the words ``where`` ask for."""
    places = [_place(solution, shown) for shown in where]
    return {"places": places, "total": len(_presented(solution))}


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
        lost = (
            shown
            for errors, update in zip(solution.errors[1:], solution.run.updates, strict=True)
            for shown in update.presentations
            if errors[shown.pattern - 1] is None
        )
        rate = Math((Num(solution.figures.texts[ETA]),))
        yield say("too_far", rate=rate, **_places(solution, lost))


def _worse(solution: Solved, say: Say) -> Iterator[Sentence]:
    """Updates that raise the error of some pattern."""
    if (
        solution.run.single
        or not solution.problem.network.loss
        or not solution.problem.schedule.rate
    ):
        return
    several = len(solution.problem.patterns) > 1
    for p, errors in enumerate(zip(*solution.errors, strict=True), 1):
        places: list[Value] = [
            [str(n), ""]
            for n, (e, e_new) in enumerate(pairwise(errors), 1)
            if e is not None and e_new is not None and e_new.value > e.value
        ]
        if places:
            pattern = str(p) if several else ""
            total = len(solution.run.updates)
            yield say("worse_for", pattern=pattern, places=places, total=total)


def _signs(solution: Solved, say: Say) -> Iterator[Sentence]:
    """The sign of each dE/do at an output, in words."""
    shown = _presented(solution)
    for j in solution.problem.network.outputs:
        slopes = [solution.figures.values.get(DE_DO(j).marked(one.at)) for one in shown]
        signed = list(zip(shown, slopes, strict=True))
        rising = [one for one, slope in signed if slope and slope > 0]
        falling = [one for one, slope in signed if slope and slope < 0]
        names = {"slope": Named(DE_DO(j)), "output": Named(O(j))}
        if rising and falling:
            yield say(
                "slope_either",
                **names,
                rising=_places(solution, rising)["places"],
                falling=_places(solution, falling)["places"],
                total=len(shown),
            )
        elif rising or falling:
            key = "slope_positive" if rising else "slope_negative"
            yield say(key, **names, **_places(solution, rising or falling))


def _saturated(solution: Solved, say: Say) -> Iterator[Sentence]:
    """Units whose slope is far below the largest that it can be."""
    network, values = solution.problem.network, solution.figures.values
    for unit in _units(solution):
        activation, q = network.activation(unit), LOCAL(unit, unit)
        if network.matched and unit in network.outputs:
            continue  # f' cancels: the error gets through in full
        steepest = activation.steepest if activation else None
        if not steepest or q in solution.problem.given:
            continue
        slopes = [(values.get(q.marked(one.at)), one) for one in _presented(solution)]
        low = [
            (slope, one)
            for slope, one in slopes
            if slope is not None and slope * SATURATED <= number(steepest)
        ]
        if low:
            slope, worst = min(low, key=lambda pair: pair[0])
            yield say(
                "saturated",
                unit=unit_names(solution, [unit])[0],
                slope=Named(q),
                value=_few(slope),
                lost=not slope and not solution.problem.rounding,
                largest=Math((Num(steepest),)),
                times=_few(number(steepest) / slope) if slope else None,
                worst=_place(solution, worst),
                **_places(solution, (one for _, one in low)),
            )


def _units(solution: Solved) -> Iterator[str]:
    for layer in solution.problem.network.layers:
        if not layer.softmax:
            yield from layer.units


def _relu(solution: Solved, say: Say) -> Iterator[Sentence]:
    """Dead units, and units exactly at the kink."""
    for unit in _units(solution):
        activation, q = solution.problem.network.activation(unit), NET(unit)
        nets = [(solution.figures.exact.get(q.marked(s.at)), s) for s in _presented(solution)]
        told = [(net, one) for net, one in nets if net is not None]
        usual = solution.problem.given.keys().isdisjoint(
            (O(unit), LOCAL(unit, unit), DE_DNET(unit))
        )
        kinds = (
            ("at_kink", _KINKED, [one for net, one in told if net == 0]),
            ("dead", ("relu",) if usual else (), [one for net, one in told if net < 0]),
        )
        for key, names, places in kinds:
            if activation and activation.name in names and places:
                (name,) = unit_names(solution, [unit])
                yield say(key, unit=name, net=Named(q), **_places(solution, places))


_KINKED = ("relu", "leaky_relu", "elu")


def _shrinking(solution: Solved, say: Say) -> Iterator[Sentence]:
    """Gradients that become smaller from layer to layer, towards the inputs."""
    values, network = solution.figures.values, solution.problem.network
    first = _presented(solution)[0]
    sizes = []
    for layer in network.layers:
        slopes = [
            abs(values[q])
            for j in layer.units
            if (q := Quantity(Kind.DE_DNET, (j,), first.at)) in values
        ]
        sizes.append(sum(slopes, Decimal(0)) / len(slopes) if slopes else Decimal(0))
    ratios = [b / a for a, b in pairwise(sizes) if a and b]
    if len(sizes) > 1 and len(ratios) == len(sizes) - 1 and all(r >= SHRINKING for r in ratios):
        times, whole = [_few(r) for r in reversed(ratios)], _few(sizes[-1] / sizes[0])
        yield say("shrinking", times=times, whole=whole, **_places(solution, [first]))


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
        yield say(
            key,
            weight=Named(most),
            direction=direction,
            size=_few(abs(sizes[most])),
            updates=len(updates),
        )


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
                yield say("stay_equal", units=unit_names(solution, alike))


def _vanished(solution: Solved, say: Say) -> Iterator[Sentence]:
    """Values that only rounding has brought to 0."""
    if not solution.problem.rounding:
        return
    steps, asked = solution.run.by_quantity, solution.problem.ask and solution.asked
    lost = {
        q.marked(At()): None
        for q, value in solution.figures.values.items()
        if not value
        and solution.figures.exact[q]
        and not q.at.new
        and (q not in steps or not steps[q].aside or (asked and q in asked))
    }
    if lost:
        names = [Math((Named(q),)) for q in [*lost][:MOST]]
        several = len(_presented(solution)) > 1
        yield say("rounded_to_zero", names=names, more=len(lost) - len(names), several=several)


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
