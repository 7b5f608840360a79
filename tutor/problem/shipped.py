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
    file = Path(path)
    if file.parent != Path() or file.exists():
        return load_file(file)
    ours = shipped("problems") / f"{file.stem}.yaml"
    if ours.is_file():
        return load_file(ours)
    if not file.suffix:
        what = "there is no such file or shipped problem"
        raise InputError(str(path), what, did_you_mean(file.name, names()))
    return load_file(file)
