"""The lists that go with papers: whose is which, how equal they are, and what is typed in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from tutor.papers.record import LECTURER, problem_name
from tutor.practice.variants import Paper


def tables(papers: Sequence[Paper]) -> Iterator[tuple[str, str]]:
    """Each file and what it says."""
    codes = ((one.who.id, one.who.name, one.code) for one in papers)
    yield f"{LECTURER}/codes.csv", _csv(("student", "name", "code"), codes)
    head = ("code", "part", "operations", "negative factors", "given digits", "rounding")
    yield f"{LECTURER}/equality.csv", _csv(head, _equality(papers))
    for n, question in enumerate(papers[0].questions, 1):
        if question.posed:
            continue
        asked = [q.key for q in question.solved.asked]
        rows = ((one.who.id, problem_name(one.code, n), *[""] * len(asked)) for one in papers)
        yield f"entry-{n}.csv", _csv(("student", "problem", *asked), rows)


def _equality(papers: Sequence[Paper]) -> Iterator[tuple[object, ...]]:
    """What was measured on every drawn part, and on the whole."""
    for one in papers:
        fits = [(n, q.fit) for n, q in enumerate(one.questions, 1) if q.fit]
        for n, fit in fits:
            yield one.code, n, fit.operations, fit.negatives, fit.digits, round(fit.condition)
        if fits:
            sums = (
                sum(fit.operations for _, fit in fits),
                sum(fit.negatives for _, fit in fits),
                sum(fit.digits for _, fit in fits),
                round(max(fit.condition for _, fit in fits)),
            )
            yield one.code, "all", *sums


def added(before: str, made: str) -> str:
    """A table that is there already, every line as it is, with the rows that it has not yet.

    Rows are known by their first cell.
    """
    head = before.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    known = {row[0] for row in csv.reader(io.StringIO(before), delimiter=delimiter) if row}
    _, *rows = csv.reader(io.StringIO(made))
    new = [row for row in rows if row[0] not in known]
    end = "" if before.endswith("\n") else "\n"
    return before + end + _csv(new[0], new[1:], delimiter) if new else before


def _csv(head: Iterable[str], rows: Iterable[Iterable[object]], delimiter: str = ",") -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", delimiter=delimiter)
    writer.writerows((head, *rows))
    return text.getvalue()
