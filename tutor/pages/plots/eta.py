"""E over many updates at several learning rates, and with momentum beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, isfinite

from tutor.pages.canvas import Canvas
from tutor.pages.chart import Axis, Chart, around
from tutor.pages.document import Bullets, Live, Math, Paragraph, Picture, Section, Sentence, Table
from tutor.pages.givens import Say
from tutor.pages.javascript import harmless, model, places
from tutor.pages.lettering import Text
from tutor.pages.plain import plain_sentence
from tutor.pages.plots.common import FEW, LINES, asked_first, cell, label, name_of, number, text_of
from tutor.plots.asked import Asked
from tutor.plots.eta import LADDER, TINY, Course, Rates, Run, about_0, lowest, rates_of
from tutor.problem.naming import Naming
from tutor.solving import Solved
from tutor.symbolic.backprop import slope_of_error
from tutor.symbolic.quantity import ETA, MU, E

HEAD = 1.25
"""So much higher than the highest E of a run that ends well; what goes above is cut off."""
ROWS = 10
"""A longer table leaves out updates."""


def sections(solved: Solved, asked: Asked, say: Say) -> Iterator[Section]:
    """Rates side by side, then one of them with momentum and without."""
    rates = rates_of(solved, asked.steps)
    yield from _rates(solved, rates, say)
    yield from _beside(solved, rates, say)


def _rates(solved: Solved, rates: Rates, say: Say) -> Iterator[Section]:
    naming, descent, runs = solved.naming, rates.descent, rates.runs
    names = {run: _name(naming, run, say) for run in runs}
    picture = Picture(
        _canvas(naming, descent.updates, names, say),
        say(
            "eta_caption",
            momentum=number(runs[0].momentum) if runs[0].momentum else None,
            mu=MU,
            batch=descent.batch,
            patterns=len(descent.land.data),
        ),
    )
    live = Live("eta", (picture,), model(descent.land), _data(solved, rates, say))
    good = [run for run in runs if run.course is Course.FALLS]
    best = lowest(good) if good else []
    answer = say(
        "eta_answer",
        eta=ETA,
        rates=[number(run.rate) for run in best],
        start=_small(runs[0], 0),
        end=_small(best[0], -1) if best else None,
        steps=descent.steps,
    )
    found = say(
        "eta_found",
        eta=ETA,
        limit=number(rates.limit) if rates.limit else None,
        never=rates.never,
        low=number(float(LADDER[0]), FEW),
        high=number(float(LADDER[-1])),
        steps=descent.steps,
    )
    courses = Bullets(tuple(_course(run, say) for run in runs))
    yield from asked_first(
        say("eta_title"),
        say("eta_question", steps=descent.steps),
        (live,),
        (Paragraph(answer), courses, Paragraph(found)),
        say,
        (_table(descent.updates, names, say),),
        "eta",
    )


def _beside(solved: Solved, rates: Rates, say: Say) -> Iterator[Section]:
    without, with_it = rates.beside
    naming, updates = solved.naming, rates.descent.updates
    names = {
        run: Text.of(plain_sentence(naming, say(key, value=number(run.momentum))))
        for run, key in ((without, "eta_without"), (with_it, "eta_with"))
    }
    values = {"eta": ETA, "rate": number(without.rate), "momentum": number(with_it.momentum)}
    ends = with_it.errors[-1], without.errors[-1]
    answer = say(
        "eta_momentum_answer",
        known=all(map(isfinite, ends)),
        lower=ends[0] < ends[1],
        alike=ends[0] == ends[1] or (about_0(with_it) and about_0(without)),
        with_it=_small(with_it, -1),
        without=_small(without, -1),
        steps=rates.descent.steps,
        **values,
    )
    courses = [_course(run, say, momentum=True) for run in names]
    yield from asked_first(
        say("eta_momentum_title"),
        say("eta_momentum_question", steps=rates.descent.steps, **values),
        (Picture(_canvas(naming, updates, names, say), say("eta_momentum_caption", **values)),),
        (Paragraph(answer), Bullets(tuple(courses))),
        say,
        (_table(updates, names, say),),
        "momentum",
    )


def _name(naming: Naming, run: Run, say: Say) -> Text:
    own = f" {plain_sentence(naming, say('eta_own'))}" if run.own else ""
    return label(naming, ETA).then(f" = {text_of(run.rate)}{own}")


def _course(run: Run, say: Say, *, momentum: bool = False) -> Sentence:
    """What E does at a rate."""
    return say(
        "eta_course",
        name=MU if momentum else ETA,
        value=number(run.momentum if momentum else run.rate),
        course=run.course.value,
        end=_small(run, -1),
    )


def _small(run: Run, n: int) -> Math | str:
    """E after an update, as far as floats know it."""
    return _error(run, n)[0]


def _error(run: Run, n: int) -> Sentence:
    return ("≈ 0",) if about_0(run, n) else cell(run.errors[n], FEW)


def _canvas(naming: Naming, updates: Sequence[int], names: Mapping[Run, Text], say: Say) -> Canvas:
    """E over the updates."""
    steps = updates[-1]
    well = [run for run in names if run.course not in (Course.HIGHER, Course.LOST)]
    first = next(iter(names)).errors[0]
    highest = max([first, *(max(run.errors) for run in well)])
    low, high = around([0.0, HEAD * min(highest, 3 * first) if first > 0 else highest], zero=True)
    chart = Chart(
        Axis(0, steps, plain_sentence(naming, say("eta_updates"))),
        Axis(low, high, label(naming, E)),
    )
    for (run, name), (tone, dash) in zip(names.items(), LINES, strict=False):
        chart.line(list(zip(updates, run.errors, strict=True)), tone, name=name, dash=dash)
    described = say(
        "eta_described",
        runs=[[name.plain, _small(run, 0), _small(run, -1)] for run, name in names.items()],
        steps=steps,
    )
    return chart.canvas(plain_sentence(naming, described))


def _table(updates: Sequence[int], names: Mapping[Run, Text], say: Say) -> Table:
    """E of each run after each update, or after some of them."""
    runs = list(names)
    last = len(updates) - 1
    each = max(1, ceil(last / ROWS))
    head = (say("eta_update"), *((name.plain,) for name in names.values()))
    shown = [*range(0, last, each), last]
    rows = tuple(((str(updates[n]),), *(_error(run, n) for run in runs)) for n in shown)
    tiny = any("≈ 0" in cells for row in rows for cells in row)
    return Table(say("eta_table", tiny=tiny), head, rows, dense=True)


def _data(solved: Solved, rates: Rates, say: Say) -> str:
    """What the script needs to go down by itself, and the words beside the handle."""
    descent, naming = rates.descent, solved.naming
    land, order = descent.land, places(descent.land)
    every = [run.rate for run in rates.runs if run.rate > 0]
    return harmless(
        {
            "weights": land.point.tolist(),
            "moved": descent.moves.tolist(),
            "batch": descent.batch,
            "slopes": [order[slope_of_error(q)] for q in land.parameters],
            "steps": descent.steps,
            "momentum": rates.runs[0].momentum,
            "low": min(every) / 2,
            "high": max(every) * 2,
            "start": rates.beside[0].rate or max(every),
            "eta": name_of(naming, ETA),
            "error": name_of(naming, E),
            "choose": plain_sentence(naming, say("eta_choose")),
            "after": plain_sentence(naming, say("eta_after", steps=descent.steps)),
            "tiny": TINY,
            "none": plain_sentence(naming, say("plot_none")),
        }
    )
