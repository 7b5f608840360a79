"""Equals signs and slopes that are said in words: ``the output of o1 is 0.7514``."""

from __future__ import annotations

import re

from tutor.marking.claim import Text

_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
_ONE = "is|are|equals|becomes?|gives|yields|ist|wird|beträgt|ergibt|est|vaut|devient|es|vale"
_TO = r"(?:goes|changes|moves|rises|falls|drops|is (?:updated|changed|reduced|increased))"
_VERB = (
    rf"(?:(?:{_ONE})(?: (?:now|then|about|approximately|roughly|therefore|thus|hence|so|nun|jetzt"
    r"|dann|also|daher|etwa|circa|ca\.|zu)| equal to| gleich| égale? à| igual a)?"
    rf"|{_TO}(?: from {_NUMBER})? to|comes (?:out )?to|comes out (?:as|at)"
    r"|works out (?:to|as)|turns out to be|amounts to)"
)
"""The words for =, with what may follow them."""
_WITH_END = (
    rf"(?={_NUMBER}(?:\s*\.?\s*\Z|[.,;!]?\s|[,;!)=]|\s?[-+*/^][^=\n]{{1,200}}=)"
    r"|-?\([^=\n]{1,200}=)"
)
_SAID = re.compile(rf"(?<=[\w)\]}}'])\s{{1,3}}{_VERB}\s{{1,3}}{_WITH_END}", re.IGNORECASE)
_BEGINS = re.compile(
    rf"\s(?:{_ONE}|{_TO}|comes|works|turns|amounts|with|wrt|w\.r\.t|nach|par|respecto|con)\b",
    re.IGNORECASE,
)
"""What all of these have in them: a line without it is not looked at further."""
_CHANGED = re.compile(rf"becomes?|is now|{_TO}.*|wird|ist (?:nun|jetzt)|devient", re.IGNORECASE)
_PARAMETER = re.compile(r"(?:\A|\s)(?:w|b|theta)(?:_?[\w{(]\S*)?\Z")
_AFTER = re.compile(rf"{_NUMBER}\s+(?!(?:and|und|et|y|which|so|as|but|after|before)\b)[^\W\d]")
"""Words behind a number that may be part of what is said of it."""
_SLOPE = re.compile(
    r"(?:(?:the|die|la) )?(?:partial )?(?:derivative|gradient|slope|ableitung|dérivée|derivada)"
    r"(?: (?:of|von|der|des|de) (?:the )?(\w+))?"
    r" (?:with respect to|wrt|w\.r\.t\.|nach|par rapport à|(?:con )?respecto (?:a|de))"
    r" (?:the )?(?:weight |bias |gewicht )?([^\W\d][\w{},^']*)",
    re.IGNORECASE,
)


def says_equal(text: str) -> bool:
    """Whether a line says in words that something equals a number."""
    return _BEGINS.search(text) is not None and _SAID.search(text) is not None


def spelled_out(row: Text) -> Text:
    """A line in plain spelling with signs for the words that stand for them."""
    if not _BEGINS.search(row.text):
        return row
    row = row.replaced(_SLOPE, lambda m: f"d{m[1] or 'E'}/d{m[2]}")
    return row.replaced(_SAID, _equals)


def _equals(match: re.Match[str]) -> str:
    before = match.string[: match.start()]
    if _AFTER.match(match.string, match.end()):
        return match[0]
    if _CHANGED.fullmatch(match[0].strip()) and _PARAMETER.search(before[-60:]):
        return " new = "
    return " = "
