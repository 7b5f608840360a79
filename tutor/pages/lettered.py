"""Formulas as the lettering of a picture: plain text whose indices stand below and above."""

from __future__ import annotations

import re

from tutor.pages.lettering import Run, Text, clean
from tutor.pages.plain import Plain
from tutor.problem.glyph import Glyph
from tutor.problem.naming import Naming
from tutor.symbolic.formula import Formula
from tutor.symbolic.quantity import ALWAYS, At

_BELOW, _ABOVE, _END = "\ue000", "\ue001", "\ue002"
_RUN = re.compile(f"([{_BELOW}{_ABOVE}])(.*?){_END}")
_LEVELS = {_BELOW: -1, _ABOVE: 1}


class _Lettered(Plain):
    """Plain text with marks around what is raised or lowered."""

    minus = minus_sign = "\N{MINUS SIGN}"

    def superscript(self, x: str, n: str) -> str:
        return f"{x}{_ABOVE}{n}{_END}"

    def glyph(self, glyph: Glyph) -> str:
        above = ",".join((*glyph.sup, glyph.new) if glyph.new else glyph.sup)
        below = ",".join(glyph.sub)
        raised = f"{_ABOVE}{above}{_END}" if above else ""
        return glyph.base + raised + (f"{_BELOW}{below}{_END}" if below else "")


def lettered(naming: Naming, formula: Formula, at: At = ALWAYS) -> Text:
    """A formula as one line of a picture."""
    runs: list[Run] = []
    marked = _Lettered(naming, at).write(formula)
    done = 0
    for found in _RUN.finditer(marked):
        runs += [Run(clean(marked[done : found.start()])), Run(clean(found[2]), _LEVELS[found[1]])]
        done = found.end()
    runs.append(Run(clean(marked[done:])))
    plain = Plain(naming, at).write(formula)
    return Text(tuple(run for run in runs if run.text), clean(plain))
