"""``backprop key``"""

from __future__ import annotations

from pathlib import Path

import click

from tutor.console.arguments import FORMAT, OUT, TEMPLATES
from tutor.console.outputs import Output, outputs_of, refuse, write


@click.command("key")
@click.argument("code", metavar="CODE")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The exam's folder; the current one unless given.",
)
@OUT
@FORMAT
@TEMPLATES
def command(
    code: str,
    folder: Path,
    outputs: tuple[str, ...],
    format_: str | None,
    templates: Path | None,
) -> None:
    """The worked solutions of the paper with this CODE, where the lecturer's folder is."""
    wanted = outputs_of(outputs, format_)
    refuse("backprop key", wanted, ("json", "typst"))
    from tutor.papers.printing import printed
    from tutor.papers.run import paper_of

    one = paper_of(folder, code)

    def page(output: Output) -> str | bytes:
        return dict(printed(one, "keys", [output.format], templates))[output.format]

    write(wanted, page)
