"""What marking needs of a problem, worked out once for all its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from tutor.marking.identity import Samples
from tutor.marking.indices import USUAL, Counting
from tutor.marking.lexicon import Meanings
from tutor.marking.own import forms, used
from tutor.marking.passes import Pass, passes
from tutor.numeric.spread import Spread, exact
from tutor.problem.problem import OwnName
from tutor.solving import Solved
from tutor.symbolic.descent import Run
from tutor.symbolic.formula import Formula
from tutor.symbolic.mistakes import MISTAKES, Mistake
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.wrong.site import Variant


class Frame:
    """A solved problem as the marking of pages reads it."""

    def __init__(self, solved: Solved) -> None:
        self.solved = solved
        self._others: dict[str, Frame] = {}
        self._meanings: dict[tuple[str, Counting, tuple[OwnName, ...]], Meanings] = {}
        self._near: dict[Quantity, frozenset[Quantity]] = {}
        self._variants: dict[Quantity, tuple[tuple[Mistake, Variant], ...]] = {}

    def with_loss(self, name: str) -> Frame:
        """The same problem with another loss."""
        if name not in self._others:
            problem = self.solved.problem
            network = replace(problem.network, loss_name=name)
            self._others[name] = Frame(Solved.of(replace(problem, network=network)))
        return self._others[name]

    @property
    def run(self) -> Run:
        """The steps of the problem."""
        return self.solved.run

    @cached_property
    def truth(self) -> dict[Quantity, float]:
        """Every value, unrounded."""
        return {q: float(value) for q, value in self.solved.figures.exact.items()}

    @cached_property
    def given(self) -> Mapping[Quantity, Spread]:
        """What the problem states."""
        stated = (q for q in self.truth if q not in self.forms or q in self.solved.pinned)
        return {q: exact(self.truth[q]) for q in stated}

    @cached_property
    def written(self) -> frozenset[str]:
        """The same as it is written, without signs."""
        texts = self.solved.figures.texts
        return frozenset(texts[q].lstrip("-") for q in self.given if q in texts)

    @cached_property
    def order(self) -> Mapping[Quantity, float]:
        """The place of each step."""
        return {q: float(n) for n, q in enumerate(self.forms)}

    @cached_property
    def forms(self) -> Mapping[Quantity, tuple[Formula, ...]]:
        """Every formula by which people come to a quantity."""
        return forms(self.run)

    def near(self, q: Quantity) -> frozenset[Quantity]:
        """What a line about q is likely to speak of: where a name is ambiguous, that is meant."""
        if q not in self._near:
            first = {u for form in self.forms.get(q, ()) for u in used(form)}
            second = {u for p in first for form in self.forms.get(p, ()) for u in used(form)}
            self._near[q] = frozenset(first | second)
        return self._near[q]

    @cached_property
    def passes(self) -> tuple[Pass, ...]:
        """Every pass through the network, in order."""
        return tuple(passes(self.run))

    @cached_property
    def samples(self) -> Samples:
        """The problem at random numbers."""
        return Samples(self.run, self.solved.pinned)

    def meanings(
        self,
        notation: str,
        counting: Counting = USUAL,
        *,
        own: tuple[OwnName, ...] = (),
    ) -> Meanings:
        """What names mean in a notation, with some of the page's own."""
        key = notation, counting, own
        if key not in self._meanings:
            problem = self.solved.problem
            problem = replace(problem, names=(*own, *problem.names)) if own else problem
            self._meanings[key] = Meanings(problem, notation, counting)
        return self._meanings[key]

    def variants(self, q: Quantity) -> tuple[tuple[Mistake, Variant], ...]:
        """The wrong formulas of the step that defines q."""
        if q not in self._variants:
            self._variants[q] = tuple(self._wrong_forms(q))
        return self._variants[q]

    @cached_property
    def schedules(self) -> tuple[tuple[Mistake, Mapping[Quantity, Formula]], ...]:
        """The mistakes of order and of weights, with the steps that they change."""
        right = self.run.by_quantity
        found = []
        for mistake in MISTAKES.values():
            for _, steps in mistake.rewrite_run(self.run):
                changed = {
                    step.defines: step.formula
                    for step in steps
                    if step.defines not in right or right[step.defines].formula != step.formula
                }
                found.append((mistake, changed))
        return tuple(found)

    def _wrong_forms(self, q: Quantity) -> Iterator[tuple[Mistake, Variant]]:
        step = self.run.by_quantity.get(q)
        if step is None:
            return
        for mistake in MISTAKES.values():
            yield from ((mistake, variant) for variant in mistake.rewrite(step, self.run))
