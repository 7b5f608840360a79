"""Where the shipped files are, and writing files whole."""

from __future__ import annotations

import os
import tempfile
from errno import EISDIR, ENOENT
from functools import cache
from pathlib import Path

from tutor.errors import InputError


@cache
def shipped(name: str) -> Path:
    """The folder ``templates`` or ``problems``: in a checkout, an editable install and a wheel."""
    package = Path(__file__).resolve().parent
    for root in (package / "shipped", package.parent):
        if (root / name).is_dir():
            return root / name
    raise FileNotFoundError(f"the folder {name} is missing from this installation")


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all.

    Raises InputError where it cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        _write(path.resolve(), data)
    except OSError as error:
        raise InputError(str(path), _sentence(error, path)) from None


def _write(path: Path, data: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(EISDIR, "it is a folder; name a file in it")
    if path.exists() and not path.is_file():
        path.write_bytes(data)  # a device such as /dev/stdout
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, (path.stat().st_mode if path.exists() else 0o666 & ~_umask()) & 0o777)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _sentence(error: OSError, path: Path) -> str:
    if error.errno == ENOENT:
        return f"cannot be written: the folder {path.parent} does not exist"
    if error.errno == EISDIR:
        return "is a folder; name a file in it"
    return f"cannot be written: {(error.strerror or str(error)).lower()}"
