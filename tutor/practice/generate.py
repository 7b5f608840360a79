"""Problems from a recipe: each fit for use, all equally hard, no two alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from textwrap import wrap

from tutor.errors import InputError
from tutor.numeric.rounding import Digits
from tutor.practice.alike import signature
from tutor.practice.doable import CONDITIONS
from tutor.practice.exercise import Exercise
from tutor.practice.posing.pose import refusal
from tutor.practice.reading import load_recipe
from tutor.practice.recipe import Recipe
from tutor.practice.search import CONFUSED, HIDDEN, UNASKED, UNLIKE, Count, Fit, Search
from tutor.problem.problem import Problem
from tutor.problem.writing import written_problem
from tutor.solving import Solved

PATIENCE = 200_000
"""Draws that are tried for a set, and for each problem of it a fiftieth of that more."""
MOST = 10_000
"""Problems of one set."""
IN_A_ROW = 300
"""Fit draws in a row that cannot be asked or repeat a number, after which no more are sought."""
WIDTH = 78
"""Of a certificate's lines."""
NAMED = 3
"""Mistakes that a message names."""


@dataclass(frozen=True)
class Certificate:
    """What was measured on a problem."""

    recipe: str
    seed: int
    number: int
    """in its set, from 1"""
    digits: str
    operations: int
    negatives: int
    given_digits: int
    condition: float
    """units of the last digit by which rounding may move what is asked"""
    shown: tuple[str, ...]
    """the mistakes that its numbers show and tell apart"""
    inseparable: tuple[tuple[str, str], ...]
    """pairs of which some forms always come to the same numbers"""

    def lines(self) -> Iterator[str]:
        """In words, in lines of a readable length."""
        for sentence in self._sentences():
            yield from wrap(sentence, WIDTH, subsequent_indent="  ", break_on_hyphens=False)

    def _sentences(self) -> Iterator[str]:
        yield f"recipe {self.recipe}, seed {self.seed}, number {self.number}"
        yield (
            f"keeping {self.digits}: {self.operations} operations, {self.negatives} negative "
            f"factors, {self.given_digits} given digits"
        )
        units = f"{self.condition:.0f} units of the last digit"
        yield f"rounding moves what is asked by at most {units}"
        yield f"{len(self.shown)} mistakes are told apart: {', '.join(self.shown)}"
        if self.inseparable:
            pairs = ", ".join(f"{a} and {b}" for a, b in self.inseparable)
            yield f"some forms of these always come to the same numbers: {pairs}"


@dataclass(frozen=True)
class Generated:
    """One problem and its certificate."""

    problem: Problem
    certificate: Certificate

    def file(self) -> str:
        """The problem file."""
        notes = "".join(f"# {line}\n" for line in self.certificate.lines())
        return notes + written_problem(self.problem)


@dataclass
class Taken:
    """What earlier problems of a set have used up. The 0 of a dead unit is never used up."""

    values: set[tuple[int, str]] = field(default_factory=set)
    shapes: set[tuple[int, ...]] = field(default_factory=set)

    def seen(self, problem: Problem, digits: Digits) -> None:
        """Use up what an earlier problem has."""
        solved = Solved.of(problem)
        exact = (solved.figures.exact[q] for q in solved.asked)
        self.values |= {(n, str(digits.round(value))) for n, value in enumerate(exact) if value}
        self.shapes.add(signature(problem))

    def take(self, fit: Fit, problem: Problem, digits: Digits) -> bool:
        """Whether a problem is unlike all before it; it is then one of them."""
        told = (digits.round(Decimal(value)) for value in fit.asked)
        values = {(n, str(value)) for n, value in enumerate(told) if value}
        shape = signature(problem)
        if shape in self.shapes or not self.values.isdisjoint(values):
            return False
        self.values |= values
        self.shapes.add(shape)
        return True


class Generator:
    """Draws problems from a recipe."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.exercise = Exercise(recipe)
        self.search = Search(self.exercise)

    def problems(self, seed: int, count: int) -> list[Generated]:
        """The first problems of a seed.

        Raises InputError where the recipe cannot be met, with what failed and what to loosen.
        """
        if not self.exercise.manners:
            what = "no mistake that must show can be made on the way to what is asked"
            raise InputError(self.recipe.name, what, "name others under mistakes, or ask for more")
        if not len(self.search.pilot):
            raise self.impossible(self.search.piloted, 0, count)
        counted = Count()
        most = PATIENCE + count * PATIENCE // 50
        fits = self.search.fits(f"seed {seed}", most, counted)
        new = self.new(fits, counted, Taken())
        found = [
            Generated(problem, self._certificate(fit, seed, number))
            for number, (fit, problem) in enumerate(islice(new, count), 1)
        ]
        if len(found) < count:
            raise self.impossible(counted, len(found), count)
        return found

    def new(self, fits: Iterable[Fit], count: Count, taken: Taken) -> Iterator[tuple[Fit, Problem]]:
        """Those that have an answer to the recipe's kind of question and are unlike all before
        them, until too many in a row are not."""
        in_a_row = 0
        for fit in fits:
            problem = self.recipe.problem_of(fit.picks)
            why = refusal(problem, self.recipe.question, self.recipe.digits)
            if why:
                count.failed[UNASKED] += 1
                count.unasked[why] += 1
            elif taken.take(fit, problem, self.recipe.digits):
                yield fit, problem
                in_a_row = -1
            else:
                count.failed[REPEATED] += 1
            in_a_row += 1
            if in_a_row == IN_A_ROW:
                return

    def _certificate(self, fit: Fit, seed: int, number: int) -> Certificate:
        return Certificate(
            self.recipe.name,
            seed,
            number,
            str(self.recipe.digits),
            fit.operations,
            fit.negatives,
            fit.digits,
            fit.condition,
            self.search.shown,
            self.search.inseparable,
        )

    def impossible(self, count: Count, found: int, wanted: int) -> InputError:
        """Which condition failed how often, and what to loosen."""
        reached = count.draws
        reasons: list[tuple[float, str, str]] = []
        for what, loosen in LOOSEN.items():
            failed = count.failed[what]
            if failed:
                if what == REPEATED:
                    reached = failed + found
                told = f"{failed:,} of {reached:,} {what}{self._which(what, count)}"
                reasons.append((failed / reached, told, loosen))
            reached -= failed
        reasons = sorted(reasons, reverse=True)[:NAMED]
        none = "none is" if not found else f"only {found} of {wanted} are"
        what = f"of {count.draws:,} draws {none} fit: {'; '.join(told for _, told, _ in reasons)}"
        return InputError(self.recipe.name, what, reasons[0][2] if reasons else "")

    def _which(self, what: str, count: Count) -> str:
        """The mistakes that a reason is mostly about."""
        if what == HIDDEN:
            return f" ({', '.join(id for id, _ in count.hidden.most_common(NAMED))})"
        if what == CONFUSED:
            pairs = (f"{a} and {b}" for (a, b), _ in count.confused.most_common(NAMED))
            return f" ({', '.join(pairs)})"
        if what == UNASKED:
            ((why, _),) = count.unasked.most_common(1)
            return f" ({why})"
        return ""


REPEATED = "are fit but repeat an asked number of an earlier problem"
TELLING = "ask for more numbers or keep more digits, or let some go with the key except"
LOOSEN = {condition.what: condition.loosen for condition in CONDITIONS} | {
    UNLIKE: "allow numbers that are more alike in sign and length",
    HIDDEN: TELLING,
    CONFUSED: TELLING,
    UNASKED: "change the numbers, or ask another kind of question",
    REPEATED: "ask for fewer problems, or allow more numbers",
}
"""In the order in which a draw is looked at."""


def generate(recipe: str, seed: int) -> Problem:
    """The first problem of a seed, from a recipe file or a shipped recipe by name.

    Raises InputError where the recipe is wrong or cannot be met.
    """
    return Generator(load_recipe(recipe)).problems(seed, 1)[0].problem
