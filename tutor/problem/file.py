"""Problem files: YAML, as problems/README.md documents it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from tutor.errors import Flaw, InputError
from tutor.files import decoded
from tutor.problem.keys import read_problem
from tutor.problem.problem import Problem
from tutor.problem.yaml_tree import Enough, Notes, read_tree

MOST_BYTES = 200_000


def load(path: str | Path) -> Problem:
    """The problem in a file. Raises InputError with everything that is wrong."""
    return replace(parse(read_text(path), str(path)), path=Path(path))


def parse(text: str, source: str = "problem") -> Problem:
    """The problem in a text. Raises InputError with everything that is wrong."""
    notes = Notes()
    problem = None
    try:
        if len(text) > MOST_BYTES:
            raise notes.fatal(Flaw(1, 1, f"this has {len(text)} characters", _at_most()))
        problem = read_problem(read_tree(text.removeprefix("\ufeff"), notes), notes)
    except Enough:
        pass
    if notes.flaws or not problem:
        raise InputError(source, notes.flaws)
    return problem


def read_text(path: str | Path, most: int = MOST_BYTES, what: str = "a problem file") -> str:
    """The text of a file that a person wrote. Raises InputError where it is none."""
    source = str(path)
    try:
        with open(path, "rb") as file:
            content = file.read(most + 1)
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        raise InputError(source, "there is no such file") from None
    except IsADirectoryError:
        raise InputError(source, "this is a folder; name a file in it") from None
    except OSError as error:
        raise InputError(source, f"this cannot be read: {error.strerror or error}") from None
    except ValueError:
        raise InputError(source, "this cannot be the name of a file") from None
    if len(content) > most:
        large = f"this has {size / 1000:,.0f} kB" if size > most else "this is endless"
        raise InputError(source, large, _at_most(most, what))
    return text_of(content, source)


def text_of(content: bytes, source: str) -> str:
    """What a file's bytes say. Raises InputError where they are no text."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError(source, "this text is saved as UTF-16; save it as UTF-8")
    if b"\0" in content:
        raise InputError(source, "this is a binary file, not a text")
    return decoded(content, source)


def _at_most(most: int = MOST_BYTES, what: str = "a problem file") -> str:
    return f"{what} has at most {most // 1000} kB"
