"""Where a session stands: plain values only, so that it can be kept and taken up again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, TypeVar

T = TypeVar("T")
VERSION = 1
"""Of what is kept; another one is not taken up."""


class Phase(StrEnum):
    """What is asked of the student."""

    OFFER = "offer"
    """whether to take up an earlier session"""
    ASK = "ask"
    ANOTHER = "another"
    """whether to do another problem"""


class How(StrEnum):
    """How a number came to the page."""

    RIGHT = "right"
    CARRIED = "carried"
    """right from an own wrong number"""
    OWN = "own"
    """wrong, and kept"""
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Request:
    """What the student wants to practise."""

    recipe: str
    seed: int
    mistake: str = ""
    notation: str = ""
    count: int = 0
    """problems in a row; 0 for as many as are wanted"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A number on the student's page."""

    key: str
    line: str
    how: How


@dataclass(frozen=True, slots=True)
class State:
    """One session."""

    request: Request
    number: int = 1
    """of the problem, from 1"""
    text: str = ""
    """the problem file"""
    phase: Phase = Phase.ASK
    place: int = 0
    """the question that is open"""
    page: tuple[Kept, ...] = ()
    tries: tuple[Kept, ...] = ()
    """the last wrong number for each quantity of the open question"""
    wrong: int = 0
    """wrong answers to the open question"""
    hints: int = 0
    """hints given for it"""
    missed: tuple[str, ...] = ()
    """keys of what was not right at once"""
    mistakes: tuple[str, ...] = ()
    """ids of known mistakes that were made"""

    def json(self) -> str:
        """The state as a text."""
        return json.dumps({"version": VERSION, **asdict(self)}, ensure_ascii=False)

    @classmethod
    def of(cls, text: str) -> State:
        """The state in a text. Raises ValueError where there is none."""
        try:
            found = json.loads(text)
            if found.pop("version") != VERSION:
                raise ValueError("of another version")
            return _read(State, found, _STATE)
        except (AttributeError, KeyError, RecursionError, TypeError) as error:
            raise ValueError(str(error)) from None


Reader = Callable[[Any], Any]


def _read(kind: type[T], found: Any, readers: Mapping[str, Reader]) -> T:
    if found.keys() != readers.keys():
        raise ValueError("more or less than there should be")
    return kind(**{name: read(found[name]) for name, read in readers.items()})


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError("no count")
    return value


def _all(read: Reader) -> Reader:
    return lambda found: tuple(map(read, found))


def _kept(found: Any) -> Kept:
    return _read(Kept, found, {"key": _text, "line": _text, "how": How})


def _request(found: Any) -> Request:
    texts = dict.fromkeys(("recipe", "mistake", "notation"), _text)
    return _read(Request, found, {**texts, "seed": _count, "count": _count})


_STATE: Mapping[str, Reader] = {
    "request": _request,
    "text": _text,
    "phase": Phase,
    **dict.fromkeys(("number", "place", "wrong", "hints"), _count),
    **dict.fromkeys(("page", "tries"), _all(_kept)),
    **dict.fromkeys(("missed", "mistakes"), _all(_text)),
}
