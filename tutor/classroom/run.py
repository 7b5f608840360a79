"""A class is marked: pages, results.jsonl, marks.csv, and a summary for the teacher."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tutor.classroom.before import RESULTS, TABLE, check_folder
from tutor.classroom.bounds import check_given
from tutor.classroom.filenames import file_names
from tutor.classroom.headings import check_headings
from tutor.classroom.journal import Journal, kept
from tutor.classroom.marks_table import marks_csv
from tutor.classroom.overrides import Given, read_overrides
from tutor.classroom.record import PAGES, Record, Task
from tutor.classroom.same_ids import same_ids
from tutor.classroom.submissions import Submission, read_class
from tutor.classroom.summary import summary
from tutor.classroom.tables import by_tables
from tutor.classroom.tally import Tally, tally
from tutor.classroom.workers import lines
from tutor.errors import Flaw, InputError, quoted
from tutor.files import write_whole
from tutor.marking.marks import Override
from tutor.pages.options import FEEDBACK, Marking
from tutor.pages.render import words_of
from tutor.pages.templates import contents
from tutor.problem.options import changed
from tutor.problem.shipped import find, load
from tutor.solving import Solved

OVERRIDES = "overrides.csv"
Progress = Callable[[int, int], None]
"""is told how many are done, of how many"""


@dataclass(frozen=True, slots=True)
class Ways:
    """How a class is marked."""

    options: Marking = FEEDBACK
    notation: str | None = None
    strict: bool = False
    templates: Path | None = None
    pages: bool = True
    """a page a student and results.jsonl; else only the marks and the summary"""


def mark_class(
    problem: str | None,
    submissions: Path,
    folder: Path,
    ways: Ways = Ways(),
    overrides: Path | None = None,
    progress: Progress = lambda done, of: None,
) -> Tally:
    """Mark every submission into a folder; what is there from a run before is not done again.

    Where every row names its own problem, ``problem`` may be None.

    Raises InputError where the problem, the whole of the submissions, or the teacher's marks
    cannot be used, and where the folder is another class's.
    """
    words_of(ways.templates)
    rows = read_class(submissions)
    named = problem or _first(rows, submissions)
    check_folder(folder, rows, submissions, {named, *(row.problem for row in rows)} - {""})
    problem = named
    solved = Solved.of(changed(load(problem), notation=ways.notation))
    check_headings(submissions, rows, _problems(problem, rows, submissions), ways.notation)
    own = overrides or folder / OVERRIDES
    given = _given(own, rows, asked_for=overrides is not None)
    tasks = _tasks(problem, submissions, rows, folder, ways, given)
    notes = check_given(own, given, tasks)
    for row, said in same_ids(rows, {one.student for one in given}).items():
        notes.setdefault(row, []).append(said)
    tasks = [replace(task, notes=tuple(notes.get(task.submission.row, ()))) for task in tasks]
    _make(folder / PAGES if ways.pages else folder)
    records = _with_pages(tasks, folder, progress) if ways.pages else _counted(tasks, progress)
    counted = tally(records)
    write_whole(folder / TABLE, marks_csv(counted.records))
    for name, format in (("summary.html", "html"), ("summary.txt", "text")):
        write_whole(folder / name, summary(counted, solved, format, templates=ways.templates))
    return counted


def _with_pages(tasks: Sequence[Task], folder: Path, progress: Progress) -> list[Record]:
    """Pages and results.jsonl; what is there from a run before is not done again."""
    known = kept(folder / RESULTS, (task.key for task in tasks))
    known = {t.key: known[t.key] for t in tasks if t.key in known and _has_page(t, known[t.key])}
    open_tasks = [task for task in tasks if task.key not in known]
    done = len(tasks) - len(open_tasks)
    progress(done, len(tasks))
    with Journal(folder / RESULTS, [task.key for task in tasks], known) as journal:
        for task, line in lines(open_tasks):
            journal.add(task.key, line)
            done += 1
            progress(done, len(tasks))
    return journal.records()


def _counted(tasks: Sequence[Task], progress: Progress) -> list[Record]:
    """What is counted only: tables where the numbers are plain, else pages that nobody sees."""
    found = {record["row"]: record for record in by_tables(tasks)}
    progress(len(found), len(tasks))
    for task, line in lines([task for task in tasks if task.submission.row not in found]):
        found[task.submission.row] = json.loads(line)
        progress(len(found), len(tasks))
    return [found[task.submission.row] for task in tasks]


def _given(path: Path, rows: Sequence[Submission], *, asked_for: bool) -> list[Given]:
    if not asked_for and not path.is_file():
        return []
    given = read_overrides(path)
    students = {row.student for row in rows}
    unknown = [
        Flaw(one.row, 1, f"no submission is from the student {quoted(one.student)}")
        for one in given
        if one.student not in students
    ]
    if unknown:
        raise InputError(str(path), unknown)
    return given


def _tasks(
    problem: str,
    submissions: Path,
    rows: Sequence[Submission],
    folder: Path,
    ways: Ways,
    given: Sequence[Given],
) -> list[Task]:
    by_student: dict[str, list[Override]] = {}
    for one in given:
        by_student.setdefault(one.student, []).append(one.override)
    names = file_names(row.student or f"row-{row.row}" for row in rows)
    own, texts = str(find(problem)), contents(ways.templates) if ways.templates else ""
    return [
        Task(
            row,
            _beside(row.problem, submissions) if row.problem else own,
            row.problem or problem,
            str(folder),
            name,
            replace(ways.options, overrides=tuple(by_student.get(row.student, ()))),
            ways.notation,
            ways.strict,
            ways.templates,
            texts,
            pages=ways.pages,
        )
        for row, name in zip(rows, names, strict=True)
    ]


def _first(rows: Sequence[Submission], submissions: Path) -> str:
    """The problem of the first row that names one. Raises InputError where a row names none."""
    lacking = next((row for row in rows if not row.problem and not row.flaw), None)
    named = next((row.problem for row in rows if row.problem), None)
    if lacking or named is None:
        at = f"{submissions}:{lacking.row}" if lacking else str(submissions)
        raise InputError(at, "no problem is named here", "name one before --class")
    return _beside(named, submissions)


def _problems(own: str, rows: Sequence[Submission], submissions: Path) -> Iterator[str]:
    """The problem that each row is marked by."""
    for row in rows:
        if not row.flaw:
            yield _beside(row.problem, submissions) if row.problem else str(find(own))


def _beside(problem: str, submissions: Path) -> str:
    """A problem that a row names: a file beside the submissions, or a shipped one."""
    file = submissions.parent / problem
    return str(file) if file.is_file() else problem


def _has_page(task: Task, line: str) -> bool:
    page = Path(task.folder) / PAGES / f"{task.name}.html"
    return '"page": null' in line or page.is_file()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"this folder cannot be made: {(error.strerror or str(error)).lower()}"
        raise InputError(str(folder), what) from None
