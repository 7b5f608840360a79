"""``backprop list``"""

from __future__ import annotations

import click


@click.command("list")
@click.option("--recipes", is_flag=True, help="The recipes, for backprop generate.")
def command(recipes: bool) -> None:
    """List the shipped problems."""
    from tutor.practice.reading import load_recipe, recipe_names
    from tutor.problem.shipped import load, names

    if recipes:
        rows = [(name, load_recipe(name).about) for name in recipe_names()]
    else:
        rows = [(name, load(name).title) for name in names()]
    width = max(len(name) for name, _ in rows)
    for name, about in rows:
        click.echo(f"{name:{width}}  {about}")
