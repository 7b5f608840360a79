"""The problems of a session: from a recipe, and for one mistake from a recipe that shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from tutor.drill.state import Request
from tutor.errors import InputError, did_you_mean
from tutor.practice.generate import MOST, Generated, Generator
from tutor.practice.reading import load_recipe, recipe_names
from tutor.practice.recipe import Ask, Recipe
from tutor.symbolic.mistakes import MISTAKES

USUAL = "hidden-weight"
"""The recipe that is taken where none is named."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is measured on a problem for one mistake: at these digits it comes to numbers of its
    own, apart from the right ones and from those of every other mistake that shows."""

    digits: str
    others: tuple[str, ...]
    """mistakes that no numbers of the recipe tell from it"""


def settled(request: Request) -> Request:
    """The request with a recipe that can meet it.

    Raises InputError where there is no such mistake or recipe, or the recipe does not show it.
    """
    id = request.mistake
    if id and id not in MISTAKES:
        instead = did_you_mean(id, MISTAKES, "backprop practise --list shows them")
        raise InputError("--mistake", f"there is no mistake {id}", instead)
    if request.recipe:
        _check(request)
        return request
    for name in dict.fromkeys((USUAL, *recipe_names())):
        found = replace(request, recipe=name)
        if _computes(_recipe(found)) and (not id or _shows(found)):
            return found
    what = f"no recipe that comes with the program shows {id}"
    raise InputError("--mistake", what, "name a recipe of your own")


def _check(request: Request) -> None:
    if not _computes(_recipe(request)):
        raise InputError(request.recipe, "nothing is computed here", "name another recipe")
    if request.mistake and not _shows(request):
        shown = ", ".join(_generator(request).search.shown)
        what = f"its problems do not show {request.mistake}"
        raise InputError(request.recipe, what, f"they show {shown}")


def problem(request: Request, number: int) -> Generated:
    """One problem of a settled request, the first has number 1.

    Raises InputError where there are no more.
    """
    if number > MOST:
        raise InputError(request.recipe, f"a set has at most {MOST:,} problems", "use another seed")
    return _problems(request, number)[-1]


def shown(request: Request) -> Shown:
    """What holds of every problem of a request for one mistake."""
    generator = _generator(request)
    pairs = generator.search.inseparable
    others = (other for pair in pairs if request.mistake in pair for other in pair)
    return Shown(
        str(generator.recipe.digits),
        tuple(dict.fromkeys(other for other in others if other != request.mistake)),
    )


@cache
def _recipe(request: Request) -> Recipe:
    changes = {"notation": request.notation} if request.notation else {}
    return load_recipe(request.recipe, changes)


@cache
def _generator(request: Request) -> Generator:
    return Generator(_recipe(request))


def _problems(request: Request, count: int) -> list[Generated]:
    return _generator(request).problems(request.seed, count)


def _computes(recipe: Recipe) -> bool:
    return recipe.question is Ask.COMPUTE


def _shows(request: Request) -> bool:
    """Whether every problem of the recipe shows the mistake."""
    generator = _generator(request)
    can = (manner.id for manner in generator.exercise.manners)
    return request.mistake in can and request.mistake in generator.search.shown
