"""``backprop explain``"""

from __future__ import annotations

from pathlib import Path

import click

from tutor.console.arguments import FORMAT, OUT, TEMPLATES
from tutor.console.arguments import problem as problem_of
from tutor.console.outputs import Output, outputs_of, refuse, width, write
from tutor.errors import InputError, did_you_mean, quoted


@click.command("explain")
@click.argument("topic", metavar="TOPIC", default="summary")
@OUT
@FORMAT
@click.option("--problem", metavar="FILE", help="Numbers and pictures from this problem.")
@click.option("--notation", metavar="N", help="Name quantities as this course does.")
@click.option("--seed", type=click.IntRange(0), default=1, help="Another seed, other questions.")
@TEMPLATES
def command(
    topic: str,
    outputs: tuple[str, ...],
    format_: str | None,
    problem: str | None,
    notation: str | None,
    seed: int,
    templates: Path | None,
) -> None:
    """A chapter on TOPIC, with formulas, numbers, pictures and questions; "all" is the course.

    TOPIC is gradient-descent, delta-rule, stochastic, output-weights, hidden-weights,
    transfer-functions, saturation, losses, error-landscapes or summary.
    """
    wanted = outputs_of(outputs, format_, reads=(problem,))
    refuse("backprop explain", wanted, ("json",))
    from tutor.course.book import chapter, course
    from tutor.course.topics import TOPICS
    from tutor.pages.pdf import typst_pdf
    from tutor.pages.render import render_document, words_of

    if topic != "all" and topic not in TOPICS:
        raise InputError(
            "TOPIC", f"there is no chapter {quoted(topic)}", did_you_mean(topic, TOPICS)
        )
    words = words_of(templates)
    own = problem_of(problem, notation=notation) if problem else None
    if topic == "all":
        (first, naming), *parts = course(words, own, seed)
    else:
        (first, naming), *parts = chapter(topic, words, own, seed)

    def written(output: Output) -> str | bytes:
        pdf = output.format == "pdf"
        text = render_document(
            first,
            naming,
            "typst" if pdf else output.format,
            parts,
            templates=templates,
            colour=output.coloured,
            width=width(),
        )
        return typst_pdf(text) if pdf else text

    write(wanted, written)
