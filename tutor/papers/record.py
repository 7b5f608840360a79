"""What the lecturer keeps of an exam: the secret, whose paper is which, and every problem."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from tutor.errors import InputError
from tutor.numeric.rounding import parse_digits
from tutor.practice.codes import new_secret
from tutor.practice.exam import Exam, Part
from tutor.practice.recipe import Ask, Recipe
from tutor.practice.variants import Paper, Question, Who
from tutor.problem.file import load
from tutor.problem.problem import Problem
from tutor.problem.writing import written_problem

LECTURER = "lecturer"
SECRET, PAPERS, PROBLEMS = "secret", "papers.json", "problems"
VERSION = 1


def problem_name(code: str, n: int) -> str:
    """The file of one problem, below the exam's folder."""
    return f"{LECTURER}/{PROBLEMS}/{code}-{n}.yaml"


def secret_of(folder: Path) -> bytes:
    """The secret of an exam's folder, or a new one."""
    try:
        return (folder / LECTURER / SECRET).read_bytes().strip() or new_secret()
    except OSError:
        return new_secret()


def digests(exam: Exam) -> list[str]:
    """What tells whether an exam still draws the same."""
    return [
        source.digest.hex()
        if isinstance(source := part.source, Recipe)
        else written_problem(source)
        for part in exam.parts
    ]


@dataclass(frozen=True)
class Record:
    """What was drawn before."""

    digests: list[str]
    papers: tuple[Paper, ...]

    @property
    def problems(self) -> dict[str, list[Problem]]:
        """By code."""
        return {one.code: [question.problem for question in one.questions] for one in self.papers}


def record_of(folder: Path) -> Record | None:
    """What a folder holds; None for a new one.

    Raises InputError where it cannot be read.
    """
    path = folder / LECTURER / PAPERS
    if not path.is_file():
        return None
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said["version"] != VERSION:
            raise ValueError(said["version"])
        papers = tuple(_papers(folder, said))
        return Record([part["digest"] for part in said["parts"]], papers)
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(str(path), "this is not what was kept of an exam") from None


def _papers(folder: Path, said: dict[str, Any]) -> Iterator[Paper]:
    rows = said["parts"]
    for one in said["papers"]:
        code = one["code"]
        names = [folder / problem_name(code, n) for n in range(1, len(rows) + 1)]
        problems = list(map(load, names))
        parts = tuple(_part(row, problem) for row, problem in zip(rows, problems, strict=True))
        exam = Exam(said["title"], parts, said["header"])
        who = Who(one["id"], one["name"], one["number"])
        streams = one["streams"]
        questions = (
            Question(part, problem, _digits(row), Ask(row["question"]), stream)
            for part, problem, row, stream in zip(parts, problems, rows, streams, strict=True)
        )
        yield Paper(exam, code, who, tuple(questions))


def _part(row: dict[str, Any], problem: Problem) -> Part:
    marks = row["marks"]
    return Part(problem, row["title"], Fraction(marks) if marks else None, row["minutes"])


def _digits(row: dict[str, Any]) -> Any:
    digits = parse_digits(row["digits"])
    if digits is None:
        raise ValueError(row["digits"])
    return digits


def kept(papers: Sequence[Paper], secret: bytes) -> Iterator[tuple[str, str | bytes]]:
    """The lecturer's files."""
    first = papers[0]
    exam = first.exam
    parts = [
        {
            "digest": digest,
            "title": question.part.title,
            "marks": str(question.part.marks) if question.part.marks else "",
            "minutes": question.part.minutes,
            "digits": str(question.digits),
            "question": question.ask.value,
        }
        for digest, question in zip(digests(exam), first.questions, strict=True)
    ]
    rows = [
        {
            "code": one.code,
            "id": one.who.id,
            "name": one.who.name,
            "number": one.who.number,
            "streams": [question.stream for question in one.questions],
        }
        for one in papers
    ]
    said = {
        "version": VERSION,
        "title": exam.title,
        "header": exam.header,
        "parts": parts,
        "papers": rows,
    }
    yield f"{LECTURER}/{SECRET}", secret + b"\n"
    yield f"{LECTURER}/{PAPERS}", json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    for one in papers:
        for n, question in enumerate(one.questions, 1):
            yield problem_name(one.code, n), written_problem(question.problem)
