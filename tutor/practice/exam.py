"""Exam files: a header, and sections that are each a recipe or a problem file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from tutor.errors import InputError
from tutor.files import shipped
from tutor.practice.reading import load_recipe
from tutor.practice.recipe import Ask, Recipe
from tutor.problem.blanks import Blank, blank_of
from tutor.problem.file import load as load_problem
from tutor.problem.file import read_text
from tutor.problem.numbers import WRONG, number_in, value
from tutor.problem.problem import Problem
from tutor.problem.reading import Keys, one_of, prose, whole, yes_no
from tutor.problem.shipped import find
from tutor.problem.yaml_tree import Enough, Items, Node, Notes, Pairs, Scalar, read_tree

KEYS = ("title", "header", "instructions", "rounding", "formulas", "sections")
SECTION = ("recipe", "problem", "title", "marks", "minutes", "space", "question", "blank")
MOST_SECTIONS = 50
MOST_LINES = 100
AS_SPACE = "write lines and how many, table, steps, asked or none, as in 8 lines"


@dataclass(frozen=True, slots=True)
class Space:
    """Where answers are written."""

    lines: int = 0
    steps: bool = False
    """a line for every quantity"""
    table: bool = False
    """a row for every unit: net, o, f', and the slopes of E"""
    asked: bool = True
    """a cell for every asked number"""


@dataclass(frozen=True)
class Part:
    """One section."""

    source: Recipe | Problem
    title: str = ""
    marks: Fraction | None = None
    minutes: int | None = None
    space: Space | None = None
    ask: Ask | None = None
    """none for what the recipe says"""
    blank: Blank | None = None


@dataclass(frozen=True)
class Exam:
    """What an exam file says."""

    title: str
    parts: tuple[Part, ...]
    header: str = ""
    instructions: tuple[str, ...] = ()
    rounding: str = ""
    """the sentence about digits; empty for the usual one"""
    formulas: bool = False
    """whether the rules are printed"""


def load_exam(path: Path) -> Exam:
    """The exam in a file.

    Raises InputError with every flaw, each with its line and column.
    """
    text = read_text(path, what="an exam file")
    notes = Notes()
    exam = None
    try:
        root = read_tree(text.removeprefix("\ufeff"), notes)
        exam = _Reading(root, notes, path).exam()
    except Enough:
        pass
    if notes.flaws or exam is None:
        raise InputError(str(path), notes.flaws)
    return exam


def exam_path(path: Path) -> Path | None:
    """The exam file that a path or the name of a shipped one means; None where it is none: an exam
    has sections, a problem has not."""
    ours = shipped("problems") / "exams" / f"{path.stem}.yaml"
    theirs = path.is_file() or any(path.glob("*.yaml"))
    if path.parent == Path() and not theirs and ours.is_file():
        return ours
    return path if _is_exam(path) else None


def _is_exam(path: Path) -> bool:
    if not path.is_file():
        return False
    with suppress(Enough):
        root = read_tree(read_text(path, what="an exam file").removeprefix("\ufeff"), Notes())
        return isinstance(root, Pairs) and any(key.text == "sections" for key, _ in root.pairs)
    return False


def plain_sheet(paths: Sequence[Path]) -> Exam:
    """A sheet of problem files; a folder stands for all that are in it.

    Raises InputError where there is none.
    """
    files = [file for path in paths for file in (_within(path) if path.is_dir() else (path,))]
    parts = tuple(Part(load_problem(find(file))) for file in files)
    return Exam("", parts)


def _within(folder: Path) -> list[Path]:
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise InputError(str(folder), "there are no problem files in this folder")
    return files


class _Reading:
    def __init__(self, root: Node | None, notes: Notes, path: Path) -> None:
        self.root, self.notes, self.path = root, notes, path

    def exam(self) -> Exam | None:
        if not isinstance(self.root, Pairs):
            at = self.root or Scalar(1, 1, "")
            self.notes.flaw(at, "this is not an exam", "lines like title: Midterm and sections:")
            return None
        keys = Keys(self.root, self.notes, "an exam file", KEYS)
        sections = keys.node("sections")
        items = sections.items if isinstance(sections, Items) else ()
        if not items:
            what = "an exam has no sections here"
            instead = "a list: - {recipe: all-gradients, marks: 10}"
            self.notes.flaw(sections or self.root, what, instead)
        if len(items) > MOST_SECTIONS:
            self.notes.flaw(items[MOST_SECTIONS], f"an exam has at most {MOST_SECTIONS} sections")
            return None
        parts = tuple(part for item in items if (part := self._part(item)))
        return Exam(
            keys.take("title", prose, ""),
            parts,
            keys.take("header", prose, ""),
            tuple(self._instructions(keys.node("instructions"))),
            keys.take("rounding", prose, ""),
            keys.take("formulas", yes_no, False),
        )

    def _instructions(self, node: Node | None) -> Iterator[str]:
        items = node.items if isinstance(node, Items) else (node,) if node else ()
        yield from (text for item in items if (text := prose(item, self.notes)))

    def _part(self, node: Node) -> Part | None:
        keys = Keys(node, self.notes, "a section", SECTION)
        source = self._source(node, keys)
        marks = keys.take("marks", _marks, None)
        kinds = {ask.value: ask for ask in Ask}
        part = Part(
            source or Problem.__new__(Problem),
            keys.take("title", prose, ""),
            value(marks) if marks and marks != WRONG else None,
            keys.take("minutes", whole(1, 600), None),
            keys.take("space", _space, None),
            keys.take("question", one_of(kinds, "kind of question"), None),
            keys.take("blank", blank, None),
        )
        return part if source else None

    def _source(self, node: Node, keys: Keys) -> Recipe | Problem | None:
        recipe, problem = keys.node("recipe"), keys.node("problem")
        at = recipe or problem
        if at is None or (recipe and problem):
            what = "a section is one recipe or one problem"
            self.notes.flaw(node, what, "write recipe: all-gradients, or problem: mine.yaml")
            return None
        name = prose(at, self.notes)
        beside = self.path.parent / name
        try:
            if recipe:
                return load_recipe(beside if beside.is_file() else name)
            return load_problem(beside if beside.is_file() else find(name))
        except InputError as error:
            self.notes.flaw(at, f"this cannot be used: {error}")
            return None


_marks = number_in("above 0", lambda x: 0 < x <= 1000)
_SPACE = re.compile(r"(\d{1,3}) lines?")


def _space(node: Node, notes: Notes) -> Space | None:
    parts = node.items if isinstance(node, Items) else (node,)
    words = [part.text.strip() if isinstance(part, Scalar) else "" for part in parts]
    space = Space(asked=False)
    for word in words:
        lines = _SPACE.fullmatch(word)
        if lines and 0 < int(lines[1]) <= MOST_LINES:
            space = Space(int(lines[1]), space.steps, space.table, space.asked)
        elif word in ("steps", "table", "asked"):
            told = {"steps": space.steps, "table": space.table, "asked": space.asked, word: True}
            space = Space(space.lines, **told)
        elif word != "none":
            notes.flaw(node, f'"{word}" is no space for an answer', AS_SPACE)
            return None
    return space


def blank(node: Node, notes: Notes) -> Blank | None:
    """first:2, last:3, or a kind of quantity."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if isinstance(node, Pairs) and len(node.pairs) == 1:
        key, count = node.pairs[0]
        text = f"{key.text}:{count.text if isinstance(count, Scalar) else ''}"
    try:
        return blank_of(text)
    except ValueError as error:
        notes.flaw(node, str(error))
        return None
