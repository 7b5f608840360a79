"""Papers that differ in their numbers and in nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tutor.errors import InputError
from tutor.numeric.rounding import Digits
from tutor.practice.codes import code_of, stream_of
from tutor.practice.exam import Exam, Part
from tutor.practice.generate import PATIENCE, Generator, Taken
from tutor.practice.posing.pose import pose
from tutor.practice.posing.posed import Posed, Unposable
from tutor.practice.recipe import Ask, Recipe
from tutor.practice.search import Count, Fit
from tutor.problem.problem import Problem
from tutor.problem.worth import Scheme, Worth
from tutor.solving import Solved


@dataclass(frozen=True)
class Question:
    """One part of one paper."""

    part: Part
    problem: Problem
    digits: Digits
    """what the student is told to keep"""
    ask: Ask
    stream: str
    """what else is drawn for it comes from here"""
    fit: Fit | None = None
    """what was measured; none for a problem that is the same on every paper"""

    @cached_property
    def solved(self) -> Solved:
        """Its values, certified."""
        return Solved.of(self.problem)

    @cached_property
    def posed(self) -> Posed | None:
        """What is asked where that is not just to compute.

        Raises InputError where the problem has no clear answer to it.
        """
        if self.ask is Ask.COMPUTE:
            return None
        try:
            return pose(self.problem, self.ask, self.stream, self.digits)
        except Unposable as error:
            title = self.part.title or self.problem.title or "this problem"
            what = f"the question {self.ask.value} has no clear answer here: {error.why}"
            raise InputError(title, what) from None


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a paper is for."""

    id: str
    """a student's, or a seat's"""
    name: str = ""
    number: str = ""
    """what is printed beside Number: of a seat nothing"""


@dataclass(frozen=True)
class Paper:
    """One variant."""

    exam: Exam
    code: str
    who: Who
    questions: tuple[Question, ...]

    @property
    def negatives(self) -> int:
        """Negative factors in all drawn parts."""
        return sum(question.fit.negatives for question in self.questions if question.fit)


class Press:
    """Draws the papers of one exam."""

    def __init__(self, exam: Exam, secret: bytes) -> None:
        self.exam, self.secret = exam, secret
        self.generators: dict[tuple[bytes, tuple[str, ...]], Generator] = {}
        self.taken: dict[bytes, Taken] = {}

    def avoid(self, problems: Iterable[Problem]) -> None:
        """Share nothing with earlier problems."""
        earlier = list(problems)
        for part in self.exam.parts:
            if isinstance(part.source, Recipe):
                taken = self._taken(part.source)
                for problem in earlier:
                    taken.seen(problem, part.source.digits)

    def papers(
        self, people: Sequence[Who], known: Mapping[str, Sequence[Problem]] | None = None
    ) -> list[Paper]:
        """One for each, in order; what is drawn does not hang on the order.

        ``known`` are the problems of papers that were drawn before. Raises InputError where a
        recipe cannot be met.
        """
        known = known or {}
        for problems in known.values():
            self.avoid(problems)
        codes = {who: code_of(self.secret, who.id) for who in people}
        made: dict[Who, Paper] = {}
        for who in sorted(people, key=codes.__getitem__):
            before = known.get(codes[who])
            questions = self._known(who, before) if before else self._drawn(who)
            made[who] = Paper(self.exam, codes[who], who, tuple(questions))
        return [made[who] for who in people]

    def _known(self, who: Who, problems: Sequence[Problem]) -> list[Question]:
        rows = enumerate(zip(self.exam.parts, problems, strict=True))
        return [
            self._question(part, problem, stream_of(self.secret, who.id, n), None)
            for n, (part, problem) in rows
        ]

    def _drawn(self, who: Who) -> list[Question]:
        """Each part's draw; over the whole paper negative factors differ by at most one."""
        found, more = [], False
        for n, part in enumerate(self.exam.parts):
            stream = stream_of(self.secret, who.id, n)
            if isinstance(part.source, Problem):
                found.append(self._question(part, part.source, stream, None))
                continue
            fit, problem = self._draw(part.source, stream, more=more)
            more = more or fit.negatives > self._generator(part.source).search.standard.negatives
            found.append(self._question(part, problem, stream, fit))
        return found

    def _draw(self, recipe: Recipe, stream: str, *, more: bool) -> tuple[Fit, Problem]:
        generator, taken, count = self._generator(recipe), self._taken(recipe), Count()
        usual = generator.search.standard.negatives
        fits = generator.search.fits(stream, PATIENCE, count)
        alike = (fit for fit in fits if not (more and fit.negatives > usual))
        for drawn in generator.new(alike, count, taken):
            return drawn
        raise generator.impossible(count, 0, 1)

    def _generator(self, recipe: Recipe) -> Generator:
        key = recipe.digest, recipe.mistakes
        if key not in self.generators:
            self.generators[key] = Generator(recipe)
        return self.generators[key]

    def _taken(self, recipe: Recipe) -> Taken:
        return self.taken.setdefault(recipe.digest, Taken())

    def _question(self, part: Part, problem: Problem, stream: str, fit: Fit | None) -> Question:
        source = part.source
        digits = problem.rounding.default if problem.rounding else problem.show
        ask = part.ask or Ask.COMPUTE
        if isinstance(source, Recipe):
            digits, ask = source.digits, part.ask or source.question
        return Question(part, _worth(part, problem), digits, ask, stream, fit)


def _worth(part: Part, problem: Problem) -> Problem:
    """The problem with the marks of its part, the same for every asked number."""
    if part.marks is None:
        return problem
    asked = Solved.of(problem).asked
    if not asked:
        raise InputError(problem.title, "nothing is asked here that marks could be for")
    each = part.marks / len(asked) / 2
    return replace(problem, marks=Scheme(Worth(each, each)))
