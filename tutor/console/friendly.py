"""Errors for people: a sentence and an exit status, never a traceback."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from errno import EBADF
from io import TextIOBase
from typing import Any, NoReturn

import click

from tutor.errors import InputError, NotCertified


class Friendly(click.Group):
    """A group of commands whose errors are one sentence each, with exit status 2."""

    def main(self, *args: Any, **extra: Any) -> Any:
        if sys.stdout is None:
            sys.stdout = _Closed()
        try:
            return super().main(*args, **extra)
        except InputError as error:
            _leave(2, str(error))
        except OSError as error:
            if not error.filename:
                _abandon_output()
            where = error.filename or "standard output"
            _leave(2, f"{where}: {(error.strerror or str(error)).lower()}")
        except NotCertified as error:
            _leave(
                3,
                f"nothing is printed, since the check failed: {error}\n"
                "This is a mistake in backprop; please report the problem file.",
            )


class _Closed(TextIOBase):
    """Stands for a standard output that was closed before the start."""

    def write(self, text: object) -> int:
        raise OSError(EBADF, "it is closed")


def _leave(status: int, sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(status)


def _abandon_output() -> None:
    """Let nothing that is still to be written be tried again at the end."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
