"""Stochastic and true gradient, from one arrow each to where many runs end."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.pages.document import Section
from tutor.pages.givens import Say
from tutor.pages.plots import escape, halving, pulls, routes, stable, turns
from tutor.plots.asked import Asked
from tutor.plots.descent import Descent
from tutor.plots.escape import escape_of
from tutor.plots.halving import halving_of
from tutor.plots.plane import pair_of, plane_of
from tutor.plots.pulls import pulls_of
from tutor.plots.routes import room_of, routes_of
from tutor.plots.stable import limits_of
from tutor.plots.turns import turns_of
from tutor.solving import Solved

WIDER = 1.7
"""room around the paths, so that the minimum is seen whole"""


def sections(solved: Solved, asked: Asked, say: Say) -> Iterator[Section]:
    """The arrows, the limit of short steps, what a step does to others, the ways down, how long
    a step may be, and a minimum that is left."""
    descent = Descent.of(solved, asked)
    land = descent.land
    joining = [land.parameters[n] for n in descent.moves.nonzero()[0]]
    pair = pair_of(solved, land, asked, joining)
    yield from pulls.sections(solved, land, pulls_of(land, pair, asked), say)
    yield from halving.sections(solved, descent, halving_of(descent), say)
    yield from turns.sections(solved, descent, turns_of(descent), say)
    ways = routes_of(descent)
    plane = plane_of(land, pair, *room_of(land, pair, [way.weights for way in ways.every], asked))
    yield from routes.sections(solved, descent, ways, plane, say)
    yield from stable.sections(solved, descent, limits_of(descent), say)
    if found := escape_of(descent, ways):
        paths = [ways.shuffles[:, found.left[0]], ways.every[-1].weights]
        plane = plane_of(land, pair, *room_of(land, pair, paths, asked, WIDER))
        yield from escape.sections(solved, descent, ways, found, plane, say)
