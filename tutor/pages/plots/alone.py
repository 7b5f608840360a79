"""The pictures of a page alone, one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from tutor.pages.canvas import COLOURS
from tutor.pages.canvas_svg import FONTS
from tutor.pages.document import Album, Block, Document, Live, Picture, Sentence
from tutor.pages.formats import drawn_svg
from tutor.pages.lettering import FONT
from tutor.pages.plain import plain_sentence
from tutor.problem.naming import Naming

_GAP, _TITLE = 12.0, 26.0


def svg(document: Document, naming: Naming) -> str:
    """All pictures as one SVG; steps have their titles above them."""
    parts: list[str] = []
    height = width = 0.0
    blocks = [block for section in document.sections for block in section.blocks]
    for title, picture in _pictures(blocks, ()):
        drawing, caption = picture.drawing, plain_sentence(naming, picture.caption)
        height += _GAP if parts else 0.0
        if title:
            said = escape(plain_sentence(naming, title))
            ink = f'x="4" y="{height + 16:.1f}" font-size="{FONT:g}" fill="{COLOURS["ink"]}"'
            parts.append(f'<text {ink} font-weight="bold" font-family="{FONTS}">{said}</text>')
            height += _TITLE
        whole = drawn_svg(drawing, caption, standalone=True)
        parts.append(whole.replace("<svg ", f'<svg y="{height:.1f}" ', 1))
        height, width = height + drawing.height, max(width, drawing.width)
    back = f'<rect width="{width:.1f}" height="{height:.1f}" fill="{COLOURS["paper"]}"/>'
    size = f'viewBox="0 0 {width:.1f} {height:.1f}" width="{width:.1f}" height="{height:.1f}"'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return "\n".join([opening, back, *parts, "</svg>", ""])


def _pictures(blocks: Sequence[Block], title: Sentence) -> Iterator[tuple[Sentence, Picture]]:
    """Every picture that is printed, with the title of its step."""
    for block in blocks:
        match block:
            case Picture():
                yield title, block
            case Live():
                yield from _pictures(block.blocks, title)
            case Album():
                for name, inside in block.printed:
                    yield from _pictures(inside, name if block.turns else title)
            case _:
                pass
