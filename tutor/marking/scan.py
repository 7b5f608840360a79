"""A part of a line cut into numbers, words and signs."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from tutor.marking.claim import Text, Unread
from tutor.marking.printed import LONGEST
from tutor.marking.tens import GROUPED

MOST_CHARACTERS = 2_000
MOST_TOKENS = 400

_SUB = r"_(?:[^\W_]+|\{[^{}]*\})"
WORD = rf"[^\W\d_][^\W_]*(?:{_SUB})*(?:'+(?:\d{{1,3}}(?![\w.])|(?:{_SUB})*))?"
"""A name as far as letters, digits, subscripts and primes go."""
_TOKEN = re.compile(
    rf"(?P<number>(?:{GROUPED}(?![\w.])|\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+(?![\w.]))?)"
    rf"|(?!Σ)(?P<word>{WORD})|(?P<op>\*\*|.)",
    re.DOTALL,
)
_TIMES = re.compile(r"\s*([xX])(?:\s+(?=[-+]?\.?\d)|(?=\d*\.\d))", re.ASCII)
"""An x that stands between two numbers."""
_ELLIPSIS = re.compile(r"\.\.\.|…")


class Sort(Enum):
    """What a token is."""

    NUMBER = auto()
    WORD = auto()
    SIGN = auto()
    END = auto()


class Token(NamedTuple):
    """A number, word or sign, and its place in the text, not in the line."""

    sort: Sort
    text: str
    start: int
    end: int


def tokens(part: Text) -> list[Token]:
    """The tokens of a part, the last of them its end. Raises Unread."""
    text = part.text
    if len(text) > MOST_CHARACTERS:
        raise Unread(
            f"this is too long to read: {MOST_CHARACTERS:,} characters are the most", part.column
        )
    found: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token = _token(part, at)
        found.append(token)
        at = token.end
        if len(found) > MOST_TOKENS:
            raise Unread(
                f"this is too long to read: {MOST_TOKENS} numbers, names and signs are the most",
                part.columns[token.start],
            )
        if token.sort is Sort.NUMBER and (times := _TIMES.match(text, at)):
            found.append(Token(Sort.SIGN, "x", times.start(1), times.end()))
            at = times.end()
    found.append(Token(Sort.END, "", len(text), len(text)))
    return found


def _token(part: Text, at: int) -> Token:
    match = _TOKEN.match(part.text, at)
    assert match  # the last alternative takes any character
    if match["word"]:
        return Token(Sort.WORD, match[0], at, match.end())
    if match["op"]:
        if _ELLIPSIS.match(part.text, at):
            raise Unread("three dots cannot be read: write all terms", part.columns[at])
        return Token(Sort.SIGN, match[0], at, match.end())
    return _number(part, match[0], at, match.end())


def _number(part: Text, digits: str, at: int, end: int) -> Token:
    digits = digits.lower().replace(" ", "")
    _, e, exponent = digits.partition("e")
    if len(digits) > LONGEST or not digits.isascii() or (e and len(exponent.lstrip("+-")) > 3):
        raise Unread("this number is too long to read", part.columns[at])
    return Token(Sort.NUMBER, digits, at, end)
