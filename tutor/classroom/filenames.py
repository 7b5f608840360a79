"""A file name for every student: harmless on any system, and no two alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

LONGEST = 80
"""Bytes, so that an ending fits."""
_BAD = re.compile(r"[^\w.-]+")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def file_names(students: Iterable[str]) -> list[str]:
    """One a row, in order; what is not the id itself has a mark of its own."""
    taken: set[str] = set()
    names = []
    for n, student in enumerate(students):
        plain = _plain(student)
        name = plain if plain == student else _marked(plain, student)
        while _folded(name) in taken:
            name = _marked(plain, f"{student}\0{n}")
            n += 1
        taken.add(_folded(name))
        names.append(name)
    return names


def _plain(student: str) -> str:
    name = _BAD.sub("-", unicodedata.normalize("NFC", student)).strip(".-")
    name = name.encode()[:LONGEST].decode("utf-8", "ignore").rstrip(".-")
    return "student" if not name or _DEVICES.fullmatch(name) else name


def _marked(plain: str, student: str) -> str:
    short = plain.encode()[: LONGEST - 9].decode("utf-8", "ignore")
    return f"{short}-{sha256(student.encode()).hexdigest()[:8]}"


def _folded(name: str) -> str:
    """What two names have in common on a system that does not tell their letters apart."""
    return unicodedata.normalize("NFKD", name).casefold()
