"""A marked working as JSON: an entry a statement, and the whole."""

from __future__ import annotations

import json
from math import isfinite
from typing import TypedDict

from tutor.marking.marks import Marks, marks
from tutor.marking.verdict import Equation, Marked, Verdict
from tutor.pages.causes import Causes
from tutor.pages.feedback import in_its_notation
from tutor.pages.options import FEEDBACK, Marking
from tutor.pages.plain import plain_sentence
from tutor.pages.words import Words


class CauseEntry(TypedDict):
    """A mistake that gives the student's number."""

    id: str
    message: str


class EquationEntry(TypedDict):
    """Two neighbouring parts of a line."""

    left: str
    right: str
    holds: bool
    left_value: float | None
    right_value: float | None
    cause: str
    message: str


class Entry(TypedDict):
    """One statement; ``n`` is the number of its line."""

    n: int
    column: int
    text: str
    quantity: str | None
    sign: int
    answered: float | None
    expected: float | None
    expected_from_yours: float | None
    interval: list[float | None] | None
    verdict: str
    seen: str
    slip: bool
    from_lines: list[int]
    cannot_tell: list[str]
    causes: list[CauseEntry]
    equations: list[EquationEntry]
    message: str


class ItemEntry(TypedDict):
    """The marks of one asked quantity."""

    quantity: str
    line: int | None
    method: float
    accuracy: float
    of: float
    why: str | None
    because: int | None


class MarksEntry(TypedDict):
    """What the working earns; ``at_most`` where lines that were not read may add to it."""

    got: float
    at_most: float
    of: float
    unread: list[int]
    items: list[ItemEntry]


def marks_entry(marks: Marks) -> MarksEntry:
    """The marks as JSON has them."""
    return {
        "got": float(marks.got),
        "at_most": float(marks.at_most),
        "of": float(marks.of),
        "unread": list(marks.unread),
        "items": [
            {
                "quantity": item.quantity.key,
                "line": item.line,
                "method": float(item.method),
                "accuracy": float(item.accuracy),
                "of": float(item.worth.whole),
                "why": item.why and item.why.value,
                "because": item.because,
            }
            for item in marks.items
        ],
    }


class MarkedEntry(TypedDict):
    """The whole of a marked working."""

    lines: list[Entry]
    first_wrong: int | None
    summary: dict[str, int]
    notation: str
    conventions: list[dict[str, str | int]]
    untested: list[int]
    marks: MarksEntry


def marked_json(marked: Marked, words: Words, options: Marking = FEEDBACK) -> str:
    """Strict JSON."""
    content = marked_entry(marked, words, options)
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def marked_entry(marked: Marked, words: Words, options: Marking = FEEDBACK) -> MarkedEntry:
    """What the JSON holds."""
    earned = marks(marked, each=options.each, overrides=options.overrides)
    solved = in_its_notation(marked)
    causes = Causes(solved, words, values=True)

    def cause_entries(verdict: Verdict) -> list[CauseEntry]:
        return [
            {
                "id": cause.id,
                "message": plain_sentence(solved.naming, causes.sentence(verdict, cause)),
            }
            for cause in verdict.causes
        ]

    def equation_entry(equation: Equation) -> EquationEntry:
        said = not equation.holds or equation.copied
        return {
            "left": equation.left,
            "right": equation.right,
            "holds": equation.holds,
            "left_value": _number(equation.left_value),
            "right_value": _number(equation.right_value),
            "cause": equation.cause or ("copied-wrong" if equation.copied else ""),
            "message": plain_sentence(solved.naming, causes.slip(equation)) if said else "",
        }

    def entry(verdict: Verdict) -> Entry:
        answered = verdict.answered
        return {
            "n": verdict.line,
            "column": verdict.column,
            "text": verdict.text,
            "quantity": verdict.quantity.key if verdict.quantity else None,
            "sign": verdict.sign,
            "answered": _number(_float(answered.text)) if answered else None,
            "expected": _number(verdict.expected),
            "expected_from_yours": _number(verdict.expected_from_yours),
            "interval": [_number(x) for x in verdict.interval] if verdict.interval else None,
            "verdict": verdict.kind.value,
            "seen": verdict.seen,
            "slip": verdict.slip,
            "from_lines": list(verdict.blames),
            "cannot_tell": list(verdict.cannot_tell),
            "causes": cause_entries(verdict),
            "equations": [equation_entry(e) for e in verdict.equations],
            "message": verdict.message,
        }

    return {
        "lines": [entry(verdict) for verdict in marked.verdicts],
        "first_wrong": marked.first_wrong,
        "summary": marked.summary,
        "notation": marked.notation,
        "conventions": [{"id": c.id, "line": c.line} for c in marked.conventions],
        "untested": list(marked.trivial),
        "marks": marks_entry(earned),
    }


def _float(text: str) -> float:
    try:
        return float(text)
    except (ValueError, OverflowError):
        return float("nan")


def _number(value: float | None) -> float | None:
    """A JSON number; none for what no double can hold."""
    return value if value is not None and isfinite(value) else None
