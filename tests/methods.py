"""The wrong ways through a run, each worked out once: runs are kept for good."""

from __future__ import annotations

from random import Random

from tutor.symbolic.descent import Run
from tutor.symbolic.mistakes import MISTAKES, mistaken, tags
from tutor.symbolic.step import Step

_TAGS: dict[tuple[int, str], tuple[str, ...]] = {}
_STEPS: dict[tuple[int, str, str], tuple[Step, ...]] = {}


def manners(solving: Run, mistake: str) -> tuple[str, ...]:
    """The tags of a mistake in a run."""
    key = id(solving), mistake
    if key not in _TAGS:
        _TAGS[key] = tags(solving, mistake)
    return _TAGS[key]


def wrong_steps(solving: Run, mistake: str, random: Random) -> tuple[Step, ...]:
    """A run with the mistake in a random manner; nothing where it cannot be made."""
    found = manners(solving, mistake)
    if not found:
        return ()
    key = id(solving), mistake, random.choice(found)
    if key not in _STEPS:
        _STEPS[key] = mistaken(solving, *key[1:])
    return _STEPS[key]


def possible(solving: Run) -> list[str]:
    """The mistakes that can be made in a run."""
    return [mistake for mistake in MISTAKES if manners(solving, mistake)]
