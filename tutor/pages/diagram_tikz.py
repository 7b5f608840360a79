"""The drawing as a TikZ picture, for pdflatex with no package but tikz."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.pages.drawing import BiasMark, Box, Drawing, Label, Node
from tutor.pages.escape import latex_text
from tutor.pages.lettering import BASELINE, FONT, Run, Text

_POINT = 10 / FONT
_OPENING = rf"""\begin{{tikzpicture}}[x={_POINT:.4f}pt, y=-{_POINT:.4f}pt,
  every node/.style={{anchor=base, inner sep=1pt, font=\fontsize{{10}}{{12}}\selectfont}},
  halo/.style={{fill=white, inner xsep=2pt}},
  thin line/.style={{line width=0.5pt}},
  circle line/.style={{line width=0.8pt, fill=white}},
  highlighted/.style={{draw=tutoraccent, line width=2.2pt}},
  highlighted halo/.style={{halo, draw=tutoraccent, line width=0.6pt, rounded corners=2pt}}]
\definecolor{{tutoraccent}}{{RGB}}{{11,98,164}}"""


def tikz(drawing: Drawing) -> str:
    r"""The drawing as a ``tikzpicture`` in 10 pt type, to be put in a ``\resizebox``."""
    bounds = rf"\useasboundingbox (0,0) rectangle {_at(drawing.width, drawing.height)};"
    return "\n".join([_OPENING, bounds, *_parts(drawing), r"\end{tikzpicture}", ""])


def _parts(drawing: Drawing) -> Iterator[str]:
    """Frames, then lines, then circles, then labels: none is struck through by a later one."""
    for bias in drawing.biases:
        if bias.frame:
            yield _frame(bias, bias.frame)
    for part in drawing.parameters:
        if part.points:
            path = " -- ".join(_at(*point) for point in part.points)
            yield rf"\draw[{_line(part.highlighted)}] {path};"
    for node in drawing.nodes:
        yield from _unit(node)
    for part in drawing.parameters:
        if part.label:
            yield _words(part.label, _halo(part.highlighted))


def _frame(bias: BiasMark, box: Box) -> str:
    x, y, w, h = box.x, box.y, box.width / 2, box.height / 2
    style = f"{_line(bias.highlighted)}, dashed, rounded corners={w * _POINT:.1f}pt"
    return rf"\draw[{style}] {_at(x - w, y - h)} rectangle {_at(x + w, y + h)};"


def _unit(node: Node) -> Iterator[str]:
    style = "circle line, highlighted" if node.highlighted else "circle line"
    yield rf"\draw[{style}] {_at(node.x, node.y)} circle[radius={node.radius * _POINT:.2f}pt];"
    for label in (*node.lines, *filter(None, [node.beside])):
        yield _words(label, "")


def _line(highlighted: bool) -> str:
    return "highlighted" if highlighted else "thin line"


def _halo(highlighted: bool) -> str:
    return "highlighted halo" if highlighted else "halo"


def _words(label: Label, style: str) -> str:
    where = _at(label.box.x, label.box.y + BASELINE)
    return rf"\node[{style}] at {where} {{{lettered(label.words)}}};"


def lettered(words: Text) -> str:
    """A line of text with its indices."""
    return "".join(map(_run, words.runs))


_LEVELS = {-1: r"\textsubscript{%s}", 0: "%s", 1: r"\textsuperscript{%s}"}


def _run(run: Run) -> str:
    # The quote that LaTeX's default fonts lack becomes one that they have.
    text = latex_text(run.text.replace('"', "\N{RIGHT DOUBLE QUOTATION MARK}"))
    return _LEVELS[run.level] % (rf"\textit{{{text}}}" if run.italic else text)


def _at(x: float, y: float) -> str:
    return f"({x:.1f},{y:.1f})"
