"""The drawing as SVG: part of a page that has its own colours, or alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from tutor.pages.drawing import BiasMark, Drawing, Edge, Label, Node
from tutor.pages.lettering import BASELINE, FONT, SMALLER, Text


@dataclass(frozen=True, slots=True)
class _Look:
    """Colours and type."""

    ink: str
    paper: str
    accent: str
    fonts: str


_PAGE = _Look("var(--ink, #222)", "var(--paper, #fff)", "var(--accent, #0b62a4)", "sans-serif")
_ALONE = _Look("#222", "#fff", "#0b62a4", "New Computer Modern, Libertinus Serif, sans-serif")
_LEAST = 8 / FONT
"""how far a narrow page may shrink the text; from there on the drawing scrolls"""
_STYLE = "<style>@media screen{.network>svg{min-width:var(--least)}}</style>"


def svg(drawing: Drawing, *, title: str, standalone: bool) -> str:
    """The drawing as ``<svg>``; for a page in a ``<div class="network">`` that can scroll.

    Every part carries its key in ``data-q``. A page sets --ink, --paper and --accent.
    """
    look = _ALONE if standalone else _PAGE
    width, height = _n(drawing.width), _n(drawing.height)
    size = f'viewBox="0 0 {width} {height}" width="{width}"'
    inside = [
        f"<title>{_text(title)}</title>",
        f"<desc>{_text('; '.join(_description(drawing)))}</desc>",
        *_parts(drawing, look),
    ]
    type_ = f'font-family="{look.fonts}" font-size="{_n(FONT)}" text-anchor="middle"'
    if standalone:
        xmlns = 'xmlns="http://www.w3.org/2000/svg"'
        back = f'<rect width="{width}" height="{height}" fill="{look.paper}"/>'
        opening = f'<svg {xmlns} {size} height="{height}" role="img" {type_}>'
        return "\n".join([opening, *inside[:2], back, *inside[2:], "</svg>\n"])
    style = f"max-width:100%;height:auto;--least:{_n(drawing.width * _LEAST)}px"
    opening = f'<svg {size} style="{style}" role="img" {type_}>'
    return "\n".join(
        [
            '<div class="network" style="overflow-x:auto">',
            opening,
            *inside,
            _STYLE,
            "</svg>",
            "</div>",
        ]
    )


def _description(drawing: Drawing) -> Iterator[str]:
    """Each part in a few words for those who listen."""
    for node in drawing.nodes:
        yield " ".join(label.text for label in (*node.lines, *filter(None, [node.beside])))
    for edge in drawing.edges:
        yield f"{edge.sender} → {edge.receiver}: {edge.label.text if edge.label else ''}"
    for bias in drawing.biases:
        yield f"{bias.label.text} → {', '.join(bias.units)}"


def _parts(drawing: Drawing, look: _Look) -> Iterator[str]:
    """Frames, then lines, then circles, then labels: none is struck through by a later one."""
    for bias in drawing.biases:
        yield from _frame(bias, look)
    for part in drawing.parameters:
        yield from _line(part, look)
    for node in drawing.nodes:
        yield _circle(node, look)
    for part in drawing.parameters:
        if part.label:
            boxed = _boxed(part.label, part.highlighted, look)
            yield _group(f"{_kind(part)} label", part, boxed)


def _frame(bias: BiasMark, look: _Look) -> Iterator[str]:
    if box := bias.frame:
        where = f'x="{_n(box.x - box.width / 2)}" y="{_n(box.y - box.height / 2)}"'
        size = f'width="{_n(box.width)}" height="{_n(box.height)}" rx="{_n(box.width / 2)}"'
        pen = _pen(bias.highlighted, look, thin="1")
        shape = f'<rect {where} {size} fill="none" stroke-dasharray="4 3" {pen}/>'
        yield _group("bias frame", bias, shape)


def _line(part: Edge | BiasMark, look: _Look) -> Iterator[str]:
    if part.points:
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in part.points)
        pen = _pen(part.highlighted, look, thin="1")
        yield _group(_kind(part), part, f'<polyline points="{points}" fill="none" {pen}/>')


def _kind(part: Edge | BiasMark) -> str:
    return "edge" if isinstance(part, Edge) else "bias"


def _circle(node: Node, look: _Look) -> str:
    where = f'cx="{_n(node.x)}" cy="{_n(node.y)}" r="{_n(node.radius)}"'
    pen = _pen(node.highlighted, look, thin="1.5")
    texts = "".join(_words(label, look) for label in (*node.lines, *filter(None, [node.beside])))
    shape = f'<circle {where} fill="{look.paper}" {pen}/>{texts}'
    return _group(f"unit {node.role}", node, shape, f' data-unit="{_text(node.unit)}"')


def _pen(highlighted: bool, look: _Look, *, thin: str) -> str:
    if highlighted:
        return f'stroke="{look.accent}" stroke-width="3.5"'
    return f'stroke="{look.ink}" stroke-width="{thin}"'


def _boxed(label: Label, highlighted: bool, look: _Look) -> str:
    """A text on paper of its own, so that no line runs through it."""
    box = label.box
    where = f'x="{_n(box.x - box.width / 2)}" y="{_n(box.y - box.height / 2)}"'
    border = f' stroke="{look.accent}" stroke-width="1"' if highlighted else ""
    size = f'width="{_n(box.width)}" height="{_n(box.height)}" rx="3"'
    return f'<rect {where} {size} fill="{look.paper}"{border}/>{_words(label, look)}'


def _words(label: Label, look: _Look) -> str:
    where = f'x="{_n(label.box.x)}" y="{_n(label.box.y + BASELINE)}"'
    return f'<text {where} fill="{look.ink}">{"".join(runs(label.words))}</text>'


_SHIFT = {-1: 2.0, 0: 0.0, 1: -4.0}
"""How far below the line letters stand."""


def runs(words: Text) -> Iterator[str]:
    """The letters, each run moved from where the one before stood."""
    below = 0.0
    for run in words.runs:
        slant = ' font-style="italic"' if run.italic else ""
        size = f' font-size="{_n(FONT * SMALLER)}"' if run.level else ""
        move = f' dy="{_n(_SHIFT[run.level] - below)}"' if _SHIFT[run.level] != below else ""
        below = _SHIFT[run.level]
        style = slant + size + move
        yield f"<tspan{style}>{_text(run.text)}</tspan>" if style else _text(run.text)


def _group(kind: str, part: Edge | Node | BiasMark, inside: str, more: str = "") -> str:
    lit = " highlighted" if part.highlighted else ""
    return f'<g class="{kind}{lit}" data-q="{_text(part.key)}"{more}>{inside}</g>'


def _text(text: str) -> str:
    return escape(text, quote=True)


def _n(x: float) -> str:
    return f"{x:.1f}".removesuffix(".0")
