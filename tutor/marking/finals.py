"""Submissions of final numbers only, thousands at once: a row a student, a column an asked number.

What is said is what the page with just these numbers would be told. A row is left to its page where
a wrong number hangs on another one, or a text is no plain number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from tutor.marking.causes import apart, listed
from tutor.marking.explain import MOST_SEARCHED, likeliest_first
from tutor.marking.frame import Frame
from tutor.marking.judge import near
from tutor.marking.marks import is_far, shows_little, shows_nothing, worth_of
from tutor.marking.own import Habit, Way
from tutor.marking.pairs import FIGURES
from tutor.marking.printed_batch import Flags, Floats, Ints, Numbers, printed_batch
from tutor.marking.slipped import Slipped
from tutor.marking.slips import is_copy
from tutor.marking.suspected import NEARLY, Path, Shown, Suspected, behind
from tutor.marking.verdict import Cause, Kind, Marked, Verdict
from tutor.marking.working import FEWEST, Answer
from tutor.numeric.spread import Spread
from tutor.symbolic.quantity import Quantity

BITS = 10
BEHIND = 1 << BITS
"""Stands behind the decimals and the figures of every number."""
CORRECT, WRONG, OPEN = range(3)
"""How a number stands; a row with an open one is left to its page."""
Said = tuple[Cause, ...] | None
"""Why a number is wrong, the likeliest cause first; None for a right one."""


@dataclass(frozen=True)
class Found:
    """What is said of each row."""

    rows: Ints
    """the place in ``said``; -1 for what is left to its page"""
    said: tuple[tuple[Said, ...], ...]
    """the different rows: of each number"""


class Finals:
    """A problem. What mistakes and rounding come to is worked out when it is met, and kept."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._known: dict[Quantity, Slipped] = {}

    def mark(self, asked: Sequence[Quantity], rows: Sequence[Sequence[str]]) -> Found:
        """The verdicts for a table of texts: in each row one for each asked quantity."""
        shape = len(rows), len(asked)
        if not set(map(len, rows)) <= {shape[1]}:
            raise ValueError("a row has another length than what is asked")
        numbers, codes = printed_batch(list(chain.from_iterable(rows)))
        return _Marking(self.columns(asked), numbers, codes.reshape(shape)).found()

    def columns(self, asked: Sequence[Quantity]) -> tuple[Column, ...]:
        """What is asked, each beside the others."""
        for q in asked:
            if q not in self._known:
                self._known[q] = Slipped(Suspected(self.frame, q))
        return tuple(Column(self.frame, self._known[q], asked) for q in asked)


def marked(frame: Frame, asked: Sequence[Quantity], said: Sequence[Said]) -> Marked:
    """What is said of a row, as of a page with a line for each number."""
    verdicts = tuple(
        Verdict(
            n, 1, 1, "", "", Kind.CORRECT if causes is None else Kind.WRONG, q, causes=causes or ()
        )
        for n, (q, causes) in enumerate(zip(asked, said, strict=True), 1)
    )
    wrong = (verdict.line for verdict in verdicts if verdict.kind is Kind.WRONG)
    notation = frame.solved.problem.notation
    return Marked(frame.solved, (), verdicts, min(wrong, default=None), notation)


class _Marking:
    """One table."""

    def __init__(self, columns: Sequence[Column], numbers: Numbers, codes: Ints) -> None:
        self.columns, self.numbers, self.codes = columns, numbers, codes
        self.keys = _keys(numbers, codes)
        self.findings: list[Said] = [None]
        self._places: dict[tuple[object, ...], int] = {}

    def found(self) -> Found:
        """All rows: those that say the same are told once."""
        told = self._told()
        wrong = told == WRONG
        left = np.any(~self.numbers.read[self.codes] | (told == OPEN), axis=1)
        left |= np.count_nonzero(wrong, axis=1) > MOST_SEARCHED
        own = np.array([column.own for column in self.columns], dtype=bool)
        right = (told == CORRECT) & own
        alone = ~np.any(right, axis=1)
        wrong &= ~left[:, None]
        places = np.zeros(told.shape, dtype=np.int32)
        for n, column in enumerate(self.columns):
            rows = np.flatnonzero(wrong[:, n])
            copied = self._copied(rows, n, right)
            places[rows, n] = self._caused(column, self.keys[rows, n], alone[rows], copied)
            left[rows] |= self._may_be_two(places[rows, n], self.codes[rows, n])
        return self._joined(places, left)

    def _told(self) -> npt.NDArray[np.int8]:
        """How each number stands."""
        told = np.zeros(self.codes.shape, dtype=np.int8)
        for n, column in enumerate(self.columns):
            keys, back = np.unique(self.keys[:, n], return_inverse=True)
            verdicts = np.zeros(len(keys), dtype=np.int8)
            for shown, at in _groups(self.numbers, keys):
                verdicts[at] = column.told(shown, self.numbers.values[keys[at] >> 2 * BITS])
            told[:, n] = verdicts[back]
        return told

    def _copied(self, rows: Ints, n: int, right: Flags) -> Flags:
        """Whether a number is another one of its row that is right."""
        numbers, codes = self.numbers, self.codes[rows, n]
        counts = _distinct(np.where(right[rows], numbers.values[self.codes[rows]], np.inf))
        values = numbers.values[codes]
        room = numbers.units[codes] * NEARLY + (NEARLY - 1) * np.abs(values)
        found = np.zeros(len(rows), dtype=bool)
        for m in range(right.shape[1]):
            others = self.codes[rows, m]
            near = np.abs(values - numbers.values[others]) <= room
            at = np.flatnonzero(near & right[rows, m])
            pairs = np.stack((codes[at], others[at], counts[at]))
            pairs, back = np.unique(pairs, axis=1, return_inverse=True)
            same = [self._same(*pair) for pair in pairs.T.tolist()]
            found[at] |= np.array(same, dtype=bool)[back.ravel()]
        return found

    def _same(self, code: int, other: int, count: int) -> bool:
        number = self.numbers.numbers[code]
        assert number
        same = is_copy(number, Fraction(float(self.numbers.values[other])))
        return same and apart(number, count)

    def _caused(self, column: Column, keys: Ints, alone: Flags, copied: Flags) -> Ints:
        """The places of what explains the wrong numbers of a column."""
        different, back = np.unique(keys * 4 + alone * 2 + copied, return_inverse=True)
        places = np.zeros(len(different), dtype=np.int64)
        for by_itself in (False, True):
            these = np.flatnonzero((different & 2 > 0) == by_itself)
            for shown, members in _groups(self.numbers, different[these] >> 2):
                at = these[members]
                codes = different[at] >> (2 * BITS + 2)
                values = self.numbers.values[codes]
                numbers = [n for code in codes.tolist() if (n := self.numbers.numbers[code])]
                same = different[at] & 1 > 0
                mistakes = column.suspected.causes(shown, values, alone=by_itself)
                slips = column.slipped.causes(shown, numbers, values, same, alone=by_itself)
                both = zip(mistakes, slips, strict=True)
                places[at] = [self._place(listed(a, b)) for a, b in both]
        return places[back]

    def _may_be_two(self, places: npt.NDArray[np.int32], codes: Ints) -> Flags:
        """Whether a number that no mistake explains has the digits to be tried for two."""
        none = self._places.get((), -1)
        found: Flags = places == none
        for code in np.unique(codes[found]).tolist():
            number = self.numbers.numbers[code]
            if not number or number.figures < FIGURES:
                found &= codes != code
        return found

    def _place(self, causes: tuple[Cause, ...]) -> int:
        """Where these causes stand among the findings."""
        key = tuple((cause.id, cause.at) for cause in causes)
        if key not in self._places:
            self._places[key] = len(self.findings)
            self.findings.append(causes)
        return self._places[key]

    def _joined(self, places: npt.NDArray[np.int32], left: Flags) -> Found:
        rows = np.full(len(places), -1, dtype=np.int64)
        whole = np.ascontiguousarray(places[~left])
        texts = whole.view(f"V{whole.shape[1] * whole.itemsize}").ravel().tolist()
        different = {text: n for n, text in enumerate(dict.fromkeys(texts))}
        rows[~left] = [different[text] for text in texts]
        said = (np.frombuffer(text, dtype=np.int32).tolist() for text in different)
        return Found(rows, tuple(map(self._said, said)))

    def _said(self, places: Sequence[int]) -> tuple[Said, ...]:
        found = [self.findings[place] for place in places]
        ordered = likeliest_first([causes or () for causes in found])
        return tuple(
            None if causes is None else sorted_
            for causes, sorted_ in zip(found, ordered, strict=True)
        )


class Column:
    """One asked quantity."""

    def __init__(self, frame: Frame, slipped: Slipped, asked: Sequence[Quantity]) -> None:
        self.frame, self.slipped, self.asked = frame, slipped, frozenset(asked)
        self.suspected = slipped.suspected
        self.q = self.suspected.q
        self.truth = frame.truth[self.q]
        self.own = self.q not in frame.given
        self.hangs = not self.own or not behind(frame, self.q).isdisjoint(self.asked - {self.q})

    @cached_property
    def credits(self) -> bool:
        """Whether marks are given for steps before it, which its number may earn."""
        return not behind(self.frame, self.q).isdisjoint(dict(worth_of(self.frame.solved)))

    @cached_property
    def wrong(self) -> int:
        """How a number stands that is not right."""
        return OPEN if self.hangs or self.suspected.leans_on(self.asked) else WRONG

    def told(self, shown: Shown, values: Floats) -> npt.NDArray[np.int8]:
        """How numbers stand that show the same digits."""
        answer = Answer(cast(Any, values), shown.unit, None)
        right: Any = near(self.truth, answer)
        for reached in () if self.hangs else self._reached(shown):
            right = right | reached.within(cast(Any, values), answer.unit)
        found = np.where(right, CORRECT, CORRECT if np.all(right) else self.wrong)
        if not shown.unit:
            found[~right] = OPEN
        found[(found == CORRECT) & is_far(self.truth, values, shown.unit)] = OPEN
        solved = self.frame.solved
        short = self.credits and shows_little(solved, self.q, shown.unit)
        if short or shows_nothing(solved, self.q, shown.unit):
            found[found == CORRECT] = OPEN
        return found.astype(np.int8)

    def _reached(self, shown: Shown) -> list[Spread]:
        """What rounding to these digits can come to, by each way and formula."""
        traces = [self.suspected.trace(Path(way), shown.habit) for way in Way]
        values = (trace.of(form) for trace in traces for form in self.frame.forms[self.q])
        return [value for value in values if value is not None]


def _keys(numbers: Numbers, codes: Ints) -> Ints:
    """A number for each text with the digits that it or its page shows, as ``Working.own`` has it:
    those that differ are marked apart."""
    exact = numbers.units[codes] == 0
    counted = numbers.read[codes] & ~exact
    decimals, figures = numbers.decimals[codes], numbers.figures[codes]
    habit = [np.maximum(FEWEST, _most(counted, digits)) for digits in (decimals, figures)]
    digits = np.maximum(decimals, habit[0][:, None]) << BITS
    digits += np.maximum(figures, habit[1][:, None])
    found: Ints = (codes << 2 * BITS) + np.where(exact, 0, digits)
    return found


def _most(counted: Flags, shown: Ints) -> Ints:
    """What three quarters of a row's numbers do not go beyond, or all but one; 0 where it has
    none."""
    ordered = np.sort(np.where(counted, shown, BEHIND).astype(np.uint16), axis=1)
    count = np.count_nonzero(counted, axis=1)
    at = np.minimum(count * 3 // 4, np.maximum(count - 2, 0))
    return np.where(count > 0, ordered[np.arange(len(shown)), at], 0).astype(np.int64)


def _groups(numbers: Numbers, keys: Ints) -> Iterator[tuple[Shown, Ints]]:
    """The keys that show the same digits, and where those stand."""
    if not len(keys):
        return
    codes, digits = keys >> 2 * BITS, keys & (1 << 2 * BITS) - 1
    _, unit_places = np.unique(numbers.units[codes], return_inverse=True)
    shown = (unit_places << 2 * BITS) + digits
    order = np.argsort(shown, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(shown[order])) + 1):
        unit, digit = float(numbers.units[codes[members[0]]]), int(digits[members[0]])
        yield Shown(unit, Habit(*divmod(digit, BEHIND)) if unit else None), members


def _distinct(values: Floats) -> Ints:
    """How many different numbers each row has; one without bound stands for none."""
    ordered = np.sort(values, axis=1)
    new = np.isfinite(ordered)
    new[:, 1:] &= ordered[:, 1:] != ordered[:, :-1]
    found: Ints = np.count_nonzero(new, axis=1)
    return found
