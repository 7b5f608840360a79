"""Where a working comes from: a file, standard input, or one that comes with the program."""

from __future__ import annotations

import sys
from pathlib import Path

from tutor.errors import InputError, did_you_mean
from tutor.files import shipped
from tutor.problem.file import read_text, text_of

MOST_BYTES = 1_000_000
STANDARD_INPUT = "-"
WHAT = "a working"


def load_working(path: str) -> str:
    """The text of a working.

    Raises InputError where there is none, or where it is no text.
    """
    if path == STANDARD_INPUT:
        content = sys.stdin.buffer.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            most = f"{WHAT} has at most {MOST_BYTES // 1000} kB"
            raise InputError("standard input", f"this is too long; {most}")
        return text_of(content, "standard input")
    file = Path(path)
    if file.parent == Path() and not file.suffix and not file.exists():
        folder = shipped("problems") / "workings"
        file = folder / f"{path}.txt"
        if not file.is_file():
            hint = did_you_mean(path, (known.stem for known in folder.glob("*.txt")))
            raise InputError(path, f"there is no such file or shipped working; {hint}")
    return read_text(file, MOST_BYTES, WHAT)
