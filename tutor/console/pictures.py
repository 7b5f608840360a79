"""The kinds of pictures that a command names."""

from __future__ import annotations

from tutor.errors import InputError, did_you_mean


def kinds_of(text: str) -> tuple[str, ...]:
    """The kinds of ``slice,flow``. Raises InputError for one that does not exist."""
    from tutor.pages.plots.kinds import KINDS, kind_of

    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not names:
        raise InputError("--with", "names no picture", did_you_mean("", KINDS))
    for name in names:
        kind_of(name, "--with")
    return names
