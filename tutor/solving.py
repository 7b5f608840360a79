"""A problem is solved: every value, its digits, and its certificate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Self

from tutor.errors import Flaw, InputError, quoted
from tutor.numeric.certify import Certificate, certify
from tutor.numeric.exact import as_float, number
from tutor.numeric.figures import Figures, rounded_figures, unrounded_figures, written
from tutor.numeric.trace import Undefined, evaluate
from tutor.problem.names import Names
from tutor.problem.naming import Naming
from tutor.problem.notation import NOTATIONS
from tutor.problem.problem import Problem
from tutor.symbolic.derivation import closure, derive
from tutor.symbolic.descent import Presentation, Run, Update, run
from tutor.symbolic.quantity import ETA, MU, PARAMETERS, At, E, Kind, Quantity, T, X
from tutor.symbolic.rewrite import refs
from tutor.symbolic.step import Step

if TYPE_CHECKING:
    import sympy


def given_texts(problem: Problem, solving: Run) -> Iterator[tuple[Quantity, str]]:
    """Every number that a problem states, under the names it has in its run."""
    yield from problem.parameters.items()
    if problem.learning_rate:
        yield ETA, problem.learning_rate
    if problem.momentum:
        yield MU, problem.momentum
    for update in solving.updates:
        for shown in update.presentations:
            pattern = problem.patterns[shown.pattern - 1]
            inputs = zip(problem.network.inputs, pattern.inputs, strict=True)
            yield from ((X(i).marked(shown.at), text) for i, text in inputs if text is not None)
            targets = zip(problem.network.outputs, pattern.targets or (), strict=False)
            yield from ((T(j).marked(shown.at), text) for j, text in targets if text is not None)
            yield from ((q.marked(shown.at), text) for q, text in problem.given.items())


def stated_values(problem: Problem, solving: Run) -> Iterator[tuple[Quantity, Decimal]]:
    """The stated values, in every presentation."""
    for update in solving.updates:
        for shown in update.presentations:
            yield from ((q.marked(shown.at), number(t)) for q, t in problem.given.items())


def _figures(problem: Problem, solving: Run, steps: Iterable[Step]) -> Figures:
    """Some steps with the numbers of a run. Raises Undefined where one has no value."""
    texts = dict(given_texts(problem, solving))
    start = {q: number(text) for q, text in texts.items()}
    pins = dict(stated_values(problem, solving))
    if problem.rounding:
        return rounded_figures(steps, start, texts, pins, problem.rounding)
    return unrounded_figures(steps, start, texts, pins, problem.show)


def _flaw(problem: Problem, solving: Run, undefined: Undefined) -> Flaw:
    """Why a step has no value, at the pattern for which it has none."""
    step, loss = undefined.step, problem.network.loss
    at = step.defines.at._replace(new=False)
    shown = [(n, one) for n, update in enumerate(solving.updates) for one in update.presentations]
    places = {one.at: (n, problem.patterns[one.pattern - 1].place) for n, one in shown}
    updates, place = places.get(at, (0, (0, 0)))
    what, instead = "its numbers are too large", "use smaller weights or inputs"
    if updates:
        instead = f"the steps before it are too long: use a smaller learning_rate, or {instead[4:]}"
    if step.rule in ("share", "loss-slope") and loss and loss.matches:
        q, o = next((q, undefined.values[q]) for q in refs(step.formula) if q.kind is Kind.O)
        what = "an output is 0 or 1 to 50 digits, and 0 has no logarithm"
        if not problem.network.matched:
            name, shown_as = problem.network.loss_name, written(o, problem.show)
            what = f"{q.key} is {shown_as}, and with {name} an output lies between 0 and 1"
            instead = f"give the last layer activation: {loss.matches}, or take another loss"
    return Flaw(*place, f"{step.defines.key} has no value: {what}", instead)


class Error(NamedTuple):
    """E of a pattern, and as a line shows it."""

    value: Decimal
    text: str


@dataclass(frozen=True, repr=False)
class Solved:
    """A problem's values by key."""

    problem: Problem
    run: Run
    figures: Figures
    pinned: frozenset[Quantity]
    certificate: Certificate

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """Derive, evaluate and certify a problem.

        Raises InputError where a step has no value at these numbers or an asked quantity cannot
        be known, and NotCertified where a gradient is not the slope of E (a mistake in this
        program).
        """
        merged = problem.rounding is not None and problem.network.matched
        derivation = derive(problem.network, given=frozenset(problem.given), merged=merged)
        solving = run(derivation, problem.schedule)
        pins = dict(stated_values(problem, solving))
        source = problem.where
        try:
            try:
                figures = _figures(problem, solving, solving.steps)
            except Undefined as undefined:
                if not undefined.step.defines.at.new:
                    raise
                solving = run(derivation, replace(problem.schedule, again=False))
                figures = _figures(problem, solving, solving.steps)
        except Undefined as undefined:
            raise InputError(source, [_flaw(problem, solving, undefined)]) from None
        certificate = certify(solving, figures.exact, pins)
        solved = cls(problem, solving, figures, frozenset(pins), certificate)
        solved.check_asked(source)
        return solved

    def figures_of(self, steps: Iterable[Step]) -> Figures:
        """What other steps come to with the same numbers.

        Raises Undefined where one has no value.
        """
        return _figures(self.problem, self.run, steps)

    def __getitem__(self, key: str) -> float:
        """The value of a quantity by any of its names; what is carried, so rounded under a rule.

        Raises KeyError for a name that means no quantity of this problem.
        """
        return as_float(self.figures.values[self._one(key)])

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and len(self.find(key)) == 1

    def __len__(self) -> int:
        return len(self.figures.values)

    def __repr__(self) -> str:
        what = quoted(self.problem.title) if self.problem.title else "a problem"
        return f"<{type(self).__name__} of {what}: {len(self)} quantities>"

    def __iter__(self) -> Iterator[str]:
        return (q.key for q in self.figures.values)

    def keys(self) -> list[str]:
        """The canonical keys of every quantity, in the order they are computed."""
        return list(self)

    def sympy(self, key: str) -> sympy.Expr:
        """A quantity as an expression in the given symbols, such as w_h1_x1, x1 and t_y1."""
        from tutor.symbolic.proof import as_sympy, symbol

        asked = self._one(key)
        steps = self.run.by_quantity
        needed = closure(steps, (asked,))
        known: dict[Quantity, sympy.Expr] = {}
        for q, step in steps.items():
            if q in needed and q not in self.pinned:
                known[q] = as_sympy(step.formula, known)
        return known[asked] if asked in known else symbol(asked)

    def _one(self, name: str) -> Quantity:
        found = self.find(name)
        if len(found) != 1:
            which = ", ".join(q.key for q in found)
            raise KeyError(f"{name}: say which of {which}" if found else name)
        return found[0]

    @property
    def too_far(self) -> bool:
        """Whether a step is so long that E has no value with the new weights."""
        return self.problem.schedule.again and not self.run.schedule.again

    @cached_property
    def names(self) -> Names:
        """The names that this problem understands."""
        return Names(self.problem.network, self.problem.names, self.problem.notation)

    @cached_property
    def naming(self) -> Naming:
        """How its pages name quantities."""
        notation = NOTATIONS[self.problem.notation]
        return Naming(self.problem.network, notation, self.problem.names)

    def find(self, name: str) -> tuple[Quantity, ...]:
        """The quantities that a name means: one, or one a presentation where it has no mark."""
        found = self.names.find(name)
        return tuple(self._present(found.quantity)) if found else ()

    def _present(self, q: Quantity) -> Iterator[Quantity]:
        values = self.figures.values
        if q.kind in PARAMETERS and q.at.update and not q.at.new:
            held = dict(self.run.updates[q.at.update - 1].before) if self._has(q.at) else {}
            q = held.get(q.marked(At()), q)
        if q in values:
            yield q
        elif not q.at.update:
            for other in values:
                if other.kind == q.kind and other.units == q.units and other.at.new == q.at.new:
                    yield other

    def _has(self, at: At) -> bool:
        return 1 <= at.update <= len(self.run.updates)

    @cached_property
    def asked(self) -> tuple[Quantity, ...]:
        """What is asked: by default every gradient, and every new weight."""
        if self.problem.ask:
            found = (q for name in self.problem.ask for q in self.find(name))
            return tuple(dict.fromkeys(found))
        kinds = (Kind.GRAD,)
        return tuple(
            q for q in self.figures.values if q.kind in kinds or (q.kind in PARAMETERS and q.at.new)
        )

    def check_asked(self, source: str) -> None:
        """Raise InputError for a name in ``ask`` whose value cannot be known."""
        unknown = [name for name in self.problem.ask if not self.find(name)]
        if unknown:
            raise InputError(source, _cannot_know(self, unknown))

    @cached_property
    def needed(self) -> set[Quantity]:
        """What is asked and all that it needs."""
        open_steps = {q: s for q, s in self.run.by_quantity.items() if q not in self.pinned}
        return closure(open_steps, self.asked)

    @cached_property
    def errors(self) -> list[list[Error | None]]:
        """E of each pattern with the first weights, and after each update."""
        shown: dict[int, Presentation] = {}
        for update in self.run.updates:
            for presentation in update.presentations:
                shown.setdefault(presentation.pattern, presentation)
        states = [dict(update.before) for update in self.run.updates]
        if self.problem.schedule.rate:
            states.append(_after(self.run.updates[-1], self.figures.values))
        data: dict[At, dict[Quantity, Quantity]] = {}
        for q in self.figures.values:
            if q.kind in (Kind.X, Kind.T):
                data.setdefault(q.at, {})[q.marked(At())] = q
        told = [data.get(shown[p].at, {}) for p in sorted(shown)]
        return [[self._error(state | known) for known in told] for state in states]

    def _error(self, held: Mapping[Quantity, Quantity]) -> Error | None:
        """E of one pattern under some weights, by the page's own arithmetic."""
        values, forward = self.figures.values, self.run.derivation.forward
        start = {q: values[now] for q, now in held.items() if now in values}
        rounding = self.problem.rounding
        try:
            if rounding:
                texts = {q: self.figures.texts[held[q]] for q in start}
                found = rounded_figures(forward, start, texts, {}, rounding)
                return Error(found.values[E], found.texts[E]) if E in found.values else None
            value = evaluate(forward, start).get(E)
            return None if value is None else Error(value, written(value, self.problem.show))
        except Undefined:
            return None


def _after(update: Update, values: Mapping[Quantity, Decimal]) -> dict[Quantity, Quantity]:
    """What holds each weight after an update; a bias that is not updated stays."""
    new = {w: w.marked(update.new) for w, _ in update.before}
    return {w: new[w] if new[w] in values else now for w, now in update.before}


def _cannot_know(solved: Solved, names: list[str]) -> str:
    problem = solved.problem
    why = "it needs numbers that the problem does not tell"
    if solved.too_far:
        why = "the learning_rate is so large that E has no value with the new weights, or " + why
    elif problem.learning_rate is None:
        why = "there is no learning_rate, so nothing is updated, or " + why
    elif problem.network.loss is None:
        why = "there is no loss, or " + why
    return f"ask: {', '.join(names)} cannot be known; {why}"
