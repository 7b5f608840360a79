"""``backprop plot`` and ``solve --with``: every format, and clear errors with nothing written."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import tutor
from tutor.cli import main
from tutor.pages.plots.kinds import KINDS


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_a_picture_in_every_format(tmp_path: Path) -> None:
    endings = ("svg", "png", "pdf", "html", "tex", "md", "txt", "typ")
    files = [tmp_path / f"picture.{ending}" for ending in endings]
    outputs = [word for file in files for word in ("-o", str(file))]
    assert run("plot", "slice", "mazur", *outputs).exit_code == 0
    begins = {"png": b"\x89PNG", "pdf": b"%PDF", "html": b"<!DOCTYPE", "svg": b"<svg"}
    for file in files:
        content = file.read_bytes()
        assert content.startswith(begins.get(file.suffix[1:], b""))
        assert len(content) > 500
    ET.fromstring((tmp_path / "picture.svg").read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_asks_before_it_answers(kind: str) -> None:
    text = run("plot", kind, "two-patterns-stochastic").output
    assert text.index("?") < text.index("Answer")


@pytest.mark.parametrize("kind", KINDS)
def test_an_html_picture_needs_no_network(kind: str) -> None:
    page = tutor.plot(kind, tutor.load("two-patterns-stochastic")).to_html()
    for outside in ("http://", "https://", "src=", "@import"):
        assert outside not in page.replace("http://www.w3.org/", "")


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_problem_lacks_is_said_and_nothing_is_written(kind: str, tmp_path: Path) -> None:
    result = run("plot", kind, "given", "-o", str(tmp_path / "x.svg"))
    if result.exit_code:
        assert "given.yaml: " in result.output
        assert not list(tmp_path.iterdir())
    else:
        assert kind in ("flow", "saturation", "vanishing")


REFUSED = {
    ("flows", "mazur"): 'KIND: there is no "flows"; did you mean flow?',
    ("slice,flow", "mazur"): 'there is no "slice,flow"; did you mean slice?',
    ("", "mazur"): 'there is no ""; known are directions',
    ("slice", "mazur", "--weight", "w99"): '"w99" is no weight of this problem',
    ("slice", "mazur", "--weight", ""): '"" is no weight of this problem',
    ("slice", "mazur", "--weight", "w5", "--weight", "w6"): "goes along one weight",
    ("slice", "mazur", "--range=3:1"): "3:1 is empty",
    ("slice", "mazur", "--range=a:b"): '"a:b" is no range',
    ("slice", "mazur", "--range=nan:2"): '"nan:2" is no range',
    ("slice", "mazur", "--range=-1e300:1e300"): "goes too far",
    ("slice", "mazur", "--range=1:1.00000000001"): "too narrow",
    ("flow", "mazur", "--weight", "w5"): "does not apply to flow",
    ("slice", "no-such"): "there is no such file or shipped problem",
}


@pytest.mark.parametrize(("arguments", "said"), REFUSED.items(), ids=" ".join)
def test_bad_input_is_named_and_nothing_is_written(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    result = run("plot", *arguments, "-o", str(tmp_path / "x.svg"))
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output
    assert not list(tmp_path.iterdir())


def test_there_is_no_json_of_a_picture() -> None:
    result = run("plot", "slice", "mazur", "--format", "json")
    assert result.exit_code == 2
    assert "does not apply to json" in result.output


def test_pictures_follow_a_solution(tmp_path: Path) -> None:
    file = tmp_path / "with.html"
    assert run("solve", "mazur", "--with", "slice, flow", "-o", str(file)).exit_code == 0
    page = file.read_text(encoding="utf-8")
    assert page.index("The error along one weight") < page.index("The flow of values and slopes")
    assert "backpropLive" in page
    for kinds, said in (("pie", 'there is no "pie"'), (" ,", "names no picture")):
        refused = run("solve", "mazur", "--with", kinds)
        assert refused.exit_code == 2
        assert f"--with: {said}" in refused.output
    assert run("solve", "mazur", "--with", "slice", "--symbols").exit_code == 2


def test_a_page_without_pictures_carries_no_script_for_them() -> None:
    assert "backpropLive" not in tutor.solve(tutor.load("mazur")).to_html()


def test_a_notebook_shows_a_plot() -> None:
    drawn = tutor.plot("slice", tutor.load("mazur"), weights=["w5"], range=(-2, 2))
    assert "<svg" in drawn._repr_html_()
    assert drawn.to_pdf().startswith(b"%PDF")
    with pytest.raises(tutor.InputError, match="there is no"):
        tutor.plot("pie", tutor.load("mazur"))
    with pytest.raises(tutor.InputError, match="empty"):
        tutor.plot("slice", tutor.load("mazur"), range=(2, -2))
