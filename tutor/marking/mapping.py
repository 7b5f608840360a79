"""A working in JSON: ``{"w5": 0.1, "delta": [0.1, 0.2]}`` or a list of pairs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tutor.marking.claim import Text

LONGEST = 1_000_000
DEEPEST = 20
MOST_TOKENS = 50_000
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[{}\[\]:,]|[a-z]+|\S')
_STARTS = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{]\s*")')
_PLAIN = re.compile(r'"|-?\d|null\Z|true\Z|false\Z')


@dataclass(frozen=True, slots=True)
class _List:
    items: tuple[_Value, ...]


@dataclass(frozen=True, slots=True)
class _Mapping:
    items: tuple[tuple[Text, _Value], ...]


_Value = Text | _List | _Mapping


class _NoJson(Exception):
    """The text is something else."""


def is_mapping(text: str) -> bool:
    """Whether a text begins like JSON, and is not too long for it."""
    return len(text) <= LONGEST and _STARTS.match(text) is not None


def read_mapping(rows: Sequence[Text]) -> list[tuple[Text, ...]] | None:
    """The claims of a JSON text, each a name and its parts; None for a text that is no JSON."""
    try:
        return list(_claims(Text("", ()), _Reading(rows).whole()))
    except _NoJson:
        return None


class _Reading:
    """JSON token by token, so that each value keeps its place and its digits."""

    def __init__(self, rows: Sequence[Text]) -> None:
        found = (row.cut(*m.span()) for row in rows for m in _TOKEN.finditer(row.text))
        self.tokens = islice(found, MOST_TOKENS)
        self.token = next(self.tokens, Text("", ()))

    def whole(self) -> _Value:
        value = self._value(0)
        if self.token.text:
            raise _NoJson
        return value

    def _take(self, pattern: str = "") -> Text | None:
        """The next token, if it is this sign."""
        token = self.token
        if pattern and token.text != pattern:
            return None
        self.token = next(self.tokens, Text("", ()))
        return token

    def _value(self, depth: int) -> _Value:
        if depth > DEEPEST:
            raise _NoJson
        if self._take("{"):
            return _Mapping(tuple(self._pairs(depth)))
        if self._take("["):
            return _List(tuple(self._items(depth)))
        return self._plain()

    def _plain(self) -> Text:
        token = self._take()
        if token is None or not _PLAIN.match(token.text):
            raise _NoJson
        return _string(token) if token.text[0] == '"' else token

    def _pairs(self, depth: int) -> Iterator[tuple[Text, _Value]]:
        while not self._take("}"):
            name = self._plain()
            if not self._take(":"):
                raise _NoJson
            yield name, self._value(depth + 1)
            self._part("}")

    def _items(self, depth: int) -> Iterator[_Value]:
        while not self._take("]"):
            yield self._value(depth + 1)
            self._part("]")

    def _part(self, closing: str) -> None:
        if not self._take(",") and self.token.text != closing:
            raise _NoJson


def _string(token: Text) -> Text:
    inner = token.cut(1, len(token.text) - 1)
    if "\\" not in inner.text:
        return inner
    try:
        text = str(json.loads(token.text))
    except ValueError:
        raise _NoJson from None
    return Text(text, (token.column,) * len(text))


def _claims(name: Text, value: _Value) -> Iterator[tuple[Text, ...]]:
    """What a value says of a name; names inside names are joined by a blank."""
    match value:
        case Text():
            if name.text and value.text not in ("null", ""):
                yield (name, value)
        case _Mapping(items):
            for key, inner in items:
                yield from _claims(name.beside(key), inner)
        case _List(items) if not name.text:
            for item in items:
                match item:
                    case _List((Text() as key, inner)):
                        yield from _claims(key, inner)
                    case _:
                        yield from _claims(name, item)
        case _List():
            yield (name, _written(value))


def _written(value: _Value) -> Text:
    """A list as a student writes it in a line."""
    match value:
        case _List(items):
            where = _first(value)
            pieces = [Text("[", (where,))]
            for n, item in enumerate(items):
                pieces += Text(", "[: 2 * n], (where, where)[: 2 * n]), _written(item)
            return Text.joined([*pieces, Text("]", (where,))])
        case Text():
            return value
    raise _NoJson


def _first(value: _Value) -> int:
    """The column of its first value."""
    while isinstance(value, _List):
        if not value.items:
            return 1
        value = value.items[0]
    return value.column if isinstance(value, Text) else 1
