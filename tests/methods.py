"""The wrong ways through a run, each worked out once: runs are kept for good."""

from __future__ import annotations

from random import Random

from tutor.symbolic.descent import Run
from tutor.symbolic.mistakes import MISTAKES, mistaken, tags
from tutor.symbolic.quantity import Quantity
from tutor.symbolic.step import Step
from tutor.symbolic.wrong.site import Variant

_TAGS: dict[tuple[int, str], tuple[str, ...]] = {}
_STEPS: dict[tuple[int, str, str], tuple[Step, ...]] = {}
_VARIANTS: dict[tuple[int, Quantity], tuple[tuple[str, Variant], ...]] = {}


def manners(solving: Run, mistake: str) -> tuple[str, ...]:
    """The tags of a mistake in a run."""
    key = id(solving), mistake
    if key not in _TAGS:
        _TAGS[key] = tags(solving, mistake)
    return _TAGS[key]


def wrong_steps(solving: Run, mistake: str, random: Random) -> tuple[Step, ...]:
    """A run with the mistake in a random manner; nothing where it cannot be made."""
    found = manners(solving, mistake)
    return steps_with(solving, mistake, random.choice(found)) if found else ()


def steps_with(solving: Run, mistake: str, tag: str) -> tuple[Step, ...]:
    """A run with the mistake in one manner."""
    key = id(solving), mistake, tag
    if key not in _STEPS:
        _STEPS[key] = mistaken(solving, mistake, tag)
    return _STEPS[key]


def variants(solving: Run, q: Quantity) -> tuple[tuple[str, Variant], ...]:
    """The wrong formulas of the step that defines a quantity, each with its mistake."""
    key = id(solving), q
    if key not in _VARIANTS:
        step = solving.by_quantity.get(q)
        _VARIANTS[key] = tuple(
            (mistake.id, variant)
            for mistake in MISTAKES.values()
            for variant in (mistake.rewrite(step, solving) if step else ())
        )
    return _VARIANTS[key]


def possible(solving: Run) -> list[str]:
    """The mistakes that can be made in a run."""
    return [mistake for mistake in MISTAKES if manners(solving, mistake)]
