"""Draws that are fit for use: doable, as hard as the others, and telling the mistakes apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

import numpy as np

from tutor.practice.doable import CONDITIONS, EDGE, told_unit
from tutor.practice.drawing import blocks
from tutor.practice.draws import Draws, Flags
from tutor.practice.equal import COMPARABLE, Standard, effort
from tutor.practice.exercise import Exercise
from tutor.practice.telling import Told, screened, told

PILOT = 40
"""Blocks that are looked at to learn what a recipe is like."""
ENOUGH = 300
"""Doable draws that are enough for that."""
OFTEN = 0.6
"""A mistake that touches what is asked in more draws than this must show in every problem; another
one, where it does touch it."""
ALWAYS = 0.99
"""Two mistakes that are the same number in so many of the draws that both touch need not be told
apart."""
TOGETHER = 64
"""Draws whose ranges are worked out at once."""
USUAL = 8
"""Fit draws whose condition numbers say what is usual."""
OVER = 20
"""Draws for each problem that there can be: more would hardly bring another."""
MOST = 100_000
"""Draws that are looked at for that."""


@dataclass(frozen=True, slots=True)
class Fit:
    """One draw that is fit for use."""

    picks: tuple[int, ...]
    operations: int
    negatives: int
    digits: int
    condition: float
    """units of the last digit by which rounding may move what is asked"""
    asked: tuple[float, ...]
    """the asked numbers, unrounded"""


@dataclass(slots=True)
class Count:
    """How many draws failed, and at what first."""

    draws: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    hidden: Counter[str] = field(default_factory=Counter)
    """by mistake: the draws that do not show it"""
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    """by pair: the draws that show both and do not tell them apart"""

    unasked: Counter[str] = field(default_factory=Counter)
    """by reason: the fit draws of which the question cannot be asked"""

    def fail(self, what: str, held: Flags) -> None:
        """Count the draws that do not hold."""
        self.failed[what] += int(np.count_nonzero(~held))


HIDDEN = "do not show every mistake"
UNASKED = "have no clear answer to this kind of question"
CONFUSED = "do not tell every two mistakes apart"
UNLIKE = "are easier or harder than the others"


class Search:
    """The draws of one recipe."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.ids = [manner.id for manner in exercise.manners]
        self.piloted = Count()

    @cached_property
    def pilot(self) -> Draws:
        """Doable draws of a stream of their own."""
        kept: list[Draws] = []
        for picks in islice(blocks(self.exercise.recipe, "pilot"), PILOT):
            kept.append(self._doable(Draws.of(self.exercise, picks), self.piloted))
            if sum(map(len, kept)) >= ENOUGH:
                break
        return Draws.joined(kept)

    @cached_property
    def known(self) -> Told:
        """What each mistake comes to in the pilot's draws."""
        return screened(self.exercise, self.pilot)

    @cached_property
    def required(self) -> Flags:
        """The mistakes that must show."""
        often: Flags = self.known.touches().mean(axis=1) > OFTEN
        return often

    @cached_property
    def always(self) -> Flags:
        """Which mistakes always come to the numbers of which later ones: a table of manners."""
        table = np.zeros((len(self.ids), len(self.ids)), dtype=bool)
        touches = self.known.touches()
        for n in range(len(self.ids)):
            both = touches[n] & touches[n + 1 :]
            equal = np.count_nonzero(both & self.known.equal(n), axis=1)
            table[n, n + 1 :] = equal > 0
            table[n, n + 1 :] &= equal >= ALWAYS * np.count_nonzero(both, axis=1)
        return table & self._both

    @cached_property
    def pairs(self) -> Flags:
        """Which mistakes must be told from which later ones."""
        return self._both & ~self.always

    @cached_property
    def _both(self) -> Flags:
        ids = np.array(self.ids)
        table: Flags = np.triu(ids[:, None] != ids[None, :], 1)
        return table

    @property
    def inseparable(self) -> tuple[tuple[str, str], ...]:
        """Pairs of mistakes of which a manner each always comes to the same numbers."""
        return tuple({(self.ids[n], self.ids[m]): None for n, m in np.argwhere(self.always)})

    @property
    def shown(self) -> tuple[str, ...]:
        """The mistakes that must show."""
        return tuple(dict.fromkeys(self.ids[n] for n in np.flatnonzero(self.required)))

    @cached_property
    def standard(self) -> Standard:
        """How hard every draw is."""
        tells = self.tells(self.known, Count())
        chosen = tells if tells.any() else ~tells
        return Standard.usual(effort(self.exercise, self.pilot.only(chosen)))

    @cached_property
    def condition(self) -> float:
        """The usual condition number of draws that tell the mistakes apart; 0 for none."""
        found = [fit.condition for fit in islice(self._fits("usual", MOST, Count()), USUAL)]
        return float(np.median(found)) if found else 0.0

    def fits(self, stream: str, most: int, count: Count) -> Iterator[Fit]:
        """The draws of a stream that are fit, in order."""
        usual = self.condition
        for fit in self._fits(stream, most, count):
            far = max(fit.condition, usual) / min(fit.condition, usual) if usual else 1.0
            if far < COMPARABLE * (1 - EDGE):
                yield fit
            else:
                count.failed[UNLIKE] += 1

    def _fits(self, stream: str, most: int, count: Count) -> Iterator[Fit]:
        waiting: list[Draws] = []
        most = min(most, OVER * self.exercise.recipe.possible)
        for picks in blocks(self.exercise.recipe, stream):
            doable = self._doable(Draws.of(self.exercise, picks), count)
            waiting.append(self._likely(doable, count))
            ended = count.draws >= most
            if ended or sum(map(len, waiting)) >= TOGETHER:
                yield from self._certain(Draws.joined(waiting), count)
                waiting = []
            if ended:
                return

    def _doable(self, draws: Draws, count: Count) -> Draws:
        count.draws += len(draws)
        for condition in CONDITIONS:
            held = condition.holds(self.exercise, draws.rows)
            count.fail(condition.what, held)
            draws = draws.only(held)
        return draws

    def _likely(self, draws: Draws, count: Count) -> Draws:
        """Without those that fail even where nothing is rounded."""
        alike = self.standard.met(effort(self.exercise, draws))
        count.fail(UNLIKE, alike)
        draws = draws.only(alike)
        return draws.only(self.tells(screened(self.exercise, draws), count))

    def tells(self, known: Told, count: Count) -> Flags:
        """Which draws tell every mistake from the right numbers and from each other."""
        idle = ~known.touches()
        shown = known.shows() | (idle & ~self.required[:, None])
        tells: Flags = np.all(shown, axis=0)
        count.fail(HIDDEN, tells)
        for id, held in zip(self.ids, shown, strict=True):
            count.hidden[id] += int(np.count_nonzero(~held))
        both = tells.copy()
        for n in np.flatnonzero(self.pairs.any(axis=1)) if tells.any() else ():
            later = np.flatnonzero(self.pairs[n, n + 1 :])
            apart = known.apart(int(n))[later]
            later += n + 1
            apart |= idle[n] | idle[later]
            tells &= np.all(apart, axis=0)
            for m, held in zip(later, apart[:, both], strict=True):
                count.confused[self.ids[n], self.ids[m]] += int(np.count_nonzero(~held))
        count.fail(CONFUSED, tells[both])
        return tells

    def _certain(self, draws: Draws, count: Count) -> Iterator[Fit]:
        """Those that stand whatever rounding does."""
        if not len(draws):
            return
        known = told(self.exercise, draws)
        tells = self.tells(known, count)
        draws, right = draws.only(tells), known.right[:, tells]
        hard = effort(self.exercise, draws)
        units = told_unit(self.exercise, right)
        condition = np.max(known.reach[0][:, tells] / units, axis=0)
        for n, picks in enumerate(draws.picks):
            yield Fit(
                tuple(picks.tolist()),
                int(hard.operations[n]),
                int(hard.negatives[n]),
                int(hard.digits[n]),
                float(condition[n]),
                tuple(right[:, n].tolist()),
            )
