"""Text from a problem file stays text in every format."""

from __future__ import annotations

import io
import shutil
import subprocess
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pypdf
import pytest

import tutor
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
    name = "'n" + text.replace("'", "''")[:29] + "'"
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


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="needs pdflatex")
@pytest.mark.parametrize("text", HOSTILE)
def test_latex_compiles_and_shows_it(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.tex").write_text(render(solution(text), "latex"), encoding="utf-8")
    command = [
        "pdflatex",
        "-no-shell-escape",
        "-interaction=nonstopmode",
        "-halt-on-error",
        "x.tex",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-800:]
    assert "passwd" not in done.stdout
    words = pypdf.PdfReader(tmp_path / "x.pdf").pages[0].extract_text()
    letters = "".join(c for c in text if c.isascii() and c.isalnum())
    assert letters in "".join(c for c in words if c.isascii() and c.isalnum())
