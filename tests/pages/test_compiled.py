"""Pages as other programs see them: TeX, a browser, a PDF reader."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from itertools import count, islice
from pathlib import Path

import networks
import pypdf
import pytest
from tex import needs_tex, pdflatex

import tutor
from tutor.pages.options import Options
from tutor.pages.render import render, render_pdf
from tutor.problem.notation import NOTATIONS
from tutor.problem.options import changed
from tutor.problem.problem import Pattern, Problem
from tutor.problem.shipped import names

CHROMIUM = shutil.which("chromium")
QUIET = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
NOT_CLEAN = re.compile(r"^(Overfull|Underfull|LaTeX Warning|Package \w+ Warning).*", re.M)


def latex_complaints(source: str, folder: Path) -> list[str]:
    """What pdflatex warns about boxes, references and fonts."""
    return [match[0] for match in NOT_CLEAN.finditer(pdflatex(source, folder))]


@needs_tex
@pytest.mark.parametrize("name", names())
def test_pdflatex_compiles_every_problem_without_a_warning(name: str, tmp_path: Path) -> None:
    solution = tutor.solve(tutor.load(name))
    assert latex_complaints(render(solution, "latex", Options(derive=True)), tmp_path) == []


@needs_tex
@pytest.mark.parametrize("notation", NOTATIONS)
def test_pdflatex_compiles_every_notation_without_a_warning(notation: str, tmp_path: Path) -> None:
    solution = tutor.solve(changed(tutor.load("sse"), notation=notation))
    assert latex_complaints(render(solution, "latex"), tmp_path) == []


@needs_tex
def test_a_heading_and_its_question_stay_with_the_picture(tmp_path: Path) -> None:
    drawn = tutor.plot("surface", tutor.load("mazur"))
    pdflatex(str(drawn.rendered("latex")), tmp_path)
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "x.pdf").pages]
    (page,) = (page for page in pages if "Where descent ends" in page)
    assert "where each of 40 starts ends" in page


def large(sizes: tuple[int, ...], patterns: int = 1, **rest: object) -> Problem:
    """A network with a weight for every edge, and so many patterns."""
    network = networks.shape(sizes)
    texts = (f"{n * 37 % 199 / 100 - 1:.2f}" for n in count(1))
    parameters = dict(zip(network.parameters, texts, strict=False))
    shown = [
        Pattern(tuple(islice(texts, sizes[0])), tuple(islice(texts, sizes[-1])))
        for _ in range(patterns)
    ]
    return Problem(network, parameters, tuple(shown), learning_rate="0.5", **rest)  # type: ignore[arg-type]


LARGE = {
    "4-4-4-4": large((4, 4, 4, 4)),
    "14 patterns": large((2, 1), 14),
    "14 patterns in a batch": large((2, 1), 14, batch=True),
}


@needs_tex
@pytest.mark.parametrize("name", LARGE)
def test_pdflatex_breaks_long_tables_across_pages(name: str, tmp_path: Path) -> None:
    assert latex_complaints(render(tutor.solve(LARGE[name]), "latex"), tmp_path) == []


@pytest.mark.parametrize("width", [88, 60])
@pytest.mark.parametrize("name", LARGE)
def test_no_table_is_wider_than_the_terminal(name: str, width: int) -> None:
    page = render(tutor.solve(LARGE[name]), "text", width=width)
    rules = re.findall(r"^  -{2}[- ]*$", page, re.M)
    assert rules
    assert max(map(len, rules)) <= width


@pytest.mark.parametrize(("batch", "columns"), [(False, 2 * 14), (True, 2)])
def test_the_errors_of_many_patterns_are_all_there(*, batch: bool, columns: int) -> None:
    solution = tutor.solve(large((2, 1), 14, batch=batch, epochs=1 + (not batch)))
    cells = re.findall(r"^  (?:after update )?\d+ +([\d.e -]+)$", solution.to_text(), re.M)
    shown = [number for line in cells for number in line.split()]
    assert len(shown) == 14 * columns


@needs_tex
def test_a_latex_fragment_fits_into_somebody_elses_document(tmp_path: Path) -> None:
    fragment = render(tutor.solve(tutor.load("mazur")), "latex", fragment=True)
    packages = r"\usepackage[T1]{fontenc}\usepackage{amsmath,xcolor,graphicx,longtable,tikz}"
    source = rf"\documentclass{{article}}{packages}\begin{{document}}{fragment}\end{{document}}"
    assert latex_complaints(source, tmp_path) == []


@pytest.mark.parametrize("notation", NOTATIONS)
def test_every_notation_makes_a_tagged_pdf_with_its_title(notation: str) -> None:
    solution = tutor.solve(changed(tutor.load("sse"), notation=notation))
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(solution)))
    assert reader.metadata is not None
    assert reader.metadata.title == solution.problem.title
    assert "/StructTreeRoot" in reader.root_object


@needs_tex
def test_pdflatex_leaves_no_heading_alone_before_a_table(tmp_path: Path) -> None:
    latex_complaints(render(tutor.solve(tutor.load("softmax")), "latex"), tmp_path)
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "x.pdf").pages]
    (page,) = (page for page in pages if "Asked" in page)
    assert "Quantity" in page


def test_a_value_stays_on_the_line_of_its_numbers() -> None:
    solution = tutor.solve(tutor.load("mazur"))
    assert '~#m("= 0.082167041"' in render(solution, "typst")
    assert r"\penalty100 $\displaystyle {}= 0.082167041$" in render(solution, "latex")


def test_a_long_table_goes_on_on_the_next_page_of_a_pdf() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(tutor.solve(LARGE["4-4-4-4"]))))
    pages = [page.extract_text() for page in reader.pages]
    rows = [page.count("\n", page.index("Gradient")) for page in pages if "Gradient" in page]
    assert len(rows) == 2
    assert min(rows) > 3


def body_after_script(html: str, script: str, folder: Path, width: int = 360) -> str:
    """The body tag of a page, that many pixels wide, after a script has written to its data."""
    page = html.replace("</body>", f"<script>{script}</script></body>")
    (folder / "inner.html").write_text(page, encoding="utf-8")
    copy = (
        "setTimeout(() => { const b = document.querySelector('iframe').contentDocument.body;"
        " Object.assign(document.body.dataset, b.dataset); }, 1500)"
    )
    frame = f'<iframe src="inner.html" width="{width}" height="600"></iframe>'
    outer = folder / "x.html"
    outer.write_text(f"<!DOCTYPE html><body>{frame}<script>{copy}</script></body>")
    done = subprocess.run(
        [
            *(str(CHROMIUM), *QUIET, f"--user-data-dir={folder / 'profile'}"),
            *("--allow-file-access-from-files", "--virtual-time-budget=5000", "--dump-dom"),
            outer.as_uri(),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    body = re.search(r"<body[^>]*>", done.stdout)
    assert body is not None
    return body[0]


MEASURE = """
addEventListener("load", () => document.fonts.ready.then(() => {
  const wide = [...document.querySelectorAll("main *")].filter(e =>
    !e.closest("svg, .scroll, .network") && e.getBoundingClientRect().right > innerWidth + 1);
  document.body.dataset.wide = wide.length;
  document.body.dataset.font = document.fonts.check('16px "STIX Two Math subset"', "∂");
}));
"""

POINT = """
addEventListener("load", () => {
  const there = document.querySelector('math [data-q="o_h1"]');
  there.dispatchEvent(new PointerEvent("pointerover", {bubbles: true}));
  const lit = [...document.querySelectorAll(".lit")];
  document.body.dataset.lit = lit.every(e => e.dataset.q === "o_h1") && lit.length > 3;
  document.body.dataset.drawn = lit.filter(e => e.closest("svg")).length;
});
"""


@pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")
@pytest.mark.parametrize("name", ["mazur", "softmax", "two-patterns-batch", "given"])
def test_nothing_sticks_out_of_a_narrow_page(name: str, tmp_path: Path) -> None:
    html = render(tutor.solve(tutor.load(name)), "html", Options(derive=True))
    body = body_after_script(html, MEASURE, tmp_path)
    assert 'data-wide="0"' in body
    assert 'data-font="true"' in body


UNFOLD = """
document.querySelectorAll("details").forEach(e => { e.open = true; });
document.body.dataset.cut = [...document.querySelectorAll("caption")]
  .filter(e => e.getBoundingClientRect().right > innerWidth).length;
"""


@pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")
def test_a_long_caption_can_be_read_on_a_narrow_page(tmp_path: Path) -> None:
    html = tutor.plot("slice", tutor.load("mazur")).to_html()
    assert 'data-cut="0"' in body_after_script(html, UNFOLD, tmp_path)


@pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")
def test_a_printed_page_keeps_a_question_with_its_picture(tmp_path: Path) -> None:
    page, pdf = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(tutor.plot("surface", tutor.load("mazur")).to_html(), encoding="utf-8")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = (str(CHROMIUM), *QUIET, profile, f"--print-to-pdf={pdf}", page.as_uri())
    subprocess.run(command, capture_output=True, check=True)
    pages = [one.extract_text() for one in pypdf.PdfReader(pdf).pages]
    (found,) = (text for text in pages if "Where descent ends" in text)
    assert "where each of 40 starts ends" in found


@pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")
def test_pointing_at_a_quantity_lights_it_up_in_formulas_and_diagram(tmp_path: Path) -> None:
    body = body_after_script(tutor.solve(tutor.load("mazur")).to_html(), POINT, tmp_path)
    assert 'data-lit="true"' in body
    assert 'data-drawn="1"' in body


def test_a_page_asks_nobody_for_anything() -> None:
    html = render(tutor.solve(tutor.load("mazur")), "html")
    sources = re.findall(r"""(?:src|href)=["']?([^"'> ]+)|url\(([^)]{0,40})""", html)
    assert [a or b for a, b in sources if not (a or b).startswith("data:")] == []
