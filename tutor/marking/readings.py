"""The ways in which a page can be read, and the one that leaves least unexplained."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial

from tutor.marking.bind import Binder
from tutor.marking.claim import Line
from tutor.marking.evidence import EITHER_SIGN, Evidence, flipped
from tutor.marking.frame import Frame
from tutor.marking.index_evidence import ways_to_count
from tutor.marking.indices import USUAL, Counting, labels
from tutor.marking.judge import Judge
from tutor.marking.lexicon import EXACTLY, Meanings
from tutor.marking.parse import name_of
from tutor.marking.verdict import Convention, Kind, Verdict
from tutor.marking.working import Working
from tutor.problem.notation import NOTATIONS
from tutor.symbolic.quantity import Kind as QuantityKind


def best_reading(
    frame: Frame, lines: tuple[Line, ...], notation: str | None, strict: bool
) -> Reading:
    """The reading that leaves least unexplained; its causes are not looked for."""
    best: Reading | None = None
    for reading in _readings(frame, lines, notation, strict):
        found = reading.judged(best)
        best = _better(best, found)
        if best and best.cost[: len(PERFECT)] <= PERFECT:
            break
        for kind in () if strict else EITHER_SIGN:
            if kind in reading.loose and not (found and found.settles(kind)):
                turned = _read(frame, lines, reading.meanings, (kind,))
                best = _better(best, replace(turned, unturned=reading.judge).judged(best))
    assert best is not None
    return best


def _better(best: Reading | None, found: Reading | None) -> Reading | None:
    """The one that explains more; the first where both explain as much."""
    return found if found and (best is None or found.cost < best.cost) else best


@dataclass(frozen=True)
class Reading:
    """One way to understand a page, and how much it leaves unexplained."""

    meanings: Meanings
    turned: Collection[QuantityKind]
    """what is taken to have the other sign"""
    judge: Judge
    verdicts: tuple[Verdict, ...] = ()
    unturned: Judge | None = None
    """the same without anything turned"""
    strict: bool = False
    """whether no convention is excused"""
    disputed: int = 0
    """lines whose sign is taken to be one, where the student's own use does not agree"""

    @property
    def cost(self) -> tuple[int, int, int, int, int, int]:
        """(not read, wrong, false or read in part, wrong, conventions, names that are not the
        notation's, carried); readings that explain more cost less."""
        kinds = [verdict.kind for verdict in self.verdicts]
        wrong = kinds.count(Kind.WRONG) + self.disputed
        false = sum(verdict.slip and verdict.kind is not Kind.WRONG for verdict in self.verdicts)
        return (
            self.unnamed + kinds.count(Kind.UNREAD),
            wrong + false + self.partly,
            wrong,
            len(self.conventions),
            self.strange,
            kinds.count(Kind.CARRIED),
        )

    @property
    def unnamed(self) -> int:
        """Statements about nothing that this reading knows."""
        made = self.judge.working.statements
        return sum(one.own or one.quantity is None for one in made)

    @cached_property
    def strange(self) -> int:
        """Left sides that are no names of the notation or the problem."""
        names = {one.name for one in self.judge.working.statements if one.name}
        return sum(self.meanings.knows(name) != EXACTLY for name in names)

    @cached_property
    def partly(self) -> int:
        """Statements with a number and a part that is not read."""
        made = self.judge.working.statements
        return sum(bool(one.number) and any(part.unread for part in one.parts) for one in made)

    @cached_property
    def loose(self) -> set[QuantityKind]:
        """What has a sign on this page that differs from course to course."""
        made = self.judge.working.statements
        stated = {one.quantity.kind for one in made if one.loose and one.quantity}
        put_in = {u.kind for one in made for part in one.parts for u in part.names}
        return stated | (put_in & set(EITHER_SIGN))

    @property
    def conventions(self) -> tuple[Convention, ...]:
        """The signs that are taken to be the other, each with the last line that shows it."""
        lines = {kind: line for line, kind in flipped(self.judge, self.turned)}
        return tuple(Convention(f"sign-{kind.name.lower()}", n) for kind, n in lines.items())

    def settles(self, kind: QuantityKind) -> bool:
        """Whether no more than one line is off, and one says that the sign of a kind is not the
        other: that one explains no more."""
        _, off, *_ = self.cost
        return off <= 1 and self._evidence(self.verdicts).settles(kind)

    def judged(self, best: Reading | None) -> Reading | None:
        """With its verdicts; None as soon as it is clear that it explains less than the best."""
        most = None
        if best:
            if self.unnamed > best.cost[0]:
                return None
            most = best.cost[1] - self.partly if self.unnamed == best.cost[0] else None
        verdicts = self.judge.judge(most)
        if verdicts is None:
            return None
        evidence = self._evidence(verdicts)
        if self.turned and evidence.refuted:
            return None
        disputed = 0 if self.strict else evidence.disputed
        return replace(self, verdicts=verdicts, disputed=disputed)

    def _evidence(self, verdicts: Sequence[Verdict]) -> Evidence:
        return Evidence(self.judge, verdicts, self.turned, self.unturned)


PERFECT = (0, 0, 0, 0)
_WORD = re.compile(r"[^\W\d_][\w^',]*(?:\[\w+\]\w*)?")
_SLOPE = re.compile(r"\bd([^\W\d]\w*) ?/ ?d(?=[^\W\d])")
"""dA/dB, which names A and B."""
MOST_NOTATIONS = 3
"""Notations that are tried in full, those that know most names first."""
LEAST_KNOWN = 0.8
"""One that knows so much less than another is none that the page is written in."""
OWN_KNOWN = 0.6
"""The same of the problem's own."""


def _readings(
    frame: Frame, lines: tuple[Line, ...], notation: str | None, strict: bool
) -> Iterator[Reading]:
    """Every reading that gives some name of the page another meaning."""
    own = notation or frame.solved.problem.notation
    plain = all(frame.meanings(own).knows(name) == EXACTLY for name in left_sides(lines))
    names = cache(partial(_names, lines))
    labelled = bool(labels(frame.solved.problem.names))
    countings = tuple(ways_to_count(frame.run, lines, labelled=labelled))
    seen: list[Meanings] = []

    def read(name: str, countings: Sequence[Counting]) -> Iterator[Reading]:
        for counting in countings:
            meanings = frame.meanings(name, counting)
            if not any(_alike(meanings, other, names()) for other in seen):
                seen.append(meanings)
                yield replace(_read(frame, lines, meanings, ()), strict=strict)

    whole = False
    if notation or plain:
        for reading in read(own, (USUAL,) if plain else countings):
            whole = not reading.partly
            yield reading
    if not (notation or whole):
        for name in _likely(frame, names(), own):
            yield from read(name, countings)


def _alike(one: Meanings, other: Meanings, names: Sequence[str]) -> bool:
    """Whether two readings give every name of a page one meaning."""

    def meant(meanings: Meanings, name: str) -> object:
        return meanings.find(name) or meanings.stands_for(name)

    return all(meant(one, name) == meant(other, name) for name in names)


def _read(
    frame: Frame, lines: tuple[Line, ...], meanings: Meanings, turned: Collection[QuantityKind]
) -> Reading:
    bound = Binder(frame, meanings, turned).bind(lines)
    return Reading(meanings, turned, Judge(Working(frame, bound)))


def left_sides(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The left sides of a page."""
    first = (claim.parts[0] for line in lines for claim in line.claims if claim.parts)
    return tuple(dict.fromkeys(name_of(part) or part.text.strip() for part in first))


def _names(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The left sides of a page and every word in it."""
    parts = [part.text for line in lines for claim in line.claims for part in claim.parts]
    words = (word for part in parts for word in _WORD.findall(_SLOPE.sub(r"\1 ", part)))
    return tuple(dict.fromkeys((*left_sides(lines), *words)))


def _likely(frame: Frame, names: tuple[str, ...], own: str) -> list[str]:
    """The notations that know most of a page's names, those that know most first; one that knows
    a name that none of these does comes with them."""
    known = {
        name: [meanings.knows(word) for word in names]
        for name, meanings in ((name, frame.meanings(name)) for name in NOTATIONS)
    }
    scores = {name: sum(found) for name, found in known.items()}
    first = sorted(NOTATIONS, key=lambda n: (-scores[n], n != own))
    near = [name for name in first if scores[name] >= LEAST_KNOWN * scores[first[0]]]
    lost = [n for n in range(len(names)) if not any(known[name][n] for name in near)]
    more = [name for name in first if any(known[name][n] for n in lost)]
    itself = [own] if scores[own] >= OWN_KNOWN * scores[first[0]] else []
    likely = [*near[:MOST_NOTATIONS], *more[:1], *itself]
    return list(dict.fromkeys((*likely, *_lettered(frame, names, likely))))


def _lettered(frame: Frame, names: tuple[str, ...], likely: Sequence[str]) -> list[str]:
    """The notations that have more of the letters of a page's vectors than any likely one."""
    counts = {
        name: sum(bool(frame.meanings(name).stands_for(word)) for word in names)
        for name in NOTATIONS
    }
    most = max(counts.values())
    if any(counts[name] == most for name in likely):
        return []
    return [name for name, count in counts.items() if count == most][:MOST_NOTATIONS]
