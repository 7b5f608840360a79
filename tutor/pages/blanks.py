"""A worked solution with some lines left open."""

from __future__ import annotations

from dataclasses import replace

from tutor.pages.document import Block, Equation, Section
from tutor.problem.blanks import Blank
from tutor.symbolic.quantity import Quantity


def with_blanks(sections: tuple[Section, ...], blank: Blank) -> tuple[Section, ...]:
    """The same sections; an open line has its name and a place to write."""
    defined = [q for section in sections for b in section.blocks if (q := _defines(b))]
    still = iter(blank.open(defined))

    def opened(block: Block) -> Block:
        if not isinstance(block, Equation) or _defines(block) is None or not next(still):
            return block
        return replace(block, parts=block.parts[:1], note=(), blank=True)

    return tuple(replace(s, blocks=tuple(map(opened, s.blocks))) for s in sections)


def _defines(block: Block) -> Quantity | None:
    """What a worked line computes."""
    return block.defines if isinstance(block, Equation) and len(block.parts) > 1 else None
