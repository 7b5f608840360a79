"""Problems by path or, for those that come with the program, by name."""

from __future__ import annotations

from pathlib import Path

from tutor.errors import InputError, did_you_mean
from tutor.files import shipped
from tutor.problem.file import load as load_file
from tutor.problem.problem import Problem


def names() -> list[str]:
    """The names of the shipped problems."""
    return sorted(path.stem for path in shipped("problems").glob("*.yaml"))


def load(path: str | Path) -> Problem:
    """The problem in a file, or the shipped one of that name.

    Raises InputError with every flaw of the file, each with its line and column.
    """
    return load_file(find(path))


def find(path: str | Path) -> Path:
    """The file of a problem, or that of the shipped one of this name.

    Raises InputError for a name that is neither.
    """
    file = Path(path)
    if file.parent != Path() or file.exists():
        return file
    ours = shipped("problems") / f"{file.stem}.yaml"
    if ours.is_file():
        return ours
    if not file.suffix:
        what = "there is no such file or shipped problem"
        raise InputError(str(path), what, did_you_mean(file.name, names()))
    return file
