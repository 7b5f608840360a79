"""Where the shipped files are, and writing files whole."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from errno import EACCES, EISDIR, ENAMETOOLONG, ENOENT, ENOTDIR
from functools import cache
from pathlib import Path

from tutor.errors import Flaw, InputError


@cache
def shipped(name: str) -> Path:
    """The folder ``templates`` or ``problems``: in a checkout, an editable install and a wheel."""
    package = Path(__file__).resolve().parent
    for root in (package / "shipped", package.parent):
        if (root / name).is_dir():
            return root / name
    raise FileNotFoundError(f"the folder {name} is missing from this installation")


def decoded(content: bytes, source: str) -> str:
    """The text of a file. Raises InputError where it is not UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        what = f"the byte {content[error.start]:02X} is not UTF-8 text"
        raise InputError(source, [Flaw(line, column, what, "save the file as UTF-8")]) from None


def check_writable(path: Path) -> None:
    """Raise InputError where a file cannot be written, as far as can be known before."""
    with _in_words(path):
        _check(_target(path))


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all.

    Raises InputError where it cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    with _in_words(path):
        target = _target(path)
        _check(target)
        _write(target, data)


def write_folder(path: Path, files: Mapping[str, str | bytes]) -> None:
    """Write a new folder whole or not at all.

    Raises InputError where it cannot be written, or holds something already.
    """
    with _in_words(path):
        if path.is_dir() and any(path.iterdir()):
            raise InputError(str(path), "is not empty; it is left as it is", "name a new folder")
        if path.exists() and not path.is_dir():
            raise InputError(str(path), "is a file; it is left as it is", "name a new folder")
        if not path.parent.is_dir():
            raise OSError(ENOENT, os.strerror(ENOENT))
        made = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name[:40]}."))
        try:
            for name, content in files.items():
                data = content.encode() if isinstance(content, str) else content
                (made / name).parent.mkdir(parents=True, exist_ok=True)
                (made / name).write_bytes(data)
            os.chmod(made, 0o777 & ~_umask())
            os.replace(made, path)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(str(path), _sentence(error, path)) from None


def _target(path: Path) -> Path:
    """What is written: the file behind a link; a device such as /dev/stdout is itself."""
    return path if path.exists() and not path.is_file() else path.resolve()


def _check(path: Path) -> None:
    """Raise OSError where nothing can be written."""
    if path.is_dir():
        raise OSError(EISDIR, os.strerror(EISDIR))
    target, needed = path.parent, os.W_OK | os.X_OK
    if not stat.S_ISDIR(target.stat().st_mode):
        raise OSError(ENOTDIR, os.strerror(ENOTDIR))
    if path.exists() and not path.is_file():
        target, needed = path, os.W_OK  # a device such as /dev/stdout
    elif len(os.fsencode(path.name)) > os.pathconf(target, "PC_NAME_MAX"):
        raise OSError(ENAMETOOLONG, os.strerror(ENAMETOOLONG))
    if not os.access(target, needed):
        raise OSError(EACCES, os.strerror(EACCES))


def _write(path: Path, data: bytes) -> None:
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


_SENTENCES = {
    ENOENT: "cannot be written: the folder {folder} does not exist",
    ENOTDIR: "cannot be written: {folder} is no folder",
    EISDIR: "is a folder; name a file in it",
}


def _sentence(error: OSError, path: Path) -> str:
    otherwise = f"cannot be written: {(error.strerror or str(error)).lower()}"
    return _SENTENCES.get(error.errno or 0, otherwise).format(folder=path.parent)
