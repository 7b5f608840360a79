"""Two patterns: which step is the stochastic one's first, and which the batch's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tutor.numeric.exact import number
from tutor.numeric.figures import Figures, unrounded_figures
from tutor.practice.posing.posed import Posed, Unposable, asked_parameters, shuffled
from tutor.solving import Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.formula import Formula, Neg, Product, Ref
from tutor.symbolic.quantity import ETA, Kind, Quantity
from tutor.symbolic.step import Step

APART = 10
"""The steps differ by at least the larger one's size over this, and the total over the batch is at
least the largest gradient in it over this: the rest has not cancelled."""


@dataclass(frozen=True)
class FirstStep(Posed):
    """Both steps of one weight."""

    weight: Quantity
    figures: Figures
    """from the gradients as they are told"""
    slopes: tuple[Quantity, ...]
    """its gradient for each pattern"""
    steps: tuple[Step, ...]
    """the total over the batch, and the two steps in the order in which they are shown"""
    stochastic: int
    """the place of the stochastic one of these two, from 0"""

    @property
    def shown(self) -> tuple[Step, Step]:
        """The two steps."""
        return self.steps[1], self.steps[2]


def first_step(solved: Solved, stream: str) -> FirstStep:
    """A weight whose two steps differ clearly."""
    if len(solved.problem.patterns) < 2 or not solved.problem.learning_rate:
        what = "one batch step is compared with one stochastic step"
        raise Unposable(solved, what, "give at least two patterns and a learning_rate")
    wanted = {w.units for w in asked_parameters(solved)}
    problem = replace(solved.problem, batch=True, epochs=1, momentum=None, ask=())
    batch = Solved.of(problem)
    for w in shuffled(problem.network.parameters, f"{stream}/weight"):
        for one in _clear(batch, w, stream) if w.units in wanted else ():
            return replace(one, solved=solved)
    what = "of no weight do the two steps differ by a tenth"
    raise Unposable(solved, what, "use patterns that differ more")


def _clear(solved: Solved, w: Quantity, stream: str) -> Iterator[FirstStep]:
    (update,) = solved.run.updates
    total = slope_of_error(w).marked(update.at)
    slopes = tuple(total.marked(shown.at) for shown in update.presentations)
    if not all(q in solved.figures.texts for q in (total, *slopes)):
        return
    stochastic = _change(w, slopes[0])
    order = shuffled((stochastic, _change(w, total)), f"{stream}/order")
    steps = (solved.run.by_quantity[total], *order)
    texts = {q: solved.figures.texts[q] for q in (ETA, *slopes)}
    start = {q: number(text) for q, text in texts.items()}
    figures = unrounded_figures(steps, start, texts, {}, solved.problem.show)
    one, other = (abs(figures.values[step.defines]) for step in order)
    gap = abs(figures.values[order[0].defines] - figures.values[order[1].defines])
    whole, parts = abs(figures.values[total]), [abs(figures.values[q]) for q in slopes]
    if gap * APART >= max(one, other) and whole * APART >= max(parts) and min(parts) > 0:
        yield FirstStep(solved, w, figures, slopes, steps, order.index(stochastic))


def _change(w: Quantity, slope: Quantity) -> Step:
    formula: Formula = Neg(Product((Ref(ETA), Ref(slope))))
    return Step(Quantity(Kind.CHANGE, w.units, slope.at), formula, "change")
