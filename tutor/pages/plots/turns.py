"""What a step for one pattern does to E of the others."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.pages.canvas import Canvas
from tutor.pages.chart import Axis, Chart
from tutor.pages.document import Paragraph, Picture, Section, Sentence, Table
from tutor.pages.givens import Say
from tutor.pages.plain import plain_sentence
from tutor.pages.plots.common import LINES, asked_first, label, number
from tutor.pages.plots.known import ends_of, known, of_known
from tutor.plots.descent import Descent
from tutor.plots.turns import Turns
from tutor.solving import Solved
from tutor.symbolic.quantity import ETA, E

MOST = 5
"""patterns in the picture and across the table"""
STEPS = 24
"""rows of the table"""
TOLD = 4
"""steps in the answer"""


def sections(solved: Solved, descent: Descent, turns: Turns, say: Say) -> Iterator[Section]:
    """E of each pattern over one round, and the table."""
    rate, count = number(descent.rate), descent.count
    caption = say("turns_caption", shown=MOST if count > MOST else 0, count=count)
    yield from asked_first(
        say("turns_title"),
        say("turns_question", eta=ETA, rate=rate),
        (Picture(_canvas(solved, turns, say), caption),),
        tuple(map(Paragraph, _answer(turns, say))),
        say,
        (_table(turns, say),),
        "turns",
    )


def _answer(turns: Turns, say: Say) -> Iterator[Sentence]:
    raised = [(n, patterns) for n, patterns in enumerate(turns.raised, 1) if patterns]
    others = [(n, [p + 1 for p in patterns if p + 1 != n]) for n, patterns in raised]
    first, last = float(turns.totals[0]), float(turns.totals[-1])
    yield say(
        "turns_answer",
        raised=[[n, found if len(found) <= MOST else len(found)] for n, found in others[:TOLD]],
        count=len(raised),
        more=len(raised) > TOLD,
        own=[n for n, patterns in raised if n - 1 in patterns][:TOLD],
        steps=len(turns.totals) - 1,
        total=list(of_known(say, first, last)),
    )


def _canvas(solved: Solved, turns: Turns, say: Say) -> Canvas:
    naming = solved.naming
    errors = turns.errors[:, :MOST]
    steps = len(errors) - 1
    axis = Axis(0, steps, plain_sentence(naming, say("turns_step")), whole=True)
    chart = Chart(axis, Axis(*ends_of(errors.ravel().tolist()), label(naming, E)))
    for p, (tone, dash) in zip(range(errors.shape[1]), LINES, strict=False):
        name = plain_sentence(naming, say("turns_pattern", number=p + 1))
        curve = list(enumerate(errors[:, p].tolist()))
        chart.line(curve, tone, name=name, dash=dash)
        for n, error in curve:
            chart.dot((n, error), tone, hollow=n != p + 1, radius=5.0 if n == p + 1 else 3.5)
    ends = [[p + 1, *of_known(say, *errors[[0, -1], p].tolist())] for p in range(errors.shape[1])]
    return chart.canvas(plain_sentence(naming, say("turns_described", ends=ends, steps=steps)))


def _table(turns: Turns, say: Say) -> Table:
    errors = turns.errors[: STEPS + 1, :MOST].tolist()
    patterns = range(1, len(errors[0]) + 1)
    names = (say("turns_pattern", number=p) for p in patterns)
    head = (say("turns_when"), *names, say("turns_all"))
    rows = [
        (say("turns_row", number=n), *(known(error, say) for error in row), known(total, say))
        for n, (row, total) in enumerate(zip(errors, turns.totals.tolist(), strict=False))
    ]
    caption = say("turns_table", error=E)
    return Table(caption, head, tuple(rows), dense=len(rows) > MOST + TOLD)
