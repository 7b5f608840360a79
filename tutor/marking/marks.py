"""The marks of a working: each asked quantity earns its own, each mistake is deducted once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

from tutor.marking.printed import Printed, printed
from tutor.marking.slips import COPIED, SLIPS
from tutor.marking.verdict import Kind, Marked, Verdict
from tutor.problem.worth import Scheme, Worth
from tutor.solving import Solved
from tutor.symbolic.derivation import closure
from tutor.symbolic.quantity import Kind as QuantityKind
from tutor.symbolic.quantity import Quantity

FAR = 0.05
"""The share of a value that rounding may move a number by that stands alone."""
HABITS = ("rounded-early",)
"""Slips that are one mistake on however many lines."""


class Why(StrEnum):
    """Why an answer has not all its marks."""

    METHOD = "method"
    """a mistake was made here"""
    SLIP = "slip"
    """only the number is off"""
    BEFORE = "before"
    """a mistake that was made before, in a line that is not asked for"""
    MISSING = "missing"
    UNREAD = "unread"
    VAGUE = "vague"
    """the number stands alone, and is so coarse that it does not tell right from wrong"""
    NUMBERLESS = "numberless"
    """the formula is right, but comes to no number"""


@dataclass(frozen=True, slots=True)
class Item:
    """One asked quantity."""

    quantity: Quantity
    worth: Worth
    method: Fraction
    accuracy: Fraction
    line: int | None = None
    """where it is answered"""
    why: Why | None = None
    because: int | None = None
    """the line of the mistake that is deducted here"""

    @property
    def got(self) -> Fraction:
        """Its marks."""
        return self.method + self.accuracy


@dataclass(frozen=True, slots=True)
class Override:
    """What a teacher gives for a line, or for the whole where ``line`` is None."""

    line: int | None
    mark: Fraction
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a working earns."""

    items: tuple[Item, ...]
    unread: tuple[int, ...] = ()
    """lines that were not read, or show too little, and may be worth something"""
    open: Fraction = Fraction(0)
    """the most that those can add"""
    overrides: tuple[Override, ...] = ()

    @property
    def begun(self) -> bool:
        """Whether there is anything to say: an answer, or what a teacher gives."""
        return bool(self.overrides or self.unread) or any(
            item.why is not Why.MISSING for item in self.items
        )

    @property
    def of(self) -> Fraction:
        """What can be earned."""
        return sum((item.worth.whole for item in self.items), Fraction(0))

    @property
    def got(self) -> Fraction:
        """What is earned in any case."""
        total = sum((item.got for item in self.items), Fraction(0))
        for override in self.overrides:
            on_line = [item.got for item in self.items if item.line == override.line]
            before = total if override.line is None else sum(on_line, Fraction(0))
            total += override.mark - before
        return max(total, Fraction(0))

    @property
    def at_most(self) -> Fraction:
        """What is earned if the lines that were not read are right."""
        told = {override.line for override in self.overrides}
        return self.got if None in told else min(self.got + self.open, max(self.got, self.of))


def marks(marked: Marked, *, each: bool = False, overrides: Iterable[Override] = ()) -> Marks:
    """The marks of a working; with ``each``, one mistake is deducted on every line it is made."""
    return _Marking(marked, each).marks(_last(overrides))


def _last(overrides: Iterable[Override]) -> tuple[Override, ...]:
    """One a line, the last; that of the whole comes after those of lines."""
    by_line = {override.line: override for override in overrides}
    return tuple(sorted(by_line.values(), key=lambda o: (o.line is None, o.line or 0)))


@dataclass(frozen=True, slots=True)
class _Root:
    """A mistake, and where it was made."""

    verdict: Verdict
    site: Quantity
    ids: tuple[str, ...]

    @property
    def keys(self) -> tuple[object, ...]:
        """What tells it from other mistakes: a slip is another one on each line, unless the same
        wrong number is put in for the same right one."""
        copied = [equation.copied for equation in self.verdict.equations if equation.copied]
        line = self.verdict.line, self.verdict.column
        again = (id in HABITS or id not in SLIPS for id in self.ids)
        told = (id if same else (id, line) for id, same in zip(self.ids, again, strict=True))
        return tuple(copied if self.ids == (COPIED,) and copied else told)

    @property
    def slip(self) -> bool:
        """Whether the method stands and only the number does not."""
        if self.ids:
            return all(id in SLIPS for id in self.ids)
        return any(not equation.holds for equation in self.verdict.equations)


@dataclass(frozen=True, slots=True)
class _Charge:
    """An item loses its marks for accuracy, perhaps those for the method too."""

    method: bool
    why: Why
    because: int


@dataclass
class _Marking:
    marked: Marked
    each: bool
    charges: dict[Quantity, _Charge] = field(default_factory=dict)

    def __post_init__(self) -> None:
        solved = self.marked.solved
        self.worth = dict(worth_of(solved))
        self.steps = {q: s for q, s in solved.run.by_quantity.items() if q not in solved.pinned}
        self.final: dict[Quantity, Verdict] = {}
        """what counts for a quantity: the last that is said of it"""
        for verdict in self.marked.verdicts:
            if verdict.quantity and verdict.kind in (Kind.CORRECT, Kind.CARRIED, Kind.WRONG):
                self.final[verdict.quantity] = verdict
        self.carried = [v for v in self.final.values() if v.kind is Kind.CARRIED]
        self.vague = {q for q, verdict in self.final.items() if self._is_vague(q, verdict)}

    def marks(self, overrides: tuple[Override, ...]) -> Marks:
        shown = self._shown()
        self._deduct_all(shown)
        items = {q: self._item(q, worth, shown) for q, worth in self.worth.items()}
        told = {override.line for override in overrides}
        return Marks(*self._open(items, told), overrides)

    def _open(
        self, items: dict[Quantity, Item], told: Collection[int | None]
    ) -> tuple[tuple[Item, ...], tuple[int, ...], Fraction]:
        """The items, the lines that a teacher has to look at and has told nothing of, and what
        they may add."""
        more: dict[int, Fraction] = {}
        for item in items.values():
            if item.why is Why.VAGUE and item.line:
                more[item.line] = more.get(item.line, Fraction(0)) + item.worth.whole
        waiting = {q: item.worth.whole for q, item in items.items() if item.why is Why.MISSING}
        for verdict in self.marked.verdicts:
            q = verdict.quantity
            if verdict.kind is not Kind.UNREAD or not waiting or (q and q not in waiting):
                continue
            if q:
                items[q] = replace(items[q], why=Why.UNREAD, because=verdict.line)
            worth = waiting.pop(q or max(waiting, key=waiting.__getitem__))
            more[verdict.line] = more.get(verdict.line, Fraction(0)) + worth
        lines = sorted(more.keys() - told)
        return tuple(items.values()), tuple(lines), sum((more[n] for n in lines), Fraction(0))

    def _item(self, q: Quantity, worth: Worth, shown: set[Quantity]) -> Item:
        verdict, zero = self.final.get(q), Fraction(0)
        line = verdict.line if verdict else None
        if verdict is None and q not in shown:
            return Item(q, worth, zero, zero, why=Why.MISSING)
        charge = self.charges.get(q)
        if charge is None and q in self.vague:
            return Item(q, worth, zero, zero, line, Why.VAGUE, line)
        if charge is None and verdict and verdict.comes_to is not None and q not in shown:
            return Item(q, worth, worth.method, zero, line, Why.NUMBERLESS, line)
        if charge is None:
            return Item(q, worth, worth.method, worth.accuracy, line)
        return Item(
            q,
            worth,
            zero if charge.method else worth.method,
            zero,
            line,
            charge.why,
            charge.because,
        )

    def _is_vague(self, q: Quantity, verdict: Verdict) -> bool:
        """Whether a number without working shows no figure of what it stands for, or was reached
        by rounding from far away."""
        number = _alone(verdict)
        if number is None or verdict.expected == number.float_value:
            return False
        return is_possible(verdict) or shows_nothing(self.marked.solved, q, number.unit)

    def _is_short(self, q: Quantity, verdict: Verdict) -> bool:
        """Whether a number without working has too few digits to say anything of what is before."""
        number = _alone(verdict)
        return number is not None and shows_little(self.marked.solved, q, number.unit)

    def _shown(self) -> set[Quantity]:
        """What a later number could not be without: missing lines cost nothing."""
        explained = (
            q
            for q, v in self.final.items()
            if q in self.steps and q not in self.vague and v.comes_to is None
            if (v.kind is not Kind.WRONG or v.causes) and not self._is_short(q, v)
        )
        return closure(self.steps, tuple(explained))

    def _deduct_all(self, shown: set[Quantity]) -> None:
        """Each mistake is deducted once, in the order of the page."""
        told: set[object] = set()
        for root in self._roots():
            again = bool(root.keys) and told.issuperset(root.keys)
            if (self.each or not again) and self._deduct(root, shown):
                told.update(root.keys)

    def _roots(self) -> Iterator[_Root]:
        """Every wrong line, but for those that were put right later."""
        blamed = {n for v in self.carried for n in v.blames}
        for verdict in self.marked.verdicts:
            q = verdict.quantity
            if verdict.kind is not Kind.WRONG or q is None:
                continue
            if self.final.get(q) is verdict or verdict.line in blamed:
                first = next(iter(verdict.causes), None)
                yield _Root(verdict, first.at if first else q, first.ids if first else ())

    def _deduct(self, root: _Root, shown: set[Quantity]) -> bool:
        """Take marks of the asked quantity where it was made, or of the first after it."""
        line, here = root.verdict.line, Why.SLIP if root.slip else Why.METHOD
        answered = root.site in self.final or root.site in shown
        if root.site in self.worth and answered and root.site not in self.charges:
            self.charges[root.site] = _Charge(not root.slip, here, line)
            return True
        for q in self._after(root):
            if q not in self.charges:
                why = here if q == root.verdict.quantity else Why.BEFORE
                self.charges[q] = _Charge(False, why, line)
                return True
        return False

    def _after(self, root: _Root) -> Iterator[Quantity]:
        """The asked quantities that follow from a mistake, in the order of the page."""
        q = root.verdict.quantity
        if q in self.worth:
            assert q
            yield q
        lines = {root.verdict.line}
        while more := {v.line for v in self.carried if lines & {*v.blames}} - lines:
            lines |= more
        for verdict in self.carried:
            found = verdict.quantity
            if found in self.worth and verdict.line in lines and lines & {*verdict.blames}:
                assert found
                yield found


def shows_nothing(solved: Solved, q: Quantity, unit: Fraction | float) -> bool:
    """Whether a number with this last unit may be 0 where the key shows a figure that is not."""
    key = printed(solved.figures.texts.get(q, ""))
    return key is not None and abs(key.value) <= unit and key.unit < unit


def shows_little(solved: Solved, q: Quantity, unit: Fraction | float) -> bool:
    """Whether a number with this last unit has a single figure where the key shows more: it says
    nothing of the steps before."""
    key = printed(solved.figures.texts.get(q, ""))
    return key is not None and abs(key.value) < 10 * unit and key.unit < unit


def _alone(verdict: Verdict) -> Printed | None:
    """A number without working."""
    return None if verdict.equations else verdict.answered


def is_possible(verdict: Verdict) -> bool:
    """Whether a number without working is right only if much was rounded on the way."""
    number = _alone(verdict)
    if number is None or verdict.kind is not Kind.CORRECT or verdict.expected is None:
        return False
    return bool(is_far(verdict.expected, number.float_value, number.float_unit))


def is_far(truth: float, value: Any, unit: float) -> Any:
    """Whether a number, or each of several, is so far from the right one that only much rounding
    leads to it."""
    return (abs(value - truth) > unit) & (abs(value - truth) > FAR * abs(truth))


def worth_of(solved: Solved) -> Iterator[tuple[Quantity, Worth]]:
    """Every quantity that has marks: what is asked, and what the scheme names."""
    scheme = solved.problem.marks or Scheme()
    own: Mapping[Quantity, Worth] = {
        q: worth for name, worth in scheme.own for q in solved.find(name)
    }
    for q in dict.fromkeys((*filter(_counts(solved), solved.asked), *own)):
        yield q, own.get(q) or scheme.worth(q)


def _counts(solved: Solved) -> Callable[[Quantity], bool]:
    """Whether a quantity is asked for itself: where nothing is named, a bias that is not updated
    needs no gradient."""
    problem = solved.problem
    if problem.ask or problem.update_biases or problem.learning_rate is None:
        return lambda q: True
    return lambda q: q.kind is not QuantityKind.GRAD or len(q.units) == 2


def plain(mark: Fraction) -> str:
    """``7``, ``7.5``."""
    return f"{float(mark):.10g}"
