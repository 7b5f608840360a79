"""A student's working is marked: read in the notation that explains it, then judged."""

from __future__ import annotations

from collections.abc import Collection

from tutor.marking.explain import explained
from tutor.marking.frame import Frame
from tutor.marking.lines import read_lines
from tutor.marking.onward import onward
from tutor.marking.readings import Reading, best_reading
from tutor.marking.verdict import Convention, Kind, Marked, Verdict
from tutor.numeric.figures import PutIn
from tutor.numeric.rounding import Digits
from tutor.problem.problem import Problem
from tutor.solving import Solved
from tutor.symbolic.losses import LOSSES
from tutor.symbolic.quantity import Kind as QuantityKind
from tutor.symbolic.quantity import Quantity


def mark(
    problem: Problem, text: str, *, notation: str | None = None, strict: bool = False
) -> Marked:
    """Mark a working, line by line.

    Raises InputError where the problem cannot be solved.
    """
    return mark_with(Frame(Solved.of(problem)), text, notation=notation, strict=strict)


def mark_with(
    frame: Frame,
    text: str,
    *,
    notation: str | None = None,
    strict: bool = False,
    suspected: Collection[str] | None = None,
) -> Marked:
    """Mark a working for a problem that is solved already; of the known mistakes, all or only the
    ``suspected`` are tried."""
    lines = read_lines(text)
    best = best_reading(frame, lines, notation, strict)
    half: tuple[Convention, ...] = ()
    if not strict and (line := _own_error(best)):
        for name in _other_factors(frame):
            other = best_reading(frame.with_loss(name), lines, notation, strict)
            if _own_error(other) is None and other.cost < best.cost and not _loses(best, other):
                best, half = other, (Convention("half", line),)
    verdicts = explained(best.judge, best.verdicts, suspected)
    return Marked(
        best.judge.working.frame.solved,
        lines,
        verdicts,
        min((v.line for v in verdicts if _first_shows(v)), default=None),
        best.meanings.notation,
        (*best.conventions, *half),
        tuple(v.line for v in verdicts if _trivial(v)),
    )


def next_line(
    frame: Frame, text: str, q: Quantity, digits: Digits, *, notation: str | None = None
) -> tuple[PutIn, str] | None:
    """How a working goes on: the step that defines q with the student's own numbers, and what it
    comes to; None where it has no value."""
    best = best_reading(frame, read_lines(text), notation, strict=False)
    return onward(best.judge.working, q, digits)


def _own_error(reading: Reading) -> int | None:
    """The line where a wrong E is written as a formula."""
    made = zip(reading.judge.working.statements, reading.verdicts, strict=True)
    return next(
        (
            verdict.line
            for one, verdict in made
            if verdict.kind is Kind.WRONG
            and verdict.quantity
            and verdict.quantity.kind in (QuantityKind.E, QuantityKind.SHARE)
            and any(part.formula and not part.number for part in one.parts)
        ),
        None,
    )


def _loses(best: Reading, other: Reading) -> bool:
    """Whether a line that was right, or followed, is wrong with the other error."""
    stood = (Kind.CORRECT, Kind.CARRIED)
    right = {verdict.line for verdict in best.verdicts if verdict.kind in stood}
    return any(v.kind is Kind.WRONG and v.line in right for v in other.verdicts)


def _other_factors(frame: Frame) -> tuple[str, ...]:
    """The squared errors with another factor than the problem's."""
    own = frame.solved.problem.network.loss
    if own is None or not own.squared or frame.solved.problem.given:
        return ()
    return tuple(name for name, loss in LOSSES.items() if loss.squared and loss is not own)


def _first_shows(verdict: Verdict) -> bool:
    """Whether a mistake can be seen here first: a wrong line, or one that follows from later ones
    only."""
    early = verdict.kind is Kind.CARRIED and all(line > verdict.line for line in verdict.blames)
    return verdict.kind is Kind.WRONG or early


def _trivial(verdict: Verdict) -> bool:
    """Whether an early mistake has made a line 0, so that nothing can be seen in it."""
    zero = verdict.answered is not None and not verdict.answered.value
    return verdict.kind is Kind.CARRIED and zero and bool(verdict.expected)
