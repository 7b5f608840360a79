"""What a session says, as text of a terminal's width."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tutor.pages.canvas import Canvas
from tutor.pages.diagram_text import text as drawn
from tutor.pages.document import Block, Document, Picture, Section
from tutor.pages.render import render_document
from tutor.pages.terminal import width_of
from tutor.problem.naming import Naming

Said = Block | Section


def printed(said: Iterable[Said], naming: Naming, width: int) -> str:
    """Blocks and sections as text; a drawing that is too wide is left out."""
    sections = (one if isinstance(one, Section) else Section((), (one,)) for one in said)
    fitting = (replace(s, blocks=tuple(b for b in s.blocks if _fits(b, width))) for s in sections)
    page = Document("", "", "", tuple(fitting))
    return render_document(page, naming, "text", fragment=True, width=width)


def _fits(block: Block, width: int) -> bool:
    if not isinstance(block, Picture) or isinstance(block.drawing, Canvas):
        return True
    return max(map(width_of, drawn(block.drawing).splitlines()), default=0) <= width
