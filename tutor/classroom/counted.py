"""What a class counts of a marked working: of its JSON the part without sentences."""

from __future__ import annotations

from typing import Any

from tutor.marking.frame import Frame
from tutor.marking.mark import mark_with
from tutor.marking.marks import Override, marks
from tutor.marking.verdict import Marked
from tutor.pages.marked_json import marks_entry
from tutor.pages.options import Marking


def counted(marked: Marked, options: Marking) -> Any:
    """As in the JSON."""
    earned = marks(marked, each=options.each, overrides=options.overrides)
    return {
        "lines": [
            {
                "n": verdict.line,
                "text": verdict.text,
                "quantity": verdict.quantity.key if verdict.quantity else None,
                "verdict": verdict.kind.value,
                "causes": [{"id": cause.id} for cause in verdict.causes],
            }
            for verdict in marked.verdicts
        ],
        "first_wrong": marked.first_wrong,
        "summary": marked.summary,
        "marks": marks_entry(earned),
    }


def given(frame: Frame, whole: Override) -> Any:
    """The same of a working that cannot be marked, where a teacher gives something for it."""
    entry = counted(mark_with(frame, ""), Marking(overrides=(whole,)))
    return {**entry, "lines": [], "marks": {**entry["marks"], "items": []}}
