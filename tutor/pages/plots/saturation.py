"""Where on their transfer functions the units of a problem are; then every such function."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tutor.pages.document import Paragraph, Section, Sentence, Table
from tutor.pages.givens import Say
from tutor.pages.plots import transfer
from tutor.pages.plots.common import FEW, asked_first, cell, number
from tutor.pages.plots.curves import called, flat, picture
from tutor.plots.asked import Asked
from tutor.plots.saturation import FLAT, Transferred, used
from tutor.problem.naming import Naming
from tutor.solving import Solved

TIE = Decimal("1.000000001")
"""Slopes so close to each other are told as the same."""


def sections(solved: Solved, _: Asked, say: Say) -> Iterator[Section]:
    """The problem's own units on their curves, then every transfer function."""
    curves = used(solved)
    if curves:
        yield from _own(solved, curves, say)
    yield from transfer.sections(solved, curves, say)


def _own(solved: Solved, curves: Sequence[Transferred], say: Say) -> Iterator[Section]:
    marks = [mark for curve in curves for mark in curve.marks]
    several = len({mark.pattern for mark in marks}) > 1
    least = min(abs(mark.slope) for mark in marks)
    lowest = [mark for mark in marks if abs(mark.slope) <= least * TIE]
    shown = [picture(solved.naming, curve, several, say) for curve in curves]
    first = curves[0]
    answer = [
        say(
            "saturation_answer",
            names=[called(solved.naming, mark, several).plain for mark in lowest],
            slope=number(lowest[0].slope),
            part=number(100 * first.part(lowest[0]), FEW),
            every=len(lowest) == len(marks),
            saturated=first.part(lowest[0]) < FLAT,
            lost=lowest[0].slope == 0 and first.activation.steepest is not None,
        ),
        *(say("saturation_where", name=one.activation.name, parts=flat(one)) for one in curves),
        *_output_large(curves, say),
        *([say("saturation_softmax")] if _softmax(solved) else []),
    ]
    yield from asked_first(
        say("saturation_title"),
        say("saturation_question", several=len(marks) > 1),
        shown,
        tuple(map(Paragraph, answer)),
        say,
        (_units(solved.naming, curves, several, say),),
        "saturation",
    )


def _output_large(curves: Sequence[Transferred], say: Say) -> Iterator[Sentence]:
    """What is wrong about a common sentence, where the functions here show it."""
    sides = {
        side: [
            str(say("saturation_named", name=one.activation.name)[0])
            for one in curves
            if one.sides == side
        ]
        for side in ("both", "low")
    }
    if any(sides.values()):
        yield say("saturation_output_large", **sides)


def _softmax(solved: Solved) -> bool:
    return any(layer.softmax for layer in solved.problem.network.layers)


def _units(naming: Naming, curves: Sequence[Transferred], several: bool, say: Say) -> Table:
    rows = [
        (
            (called(naming, mark, several).plain,),
            say("saturation_named", name=curve.activation.name),
            cell(mark.net),
            cell(mark.output),
            cell(mark.slope),
            cell(100 * curve.part(mark), FEW),
        )
        for curve in curves
        for mark in curve.marks
    ]
    keys = ("unit", "function", "net", "output", "slope", "part")
    head = tuple(say(f"saturation_of_{key}") for key in keys)
    return Table(say("saturation_units", several=several), head, tuple(rows))
