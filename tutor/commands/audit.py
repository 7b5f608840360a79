"""``backprop audit``"""

from __future__ import annotations

from pathlib import Path

import click

from tutor.commands.check import read_both, refuse_unmarked
from tutor.console.arguments import FORMAT, NOTATION, OUT, TEMPLATES
from tutor.console.outputs import Output, outputs_of, refuse, width, write


@click.command("audit")
@click.argument("problem", metavar="PROBLEM")
@click.argument("working", metavar="WORKING", required=False)
@OUT
@FORMAT
@NOTATION
@TEMPLATES
def command(
    problem: str,
    working: str | None,
    outputs: tuple[str, ...],
    format_: str | None,
    notation: str | None,
    templates: Path | None,
) -> None:
    """Errata of a printed solution; without it, what a problem's numbers cannot show.

    WORKING is a file with the printed lines, - for standard input, or the name of one that comes
    with the program. No convention but the problem's own is excused.
    """
    wanted = outputs_of(outputs, format_, reads=(problem, working))
    if working is None:
        refuse("--format json", wanted, ("json",))
    from tutor.pages.audit import errata, unshown
    from tutor.pages.feedback import in_its_notation
    from tutor.pages.pdf import typst_pdf
    from tutor.pages.render import render_document, words_of
    from tutor.problem.options import changed
    from tutor.problem.shipped import load

    words = words_of(templates)
    if working is None:
        from tutor.marking.blind import blind
        from tutor.solving import Solved

        solved = Solved.of(changed(load(problem), notation=notation))
        document = unshown(blind(solved), solved, words)
        json = ""
    else:
        from tutor.pages.marked_json import marked_json
        from tutor.working import mark

        asked, text = read_both(problem, working)
        marked = mark(asked, text, notation=notation, strict=True)
        refuse_unmarked(marked, working)
        document, solved = errata(marked, words), in_its_notation(marked)
        json = marked_json(marked, words)

    def page(output: Output) -> str | bytes:
        if output.format == "json":
            return json
        format = "typst" if output.format == "pdf" else output.format
        shown = render_document(
            document,
            solved.naming,
            format,
            templates=templates,
            colour=output.coloured,
            width=width(),
        )
        return typst_pdf(shown) if output.format == "pdf" else shown

    write(wanted, page)
