"""The drawing for a terminal: a box for each unit, with what comes into it line by line."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from tutor.pages.drawing import Drawing, Node

_LIGHT, _HEAVY = tuple("┌┐├┤└┘─│"), tuple("┏┓┣┫┗┛━┃")
_STAR = "*"

Block = list[str]
"""lines of one width"""


def text(drawing: Drawing, *, width: int = 80) -> str:
    """Layers beside each other, or below each other where that is wider than ``width``.

    A highlighted unit has a heavy border, a highlighted weight or bias a star.
    """
    layers = [
        _boxes([_unit(node, drawing) for node in nodes])
        for _, nodes in groupby(drawing.nodes, key=lambda node: node.x)
    ]
    across = _beside([_below(boxes) for boxes in layers], " ─▶ ")
    lines = across if _width(across[0]) <= width else _stacked(layers, width)
    return "\n".join(line.rstrip() for line in lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Unit:
    """What a box says: a unit's name and value, then each sender with its weight, its bias."""

    head: str
    rows: Block
    border: tuple[str, ...]


def _unit(node: Node, drawing: Drawing) -> _Unit:
    names = {n.unit: n.lines[0].text if n.lines else n.unit for n in drawing.nodes}
    rows = [
        (edge.highlighted, names[edge.sender], edge.label.text if edge.label else "")
        for edge in drawing.edges
        if edge.receiver == node.unit
    ]
    rows += [(b.highlighted, "+", b.label.text) for b in drawing.biases if node.unit in b.units]
    column = max((_width(name) for _, name, _ in rows), default=0)
    labels = (*node.lines, *filter(None, [node.beside]))
    return _Unit(
        " " + "  ".join(label.text for label in labels),
        [f"{_STAR if lit else ' '}{_pad(name, column)}  {label}" for lit, name, label in rows],
        _HEAVY if node.highlighted else _LIGHT,
    )


def _boxes(units: list[_Unit]) -> list[Block]:
    """Boxes of one width."""
    inside = 1 + max(_width(line) for unit in units for line in (unit.head, *unit.rows))
    return [_box(unit, inside) for unit in units]


def _box(unit: _Unit, inside: int) -> Block:
    nw, ne, w, e, sw, se, flat, up = unit.border
    head, *rows = (f"{up}{_pad(line, inside)}{up}" for line in (unit.head, *unit.rows))
    line = flat * inside
    middle = [f"{w}{line}{e}"] if rows else []
    return [f"{nw}{line}{ne}", head, *middle, *rows, f"{sw}{line}{se}"]


def _below(blocks: list[Block]) -> Block:
    return [line for block in blocks for line in block]


def _beside(blocks: list[Block], arrow: str) -> Block:
    """Blocks from left to right, each in the middle of the height, an arrow between them."""
    height = max(map(len, blocks))
    gaps = [arrow if n == height // 2 else " " * len(arrow) for n in range(height)]
    rows = zip(*(_centred(block, height) for block in blocks), strict=True)
    return [gap.join(row) for gap, row in zip(gaps, rows, strict=True)]


def _centred(block: Block, height: int) -> Block:
    blank = [" " * _width(block[0])]
    above = (height - len(block)) // 2
    return blank * above + block + blank * (height - len(block) - above)


def _stacked(layers: list[list[Block]], width: int) -> Block:
    """Layers below each other, each in as many rows of boxes as it needs."""
    lines: Block = []
    for boxes in layers:
        lines += ["   ▼"] if lines else []
        fit = max(1, (width + 2) // (_width(boxes[0][0]) + 2))
        row = ceil(len(boxes) / ceil(len(boxes) / fit))
        for n in range(0, len(boxes), row):
            lines += _beside(boxes[n : n + row], "  ")
    return lines


def _pad(line: str, width: int) -> str:
    return line + " " * (width - _width(line))


def _width(line: str) -> int:
    """Columns of a terminal."""
    shown = (c for c in line if not unicodedata.combining(c))
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in shown)
