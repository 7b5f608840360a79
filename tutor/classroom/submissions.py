"""What a class handed in: rows of JSON or CSV, or a folder with a text a student."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tutor.errors import InputError, closest, quoted
from tutor.marking.page import MOST_BYTES, WHAT
from tutor.problem.file import read_text

MOST_CLASS = 1_000_000_000
LONGEST_ID = 1000
LONGEST_PATH = 250
"""Bytes of a problem's name."""
STUDENT, WORKING, PROBLEM = "student", "working", "problem"
TEXTS = (".txt", ".text", ".md", ".tex", ".csv", ".json")
LITTER = ("Thumbs.db", "desktop.ini", "__MACOSX")
"""What systems put into a folder."""
DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Submission:
    """One row."""

    row: int
    """counted from 1; in a file of rows, its line"""
    student: str
    working: str = ""
    problem: str = ""
    """its own problem, where it has one"""
    flaw: str = ""
    """why it cannot be marked"""


def read_class(path: Path) -> list[Submission]:
    """Every row in order; one that cannot be used says why.

    Raises InputError where the whole cannot be read.
    """
    if not path.exists():
        raise InputError(str(path), "there is no such file")
    if path.is_dir():
        return _checked(_folder(path))
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(READERS)
        raise InputError(str(path), "its ending says no kind of list", f"{known}, or a folder")
    return _checked(reader(path))


def is_class(path: str, text: str) -> bool:
    """Whether a file is a list of submissions, not one working: its first line names a student."""
    if Path(path).suffix.lower() not in READERS:
        return False
    head = text.removeprefix("\ufeff").split("\n", 1)[0]
    if head.lstrip().startswith("{"):
        return bool(_json_row(1, head.encode("utf-8")).student)
    cells = [cell.strip().strip('"').casefold() for cell in head.split(delimiter_of(head))]
    return STUDENT in cells and len(cells) > 1


def _checked(rows: Iterator[Submission]) -> list[Submission]:
    return [row if row.flaw else _within_bounds(row) for row in rows]


def _within_bounds(row: Submission) -> Submission:
    if len(row.student) > LONGEST_ID:
        flaw = f"its student's id has {len(row.student)} characters; at most {LONGEST_ID}"
        return Submission(row.row, row.student[:LONGEST_ID], flaw=flaw)
    if len(row.problem.encode()) > LONGEST_PATH:
        return Submission(row.row, row.student, flaw="its problem's name is too long for a file")
    if len(row.working) > MOST_BYTES:
        flaw = f"this is too long; {WHAT} has at most {MOST_BYTES // 1000} kB"
        return Submission(row.row, row.student, flaw=flaw)
    return row


def _json_lines(path: Path) -> Iterator[Submission]:
    with open(path, "rb") as file:
        for n, line in enumerate(file, 1):
            if line.strip():
                yield _json_row(n, line.removeprefix(b"\xef\xbb\xbf"))


def _json_row(n: int, line: bytes) -> Submission:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return Submission(n, "", flaw="this is not UTF-8 text")
    except (ValueError, RecursionError):
        return Submission(n, "", flaw='this is no JSON such as {"student": ..., "working": ...}')
    if not isinstance(row, dict):
        return Submission(n, "", flaw='this is no row such as {"student": ..., "working": ...}')
    student, own = _text(row.get(STUDENT)), _text(row.get(PROBLEM))
    working = row.get(WORKING)
    if not student:
        return Submission(n, "", flaw=f'here is no "{STUDENT}"')
    if isinstance(working, list) and all(isinstance(line, str) for line in working):
        working = "\n".join(working)
    if isinstance(working, dict | list):
        working = json.dumps(working, ensure_ascii=False)
    if not isinstance(working, str):
        what = f'its "{WORKING}" is no text' if WORKING in row else f'here is no "{WORKING}"'
        return Submission(n, student, flaw=what)
    return Submission(n, student, _whole(working), own)


def _text(value: object) -> str:
    """An id or a path; a number may be one."""
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return _whole(str(value).strip()) if plain else ""


def _whole(text: str) -> str:
    """Without halves of characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _csv(path: Path) -> Iterator[Submission]:
    text = read_text(path, MOST_CLASS, "a class").removeprefix("\ufeff")
    csv.field_size_limit(MOST_CLASS)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    try:
        columns = [name.strip() for name in next(rows, [])]
        known = {name.casefold(): n for n, name in enumerate(columns)}
        if STUDENT not in known:
            like = closest(STUDENT, known)
            instead = f"is {quoted(like)} meant? " if like else ""
            what = f'{path}:1: there is no column "{STUDENT}"'
            raise InputError(what, f"{instead}the first line names the columns")
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield _csv_row(rows.line_num, cells, columns, known)
    except csv.Error as error:
        raise InputError(f"{path}:{rows.line_num}", f"this is no CSV: {error}") from None


def delimiter_of(text: str) -> str:
    """What stands between the cells of a table: the most frequent in its first line."""
    return max(DELIMITERS, key=text.split("\n", 1)[0].count)


def _csv_row(n: int, cells: list[str], columns: list[str], known: Mapping[str, int]) -> Submission:
    def cell(name: str) -> str:
        at = known.get(name, len(cells))
        return cells[at] if at < len(cells) else ""

    student = cell(STUDENT).strip()
    if not student:
        return Submission(n, "", flaw=f'here is no "{STUDENT}"')
    if len(cells) > len(columns):
        flaw = f"{len(cells)} cells where {len(columns)} columns are named"
        return Submission(n, student, flaw=f"{flaw}; put text with commas in quotes")
    if WORKING in known:
        return Submission(n, student, cell(WORKING), cell(PROBLEM).strip())
    numbers = (
        f"{name} = {value.strip()}"
        for name, value in zip(columns, cells, strict=False)
        if name.casefold() not in (STUDENT, PROBLEM) and name and value.strip()
    )
    return Submission(n, student, "\n".join(numbers), cell(PROBLEM).strip())


def _folder(path: Path) -> Iterator[Submission]:
    """One text a student, named after them; what is no text is a row that says so."""
    found = sorted(f for f in path.iterdir() if f.name[0] != "." and f.name not in LITTER)
    if not any(map(_is_text, found)):
        raise InputError(str(path), "no text is in this folder", f"named like {TEXTS[0]}")
    for n, file in enumerate(found, 1):
        student = _whole(file.stem)
        if not _is_text(file):
            yield Submission(n, student, flaw=f"{_whole(file.name)}: {_not_read(file)}")
            continue
        try:
            yield Submission(n, student, read_text(file, MOST_BYTES, WHAT))
        except InputError as error:
            yield Submission(n, student, flaw=error.flaws[0].sentence(_whole(file.name)))


def _is_text(file: Path) -> bool:
    return file.suffix.lower() in TEXTS and file.is_file()


def _not_read(file: Path) -> str:
    if file.exists() and not (file.is_file() or file.is_dir()):
        return "this is no file"
    if file.is_dir():
        return "a folder in the folder is not read; put its text beside the others"
    kind = f"a {file.suffix} file" if file.suffix else "a file without an ending"
    return f"{kind} is not read; save it as {TEXTS[0]}"


READERS: Mapping[str, Callable[[Path], Iterator[Submission]]] = {
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".csv": _csv,
    ".tsv": _csv,
}
