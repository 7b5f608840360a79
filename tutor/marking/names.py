"""Where a name may end: the readings of a place in a text, the longest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from tutor.marking.scan import WORD
from tutor.symbolic.formula import Formula

_SUB = r"_(?:[^\W_]+|\{[^{}]*\})"
_ABOVE = (
    r"\^(?:\((?:\w{1,9}|\[\w{1,9}\])(?:,\s?\w{1,9})?\)|\[\w{1,9}(?:,\w{1,9})?\]|\+|\*(?![\s\w(*])"
    r"|[^\W\d_]{2,9}|\d{1,2}(?=_)|\d{1,2}(?:,\w{1,9})|\w(?=_))"
)
_MARK = r"\[\d{1,4}(?:\.\d{1,4})?\]"
_ONE = rf"{WORD}(?:{_ABOVE}(?:{_SUB})*)?'*(?:{_MARK})?"
_SQUARED = rf"{WORD}\^\d{{1,2}}(?!\w)(?:{_MARK})?"
_SIMPLE = re.compile(WORD)
_FULL = re.compile(_ONE)
_LAYERED = re.compile(_SQUARED)
_INDEXED = re.compile(rf"{WORD}(?:,[^\W_]{{1,9}})+(?![\w.])")
_SPACED = re.compile(rf"{_ONE}(?: +(?:{_SQUARED}|{_ONE}|\d{{1,2}}(?![\w.]))){{1,3}}")
_RAISED = re.compile(
    r"([^\W_]+)((?:_[^\W_]+(?:,[^\W_]+)*)*)\^(\([^()]*\)|\[[^\[\]]*\]|[+*]|[^\W_]+)"
    r"((?:_[^\W_]+(?:,[^\W_]+)*)*)('*(?:\[[\d.]+\])?)"
)
_BETWEEN = re.compile(r"[^ ]+")
_APPLIED = re.compile(rf"({WORD})\s?[(\[]\s?({_SQUARED}|{_ONE}(?: {_ONE})?)\s?[)\]]((?:{_MARK})?)")
_D = r"(?:d|D|delta )\s?"


def _of(one: str) -> str:
    """One, perhaps in brackets: a group for each."""
    return rf"(?:\(\s?({one})\s?\)|({one}))"


_PATH = rf"(?:\s?@\s?{_of(rf'{_SQUARED}|{_ONE}')})?"


def _slopes(one: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The derivative of one by one, also as a fraction of brackets."""
    of = _of(rf"{one}(?:\({one}\))?")
    return (
        re.compile(rf"{_D}{of}\s?/\s?{_D}{of}{_PATH}"),
        re.compile(rf"\(\s?{_D}{of}\s?\)\s?/\s?\(\s?{_D}{of}\s?\){_PATH}"),
    )


_SLOPES, _BRACKETED = zip(_slopes(rf"(?:{_SQUARED}|{_ONE})"), _slopes(_ONE), strict=True)
_NEW = re.compile(rf"({WORD})\+(?:({_MARK})|(?=\s*(?:\Z|[)\]*/,])|\s+\+\s))")
MOST_SPLIT = 24


def candidates(text: str, start: int) -> Iterator[tuple[str, int]]:
    """The names that may begin here, in the spelling that a lexicon knows, and where each ends.

    Derivatives come as "dE/dw_5", applied names as "f'(net_h1)", words side by side joined by one
    blank; primes stand at the end, and a subscript has no braces.
    """
    if text[start] in "(dD":
        for pattern in _BRACKETED if text[start] == "(" else _SLOPES:
            if match := pattern.match(text, start):
                yield _slope(match), match.end()
    if text[start] == "(":
        return
    if match := _APPLIED.match(text, start):
        yield f"{_tidy(match[1])}({_tidy(match[2])}){match[3]}", match.end()
    if match := _NEW.match(text, start):
        yield f"{_tidy(match[1])}^+{match[2] or ''}", match.end()
    yield from _spaced(text, start)
    for pattern in (_INDEXED, _LAYERED, _FULL):
        if match := pattern.match(text, start):
            yield _tidy(match[0]), match.end()
    if match := _SIMPLE.match(text, start):
        yield _tidy(match[0]), match.end()


@lru_cache(maxsize=4096)
def whole(text: str) -> str | None:
    """The name that a text is as a whole."""
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if not end or not (text[start].isalpha() or text[start] == "("):
        return None
    return next((name for name, stop in candidates(text, start) if stop == end), None)


def pieces(word: str, known: Callable[[str], Formula | None]) -> list[Formula] | None:
    """A word such as w1x1 as the known names that it is made of, the longest first."""
    if len(word) > MOST_SPLIT:
        return None
    ways: dict[int, list[Formula] | None] = {len(word): []}
    for start in range(len(word) - 1, -1, -1):
        ways[start] = None
        if not word[start].isalpha():
            continue
        for end in range(len(word), start, -1):
            rest = ways.get(end)
            if rest is None or (end < len(word) and not word[end].isalpha()):
                continue
            if (formula := known(_tidy(word[start:end]))) is not None:
                ways[start] = [formula, *rest]
                break
    return ways[0]


def _spaced(text: str, start: int) -> Iterator[tuple[str, int]]:
    match = _SPACED.match(text, start)
    if not match:
        return
    ends = [word.end() for word in _BETWEEN.finditer(match[0])]
    for end in reversed(ends[1:]):
        yield _tidy(match[0][:end]), start + end


def _slope(match: re.Match[str]) -> str:
    above, below, through = (match[n] or match[n + 1] or "" for n in (1, 3, 5))
    path = f"@{_tidy(through)}" if through else ""
    return f"d{_tidy(above)}/d{_tidy(below)}{path}"


def _tidy(name: str) -> str:
    """A name as a lexicon knows it: no braces, a layer above before the indices, marks last."""
    if "{" in name:
        name = re.sub(r"\{([^{}]*)\}", lambda m: re.sub(r"\s", "", m[1]), name)
    if " " in name:
        return " ".join(map(_tidy, name.split()))
    if "^" in name and (match := _RAISED.fullmatch(name)):
        base, before, above, behind, rest = match.groups()
        layer, comma, mark = above.partition(",")
        if comma and above[0] == "(":
            layer, mark = layer[1:], mark[:-1].strip()
        elif above[0] not in "([" and (len(above) > 2 or above in "+*"):
            layer, mark = "", above
        raised = f"^{layer}" if layer else ""
        name = f"{base}{raised}{before}{behind}{rest}{'^' if mark else ''}{mark}"
    if "'" in name and "(" not in name:
        bare = name.replace("'", "")
        name = bare + "'" * (len(name) - len(bare))
    return name
