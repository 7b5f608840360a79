"""``backprop check``"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.console.arguments import FORMAT, OUT, TEMPLATES
from tutor.console.outputs import (
    ENDINGS,
    Output,
    check_apart,
    outputs_of,
    refuse,
    width,
    write,
)
from tutor.errors import Flaw, InputError, quoted

if TYPE_CHECKING:
    from tutor.marking.verdict import Marked
    from tutor.problem.problem import Problem


@click.command("check")
@click.argument("problem", metavar="PROBLEM", required=False)
@click.argument("working", metavar="WORKING", required=False)
@click.option(
    "--class",
    "submissions",
    type=click.Path(path_type=Path),
    metavar="SUBMISSIONS",
    help="Instead of WORKING: a .jsonl or .csv of many, or a folder; -o is then a folder.",
)
@OUT
@FORMAT
@click.option("--notation", metavar="N", help="Read names as this course has them.")
@click.option(
    "--hints",
    type=click.IntRange(1, 3),
    help="Instead of causes: 1 where to look, 2 which factor, 3 the formula.",
)
@click.option("--values", is_flag=True, help="Also what the wrong lines come to.")
@click.option("--solution", is_flag=True, help="The whole worked solution below.")
@click.option("--show-reading", is_flag=True, help="What each line was read as.")
@click.option("--strict", is_flag=True, help="Excuse no convention but the problem's own.")
@click.option(
    "--repeat",
    type=click.Choice(["once", "each"]),
    default="once",
    help="Deduct a mistake once, or on each line where it is made.",
)
@click.option(
    "--overrides",
    type=click.Path(path_type=Path),
    help="Of a class: a CSV of student,line,mark,reason; else overrides.csv in the folder.",
)
@click.option(
    "--marks-only",
    is_flag=True,
    help="Of a class: only marks.csv and the summary; plain numbers in a CSV are marked fast.",
)
@TEMPLATES
def command(
    problem: str | None,
    working: str | None,
    submissions: Path | None,
    outputs: tuple[str, ...],
    format_: str | None,
    notation: str | None,
    hints: int | None,
    values: bool,
    solution: bool,
    show_reading: bool,
    strict: bool,
    repeat: str,
    overrides: Path | None,
    marks_only: bool,
    templates: Path | None,
) -> None:
    """Mark a student's WORKING of a PROBLEM, line by line.

    WORKING is a file, - for standard input, or the name of one that comes with the program. What
    is marked are lines such as net_h1 = 0.15*0.05 + 0.20*0.10 + 0.35 = 0.3775. PROBLEM may be left
    out for a class whose rows name their problems.
    """
    if hints and values:
        raise InputError("--values", "does not go with --hints, which say less", "leave one out")
    if submissions is not None:
        from tutor.console.classes import check_class
        from tutor.pages.options import Marking

        folder = _folder(working, outputs, format_, submissions)
        options = Marking(hints or 0, values, solution, show_reading, repeat == "each")
        check_class(
            problem,
            submissions,
            folder,
            options,
            notation,
            overrides,
            templates,
            strict=strict,
            pages=not marks_only,
        )
        return
    if problem is None:
        raise InputError("PROBLEM", "this is missing", "name a problem file or a shipped problem")
    if working is None:
        raise InputError("WORKING", "this is missing", "name a file, -, or --class SUBMISSIONS")
    for option, asked_for in (("--overrides", overrides), ("--marks-only", marks_only)):
        if asked_for:
            raise InputError(option, "this is for a class", "add --class SUBMISSIONS")
    wanted = outputs_of(outputs, format_, reads=(problem, working))
    said = {"hints": hints, "values": values, "solution": solution, "show-reading": show_reading}
    for option, given in said.items():
        if given:
            refuse(f"--{option}", wanted, ("json",))
    asked, text = read_both(problem, working)
    from tutor.classroom.submissions import is_class

    for path in (problem, working):
        if is_class(path, text):
            what = f"this is a class: its first line has {quoted('student')}"
            raise InputError(path, what, f"write --class {path} -o FOLDER")
    from tutor.pages.options import Marking
    from tutor.pages.render_marked import render_marked, render_marked_pdf
    from tutor.working import mark

    marked = mark(asked, text, notation=notation, strict=strict)
    refuse_unmarked(marked, working)
    options = Marking(
        hints=hints or 0,
        values=values,
        solution=solution,
        show_reading=show_reading,
        each=repeat == "each",
    )

    def page(output: Output) -> str | bytes:
        if output.format == "pdf":
            return render_marked_pdf(marked, options, templates=templates)
        return render_marked(
            marked,
            output.format,
            options,
            templates=templates,
            colour=output.coloured,
            width=width(),
        )

    write(wanted, page)


def _folder(
    working: str | None, outputs: tuple[str, ...], format_: str | None, submissions: Path
) -> Path:
    """Where the pages of a class go. Raises InputError where the command line says otherwise."""
    if working is not None:
        raise InputError(working, "with --class no other working is marked", "leave one out")
    if format_ is not None:
        raise InputError("--format", "a class has its own formats", "leave it out")
    if not outputs:
        raise InputError("--class", "where its pages go is not said", "add -o FOLDER")
    if len(outputs) > 1:
        raise InputError("-o", "a class goes into one folder", "leave the others out")
    check_apart(outputs[0], (str(submissions),))
    folder = Path(outputs[0])
    if folder.suffix.lower() in ENDINGS and not folder.is_dir():
        what = "a class goes into a folder, and this is named like a file"
        raise InputError(outputs[0], what, f"write -o {folder.with_suffix('')}")
    return folder


def read_both(problem: str, working: str) -> tuple[Problem, str]:
    """The problem and the text of the working, also where they are the wrong way round."""
    from tutor.marking.page import STANDARD_INPUT, load_working
    from tutor.problem.shipped import load

    try:
        return load(problem), load_working(working)
    except InputError as error:
        if working == STANDARD_INPUT:
            raise
        try:
            return load(working), load_working(problem)
        except InputError:
            raise error from None


def refuse_unmarked(marked: Marked, working: str) -> None:
    """Raise InputError where nothing could be marked, with the reasons."""
    from tutor.marking.verdict import Kind

    nothing = (Kind.UNREAD, Kind.UNMARKED)
    if any(v.kind not in nothing or v.slip for v in marked.verdicts):
        return
    unread = [v for v in marked.verdicts if v.kind is Kind.UNREAD]
    flaws = [Flaw(v.line, v.column, f"this is not read: {v.message}") for v in unread]
    what = "nothing here can be marked; write a line a quantity, such as net_h1 = 0.3775"
    raise InputError(working, flaws or what)
