"""Text from a problem file stays text in every format."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pypdf
import pytest
from tex import needs_tex, pdflatex

import tutor
from tutor.pages.escape import latex_text
from tutor.pages.render import render, render_pdf
from tutor.problem.file import parse
from tutor.solution import Solution

HOSTILE = [
    "<script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    r"\input{/etc/passwd}",
    r"\write18{touch owned}",
    '#read("/etc/passwd")',
    "$x$ % comment & more # _ ^ ~ {curly}",
    "{{ 7*7 }} {% raw %} << 7*7 >> <% x %>",
    '"; #panic("x")',
    "[link](javascript:alert(1)) **bold** `code` | pipe",
    "]] --> <!-- \\",
]

PAGE = """\
title: {text}
source: {text}
loss: half_sse
learning_rate: 0.5
layers:
  - {{activation: sigmoid, weights: [[0.1, 0.2]], biases: 0.1}}
patterns:
  - {{inputs: [1, 2], targets: [1]}}
names: {{{name}: w_y1_x1}}
"""


def solution(text: str) -> Solution:
    """A problem with this text as its title, its source and, shortened, a weight's name."""
    quoted = "'" + text.replace("'", "''") + "'"
    name = "'n" + re.sub(r"[-+*/=<>()^|]", "", text).replace("'", "''")[:29] + "'"
    return tutor.solve(parse(PAGE.format(text=quoted, name=name)))


MATHML = ("math", "mrow", "mi", "mn", "mo", "msub", "msup", "msubsup", "tspan")
"""Elements whose number follows from the letters and indices in a name."""


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("text", HOSTILE)
def test_html_shows_it_and_has_no_element_more(text: str) -> None:
    plain, hostile = _Tags(), _Tags()
    plain.feed(render(solution("plain"), "html"))
    hostile.feed(render(solution(text), "html"))
    assert [tag for tag in hostile.tags if tag not in MATHML] == [
        tag for tag in plain.tags if tag not in MATHML
    ]
    assert text in hostile.text


@pytest.mark.parametrize("text", HOSTILE)
def test_the_drawing_stays_well_formed(text: str) -> None:
    page = render(solution(text), "html")
    svg = page[page.index("<svg") : page.index("</svg>") + 6]
    assert ET.fromstring(svg).tag == "svg"


@pytest.mark.parametrize("text", HOSTILE)
def test_pdf_shows_it(text: str) -> None:
    first = pypdf.PdfReader(io.BytesIO(render_pdf(solution(text)))).pages[0].extract_text()
    squeezed = "".join(first.split()).replace("’", "'").replace("”", '"').replace("“", '"')
    assert "".join(text.split()) in squeezed


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_has_no_markup_from_it(text: str) -> None:
    title = render(solution(text), "markdown").splitlines()[0]
    assert "<" not in title
    assert "$" not in title.replace("&#36;", "")
    assert "](" not in title.replace("\\]", "")


SIGNS = {
    "∑ √ ∞ ⇒ ≠": r"\ensuremath{\sum} \ensuremath{\surd} \ensuremath{\infty} "
    r"\ensuremath{\Rightarrow} \ensuremath{\neq}",
    "„ ‰ €": r"\quotedblbase{} \textperthousand{} \texteuro{}",
    "x⁴ w₁ ⅓": r"x\ensuremath{^{\text{4}}} w\ensuremath{_{\text{1}}} \ensuremath{\frac{1}{3}}",
    "e\u0301 λ ί ℝ ŧ 中": r"é \ensuremath{\lambda} \ensuremath{\iota} R [U+0167] [U+4E2D]",
}


@pytest.mark.parametrize("text", SIGNS)
def test_latex_has_a_command_for_a_common_sign_and_changes_none(text: str) -> None:
    assert latex_text(text) == SIGNS[text]


@needs_tex
def test_pdflatex_knows_every_letter_that_is_left_as_it_is(tmp_path: Path) -> None:
    letters = [latex_text(chr(n)) for n in range(0xA1, 0x2C00)]
    known = "\n\n".join(letter for letter in letters if not letter.startswith("[U+"))
    head = r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{lmodern,amsmath}"
    source = rf"{head}\begin{{document}}{known}\end{{document}}"
    log = pdflatex(source, tmp_path)
    assert "invalid in math mode" not in log
    assert "Missing character" not in log


@needs_tex
@pytest.mark.parametrize("text", HOSTILE)
def test_latex_compiles_and_shows_it(text: str, tmp_path: Path) -> None:
    assert "passwd" not in pdflatex(render(solution(text), "latex"), tmp_path)
    words = pypdf.PdfReader(tmp_path / "x.pdf").pages[0].extract_text()
    letters = "".join(c for c in text if c.isascii() and c.isalnum())
    assert letters in "".join(c for c in words if c.isascii() and c.isalnum())
