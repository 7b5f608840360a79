"""``backprop list``"""

from __future__ import annotations

import click


@click.command("list")
def command() -> None:
    """List the shipped problems."""
    from tutor.problem.shipped import load, names

    width = max(map(len, names()))
    for name in names():
        click.echo(f"{name:{width}}  {load(name).title}")
