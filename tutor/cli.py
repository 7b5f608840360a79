"""The command ``backprop``."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import click

import tutor.commands
from tutor.console.friendly import Friendly

ALIASES = {"practice": "practise"}


class Commands(Friendly):
    """Every file in the folder of commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(module.name for module in iter_modules(tutor.commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        cmd_name = ALIASES.get(cmd_name, cmd_name)
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(f"tutor.commands.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="backprop-tutor", message="%(version)s")
def main() -> None:
    """Worked solutions of back-propagation by hand.

    FILE is a problem file, or the name of a shipped problem (see: backprop list).
    """
