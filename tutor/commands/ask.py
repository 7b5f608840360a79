"""``backprop ask``"""

from __future__ import annotations

from pathlib import Path

import click

from tutor.console.arguments import FORMAT, NOTATION, OUT, TEMPLATES
from tutor.console.outputs import Output, outputs_of, refuse, width, write
from tutor.console.recipes import CHANGES, changed_keys

KINDS = "compute, choose, factor, sign, most, true-or-stochastic or find-the-mistake."


@click.command("ask")
@click.argument("recipe", metavar="RECIPE", default="all-gradients")
@OUT
@FORMAT
@click.option("--kind", "question", metavar="KIND", help=KINDS)
@click.option("--seed", type=click.IntRange(0), default=1, help="Another seed, another question.")
@click.option("--key", is_flag=True, help="With the answer and its reasons.")
@CHANGES
@NOTATION
@TEMPLATES
def command(
    recipe: str,
    outputs: tuple[str, ...],
    format_: str | None,
    seed: int,
    key: bool,
    templates: Path | None,
    **options: str | None,
) -> None:
    """Print a question on a problem that is drawn from a RECIPE.

    RECIPE is a file, or the name of one that comes with the program.
    """
    wanted = outputs_of(outputs, format_, reads=(recipe,))
    refuse("backprop ask", wanted, ("json",))
    from tutor.pages.pdf import typst_pdf
    from tutor.pages.posed import question_page
    from tutor.pages.render import render_document, words_of
    from tutor.practice.generate import Generator
    from tutor.practice.posing.pose import pose
    from tutor.practice.reading import load_recipe

    drawn = load_recipe(recipe, changed_keys(options))
    (one,) = Generator(drawn).problems(seed, 1)
    posed = pose(one.problem, drawn.question, f"{drawn.name}/{seed}", drawn.digits)
    page = question_page(posed, words_of(templates), key=key)

    def written(output: Output) -> str | bytes:
        pdf = output.format == "pdf"
        text = render_document(
            page,
            posed.solved.naming,
            "typst" if pdf else output.format,
            templates=templates,
            colour=output.coloured,
            width=width(),
        )
        return typst_pdf(text) if pdf else text

    write(wanted, written)
