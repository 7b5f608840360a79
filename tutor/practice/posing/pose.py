"""A question of any kind on a problem."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tutor.numeric.rounding import Digits
from tutor.practice.posing.choice import choice
from tutor.practice.posing.compute import compute
from tutor.practice.posing.factor import factor
from tutor.practice.posing.find import find
from tutor.practice.posing.first_step import first_step
from tutor.practice.posing.most import most
from tutor.practice.posing.posed import Posed, Unposable
from tutor.practice.posing.signs import signs
from tutor.practice.recipe import Ask
from tutor.problem.problem import Problem
from tutor.solving import Solved

KINDS: Mapping[Ask, Callable[[Solved, str], Posed]] = {
    Ask.COMPUTE: compute,
    Ask.CHOOSE: choice,
    Ask.FACTOR: factor,
    Ask.SIGN: signs,
    Ask.MOST: most,
    Ask.TRUE: first_step,
    Ask.FIND: find,
}


def pose(problem: Problem, ask: Ask, stream: str, digits: Digits) -> Posed:
    """The question, with numbers shown in these digits; the same for the same stream.

    Raises Unposable where the problem has no clear answer to it, whatever the stream.
    """
    return KINDS[ask](Solved.of(replace(problem, show=digits)), stream)


def refusal(problem: Problem, ask: Ask, digits: Digits) -> str:
    """Why a question of this kind cannot be posed; nothing where it can, as computing always is."""
    if ask is not Ask.COMPUTE:
        try:
            pose(problem, ask, "", digits)
        except Unposable as error:
            return error.why
    return ""
