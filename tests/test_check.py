"""``backprop check`` as a person uses it, and ``tutor.mark``."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from test_cli import backprop

import tutor
from tutor.marking.page import load_working
from tutor.problem.shipped import find, load

ONE_PATH = load_working("mazur-one-path")


def check(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return backprop("check", *words, cwd=cwd)


def test_the_shipped_working_has_one_mistake_and_four_lines_that_follow() -> None:
    done = check("mazur", "mazur-one-path")
    assert (done.returncode, done.stderr) == (0, "")
    assert "34 of 35 right; start at line 29; 4 follow from it." in done.stdout
    assert "0.0554 is the path through o1 alone." in " ".join(done.stdout.split())


def test_the_other_way_round_is_the_same() -> None:
    assert check("mazur-one-path", "mazur").stdout == check("mazur", "mazur-one-path").stdout


def test_a_working_may_be_typed_in() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tutor", "check", "mazur", "-"],
        input="net_h1 = 0.3775\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "1 of 1 right." in done.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I do not know.\n", "w.txt: nothing here can be marked; write a line a quantity"),
        ("out_h1 = 0.4*(\n", "w.txt:1:15: this is not read: something is missing after"),
        ("", "w.txt: nothing here can be marked"),
    ],
)
def test_where_nothing_can_be_marked_it_says_why(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "w.txt").write_text(text, encoding="utf-8")
    done = check("mazur", "w.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)


REFUSED = [
    (("mazur", "no-such"), "no-such: there is no such file or shipped working; known are mazur"),
    (("mazr", "mazur-one-path"), "mazr: there is no such file or shipped problem; did you mean"),
    (("mazur", "mazur-one-path", "--notation", "x"), '--notation: "x" is no notation'),
    (("mazur", "mazur-one-path", "-o", "x.y"), "x.y: its ending says no format"),
    (("mazur", "."), ".: this is a folder"),
    (("mazur", "mazur-one-path", "--values", "--format", "json"), "--values: does not apply to"),
    (("mazur", "mazur-one-path", "--values", "--hints", "1"), "--values: does not go with --hints"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED, ids=[" ".join(w) for w, _ in REFUSED])
def test_what_cannot_be_used_is_a_sentence(words: tuple[str, ...], said: str) -> None:
    done = check(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)
    assert "Traceback" not in done.stderr


def test_bytes_that_are_no_text_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "w.txt").write_bytes(b"net_h1 = \xff\n")
    done = check("mazur", "w.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("w.txt:1:10: the byte FF is not UTF-8")


@pytest.mark.parametrize(
    "words",
    [
        ("check", "mazur", "w.txt", "-o", "w.txt"),
        ("check", "p.txt", "w.txt", "-o", "./p.txt"),
        ("solve", "p.txt", "-o", "p.txt"),
        ("audit", "p.txt", "w.txt", "-o", "w.txt"),
        ("check", "mazur", "--class", "texts", "-o", "texts"),
    ],
)
def test_what_is_read_is_not_written_over(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "w.txt").write_text("net_h1 = 0.3775\n", "utf-8")
    (tmp_path / "p.txt").write_text((find("mazur")).read_text("utf-8"), "utf-8")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "anna.txt").write_text("net_h1 = 0.3775\n", "utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.txt")}
    done = backprop(*words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is what is read here, and stays as it is" in done.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_page_may_go_to_a_device() -> None:
    done = backprop("check", "mazur", "mazur-one-path", "-o", "/dev/stdout", "--format", "text")
    assert (done.returncode, "34 of 35 right" in done.stdout) == (0, True)


def test_every_format_is_written(tmp_path: Path) -> None:
    names = ("x.html", "x.tex", "x.md", "x.txt", "x.pdf")
    outputs = [word for name in names for word in ("-o", name)]
    assert check("mazur", "mazur-one-path", "-o", "x.json", cwd=tmp_path).returncode == 0
    done = check("mazur", "mazur-one-path", "--values", "--solution", *outputs, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF-")
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["first_wrong"] == 29
    assert "Forward pass" in (tmp_path / "x.html").read_text(encoding="utf-8")


def test_options_of_the_page() -> None:
    hint = check("mazur", "mazur-one-path", "--hints", "1").stdout
    assert "Look at line 29 again" in hint
    assert "alone" not in hint
    shown = check("mazur", "mazur-one-path", "--values", "--show-reading").stdout
    assert re.search(r"= 0\.40·0\.1385 \+ 0\.50·\(-0\.0381\)\n *= 0\.0364\n", shown)
    assert re.search(r"29 +dE/dout_h1 +∂E_total/∂out_h1", shown)


def test_from_python_a_marked_working_has_its_pages(tmp_path: Path) -> None:
    marked = tutor.mark(load("mazur"), ONE_PATH)
    assert marked.first_wrong == 29
    assert marked.summary["wrong"] == 1
    assert marked.to_html().startswith("<!DOCTYPE html>")
    assert "start at line 29" in marked._repr_html_()
    assert "start at line 29" in marked.to_text(hints=2)
    assert "start at line 29" in marked.to_markdown()
    assert json.loads(marked.to_json())["summary"]["wrong"] == 1
    marked.to_pdf(tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF-")
    with pytest.raises(tutor.InputError, match="is no notation"):
        tutor.mark(load("mazur"), ONE_PATH, notation="nonsense")


def test_marks_are_printed_and_told_in_json() -> None:
    assert "31 of 32 marks." in check("mazur", "mazur-one-path").stdout
    said = json.loads(check("mazur", "mazur-one-path", "--format", "json").stdout)["marks"]
    assert (said["got"], said["of"]) == (31, 32)
    assert [item["because"] for item in said["items"] if item["why"]] == [29]
    assert "marks" not in tutor.mark(load("mazur"), "net_h1 = 0.3775").to_text()
    assert tutor.mark(load("mazur"), ONE_PATH).marks.got == 31


def test_an_audit_of_a_printed_solution_and_of_a_problem() -> None:
    done = backprop("audit", "mazur", "mazur-one-path")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 of 35 printed values is wrong, the first in line 29; 4 follow from it." in done.stdout
    assert "is printed as 0.0554. It should be 0.0364." in " ".join(done.stdout.split())
    said = json.loads(backprop("audit", "mazur", "mazur-one-path", "--format", "json").stdout)
    assert said["first_wrong"] == 29
    alone = backprop("audit", "rgu")
    assert alone.returncode == 0
    assert "3 can be made without a change in it at 6 figures." in " ".join(alone.stdout.split())
    refused = backprop("audit", "rgu", "--format", "json")
    assert (refused.returncode, refused.stdout) == (2, "")


def test_the_command_line_of_a_class(tmp_path: Path) -> None:
    row = json.dumps({"student": "anna", "working": "net_h1 = 0.3775"})
    (tmp_path / "c.jsonl").write_text(row, encoding="utf-8")
    done = check("mazur", "--class", "c.jsonl", "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"1 marked; see {Path('out', 'summary.html')}\n"
    refused = {
        ("mazur",): "WORKING: this is missing",
        ("mazur", "--class", "c.jsonl"): "--class: where its pages go is not said",
        ("mazur", "x", "--class", "c.jsonl", "-o", "out"): "x: with --class no other working",
        ("mazur", "--class", "c.jsonl", "-o", "out", "--format", "pdf"): "--format: a class has",
        ("mazur", "mazur-one-path", "--overrides", "x"): "--overrides: this is for a class",
        ("mazur", "mazur-one-path", "--marks-only"): "--marks-only: this is for a class",
        ("mazur", "--class", "none", "-o", "out"): "none: there is no such file",
        ("mazur", "--class", "c.jsonl", "-o", "c.jsonl"): "c.jsonl",
    }
    for words, said in refused.items():
        done = check(*words, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(said)
        assert "Traceback" not in done.stderr


CLASSES = [
    ("c.csv", "\ufeffStudent;dE/dw5\nanna;0,0822\n"),
    ("c.tsv", 'problem\t"student"\tdE/dw5\n'),
    ("c.jsonl", '{"student": "anna", "working": "dE/dw5 = 0.0822"}\n'),
]


@pytest.mark.parametrize(("name", "text"), CLASSES)
def test_a_class_is_not_marked_as_one_working(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    for words in (("mazur", name), (name, "mazur")):
        done = check(*words, cwd=tmp_path)
        said = f'{name}: this is a class: its first line has "student"; '
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"{said}write --class {name} -o FOLDER\n"


@pytest.mark.parametrize("name", ["w.csv", "w.txt"])
def test_one_working_may_have_any_ending(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("the student\ndE/dw5 = 0.0822, as asked\n", "utf-8")
    assert check("mazur", name, cwd=tmp_path).returncode == 0


def test_a_class_goes_into_a_folder(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("student,dE/dw5\nanna,0.0822\n", "utf-8")
    done = check("mazur", "--class", "c.csv", "-o", "out.pdf", cwd=tmp_path)
    said = "out.pdf: a class goes into a folder, and this is named like a file; write -o out\n"
    assert (done.returncode, done.stderr) == (2, said)
    assert not (tmp_path / "out.pdf").exists()
    assert check("mazur", "--class", "c.csv", "-o", "v1.2", cwd=tmp_path).returncode == 0
