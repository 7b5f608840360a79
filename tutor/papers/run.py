"""An exam's folder: papers drawn, printed and written; what is there stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tutor.errors import InputError
from tutor.files import write_folder, write_whole
from tutor.papers.printing import files
from tutor.papers.record import LECTURER, PAPERS, digests, kept, record_of, secret_of
from tutor.papers.tables import added, tables
from tutor.practice.codes import OPEN
from tutor.practice.exam import Exam
from tutor.practice.variants import Paper, Press, Who
from tutor.problem.file import load, read_text
from tutor.problem.problem import Problem

OWNER_ONLY = 0o700
MOST_BYTES = 10_000_000
"""Of a table that is there already."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is made."""

    formats: tuple[str, ...] = ("pdf",)
    key: bool = False
    marker: bool = False
    open: bool = False
    """codes that everybody can make a key from"""
    avoid: tuple[Path, ...] = ()
    templates: Path | None = None


def set_papers(
    exam: Exam,
    people: Sequence[Who],
    folder: Path,
    wishes: Wishes,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> list[Paper]:
    """Draw and print the papers of an exam into a folder.

    Raises InputError where a recipe cannot be met or the folder cannot be used; then nothing is
    written.
    """
    before = record_of(folder)
    if before and before.digests != digests(exam):
        raise InputError(str(folder), "holds papers of another exam", "name a new folder")
    secret = secret_of(folder)
    if wishes.open and before and secret != OPEN:
        raise InputError("--open", "this folder's papers have a secret", "leave it out")
    secret = OPEN if wishes.open else secret
    press = Press(exam, secret)
    press.avoid(earlier(wishes.avoid))
    known = before.problems if before else {}
    papers = press.papers(people, known)
    kinds = ["papers", *["keys"] * wishes.key, *["marker"] * wishes.marker]
    made = files(papers, kinds, wishes.formats, wishes.templates, progress)
    for name, table in tables(papers):
        path = folder / name
        old = read_text(path, MOST_BYTES, "a table") if before and path.is_file() else ""
        made[name] = added(old, table) if old else table
    gone = (
        [one for one in before.papers if one.code not in {p.code for p in papers}] if before else []
    )
    made |= dict(kept([*papers, *gone], secret))
    if not before:
        write_folder(folder, made)
        (folder / LECTURER).chmod(OWNER_ONLY)
        return papers
    for name, content in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, content)
    return papers


def earlier(folders: Sequence[Path]) -> Iterator[Problem]:
    """The problems of earlier papers.

    Raises InputError for a folder without any.
    """
    for folder in folders:
        found = sorted(folder.rglob("*.yaml")) if folder.is_dir() else []
        if not found:
            raise InputError(str(folder), "there are no problems of earlier papers here")
        yield from map(load, found)


def paper_of(folder: Path, code: str) -> Paper:
    """The paper with this code, where the lecturer keeps it.

    Raises InputError where it is not.
    """
    record = record_of(folder)
    if record is None:
        what = "there is no lecturer's folder here, which a key is made from"
        raise InputError(str(folder / LECTURER / PAPERS), what, "name the exam's folder")
    wanted = code.strip().upper()
    for one in record.papers:
        if wanted in (one.code, one.code.replace("-", "")):
            return one
    raise InputError(code, f"is no code of the {len(record.papers)} papers in {folder}")
