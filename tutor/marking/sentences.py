"""Words around claims: bullets, headings, comments, sentences."""

from __future__ import annotations

import re
from typing import NamedTuple

from tutor.marking.claim import Text
from tutor.marking.phrases import without_fillers

_BULLET = re.compile(
    r"\s*(?:>{1,3}\s+|In \[\d+\]:\s*|[-*+•‣◦▪●–—]\s+|(?:→|⇒|➜|->|=>)\s*(?=[^=]*=)"
    r"|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})\)\s+(?![-+*/^·×=])"
    r"|\d{1,3}(?:\.\d{1,2})*\.\s+(?=\S)|\[[ xX]?\]\s+"
    r"|\d{1,3}(?:\t+| {3,})\s*(?=[-+−]?[\d.(][^=]*=))+"
)
_BOLD = re.compile(r"(?<![\w)\]*])(\*\*|__)(?=[^\s*])([^*\n]{1,200}?)(?<=[^\s*])\1(?![\w(*])")
_ITALIC = re.compile(r"\*([^\s*][^\n*]{0,60})\*(?=\s*[:=])")
_COMMENT = re.compile(r"#|//|(?<=\s)--\s")
_ORDINAL = r"first|second|third|fourth|fifth|last|next|1st|2nd|3rd|\d{1,3}th"
_TITLE = (
    r"(?:step|pattern|sample|example|iteration|epoch|update|pass|round|presentation|part|stage"
    r"|question|exercise|problem|task|training|batch|input pattern|data point|muster|schritt"
    r"|durchgang|aufgabe|case|instance|record)"
)
_AFTER = (
    r"(?:after|before|with|using|nach|vor|mit)\b(?:\s+(?:the|one|a|an|first|second|third|\d+"
    r"|new|old|updated|weight|weights|update|updates|step|steps|round|rounds|iteration"
    r"|iterations|epoch|training|pass|updating|dem|den|der|neuen|all|batch|pattern|patterns"
    r"|presenting|learning))+"
)
_KEYED = re.compile(
    rf"(?:(?:the\s+)?(?:(?:{_ORDINAL}|new|forward|backward|back|weight)[\s-]+)*{_TITLE}s?"
    rf"(?:\s*(?:no\.?|nr\.?|number|#)?\s*\(?(?:\d{{1,3}}|[A-Z]|one|two|three|four|five)\)?)?"
    rf"|{_AFTER}|(?:the\s+)?(?:{_ORDINAL})(?:\s+(?:one|time))?|then\s+\w{{1,8}}\s+again"
    r"|\w{1,8}\s+again)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(rf"\s*({_TITLE}\s*\d{{1,3}})\s*[.)–—-]\s+(?=[^=]+=)", re.IGNORECASE)
_SUMMED = re.compile(
    r"\s*((?:in\s+)?total|(?:all\s+)?together|batch\s+gradients?|insgesamt|zusammen)\s*"
    r"(?::\s*(?=\Z|[^\W\d][^=:]*=)|\Z)",
    re.IGNORECASE,
)
"""A heading over what is added up of all patterns."""
_PATTERN = re.compile(r"\s*p_?(\d{1,2})\s*:\s*(?=[^\W\d][\w ']*=)", re.IGNORECASE)
_MARKDOWN = re.compile(r"\s*(#{1,6})\s+(.*?)\s*#*\s*")
_LATEX = re.compile(r"\s*\\(?:sub)*(?:section|paragraph)\*?\s*\{([^{}]*)\}\s*")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_MARKUP = re.compile(r"[*_`#:]+")
_TITLED = re.compile(r"[^=:|]{1,80}")
_RUN = re.compile(r"(?:(?<![\w_\\])[^\W\d_]{2,}(?:['’][^\W\d_]+)?[,.!?]?(?:\s+|\Z)){4}")
_JOINT = re.compile(
    r"(?:.*?(?:^|[\s,:(]))?(?:so|then|thus|hence|therefore|we\s+get|we\s+have|we\s+find|now|also|and"
    r"|with|where|let|since|because|gives|follows|that(?! of)|is|are|get|sind|damit|dann|und|mit)"
    r"[\s,:]+(?=[^\s=])",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?<=[\w)\]}])(?:\s*[✓✔✗✘!,.:])+\s*\Z")
_LABEL = re.compile(r"([^\W\d][^:=]{0,60}?)\s*:\s*(?=\S)")
_UNCOLONED = re.compile(r"([^\W\d]\w*\d)\s+(?=[-+]?\.?\d[^=]{0,200}[\d)]\s*[-+])")
"""A name before a sum of numbers is no factor of its first."""
_UNIT_LABEL = re.compile(
    r"\s*(?:(?:for|at|the|unit|neuron|node|hidden|output)\s+)*([^\W\d_]{1,2}_?\d{1,2})\s*:\s*"
    r"(?=[^\W\d][\w ']*=)",
    re.IGNORECASE,
)
_COUNT_LABEL = re.compile(r"\A(\s*[tnk]\s?=\s?\d{1,2})\s?:(?=\s*[^\W\d][^=]*=)")
_FROM_TO = re.compile(
    r"(?<=[:=])\s*[-+−]?\d*\.?\d+\s*"
    r"(?:[→⟶⇒⟹➔➜➝➞]|-{1,2}>|={1,2}>|\\to\b|\\(?:long)?rightarrow\b|\\Rightarrow\b)\s*"
    r"(?=[-+−]?\d*\.?\d+\s*(?:\([^()=\d]*\)\s*)?\Z)"
)
_NOTES = {"new", "old", "given", "done", "ok", "answer", "correct", "check", "final"}
_NAMELIKE = re.compile(r"[^\W\d_][\w'^{}().,/@\[\]+ \"-]*")
_ASIDE = re.compile(
    r"\s\((?:rounded|to|approx\w*|about|using|from|see|given|since|because|as|by|correct|exact\w*"
    r"|\d+\s+(?:d|s)\w*)\b[^()=]*\)\s*\Z",
    re.IGNORECASE,
)
_NAMES = (
    r"(?:exp|ln|log|sqrt|tanh|relu|max|sig\w*|net|out|err|grad|eta|mu|alpha|beta|gamma|delta|epsilon"
    r"|theta|lambda|phi|psi|rho|tau|omega|nabla|target|bias)\b"
)
"""Words that a factor in brackets may begin with."""
_SAID = (
    rf"(?!{_NAMES})(?:(?:resp|half|twice|double|new|old|neu|alt|same|unchanged|dead|from|for|after|before"
    r"|typo|updated|corrected|sorry|oops|rounded|final|given|known|ok|approx\w*|answer|right|wrong)\b"
    rf"|[^\W\d_]{{2,30}},?\s(?!{_NAMES})[^\W\d_]{{2,30}}(?![\w'^(\[]))[^()\[\]*/+^]{{0,200}}"
)
_REMARK = re.compile(rf"(?<=\d)\s*(?:\({_SAID}\)|\[{_SAID}\])\s*\Z", re.IGNORECASE)
"""Words in brackets behind a number."""


_PRESENTED = re.compile(
    r"\s*(?:[^\W\d]+\s+)?[(\[][-+\d.,\s]+[)\]]\s*(?:→|⇒|[-=]>|,?\s+target)\s*[-+\d.,()\[\]\s]+"
)
"""The inputs and targets that a heading names behind its number: Step 1: pattern (1, 0) -> 0."""


_COMPARED = re.compile(r"(?<=[\d)])\s*(?:[<>≤≥]=?|\\[lg](?:t|e|eq)\b)\s*[-+]?\d+(?:\.\d+)?\s*\Z")
"""What a result is larger or smaller than, as ``-0.7 < 0``."""


class Heading(NamedTuple):
    """A heading, and what follows it on its line."""

    words: str
    rest: Text


_NOTHING = Text("", ())


def heading(row: Text) -> Heading | None:
    """The heading that a line is, or begins with."""
    text = row.text
    if match := _MARKDOWN.fullmatch(text):
        words = _words(match[2])
        known = _KEYED.match(words)
        if "=" not in text and words and (len(match[1]) > 1 or known):
            return Heading(words, _NOTHING)
        return None
    if match := _LATEX.fullmatch(text):
        return Heading(_words(match[1]), _NOTHING)
    bare = without_bullet(row)
    if match := _PATTERN.match(bare.text):
        return Heading(f"pattern {match[1]}", bare.cut(match.end(), len(bare.text)))
    if match := _NUMBERED.match(bare.text) or _SUMMED.match(bare.text):
        return Heading(_words(match[1]), bare.cut(match.end(), len(bare.text)))
    start, colon, _ = bare.text.partition(":")
    if "=" in start:
        return None
    words = _words(start)
    keyed = _KEYED.match(words)
    if (
        keyed
        and len(words) <= 80
        and (keyed.end() == len(words) or not words[keyed.end()].isalnum())
    ):
        whole = keyed.end() == len(words)
        if colon and (whole or len(words.split()) <= 8):
            rest = bare.cut(len(start) + 1, len(bare.text))
            return Heading(words, _NOTHING if _PRESENTED.fullmatch(rest.text) else rest)
        if not colon and (whole or len(words.split()) <= 8) and not any(c in "+*/" for c in words):
            return Heading(words, _NOTHING)
    titled = colon and not bare.text[len(start) + 1 :].strip(" *_")
    if titled and _TITLED.fullmatch(start) and _WORDS.search(start) and len(words.split()) > 1:
        return Heading(words, _NOTHING)
    return None


def _words(text: str) -> str:
    """A heading's words without markup."""
    return " ".join(_MARKUP.sub(" ", text).split()).lower()


def without_bullet(row: Text) -> Text:
    """A line without the number or bullet that it begins with, bold type, and the old value before
    an arrow to the new one."""
    row = row.replaced(_FROM_TO, lambda m: " ")
    match = _BULLET.match(row.text)
    if match and not row.text[match.end() :].lstrip().startswith("="):
        row = row.cut(match.end(), len(row.text))
    row = row.replaced(_ITALIC, lambda m: m[1] if not m.start() else m[0])
    while bold := _BOLD.search(row.text):
        start, end = bold.span(2)
        row = row.cut(0, bold.start()) + row.cut(start, end) + row.cut(bold.end(), len(row.text))
    return row


def without_comment(row: Text) -> Text:
    """A line up to its comment."""
    match = _COMMENT.search(row.text)
    return row.cut(0, match.start()) if match else row


def unit_label(row: Text) -> tuple[Text, Text] | None:
    """The unit that a line is about, as in ``h1: net = 0.3775, o = 0.5933``, and the rest."""
    match = _UNIT_LABEL.match(row.text)
    return (row.cut(*match.span(1)), row.cut(match.end(), len(row.text))) if match else None


def count_apart(row: Text) -> Text:
    """A line that begins with the number of an iteration, ``t = 1: net = 0.9``, with that as a
    statement of its own."""
    return row.replaced(_COUNT_LABEL, lambda m: f"{m[1]};")


def said(parts: list[Text]) -> tuple[Text, ...]:
    """The parts of a claim without the words that lead to it; none where nothing is claimed."""
    if len(parts) > 2 and parts[-1].text in _NOTES:
        parts = parts[:-1]
    parts = [*parts[:-1], _ended(parts[-1])]
    first = parts[0]
    label = _LABEL.match(first.text)
    if len(parts) > 1 and (named := _UNCOLONED.match(first.text)):
        return first.cut(*named.span(1)), first.cut(named.end(), len(first.text)), *parts[1:]
    if len(parts) == 1:
        if not label or not _claims_a_value(label[1], first.text[label.end() :]):
            return ()
        return first.cut(*label.span(1)), first.cut(label.end(), len(first.text))
    if label:
        rest = first.cut(label.end(), len(first.text))
        if not _NAMELIKE.fullmatch(rest.text) and _is_name(label[1]):
            return (first.cut(*label.span(1)), rest, *parts[1:])
        first = rest
    while joint := _JOINT.match(first.text):
        first = first.cut(joint.end(), len(first.text))
    return tuple(part for part in (first, *parts[1:]) if part.text)


def _ended(part: Text) -> Text:
    """A last part without the full stop, tick or remark in brackets behind it."""
    for pattern in (_TRAILING, _ASIDE, _REMARK, _COMPARED, _TRAILING):
        match = pattern.search(part.text)
        if match and match.start():
            part = part.cut(0, match.start())
    return part


def _is_name(text: str) -> bool:
    return bool(_NAMELIKE.fullmatch(text)) and len(without_fillers(text).split()) <= 4


def _claims_a_value(name: str, value: str) -> bool:
    """Whether ``name: value`` gives a value."""
    return _is_name(name) and any(c.isdigit() for c in value) and not _RUN.search(value)


_CODE = re.compile(
    r"\b(?:np|numpy|torch|math)\.|\s@\s|\blambda\b|[-+*/]=(?!=)|\A\s*(?:def|import|return)\b"
)
_ONE = r"[-+−]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?"
_BETWEEN = r"[\s\[\](){},;]"
_VALUE = re.compile(
    r"\s*(?:(?:np\.|numpy\.)?(?:array|matrix)|(?:torch\.)?tensor)?"
    rf"{_BETWEEN}*{_ONE}(?:{_BETWEEN}+{_ONE})*{_BETWEEN}*\.?\s*",
    re.IGNORECASE,
)
"""A number, or numbers in brackets."""


def is_prose(written: list[Text], claimed: tuple[Text, ...]) -> bool:
    """Whether a statement is plainly a sentence, or a line of code that shows no value."""
    if len(claimed) < 2 or any(_RUN.search(without_fillers(part.text)) for part in claimed):
        return True
    if _CODE.search("=".join(part.text for part in written)):
        return not _VALUE.fullmatch(written[-1].text)
    digits = any(c.isdigit() for part in claimed[1:] for c in part.text)
    return not digits and _RUN.search(written[0].text) is not None
