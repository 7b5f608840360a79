"""What is wrong with an input, as one sentence for the person who wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Flaw:
    """One thing that is wrong, where (lines and columns from 1), and what would be right."""

    line: int
    column: int
    what: str
    instead: str = ""

    def sentence(self, source: str) -> str:
        """``file:line:column: what; instead``"""
        where = f"{source}:{self.line}:{self.column}" if self.line else source
        return f"{where}: {self.what}" + (f"; {self.instead}" if self.instead else "")


class InputError(Exception):
    """Something a person wrote cannot be used. All flaws are reported at once."""

    def __init__(self, source: str, flaws: Iterable[Flaw] | str, instead: str = "") -> None:
        self.source = source
        if isinstance(flaws, str):
            flaws = [Flaw(0, 0, flaws, instead)]
        self.flaws = tuple(sorted(flaws))
        super().__init__("\n".join(flaw.sentence(source) for flaw in self.flaws))


class NotCertified(ArithmeticError):
    """A number is not what a second way gives: nothing may be printed."""


MOST_CHOICES = 24


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that may be meant."""
    folded = {name.casefold(): name for name in sorted(known)}
    close = get_close_matches(word[:60].casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """``did you mean sigmoid? (linear, relu, ...)``; ``otherwise`` where nothing is like it."""
    known = sorted(known)
    choices = ", ".join(known) if len(known) <= MOST_CHOICES else ""
    if close := closest(word, known):
        return f"did you mean {close}?" + (f" ({choices})" if choices else "")
    return otherwise or (f"known are {choices}" if choices else "")


def quoted(text: str, most: int = 40) -> str:
    """A text as a message shows it: in quotes, on one line, cut where it is long."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:most])
    return f'"{shown}..."' if len(text) > most else f'"{shown}"'
