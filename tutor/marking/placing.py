"""Which quantity a left side is about, and in which pass: what is stated so far decides."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from tutor.marking.bare import OF_PARAMETERS
from tutor.marking.claim import Text
from tutor.marking.common import Meaning
from tutor.marking.frame import Frame
from tutor.marking.own import Trace, unrounded
from tutor.marking.printed import Printed
from tutor.marking.statement import Statement
from tutor.numeric.spread import Spread, printed
from tutor.symbolic.quantity import ALWAYS, PARAMETERS, At, Kind, Quantity
from tutor.symbolic.rewrite import Rename
from tutor.symbolic.slopes import slope_step
from tutor.symbolic.step import Step

ONE = Fraction(1)
FEWEST = 2
"""Figures of a number from which on it tells the pass of a quantity that its line names."""
TELLING = 3
"""The same of a number that is the whole batch's, where its line names no pass."""
UNITS_OFF = (0.0, 0.5, 2.0)
"""Units of the last digit by which a number misses a value that it may be, the surest first."""
AFTER = At(new=True)
Option = tuple[int, Meaning, Quantity]
"""A pass, and what a name means in it."""


class Placing:
    """A page so far: the pass at hand, and every quantity's number."""

    def __init__(self, frame: Frame, turned: Collection[Kind]) -> None:
        self.frame, self.turned = frame, turned
        self.now = 0
        self.answered: dict[Quantity, Printed] = {}
        self.pins: dict[Quantity, Spread] = {}
        self.extra: dict[Quantity, Step] = {}
        """slopes that only this page names"""
        self.last: Quantity | None = None
        """what was stated last"""

    def choose(
        self,
        found: Sequence[Meaning],
        rest: Sequence[Text],
        number: Printed | None,
        *,
        bare: bool,
    ) -> tuple[Meaning, Quantity | None]:
        """The quantity that a left side is about, and the pass that it belongs to."""
        options: list[Option] = []
        for n in range(self.now, len(self.frame.passes)):
            for meaning in found:
                q = self._known(self._placed(meaning.quantity, n))
                if q and (new := self._updated(q, rest, number, n)):
                    q = new
                if q and all(q != other for _, _, other in options):
                    options.append((n, meaning, q))
        if not options:
            return found[0], None
        here = [option for option in options if option[0] == self.now]
        free = [option for option in here if self.free(option[2], number)]
        later = [o for o in options if o[0] > self.now and self.free(o[2], number)]
        fits = self._fitting(free, number)
        if number and (bare or all(q in self.answered for *_, q in free)):
            enough = max(number.figures, number.decimals) >= FEWEST
            fits = fits or (self._fitting(later, number) if enough else None)
        elif number and not fits and (total := self._total(here, options, number)):
            return total
        n, meaning, q = fits or (free or later or options)[0]
        marked = meaning.quantity.at.update or meaning.quantity.at.pattern
        self.now = self._told(q, n) if marked else n
        return meaning, q

    def _total(
        self, here: Sequence[Option], options: Sequence[Option], number: Printed
    ) -> tuple[Meaning, Quantity] | None:
        """What a number is of the whole batch, where it is nothing of the pattern at hand."""
        passes = self.frame.passes
        now = passes[self.now]
        if now.shown is None or now.again or number.figures < TELLING:
            return None
        if any(self.agrees(q, meaning, number) for _, meaning, q in here):
            return None
        for n, meaning, q in options:
            one = passes[n]
            whole = one.shown is None and one.update is now.update
            if whole and self.free(q, number) and self.agrees(q, meaning, number):
                self.now = n if n == self.now + 1 else self.now
                return meaning, q
        return None

    def _fitting(self, among: Sequence[Option], number: Printed | None) -> Option | None:
        """The first whose value the number is, as it stands or rounded; else the first that it is
        near; else the first that it follows from."""
        if number is None:
            return None
        fits = (o for n in UNITS_OFF for o in among if self.fits(o[2], self.scale(o[1]), number, n))
        bare = (o for o in among if o[2].kind in OF_PARAMETERS and self.agrees(o[2], o[1], number))
        return next(fits, None) or (next(bare, None) if len(among) > 1 else None)

    def _updated(
        self, q: Quantity, rest: Sequence[Text], number: Printed | None, n: int
    ) -> Quantity | None:
        """The new weight, where one on the left is that: w = w - ..., a number unlike its own, or
        one that stays as it is, to its digits, behind others that are new."""
        if q.kind not in PARAMETERS or q.at.new or not self.frame.run.schedule.rate:
            return None
        new = self._known(self.frame.passes[n].place(q.marked(AFTER)))
        if number is None or len(rest) > 1:
            return new if len(rest) > 1 else None
        if abs(self.frame.truth[q] - number.float_value) > number.float_unit / 2 + 1e-12:
            return new
        stays = new is not None and new not in self.answered and self.fits(new, ONE, number, 0.5)
        begun = stays and any(u.at.new for u in self.answered if u.kind in PARAMETERS)
        return new if begun else None

    def agrees(self, q: Quantity, meaning: Meaning, number: Printed) -> bool:
        """Whether a number is the value of q, or follows from the student's own numbers; of what
        has a sign that differs from course to course, also with the other."""
        scales = [self.scale(meaning), *([-self.scale(meaning)] if meaning.loose else [])]
        own = Trace(self.frame.forms, self.frame.given, self.pins, unrounded).step(q)
        return any(
            self.fits(q, scale, number)
            or (own and own.within(float(number.value * scale), float(number.unit * abs(scale))))
            for scale in scales
        )

    def fits(
        self, q: Quantity, scale: Fraction, number: Printed, units: float = UNITS_OFF[-1]
    ) -> bool:
        """Whether a number is the value of q, to so many of its last units."""
        if q not in self.frame.truth:
            return False
        value = self.frame.truth[q] / float(scale)
        return abs(value - number.float_value) <= units * number.float_unit + 1e-9 * abs(value)

    def free(self, q: Quantity, number: Printed | None) -> bool:
        """Whether q can be what is stated now: not yet stated, or stated alike."""
        before = self.answered.get(q)
        if before is None or number is None:
            return True
        return before.covers(number) or number.covers(before)

    def _told(self, q: Quantity, n: int) -> int:
        """The pass that a mark on the left tells."""
        marked = (
            m
            for m, one in enumerate(self.frame.passes)
            if one.shown and one.shown.at._replace(new=one.again) == q.at
        )
        return next(marked, n)

    def _placed(self, q: Quantity, n: int) -> Quantity:
        """A quantity as pass n knows it; a marked weight is the one that update has used."""
        updates = self.frame.run.updates
        if q.kind in PARAMETERS and 0 < q.at.update <= len(updates) and not q.at.new:
            return dict(updates[q.at.update - 1].before).get(q.marked(ALWAYS), q)
        return self.frame.passes[n].place(q)

    def here(self, q: Quantity) -> Quantity | None:
        """A quantity as the pass at hand knows it, if this problem has it."""
        return self._known(self._placed(q, self.now))

    def _known(self, q: Quantity) -> Quantity | None:
        if q in self.frame.truth or q in self.extra:
            return q
        if q.kind is not Kind.SLOPE:
            return None
        derivation = self.frame.run.derivation
        step = slope_step(derivation.network, derivation.forward, q.marked(ALWAYS))
        if step is None:
            return None
        place = self.frame.passes[self.now].place
        self.extra[q] = step.renamed(Rename(place))
        return q

    def scale(self, meaning: Meaning) -> Fraction:
        """The quantity is this many times what its name stands for."""
        turned = meaning.loose and meaning.quantity.kind in self.turned
        return -meaning.scale if turned else meaning.scale

    def remember(self, made: Statement) -> None:
        """Keep the number that a statement gives its quantity."""
        self.last = made.quantity
        if made.quantity and made.number:
            self.answered[made.quantity] = made.number
            value, unit = made.number.value * made.scale, made.number.unit * abs(made.scale)
            self.pins[made.quantity] = printed(float(value), float(unit), made.quantity)
