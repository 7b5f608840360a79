"""``backprop plot``"""

from __future__ import annotations

from pathlib import Path

import click

from tutor.console.arguments import FILE, FORMAT, NOTATION, TEMPLATES, problem
from tutor.console.outputs import ENDINGS, PICTURES, outputs_of, refuse, width, write
from tutor.errors import InputError


@click.command("plot")
@click.argument("kind")
@FILE
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="OUT",
    help="An .svg or .png file has the pictures alone; .html, .pdf and the others the page.",
)
@click.option("--weight", "weights", multiple=True, metavar="W", help="By any name. Repeatable.")
@click.option("--range", "range_", metavar="A:B", help="Between which values a weight moves.")
@click.option("--seed", type=click.IntRange(0), help="Of what is shuffled or drawn.")
@click.option("--steps", type=click.IntRange(1, 10_000), help="How many updates a path has.")
@FORMAT
@NOTATION
@TEMPLATES
def command(
    kind: str,
    file: str,
    outputs: tuple[str, ...],
    weights: tuple[str, ...],
    range_: str | None,
    seed: int | None,
    steps: int | None,
    format_: str | None,
    notation: str | None,
    templates: Path | None,
) -> None:
    """Draw a picture of a problem, with the question before it and the numbers behind it.

    KIND is flow, slice, stochastic, saturation, vanishing, eta, surface or directions.
    """
    from tutor.pages.plots.kinds import KINDS, kind_of
    from tutor.plots.asked import ANY, range_of

    takes = kind_of(kind, "KIND").takes
    given = {
        "weights": weights != (),
        "range": range_ is not None,
        "seed": seed is not None,
        "steps": steps is not None,
    }
    for name in (name for name, told in given.items() if told):
        if name not in takes:
            others = ", ".join(sorted(key for key, row in KINDS.items() if name in row.takes))
            option = "--weight" if name == "weights" else f"--{name}"
            raise InputError(option, f"does not apply to {kind}", f"it is for {others}")
    ends = None if range_ is None else range_of(range_)
    endings = {end: name for end, name in (ENDINGS | PICTURES).items() if name != "json"}
    wanted = outputs_of(outputs, format_, endings, reads=(file,))
    refuse("backprop plot", wanted, ("json",))
    from tutor.plotting import plot

    asked = problem(file, notation=notation)
    drawn = plot(
        kind,
        asked,
        weights=weights,
        range=ends,
        seed=ANY.seed if seed is None else seed,
        steps=steps,
        templates=templates,
    )
    write(wanted, lambda output: drawn.rendered(output.format, output.coloured, width()))
