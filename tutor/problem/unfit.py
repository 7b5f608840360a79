"""Why a text cannot be the name of a quantity: what is written with it could not be read back."""

from __future__ import annotations

import re

LONGEST_NAME = 30
FUNCTIONS = ("e", "exp", "ln", "log", "sqrt", "max", "min", "tanh", "sigmoid")
_RULES: tuple[tuple[str, str], ...] = (
    (r"[-+\u2212.\d].*", "a name does not begin like a number"),
    (r".*\[(?:update |, pattern |[\d.])*\]", "[1] at the end says which update is meant"),
    (r".*_new", "_new at the end says that it is a new value"),
    (
        r".*[-+\u2212*/\u00b7\u22c5\u00d7\u00f7=<>()^|].*",
        "a name has no signs of arithmetic; letters, digits and _ will do",
    ),
    ("|".join(FUNCTIONS), "in a formula it is a function or a number"),
)


def unfit(name: str) -> str:
    """What is wrong with a name; empty where nothing is."""
    if not 0 < len(name) <= LONGEST_NAME:
        return f"a name has 1 to {LONGEST_NAME} characters"
    if not name.isprintable() or not any(map(str.isalpha, name)):
        return "a name has letters, and nothing that cannot be seen"
    return next((why for pattern, why in _RULES if re.fullmatch(pattern, name)), "")
