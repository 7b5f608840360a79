"""Compiled templates, kept in the user's cache folder: compiling them is a tenth of a run."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """Jinja checks that what is kept belongs to the template as it is now.

    A folder that cannot be used, or that others could write to, is done without.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was kept, if it still fits."""
        try:
            folder = _folder()
            if folder.stat().st_uid == os.getuid() and not folder.stat().st_mode & 0o022:
                with (folder / bucket.key).open("rb") as file:
                    bucket.load_bytecode(file)
        except (OSError, RuntimeError, AttributeError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template, whole or not at all."""
        try:
            folder = _folder()
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
                bucket.write_bytecode(file)
            os.replace(file.name, folder / bucket.key)
        except (OSError, RuntimeError):
            return


def _folder() -> Path:
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "backprop-tutor"
