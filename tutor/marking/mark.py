"""A student's working is marked: read in the notation that explains it, then judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tutor.marking.bind import Binder, Bound
from tutor.marking.claim import Line, LineKind
from tutor.marking.frame import Frame
from tutor.marking.judge import Judge
from tutor.marking.lexicon import Meanings
from tutor.marking.lines import read_lines
from tutor.marking.verdict import Convention, Kind, Marked, Verdict
from tutor.problem.notation import NOTATIONS
from tutor.problem.problem import Problem
from tutor.solving import Solved
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
    best: _Reading | None = None
    for reading in _readings(frame, lines, notation, strict):
        if best is None or reading.cost < best.cost:
            best = reading
        if best.cost <= PERFECT:
            break
    assert best is not None
    wrong = [v.line for v in best.verdicts if v.kind is Kind.WRONG]
    return Marked(
        frame.solved,
        lines,
        best.verdicts,
        min(wrong, default=None),
        best.meanings.notation,
        best.conventions,
    )


@dataclass(frozen=True)
class _Reading:
    """One way to understand a page, and how much it leaves unexplained."""

    meanings: Meanings
    bound: Bound
    verdicts: tuple[Verdict, ...]
    conventions: tuple[Convention, ...] = ()

    @property
    def cost(self) -> tuple[int, int, int]:
        """(not read, wrong, carried); ways that explain more cost less."""
        kinds = [verdict.kind for verdict in self.verdicts]
        unnamed = sum(v.kind is Kind.UNMARKED and v.quantity is None for v in self.verdicts)
        return (
            kinds.count(Kind.UNREAD) + unnamed,
            kinds.count(Kind.WRONG) + len(self.conventions),
            kinds.count(Kind.CARRIED),
        )


PERFECT = (0, 0, 0)
MOST_NOTATIONS = 3
"""Notations that are tried in full, those that know most names first."""
SIGNS: tuple[Mapping[QuantityKind, int], ...] = (
    {},
    {QuantityKind.DE_DNET: -1},
    {QuantityKind.CHANGE: -1},
)
"""The signs that delta and a step may have: as the notation says, or the other."""


def _readings(
    frame: Frame, lines: tuple[Line, ...], notation: str | None, strict: bool
) -> Iterator[_Reading]:
    own = notation or frame.solved.problem.notation
    others = [] if notation else _likely(frame, lines, own)
    for name in (own, *others):
        for from_first in (False, True):
            meanings = frame.meanings(name, from_first=from_first)
            for signs in SIGNS[: 1 if strict else None]:
                reading = _read(frame, lines, meanings, signs)
                yield reading
                if reading.cost[1] == 0:
                    break
            if reading.cost[:2] == (0, 0):
                break


def _read(
    frame: Frame, lines: tuple[Line, ...], meanings: Meanings, signs: Mapping[QuantityKind, int]
) -> _Reading:
    bound = Binder(frame, meanings, signs).bind(lines)
    verdicts = Judge(frame, bound).judge()
    flipped = (
        (made.line, made.quantity.kind)
        for made in bound.statements
        if made.loose and made.quantity and made.quantity.kind in signs
    )
    conventions = tuple(
        {kind: Convention(f"sign-{kind.name.lower()}", line) for line, kind in flipped}.values()
    )
    return _Reading(meanings, bound, verdicts, conventions)


def _likely(frame: Frame, lines: tuple[Line, ...], own: str) -> list[str]:
    """The notations that know more of a page's left sides than its own does."""
    names = {
        claim.parts[0].text.strip()
        for line in lines
        if line.kind is LineKind.CLAIMS
        for claim in line.claims
    }

    def known(notation: str) -> int:
        meanings = frame.meanings(notation)
        return sum(len(meanings.find(name)) == 1 for name in names)

    scores = {name: known(name) for name in NOTATIONS}
    return sorted((n for n in scores if n != own), key=lambda n: -scores[n])[:MOST_NOTATIONS]
