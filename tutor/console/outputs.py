"""Where pages go and in which format: files by their endings, or standard output."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from tutor.errors import InputError
from tutor.files import check_writable, write_whole

ENDINGS = {
    ".html": "html",
    ".htm": "html",
    ".tex": "latex",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".json": "json",
    ".pdf": "pdf",
    ".typ": "typst",
}
FORMATS = ("text", "markdown", "html", "latex", "pdf", "json", "typst")


class Output(NamedTuple):
    """One page to be written."""

    path: str | None
    """none for standard output"""
    format: str

    @property
    def coloured(self) -> bool:
        """Whether it is for a terminal that shows colours."""
        plain = self.path is not None or self.format != "text" or os.environ.get("NO_COLOR")
        return not plain and sys.stdout.isatty()


PICTURES = {".svg": "svg", ".png": "png"}
"""What a picture may be besides."""


def outputs_of(
    paths: Sequence[str],
    format: str | None,
    endings: Mapping[str, str] = ENDINGS,
    *,
    reads: Sequence[str | None] = (),
) -> list[Output]:
    """Everything that is to be written. Raises InputError where something cannot be, and where it
    is one of the files that the command ``reads``."""
    if not paths:
        return [Output(None, format or "text")]
    outputs: list[Output] = []
    for path in paths:
        kind = endings.get(Path(path).suffix.lower()) or format
        if kind is None:
            known = ", ".join(endings)
            what = "its ending says no format"
            raise InputError(path, what, f"known are {known}, or use --format")
        check_writable(Path(path))
        check_apart(path, reads)
        outputs.append(Output(path, kind))
    return outputs


def check_apart(path: str, reads: Sequence[str | None]) -> None:
    """Raise InputError where an output is a file, or a folder, that is read."""
    for source in filter(None, reads):
        if os.path.exists(path) and os.path.exists(source) and os.path.samefile(path, source):
            raise InputError(path, "is what is read here, and stays as it is", "name another")


def refuse(option: str, outputs: Sequence[Output], unchanged: Sequence[str]) -> None:
    """Raise InputError for an option that the format of an output would pass over in silence."""
    for output in outputs:
        if output.format in unchanged:
            others = ", ".join(format for format in FORMATS if format not in unchanged)
            raise InputError(option, f"does not apply to {output.format}", f"it is for {others}")


def refuse_without(format: str, option: str, outputs: Sequence[Output]) -> None:
    """Raise InputError for an option of one format where no output has it."""
    formats = dict.fromkeys(output.format for output in outputs)
    if format not in formats:
        what = f"does not apply to {' or '.join(formats)}"
        raise InputError(option, what, f"it is for {format}")


def write(outputs: Sequence[Output], page: Callable[[Output], str | bytes]) -> None:
    """Make every page before the first is written."""
    for output, content in [(output, page(output)) for output in outputs]:
        if output.path is not None:
            write_whole(Path(output.path), content)
        elif isinstance(content, bytes) and sys.stdout.isatty():
            raise InputError("--format pdf", "does not go to a terminal; name a file with -o")
        else:
            click.echo(content, nl=False)


def width() -> int:
    """How many columns a page may take."""
    return max(40, min(100, shutil.get_terminal_size((88, 24)).columns))
