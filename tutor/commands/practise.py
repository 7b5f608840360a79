"""``backprop practise``"""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, BinaryIO

import click

from tutor.console.arguments import TEMPLATES
from tutor.console.outputs import width
from tutor.errors import InputError

if TYPE_CHECKING:
    from tutor.drill.session import Reply, Session
    from tutor.pages.words import Words

MOST_SEEDS = 10_000
LONGEST = 10_000
"""Bytes of one line; what is behind them is passed over."""
SHOWN = 200
"""Characters of a line that comes from no terminal and is shown."""
PROMPT = "> "
LEAVE = "q"


@click.command("practise")
@click.argument("recipe", metavar="[RECIPE]", default="")
@click.option("--mistake", metavar="ID", default="", help="Problems that show this mistake.")
@click.option("--list", "listing", is_flag=True, help="List the mistakes in plain words.")
@click.option("--seed", type=click.IntRange(0), help="The same seed, the same problems.")
@click.option("--count", type=click.IntRange(1), help="Leave after so many problems.")
@click.option("--new", is_flag=True, help="Do not offer to go on with an earlier session.")
@click.option("--notation", metavar="N", default="", help="Name quantities as this course does.")
@TEMPLATES
def command(
    recipe: str,
    mistake: str,
    listing: bool,
    seed: int | None,
    count: int | None,
    new: bool,
    notation: str,
    templates: Path | None,
) -> None:
    """Practise step by step: a number or an expression is typed, and is marked at once.

    RECIPE is a file, or the name of one that comes with the program (see: backprop list --recipes).
    """
    from tutor.drill import supply
    from tutor.drill.session import Session
    from tutor.drill.state import Request
    from tutor.pages.render import words_of

    words = words_of(templates)
    if listing:
        _list(words)
        return
    seed = 1 + secrets.randbelow(MOST_SEEDS) if seed is None else seed
    request = supply.settled(Request(recipe, seed, mistake, notation, count or 0))
    session = Session(request, words)
    _talk(session, _begin(session, new=new))


def _begin(session: Session, *, new: bool) -> Reply:
    """The first words, with those before them where an earlier session is damaged."""
    from tutor.drill import store

    try:
        kept = None if new else store.kept()
        try:
            return session.start(kept)
        except InputError:
            if kept is None:
                raise
            raise store.set_aside() from None
    except store.Damaged as damaged:
        path, aside = str(damaged.path), str(damaged.aside)
        return session.start().after("drill_set_aside", session.words, path=path, aside=aside)


def _talk(session: Session, reply: Reply) -> None:
    """Keep, print, read, until it is over."""
    from tutor.drill.printed import printed

    told = False
    while True:
        try:
            _keep(reply)
            if reply.over and reply.state:
                reply = reply.after("drill_kept", session.words)
        except InputError as error:
            if not told:
                reply = reply.after("drill_not_kept", session.words, why=str(error))
            told = True
        if reply.said:
            click.echo(printed(reply.said, reply.naming, width()))
        if reply.over or reply.state is None:
            return
        line = _read()
        reply = session.answer(reply.state, LEAVE if line is None else line)


def _keep(reply: Reply) -> None:
    """What can be taken up again; an offer leaves alone what is kept."""
    from tutor.drill.state import Phase
    from tutor.drill.store import keep

    state = reply.state
    if state is None or state.phase is not Phase.OFFER:
        keep(state if state and state.phase is Phase.ASK else None)


def _read() -> str | None:
    """A line; None at the end of the input and where it is interrupted."""
    from tutor.pages.escape import printable

    click.echo(PROMPT, nl=False)
    try:
        content = _line(sys.stdin.buffer) if sys.stdin else b""
    except KeyboardInterrupt:
        content = b""
    text = content.decode("utf-8", "replace").rstrip("\r\n")
    if not content or not sys.stdin.isatty():
        click.echo(printable(text[:SHOWN]))
    return text if content else None


def _line(stream: BinaryIO) -> bytes:
    """The begin of a line, which is read to its end."""
    begin = part = stream.readline(LONGEST)
    while len(part) == LONGEST and not part.endswith(b"\n"):
        part = stream.readline(LONGEST)
    return begin


def _list(words: Words) -> None:
    """Every mistake in plain words."""
    from tutor.drill.supply import USUAL
    from tutor.pages.causes import in_general
    from tutor.pages.plain import plain_sentence
    from tutor.practice.reading import load_recipe
    from tutor.solving import Solved
    from tutor.symbolic.mistakes import MISTAKES

    naming = Solved.of(load_recipe(USUAL).problem).naming
    wide = max(map(len, MISTAKES))
    for id in MISTAKES:
        means = plain_sentence(naming, in_general(id, words))
        first, rest = f"{id:{wide}}  ", " " * (wide + 2)
        click.echo(fill(means, width(), initial_indent=first, subsequent_indent=rest))
