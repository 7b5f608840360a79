"""Why what is wrong is wrong, and how the line goes with the student's own numbers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from tutor.marking.causes import Suspects, easy
from tutor.marking.copies import miscopied, worked
from tutor.marking.judge import Judge
from tutor.marking.onward import onward
from tutor.marking.pairs import pairs
from tutor.marking.slips import COPIED, SLIPS
from tutor.marking.statement import Statement
from tutor.marking.verdict import Cause, Kind, Verdict
from tutor.marking.working import Answer, follows
from tutor.numeric.rounding import Digits
from tutor.symbolic.quantity import Quantity

ARITHMETIC = "arithmetic"
MOST_EXPLAINED = 200
NOTHING_MORE: Collection[str] = ("",)
"""Beyond so many wrong lines no cause is looked for."""
MOST_PAIRED = 1
"""Wrong lines for which pairs of mistakes are tried."""
MOST_SEARCHED = 12
"""Wrong lines for which every mistake is tried."""
FIGURES = range(3, 16)
"""How many figures of a number a line may show."""


def explained(
    judge: Judge, verdicts: Sequence[Verdict], suspected: Collection[str] | None = None
) -> tuple[Verdict, ...]:
    """The verdicts with the causes of what is wrong; one that recurs stands first.

    Where only some mistakes are ``suspected``, no other is tried.
    """
    told: list[Verdict] = []
    known: set[str] = set()
    for n, verdict in enumerate(verdicts):
        wrong = sum(one.kind is Kind.WRONG for one in told)
        among = known if wrong >= MOST_SEARCHED and known else suspected
        here = judge.at(verdict.line)
        found = _told(here, n, verdict, among if wrong < MOST_EXPLAINED else NOTHING_MORE)
        if suspected is None and wrong < MOST_PAIRED and unexplained(found):
            found = _paired(here, n, found)
        known |= {cause.id for cause in found.causes}
        told.append(found)
    ordered = likeliest_first([verdict.causes for verdict in told])
    pairs_of = zip(told, ordered, strict=True)
    return tuple(replace(v, causes=causes) if causes else v for v, causes in pairs_of)


def unexplained(verdict: Verdict) -> bool:
    """Whether a wrong number stands alone on its line, and no mistake gives it."""
    alone = verdict.kind is Kind.WRONG and not verdict.causes and not verdict.equations
    return alone and verdict.answered is not None


def _paired(judge: Judge, n: int, verdict: Verdict) -> Verdict:
    made = judge.working.statements[n]
    answer = judge.working.answer(made)
    if verdict.quantity is None or answer is None or verdict.quantity not in judge.working.forms:
        return verdict
    return replace(verdict, causes=tuple(pairs(Suspects(judge, verdict.quantity, answer, made))))


def likeliest_first(lines: Sequence[tuple[Cause, ...]]) -> list[tuple[Cause, ...]]:
    """The causes of each line of a page by their rank."""
    often = Counter(cause.id for causes in lines for cause in causes)
    return [tuple(sorted(causes, key=lambda c: _rank(c, often, causes[0]))) for causes in lines]


def _rank(cause: Cause, often: Mapping[str, int], first: Cause) -> tuple[bool, bool, int, bool]:
    """What explains most lines stands first, mistakes before slips; last what fits easily, but for
    a copy that was found before any mistake: the formula of its line is right."""
    shown = cause is first and cause.id == COPIED
    return not shown, easy(cause), -often[cause.id], cause.id in SLIPS


def _told(judge: Judge, n: int, verdict: Verdict, among: Collection[str] | None) -> Verdict:
    made, q = judge.working.statements[n], verdict.quantity
    answer = judge.working.answer(made)
    if q is None or answer is None or q not in judge.working.forms:
        return verdict
    suspects = Suspects(judge, q, _shown_in_full(judge, verdict, answer), made)
    if verdict.kind is Kind.CORRECT:
        shown = any(part.formula and not part.number for part in made.parts)
        return verdict if shown else replace(verdict, cannot_tell=suspects.alike())
    if verdict.kind is not Kind.WRONG or among == NOTHING_MORE:
        return verdict
    causes = suspects.causes(among)
    slips = [e.cause for e in verdict.equations if e.cause]
    if slips and _method_stands(judge, made, verdict, answer):
        slip = COPIED if slips[-1] == ARITHMETIC and suspects.copied() else slips[-1]
        here = (one for one in causes if one.id not in SLIPS and one.at == q)
        causes = [Cause(slip, q, math.nan), *(here if slip == COPIED else ())]
    elif _by_sign(made, verdict) and any(cause.id not in SLIPS for cause in causes):
        causes = [cause for cause in causes if cause.id != "sign-lost"]
    copy = miscopied(judge.working, made, verdict.equations)
    if copy and (copy.sure or all(cause.id in SLIPS for cause in causes)):
        causes = [Cause(COPIED, q, math.nan)]
        verdict = replace(verdict, equations=tuple(map(copy.shown, verdict.equations)))
    return _going_on(judge, q, answer, replace(verdict, causes=tuple(causes)))


def _shown_in_full(judge: Judge, verdict: Verdict, answer: Answer) -> Answer:
    """A short number that its line comes to exactly says as much as one with the page's digits."""
    for equation in verdict.equations:
        left, right = equation.left_value, equation.right_value
        if left is not None and right is not None and math.isclose(left, right, rel_tol=1e-12):
            return answer._replace(unit=min(answer.unit, judge.working.habit.unit(answer.value)))
    return answer


def _by_sign(made: Statement, verdict: Verdict) -> bool:
    """Whether the line computes its number, so that its sign is none of the pen."""
    holds = [equation.holds for equation in verdict.equations]
    return any(worked(made)) and bool(holds) and all(holds)


def _method_stands(judge: Judge, made: Statement, verdict: Verdict, answer: Answer) -> bool:
    """Whether a formula of the line comes to what it should, and only its result does not."""
    q = verdict.quantity
    assert q is not None
    for equation in verdict.equations:
        if equation.left_value is not None and not equation.holds:
            meant = answer._replace(value=equation.left_value * made.factor)
            ways = judge.working.ways(q, answer.number)
            if follows(ways, judge.working.forms[q], meant):
                return True
    return False


def _going_on(judge: Judge, q: Quantity, answer: Answer, verdict: Verdict) -> Verdict:
    """The step with the student's own numbers put in, and what it comes to."""
    working = judge.working
    if answer.number is None:
        return verdict
    figures = min(FIGURES[-1], max(FIGURES[0], answer.number.figures))
    line = onward(working, q, Digits(figures, figures=True))
    if line is None:
        return verdict
    formula = working.plain.formula(q)
    own = bool(working.plain.leans_on(formula))
    return replace(verdict, goes_on=line, goes_on_own=own, formula=formula)
