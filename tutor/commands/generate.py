"""``backprop generate``"""

from __future__ import annotations

from pathlib import Path

import click

from tutor.console.arguments import NOTATION
from tutor.console.recipes import CHANGES, changed_keys
from tutor.errors import InputError
from tutor.files import write_folder


@click.command("generate")
@click.argument("recipe", metavar="RECIPE", default="all-gradients")
@click.option("--seed", type=click.IntRange(0), default=1, help="Another seed, other numbers.")
@click.option("--count", type=int, default=1, help="How many problems, all equally hard.")
@click.option("-o", "--output", metavar="FOLDER", help="A file for each problem, in a new folder.")
@click.option("--explain", is_flag=True, help="Print what was measured on each problem.")
@CHANGES
@NOTATION
def command(
    recipe: str,
    seed: int,
    count: int,
    output: str | None,
    explain: bool,
    **options: str | None,
) -> None:
    """Draw problems whose numbers tell the known mistakes apart.

    RECIPE is a file, or the name of one that comes with the program (see: backprop list --recipes).
    """
    from tutor.practice.generate import MOST, Generator
    from tutor.practice.reading import load_recipe

    if not 1 <= count <= MOST:
        raise InputError("--count", f"{count} is no number of problems", f"write 1 to {MOST:,}")
    if output is None and count > 1:
        raise InputError("--count", "where the problems go is not said", "add -o FOLDER")
    drawn = load_recipe(recipe, changed_keys(options))
    found = Generator(drawn).problems(seed, count)
    wide = len(str(count))
    names = [f"{drawn.name}-{seed}-{n:0{wide}}.yaml" for n in range(1, count + 1)]
    if output is None:
        if not explain:
            click.echo(found[0].file(), nl=False)
    else:
        files = {name: one.file() for name, one in zip(names, found, strict=True)}
        write_folder(Path(output), files)
    if explain:
        for name, one in zip(names, found, strict=True):
            click.echo("\n".join((name, *(f"  {line}" for line in one.certificate.lines()))))
