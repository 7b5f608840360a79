"""A step-by-step tutor for computing back-propagation by hand.

>>> import tutor
>>> solution = tutor.solve(tutor.load("mazur"))
>>> round(solution["dE/dw_y1_h1"], 9)
0.082167041
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.errors import InputError
    from tutor.plotting import Plot, plot
    from tutor.practice.generate import generate
    from tutor.problem.problem import Problem
    from tutor.problem.shipped import load
    from tutor.solution import Solution, solve
    from tutor.working import MarkedWorking, mark

__version__ = "0.1.0"
__all__ = [
    "InputError",
    "MarkedWorking",
    "Plot",
    "Problem",
    "Solution",
    "generate",
    "load",
    "mark",
    "plot",
    "solve",
]

_HOMES = {
    "InputError": "tutor.errors",
    "MarkedWorking": "tutor.working",
    "Plot": "tutor.plotting",
    "Problem": "tutor.problem.problem",
    "Solution": "tutor.solution",
    "generate": "tutor.practice.generate",
    "load": "tutor.problem.shipped",
    "mark": "tutor.working",
    "plot": "tutor.plotting",
    "solve": "tutor.solution",
}


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: sympy takes a third of a second."""
    if name not in _HOMES:
        raise AttributeError(f"module 'tutor' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
