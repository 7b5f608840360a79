"""Why a name cannot be asked: it names nothing, or nothing that the problem computes."""

from __future__ import annotations

from tutor.errors import did_you_mean, quoted
from tutor.problem.names import Names
from tutor.problem.occurs import absent
from tutor.problem.problem import Problem

LONGEST_ASKED = 60


def not_to_be_asked(text: str, names: Names, problem: Problem) -> tuple[str, str] | None:
    """What is wrong with a name, and what would be right; None where it can be asked."""
    found = names.find(text) if len(text) <= LONGEST_ASKED else None
    return absent(found.quantity, problem) if found else names_nothing(text, names)


def names_nothing(text: str, names: Names) -> tuple[str, str]:
    """That a name is unknown, and which one may be meant."""
    w = names.network.parameters[0].key
    j = names.network.layers[0].units[0]
    examples = f"names are like net_{j}, o_{j}, dE/d{w}, {w}_new"
    instead = did_you_mean(text, names.known(), otherwise=examples)
    return f"{quoted(text)} names nothing in this problem", instead
