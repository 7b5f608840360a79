"""The kinds of pictures that a command names."""

from __future__ import annotations

from tutor.errors import InputError, did_you_mean


def kinds_of(text: str) -> tuple[str, ...]:
    """The kinds of ``slice,flow``. Raises InputError for one that does not exist."""
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not names:
        return ()
    from tutor.pages.plots.kinds import KINDS

    for name in names:
        if name not in KINDS:
            raise InputError("pictures", f"there is no {name}", did_you_mean(name, KINDS))
    return names
