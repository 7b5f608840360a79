"""A student's working is marked: read in the notation that explains it, then judged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tutor.marking.bind import Binder
from tutor.marking.claim import Line
from tutor.marking.explain import explained
from tutor.marking.frame import Frame
from tutor.marking.judge import Judge
from tutor.marking.lexicon import Meanings
from tutor.marking.lines import read_lines
from tutor.marking.own import used
from tutor.marking.parse import name_of
from tutor.marking.verdict import Convention, Kind, Marked, Verdict
from tutor.marking.working import Working
from tutor.problem.notation import NOTATIONS
from tutor.problem.problem import Problem
from tutor.solving import Solved
from tutor.symbolic.losses import LOSSES
from tutor.symbolic.quantity import Kind as QuantityKind


def mark(
    problem: Problem, text: str, *, notation: str | None = None, strict: bool = False
) -> Marked:
    """Mark a working, line by line.

    Raises InputError where the problem cannot be solved.
    """
    return mark_with(Frame(Solved.of(problem)), text, notation=notation, strict=strict)


def mark_with(
    frame: Frame, text: str, *, notation: str | None = None, strict: bool = False
) -> Marked:
    """Mark a working for a problem that is solved already."""
    lines = read_lines(text)
    best = _best(frame, lines, notation, strict)
    if not strict and (line := _own_error(best)):
        for name in _other_factors(frame):
            other = _best(frame.with_loss(name), lines, notation, strict)
            if _own_error(other) is None and other.cost < best.cost:
                half = Convention("half", line)
                best = replace(other, conventions=(*other.conventions, half))
    verdicts = explained(best.judge, best.verdicts)
    return Marked(
        best.judge.working.frame.solved,
        lines,
        verdicts,
        min((v.line for v in verdicts if _first_shows(v)), default=None),
        best.meanings.notation,
        best.conventions,
        tuple(v.line for v in verdicts if _trivial(v)),
    )


def _best(frame: Frame, lines: tuple[Line, ...], notation: str | None, strict: bool) -> _Reading:
    """The reading that leaves least unexplained."""
    best: _Reading | None = None
    for reading in _readings(frame, lines, notation, strict):
        if best is None or reading.cost < best.cost:
            best = reading
        if best.cost <= PERFECT:
            break
    assert best is not None
    return best


def _own_error(reading: _Reading) -> int | None:
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


@dataclass(frozen=True)
class _Reading:
    """One way to understand a page, and how much it leaves unexplained."""

    meanings: Meanings
    judge: Judge
    verdicts: tuple[Verdict, ...]
    conventions: tuple[Convention, ...] = ()
    disputed: int = 0
    """lines whose sign is taken to be the other, where the student's own use does not agree"""

    @property
    def cost(self) -> tuple[int, int, int, int]:
        """(not read, wrong, conventions, carried); readings that explain more cost less."""
        kinds = [verdict.kind for verdict in self.verdicts]
        unnamed = sum(v.kind is Kind.UNMARKED and nameless(v) for v in self.verdicts)
        unnamed += sum(made.own and made.bound for made in self.judge.working.statements)
        return (
            kinds.count(Kind.UNREAD) + unnamed,
            kinds.count(Kind.WRONG) + self.disputed,
            len(self.conventions),
            kinds.count(Kind.CARRIED),
        )


def nameless(verdict: Verdict) -> bool:
    """Whether a statement's name is the student's own, or none."""
    return verdict.quantity is None or verdict.quantity.kind is QuantityKind.OWN


PERFECT = (0, 0, 0, 0)
_WORD = re.compile(r"[^\W\d_][\w^',]*(?:\[\w+\]\w*)?")
EXACTLY = 2
"""What Meanings.knows says of a name of the notation itself."""
MOST_NOTATIONS = 3
"""Notations that are tried in full, those that know most names first."""
EITHER_SIGN = (QuantityKind.DE_DNET, QuantityKind.CHANGE)
"""What has one sign in some courses and the other in others."""


def _readings(
    frame: Frame, lines: tuple[Line, ...], notation: str | None, strict: bool
) -> Iterator[_Reading]:
    """Every reading that gives some name of the page another meaning."""
    own = notation or frame.solved.problem.notation
    names = _names(lines)
    plain = all(frame.meanings(own).knows(name) == EXACTLY for name in _left(lines))
    others = () if notation or plain else _likely(frame, names, own)
    seen = set()
    for name in (own, *others):
        for from_first in (False,) if plain else (False, True):
            meanings = frame.meanings(name, from_first=from_first)
            understood = tuple(meanings.find(word) for word in names)
            if understood in seen:
                continue
            seen.add(understood)
            reading = _read(frame, lines, meanings, {})
            yield reading
            made = reading.judge.working.statements
            loose = {one.quantity.kind for one in made if one.loose and one.quantity}
            for kind in () if strict else EITHER_SIGN:
                if kind in loose:
                    yield _read(frame, lines, meanings, {kind: -1})


def _read(
    frame: Frame, lines: tuple[Line, ...], meanings: Meanings, signs: Mapping[QuantityKind, int]
) -> _Reading:
    bound = Binder(frame, meanings, signs).bind(lines)
    judge = Judge(Working(frame, bound))
    verdicts = judge.judge()
    flipped = [
        (made.line, made.quantity.kind)
        for made in bound.statements
        if made.loose and made.quantity and made.quantity.kind in signs
    ]
    conventions = tuple(
        {kind: Convention(f"sign-{kind.name.lower()}", line) for line, kind in flipped}.values()
    )
    against = any(
        _uses(judge, verdict, signs) for verdict in verdicts if verdict.kind is Kind.WRONG
    )
    return _Reading(meanings, judge, verdicts, conventions, len(flipped) if against else 0)


def _uses(judge: Judge, verdict: Verdict, signs: Mapping[QuantityKind, int]) -> bool:
    """Whether a line states, or is computed from, a number whose sign is taken to be the other."""
    if verdict.quantity and verdict.quantity.kind in signs:
        return True
    all_forms = judge.working.forms.get(verdict.quantity, ()) if verdict.quantity else ()
    names = {u for form in all_forms for u in used(form)}
    return any(u.kind in signs and u in judge.working.pins for u in names)


def _left(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The left sides of a page."""
    first = (claim.parts[0] for line in lines for claim in line.claims if claim.parts)
    return tuple(dict.fromkeys(name_of(part) or part.text.strip() for part in first))


def _names(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The left sides of a page and every word in it."""
    parts = [part.text for line in lines for claim in line.claims for part in claim.parts]
    return tuple(
        dict.fromkeys((*_left(lines), *(w for part in parts for w in _WORD.findall(part))))
    )


def _likely(frame: Frame, names: tuple[str, ...], own: str) -> list[str]:
    """The notations that know most of a page's names."""

    def known(notation: str) -> int:
        meanings = frame.meanings(notation)
        return sum(meanings.knows(name) for name in names)

    scores = {name: known(name) for name in NOTATIONS}
    return sorted((n for n in scores if n != own), key=lambda n: -scores[n])[:MOST_NOTATIONS]
