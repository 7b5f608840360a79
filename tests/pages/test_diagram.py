"""The diagram: every label legible, for every shape, in every format."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import combinations, pairwise
from math import hypot
from pathlib import Path

import pytest
from tex import needs_tex, pdflatex

from tutor.pages.diagram import layout
from tutor.pages.diagram_svg import svg
from tutor.pages.diagram_text import text
from tutor.pages.diagram_tikz import tikz
from tutor.pages.drawing import Box, DiagramLabels, Drawing, Points
from tutor.pages.lettering import Text
from tutor.problem.glyph import Glyph
from tutor.symbolic.activations import Activation
from tutor.symbolic.network import Bias, Layer, Network, layer_names, unit_names
from tutor.symbolic.quantity import B, O, Quantity, W

SHAPES = [
    *((1, 1), (2, 2, 2), (3, 2, 1), (2, 3, 2), (3, 1, 4), (1, 4, 1), (1, 1, 1, 1)),
    *((5, 5, 5), (4, 4, 4, 4), (10, 1), (1, 10), (2,) * 11),
]
STYLES = {"numbers": "0.15", "signed": "-0.25", "named": "{} = -0.25", "none": ""}
HOSTILE = ["<script>1</script>", "]]>", r"\input{x}", "$%_&#^~{}", "\x00\x1b[31m\u202eb\ud800"]


def indexed(q: Quantity) -> Text:
    """Its name with indices above and below the line."""
    return Text.name(Glyph(q.kind.value[0], q.units, ("[2]",), q.key)).then(" = -0.25")


def network(shape: tuple[int, ...], bias: Bias = Bias.EACH) -> Network:
    names = layer_names(len(shape) - 1)
    sigmoid = Activation("sigmoid")
    layers = [
        Layer(name, unit_names(name, size), (sigmoid,) * size, bias)
        for name, size in zip(names, shape[1:], strict=True)
    ]
    return Network(unit_names("x", shape[0]), tuple(layers))


def drawing(shape: tuple[int, ...], bias: Bias, style: str) -> Drawing:
    net = network(shape, bias)
    parameters: dict[Quantity, str | Text] = {
        q: indexed(q) if style == "indexed" else STYLES[style].format(q.key) for q in net.parameters
    }
    units = {u: (u, "0.593270" if depth else "0.05") for u, (depth, _) in net.places.items()}
    return layout(net, DiagramLabels(parameters, units, dict.fromkeys(net.outputs, "t = 0.01")))


def hostile() -> Drawing:
    net = network((2, 1))
    parameters = dict(zip(net.parameters, HOSTILE, strict=False))
    units = {"x1": (HOSTILE[3], HOSTILE[2]), "y1": (HOSTILE[0], HOSTILE[4])}
    return layout(net, DiagramLabels(parameters, units, {"y1": HOSTILE[1]}))


def boxes(d: Drawing) -> list[Box]:
    labels = [part.label for part in d.parameters] + [node.beside for node in d.nodes]
    return [label.box for label in labels if label]


def overlap(a: Box, b: Box) -> bool:
    return from_box(a.x, a.y, Box(b.x, b.y, a.width + b.width, a.height + b.height)) == 0


def from_box(x: float, y: float, box: Box) -> float:
    """How far a point is from a box."""
    across, down = abs(x - box.x) - box.width / 2, abs(y - box.y) - box.height / 2
    return hypot(max(across, 0.0), max(down, 0.0))


def reaches(points: Points, box: Box, near: float) -> bool:
    """Whether a line comes this near to a box, tried at many places along it."""
    far = near + box.width / 2
    return any(
        from_box(x1 + (x2 - x1) * n / 60, y1 + (y2 - y1) * n / 60, box) <= near
        for (x1, y1), (x2, y2) in pairwise(points)
        if x1 - far <= box.x <= x2 + far
        for n in range(61)
    )


every_drawing = pytest.mark.parametrize(
    "d",
    [
        pytest.param(drawing(shape, bias, style), id=f"{'-'.join(map(str, shape))} {bias} {style}")
        for shape in SHAPES
        for bias in Bias
        for style in (*STYLES, "indexed")
    ],
)


@every_drawing
def test_nothing_overlaps(d: Drawing) -> None:
    assert not [pair for pair in combinations(boxes(d), 2) if overlap(*pair)]
    assert all(from_box(n.x, n.y, box) > n.radius for n in d.nodes for box in boxes(d))
    for a, b in combinations(d.nodes, 2):
        assert hypot(a.x - b.x, a.y - b.y) > a.radius + b.radius


@every_drawing
def test_everything_is_inside_the_picture(d: Drawing) -> None:
    circles = [Box(n.x, n.y, 2 * n.radius, 2 * n.radius) for n in d.nodes]
    for box in [*boxes(d), *circles, *(bias.frame for bias in d.biases if bias.frame)]:
        assert 0 <= box.x - box.width / 2 <= box.x + box.width / 2 <= d.width
        assert 0 <= box.y - box.height / 2 <= box.y + box.height / 2 <= d.height


@every_drawing
def test_a_unit_holds_its_texts(d: Drawing) -> None:
    for node in d.nodes:
        for box in (label.box for label in node.lines):
            assert hypot(box.width / 2, abs(box.y - node.y)) < node.radius


@every_drawing
def test_a_label_is_on_its_own_line_and_no_other_touches_it(d: Drawing) -> None:
    parts = d.parameters
    for part in parts:
        if part.label:
            at = part.label.box
            assert (at.y in [y for _, y in part.points[:-1]]) == bool(part.points)
            assert all(not reaches(other.points, at, 0) for other in parts if other is not part)


@every_drawing
def test_a_line_passes_the_units_that_it_does_not_join(d: Drawing) -> None:
    for edge in d.edges:
        for node in d.nodes:
            if node.unit not in (edge.sender, edge.receiver):
                middle = Box(node.x, node.y, 0, 0)
                assert not reaches(edge.points, middle, node.radius)


def test_a_small_network_fits_a_phone_with_readable_text() -> None:
    assert drawing((2, 2, 2), Bias.SHARED, "numbers").width <= 500  # 9 px type in 346 px


def test_the_same_network_is_drawn_the_same() -> None:
    first, second = (drawing((3, 4, 2), Bias.EACH, "named") for _ in range(2))
    assert first == second
    assert svg(first, title="", standalone=True) == svg(second, title="", standalone=True)


def test_quantities_without_text_show_their_names() -> None:
    shown = text(layout(network((1, 1)), DiagramLabels()))
    assert all(name in shown for name in ("x1", "y1", "w_y1_x1", "b_y1"))


def test_a_name_has_its_indices_above_and_below_the_line_but_not_in_a_terminal() -> None:
    d = drawing((2, 1), Bias.EACH, "indexed")
    root = ET.fromstring(svg(d, title="", standalone=True))
    names = [e for e in root.iter() if e.tag.endswith("}text") and "".join(e.itertext())[0] == "w"]
    runs = [[(r.text, r.get("dy")) for r in e if r.tag.endswith("}tspan")] for e in names]
    assert runs[0] == [("w", None), ("[2]", "-4"), ("y1,x1", "6"), (" = \N{MINUS SIGN}0.25", "-2")]
    assert r"\textit{w}\textsuperscript{[2]}\textsubscript{y1,x1} = " in tikz(d)
    assert "w_y1_x1 = \N{MINUS SIGN}0.25" in text(d)


def test_a_path_is_marked_by_thickness_in_every_format() -> None:
    path: frozenset[Quantity] = frozenset({W("h1", "x1"), O("h1"), B("h1")})
    d = layout(network((2, 2, 1)), DiagramLabels(), path)
    root = ET.fromstring(svg(d, title="", standalone=True))
    lit = {g.get("data-q") for g in root.iter() if "highlighted" in g.get("class", "")}
    assert lit == {"w_h1_x1", "o_h1", "b_h1"}
    thick = [e for e in root.iter() if e.get("stroke-width") == "3.5"]
    assert [e.tag.split("}")[-1] for e in thick] == ["polyline", "polyline", "circle"]
    assert tikz(d).count("[highlighted]") + tikz(d).count("line, highlighted]") == 3
    assert "*x1  w_h1_x1" in text(d)
    assert "┃ h1" in text(d)


@pytest.mark.parametrize("standalone", [True, False])
def test_hostile_text_is_text_in_svg(standalone: bool) -> None:
    page = svg(hostile(), title=HOSTILE[0], standalone=standalone)
    page.encode()
    root = ET.fromstring(page)
    tags = {e.tag.split("}")[-1] for e in root.iter()}
    assert tags <= {
        "div",
        "svg",
        "title",
        "desc",
        "style",
        "g",
        "rect",
        "polyline",
        "circle",
        "text",
    }
    words = {e.text for e in root.iter() if e.tag.split("}")[-1] == "text"}
    assert words >= set(HOSTILE[:4])


def test_hostile_text_is_no_command_in_tikz() -> None:
    source = tikz(hostile())
    assert r"\input" not in source
    assert "$%_" not in source
    assert r"\$\%\_\&\#" in source


@needs_tex
def test_pdflatex_compiles_it_without_a_warning(tmp_path: Path) -> None:
    pictures = [tikz(hostile()), tikz(drawing((2, 3, 2), Bias.SHARED, "named"))]
    body = "\n\n".join(rf"\noindent\resizebox{{\linewidth}}{{!}}{{{p}}}" for p in pictures)
    source = (
        rf"\documentclass{{article}}\usepackage{{tikz}}\begin{{document}}{body}\end{{document}}"
    )
    log = pdflatex(source, tmp_path)
    assert not [line for line in log.splitlines() if "Warning" in line or "Overfull" in line]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("shape", SHAPES)
def test_the_terminal_shows_every_number_in_80_columns(shape: tuple[int, ...], style: str) -> None:
    d = drawing(shape, Bias.EACH, style)
    shown = text(d)
    assert max(map(len, shown.splitlines())) <= 80
    labels = [part.label.text for part in d.parameters if part.label]
    assert all(shown.count(label) >= labels.count(label) for label in labels)
    assert "\x1b" not in text(hostile())
