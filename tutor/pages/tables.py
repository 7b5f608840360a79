"""The tables of a solution: weights before and after, and E of every pattern."""

from __future__ import annotations

from tutor.pages.document import Math, Sentence, Table
from tutor.pages.givens import Say
from tutor.pages.lines import shown_text
from tutor.solving import Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.descent import Update
from tutor.symbolic.formula import Named, Num
from tutor.symbolic.quantity import E, Quantity

MANY = 5
"""More patterns than this go downwards, unless the updates are even more."""


def weights(solution: Solved, update: Update, say: Say) -> Table:
    """Old weight, gradient, new weight."""
    values = solution.figures.values
    rows = []
    for w, now in update.before:
        new, slope = w.marked(update.new), slope_of_error(w).marked(update.at)
        if now in values and slope in values:
            last = _cell(solution, new) if new in values else say("not_updated")
            rows.append(((Math((Named(w),)),), _cell(solution, now), _cell(solution, slope), last))
    return Table(
        say("weights_caption"),
        tuple(say(f"weights_{column}") for column in ("name", "old", "slope", "new")),
        tuple(rows),
    )


def answers(solution: Solved, say: Say) -> Table:
    """Each asked quantity with its value."""
    rows = tuple(
        ((Math((Named(q),)),), (Math((Num(shown_text(solution, q)),)),)) for q in solution.asked
    )
    head = (say("answers_name"), say("answers_value"))
    return Table(say("answers_caption"), head, rows)


def _cell(solution: Solved, q: Quantity) -> Sentence:
    return (Math((Num(solution.figures.texts[q]),)),)


def errors(solution: Solved, say: Say) -> Table | None:
    """Every pattern's E before and after every update; the longer of the two goes downwards."""
    if (
        solution.run.single
        or not solution.problem.network.loss
        or not solution.problem.schedule.rate
    ):
        return None
    rows: list[list[Sentence]] = []
    for errors in solution.errors:
        if any(e is None for e in errors):
            return None
        rows.append([(Math((Num(e.text),)),) for e in errors if e is not None])
    caption, when = say("errors_caption"), [say("errors_after", number=n) for n in range(len(rows))]
    patterns = [str(p) for p in range(1, len(solution.problem.patterns) + 1)]
    if len(patterns) > max(len(rows), MANY):
        down = zip(*rows, strict=True)
        lines = tuple(((p,), *cells) for p, cells in zip(patterns, down, strict=True))
        return Table(caption, (say("errors_patterns"), *when), lines)
    names = [say("errors_pattern", number=p) for p in patterns]
    if len(names) == 1:
        names = [(Math((Named(E),)),)]
    lines = tuple((name, *cells) for name, cells in zip(when, rows, strict=True))
    return Table(caption, (say("errors_when"), *names), lines)
