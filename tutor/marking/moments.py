"""Whether a value holds before or after the update, said in brackets: ``w5 (new)``, ``w5(t+1)``."""

from __future__ import annotations

import re

from tutor.marking.claim import Text

_UPDATE = r"(?: (?:the )?(?:update|step)| dem (?:update|schritt))?"
_NAME = r"(?<![\w.\\])([^\W\d]\w{0,30}(?:\{[\w,]{1,30}\}|,\w{1,9}){0,2}'?)\s?"
_SAID = {
    "_new": rf"new|neu|updated|next|aktualisiert|(?:after|nach){_UPDATE}",
    "_old": rf"old|alt|previous|(?:before|vor){_UPDATE}",
}
_WORDS = {
    mark: re.compile(rf"{_NAME}\^?\((?:{words})\)", re.IGNORECASE) for mark, words in _SAID.items()
}
_COUNTED = re.compile(r"\(([tnk])\s?\+\s?1\)")
"""The step after this one."""


def with_moments(line: Text) -> Text:
    """The line with _new or _old for what stands in brackets behind a name."""
    if "(" not in line.text:
        return line
    for mark, words in _WORDS.items():
        line = _marked(line, words, mark)
    if not (count := _COUNTED.search(line.text)):
        return line
    line = _marked(line, _at(rf"{count[1]}\s?\+\s?1"), "_new")
    return _marked(line, _at(count[1]), "_old")


def _at(count: str) -> re.Pattern[str]:
    """A name with a count of steps in brackets, also above it."""
    return re.compile(rf"{_NAME}\^?(?:\({count}\)|\(\({count}\)\))")


def _marked(line: Text, said: re.Pattern[str], mark: str) -> Text:
    return line.replaced(said, lambda match: match[1] + mark)
