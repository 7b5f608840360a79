"""results.jsonl: whole lines only, so that a run that was stopped goes on where it was."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tutor.classroom.record import Record
from tutor.classroom.tally import tally
from tutor.files import write_whole


def kept(path: Path, wanted: Iterable[str]) -> dict[str, str]:
    """The lines of a run before that still hold, by the key of what they mark."""
    keys = set(wanted)
    found: dict[str, str] = {}
    if path.is_file():
        with open(path, "rb") as file:
            for line in file:
                key = _key(line)
                if key in keys:
                    found.setdefault(key, line.decode("utf-8"))
    return found


def _key(line: bytes) -> str:
    """What a line marks; nothing for a half line or one of something else."""
    try:
        record = json.loads(line) if line.endswith(b"\n") else None
    except (ValueError, RecursionError):
        return ""
    found = record.get("key") if isinstance(record, dict) and _is_sound(record) else None
    return found if isinstance(found, str) else ""


def _is_sound(record: Any) -> bool:
    """Whether a row can be counted: not one that somebody has changed."""
    try:
        tally([record])
    except (LookupError, TypeError, ValueError, AttributeError):
        return False
    return True


class Journal:
    """Lines are added one by one, and stand in order once it is closed."""

    def __init__(self, path: Path, order: Iterable[str], lines: Mapping[str, str]) -> None:
        self.path, self.order, self.lines = path, list(order), dict(lines)

    def __enter__(self) -> Self:
        self._write()
        self.file = open(self.path, "a", encoding="utf-8", newline="\n")
        return self

    def add(self, key: str, line: str) -> None:
        """One more row: it is in the file when this returns."""
        self.lines[key] = line
        self.file.write(line)
        self.file.flush()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.fsync(self.file.fileno())
        self.file.close()
        if error is None:
            self._write()

    def _write(self) -> None:
        """The rows in the order of the class, where they are in another."""
        content = "".join(self.lines[key] for key in self.order if key in self.lines)
        if not self.path.is_file() or self.path.read_bytes() != content.encode():
            write_whole(self.path, content)

    def records(self) -> list[Record]:
        """Every row, read."""
        return [json.loads(self.lines[key]) for key in self.order if key in self.lines]
