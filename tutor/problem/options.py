"""What a command line changes in a problem."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from tutor.errors import Flaw, InputError, did_you_mean, quoted
from tutor.numeric.rounding import Digits, Rounding, parse_digits
from tutor.problem.asking import not_to_be_asked
from tutor.problem.names import Names
from tutor.problem.notation import NOTATIONS
from tutor.problem.problem import Problem


def changed(problem: Problem, **options: object) -> Problem:
    """The problem with what --notation, --round, --show and --ask say.

    Raises InputError for a value that means nothing.
    """
    if notation := cast("str | None", options.get("notation")):
        if notation not in NOTATIONS:
            what = f"{quoted(notation)} is no notation"
            raise InputError("--notation", what, did_you_mean(notation, NOTATIONS))
        problem = replace(problem, notation=notation)
    if rounding := cast("str | None", options.get("rounding")):
        carried = None if rounding.strip() == "none" else Rounding(_digits("--round", rounding))
        problem = replace(problem, rounding=carried)
    if show := cast("str | None", options.get("show")):
        problem = replace(problem, show=_digits("--show", show))
    if ask := cast("tuple[str, ...] | None", options.get("ask")):
        names = Names(problem.network, problem.names, problem.notation)
        wrong = (not_to_be_asked(name.strip(), names, problem) for name in ask)
        if flaws := [Flaw(0, 0, *reasons) for reasons in wrong if reasons]:
            raise InputError("--ask", flaws)
        problem = replace(problem, ask=ask)
    return problem


def _digits(option: str, text: str) -> Digits:
    digits = parse_digits(text)
    if digits is None:
        raise InputError(
            option, f"{quoted(text)} is no number of digits", "write 4 decimals or 4 figures"
        )
    return digits
