"""A line cut into statements, and a statement into the parts between its equals signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.marking.claim import Text

_EQUALS = re.compile(r"(?<![<>!])=")
_BETWEEN = re.compile(
    r"\n|;|,\s+(?:and\s+)?|(?<=\s)(?:and|und)\s+|(?<=\s)\d{1,2}\)\s+(?=[^\W\d][^\s=]*\s*=)"
    r"|(?<=[^\s,;]) {3,}(?=[^\W\d]\S* *=)|(?<=\d)\s+(?=[^\W\d][\w^{},']{0,40}:\s*[-+]?\.?\d)"
    r"|(?<=\d)\s+(?:y|et|e|en|og|och)\s+(?=[^\W\d][\w^{},']{0,40}\s*=)"
    r"|(?<=[\d)]) {3,}(?=[(\d.][^=;]*=)|(?<=\d)\.\s+(?=[A-Z][\w ]{0,40}=)"
)
_LABELLED = re.compile(r"[^\W\d][^:=,;]{0,40}:\s*[-+]?\.?\d")
_NUMBER = re.compile(r"\s*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")

_REMARK = re.compile(
    r"\s*[^\W\d_]{2,}(?:[\s.!]+[^\W\d_]{2,})*[\s.!]*"
    r"(?:(?<=\s)[-+]?(?:\d+(?:\.\d*)?|\.\d+)[\s.]*)?"
)
_BRACKET = re.compile(r"[([{)\]}]")

MOST_PARTS = 40
"""More equals signs than these are left in the last part, which cannot be read then."""


def statements(row: Text) -> Iterator[Text]:
    """The statements of a line; what follows a comma is one only where it holds an equals sign."""
    if not _BETWEEN.search(row.text):
        yield row
        return
    inside = _inside(row.text)
    start, mark = 0, None
    cuts = [
        m
        for m in _BETWEEN.finditer(row.text)
        if m[0] == "\n" or not (inside[m.start()] or _goes_on(row.text, m))
    ]
    ends = [*(m.start() for m in cuts[1:]), len(row.text)][: len(cuts)]
    for match, end in zip(cuts, ends, strict=True):
        following = row.text[match.end() : end]
        own = match[0] in ("\n", ";") or _EQUALS.search(following) or _LABELLED.match(following)
        if own:
            if match.start() > start:
                yield row.cut(start, match.start() if mark is None else mark)
            start, mark = match.end(), None
        elif mark is None and _is_remark(following):
            mark = match.start()
    yield row.cut(start, len(row.text) if mark is None else mark)


def _goes_on(text: str, mark: re.Match[str]) -> bool:
    """Whether a statement may go on behind blanks: behind a result a name, whose value tells that;
    behind a name alone a calculation."""
    if mark[0].strip():
        return False
    part = text.rfind("=", 0, mark.start()) + 1
    if text[mark.end()] in "(.0123456789":
        return not part
    return part > 0 and _NUMBER.fullmatch(text, part, mark.start()) is not None


def _is_remark(text: str) -> bool:
    """Whether this is words only, or a number behind words."""
    return bool(_REMARK.fullmatch(text))


def _inside(text: str) -> list[bool]:
    """For each character, whether brackets are open around it; none where they do not match."""
    inside: list[bool] = []
    depth = 0
    for match in _BRACKET.finditer(text):
        inside += [depth > 0] * (match.start() - len(inside))
        depth = max(0, depth + (1 if match[0] in "([{" else -1))
        inside.append(depth > 0)
    return [False] * len(text) if depth else inside + [False] * (len(text) - len(inside))


def parts_of(statement: Text) -> list[Text]:
    """What stands between the equals signs."""
    inside = _inside(statement.text)
    cuts = [m.start() for m in _EQUALS.finditer(statement.text) if not inside[m.start()]]
    del cuts[MOST_PARTS:]
    starts, ends = [0, *(cut + 1 for cut in cuts)], [*cuts, len(statement.text)]
    return [statement.cut(a, b).strip() for a, b in zip(starts, ends, strict=True)]
