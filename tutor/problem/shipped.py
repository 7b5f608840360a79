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
    if not file.exists() and (ours := shipped("problems") / f"{file.stem}.yaml").is_file():
        if file.parent == Path():
            return load_file(ours)
    if not file.exists() and not file.suffix and file.parent == Path():
        raise InputError(str(path), f"there is no such file or shipped problem; {did_you_mean(str(path), names())}")
    return load_file(file)
