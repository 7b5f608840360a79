"""The file in which a session is kept until it is taken up again."""

from __future__ import annotations

import os
from pathlib import Path

from tutor.drill.state import State
from tutor.errors import InputError
from tutor.files import write_whole

MOST_BYTES = 1_000_000
ASIDE = ".damaged"


class Damaged(Exception):
    """What was kept cannot be taken up; it has been set aside where that was possible."""

    def __init__(self, path: Path, aside: Path) -> None:
        super().__init__(str(path))
        self.path, self.aside = path, aside


def place() -> Path:
    """The file, below XDG_STATE_HOME where that is an absolute path."""
    home = os.environ.get("XDG_STATE_HOME", "")
    base = Path(home) if os.path.isabs(home) else Path("~/.local/state").expanduser()
    return base / "backprop" / "practise.json"


def kept() -> State | None:
    """What was kept, if anything was. Raises Damaged."""
    path = place()
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError:
        return None
    try:
        return State.of(content.decode())
    except ValueError:
        raise set_aside() from None


def set_aside() -> Damaged:
    """Move what was kept out of the way."""
    path = place()
    aside = path.with_name(path.name + ASIDE)
    try:
        os.replace(path, aside)
    except OSError:
        aside = path
    return Damaged(path, aside)


def keep(state: State | None) -> None:
    """Keep a state, whole or not at all; nothing is kept any more for None.

    Raises InputError where it cannot be written.
    """
    path = place()
    try:
        if state is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(path, state.json())
    except OSError as error:
        raise InputError(str(path), (error.strerror or str(error)).lower()) from None
