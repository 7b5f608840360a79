"""One submission marked: its page, and a row of results."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypedDict

import tutor
from tutor.classroom.counted import counted, given
from tutor.classroom.submissions import Submission
from tutor.errors import InputError, NotCertified
from tutor.files import write_whole
from tutor.marking.frame import Frame
from tutor.marking.mark import mark_with
from tutor.pages.marked_json import marked_entry
from tutor.pages.options import Marking
from tutor.pages.render import words_of
from tutor.pages.render_marked import render_marked
from tutor.problem.file import read_text
from tutor.problem.options import changed
from tutor.problem.shipped import find, load
from tutor.solving import Solved

PAGES = "pages"
ANSWERS = ("correct", "carried", "wrong", "unread")
NOTHING = "nothing in it is read as an answer"


class Record(TypedDict):
    """A row of results.jsonl."""

    row: int
    student: str
    key: str
    """what was marked: another working, problem or option has another; empty without pages"""
    problem: str
    page: str | None
    error: str | None
    """why it could not be marked"""
    notes: list[str]
    """what the teacher is told besides"""
    marked: Any
    """as --format json has it; with an error, what a teacher gives all the same"""


@dataclass(frozen=True, slots=True)
class Task:
    """One submission, with all that its marking depends on."""

    submission: Submission
    problem: str
    """its file"""
    called: str
    """as the class calls it"""
    folder: str
    name: str
    """of its page, without ending"""
    options: Marking
    notation: str | None = None
    strict: bool = False
    templates: Path | None = None
    own: str = ""
    """what stands in those"""
    notes: tuple[str, ...] = ()
    """what the teacher is told besides"""
    pages: bool = True
    """whether a page is written; else nothing is kept but what is counted"""

    @property
    def key(self) -> str:
        """Changes with what is marked and how."""
        parts = (
            *(tutor.__version__, self.submission.row, self.submission.student, self.name),
            *(self.submission.working, self.submission.flaw, self.problem, _content(self.problem)),
            *(self.notation, self.strict, self.own, repr(self.options)),
            *self.notes,
        )
        return sha256("\0".join(map(str, parts)).encode()).hexdigest()[:24]


@lru_cache(maxsize=1024)
def _content(problem: str) -> str:
    """The text of a problem file; nothing where there is none."""
    try:
        return sha256(read_text(find(problem)).encode()).hexdigest()
    except InputError:
        return ""


@lru_cache(maxsize=64)
def frame_of(problem: str, notation: str | None) -> Frame:
    """A problem that a worker has solved already.

    Raises InputError or NotCertified where it cannot be solved.
    """
    loaded = load(problem)
    changed(loaded, notation=notation)
    return Frame(Solved.of(loaded))


def line_of(task: Task, error: str | None = None) -> str:
    """Mark a submission and write its page: its row of results, as one line."""
    marked = page = None
    if error is None:
        try:
            marked, page = _mark(task)
        except (InputError, NotCertified) as refused:
            error = " ".join(str(refused).split())
        except Exception as broken:  # one page never stops a class
            error = f"a mistake in backprop, {type(broken).__name__}; please report this working"
    if error is not None:
        marked = _given(task)
    record = record_of(task, marked, page, error)
    if marked and not error and not any(marked["summary"][kind] for kind in ANSWERS):
        record["notes"].append(NOTHING)
    return json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n"


def record_of(task: Task, marked: Any, page: str | None = None, error: str | None = None) -> Record:
    """The row of results of a submission."""
    return {
        "row": task.submission.row,
        "student": task.submission.student,
        "key": task.key if task.pages else "",
        "problem": task.called,
        "page": page,
        "error": error,
        "notes": list(task.notes),
        "marked": marked,
    }


def _given(task: Task) -> Any:
    """What a teacher gives for the whole of a working that could not be marked."""
    whole = [override for override in task.options.overrides if override.line is None]
    try:
        return given(frame_of(task.problem, task.notation), whole[-1]) if whole else None
    except (InputError, NotCertified):
        return None


def _mark(task: Task) -> tuple[Any, str | None]:
    if task.submission.flaw:
        raise InputError(f"row {task.submission.row}", task.submission.flaw)
    if not task.submission.working.strip():
        raise InputError(f"row {task.submission.row}", "the working is empty")
    frame = frame_of(task.problem, task.notation)
    marked = mark_with(frame, task.submission.working, notation=task.notation, strict=task.strict)
    if not task.pages:
        return counted(marked, task.options), None
    entry = marked_entry(marked, words_of(task.templates), task.options)
    student = task.submission.student
    html = render_marked(marked, "html", task.options, student=student, templates=task.templates)
    page = f"{PAGES}/{task.name}.html"
    write_whole(Path(task.folder) / page, html)
    return entry, page
