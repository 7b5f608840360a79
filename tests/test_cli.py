"""The command as a person uses it: what it prints, what it writes, what it says when it cannot."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tutor.problem.shipped import names


def backprop(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """One run of the command."""
    environment = {**os.environ, "COLUMNS": "88"}
    return subprocess.run(
        [sys.executable, "-m", "tutor", *words],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=environment,
        check=False,
    )


def test_solving_without_options_prints_text() -> None:
    done = backprop("solve", "mazur")
    assert done.returncode == 0
    assert "= 0.741365070·0.186815602·0.593269992\n" in done.stdout


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("x.html", b"<!DOCTYPE html>"),
        ("x.tex", b"\\documentclass"),
        ("x.md", b"# A 2-2-2"),
        ("x.txt", b"A 2-2-2"),
        ("x.json", b"{"),
        ("x.pdf", b"%PDF-"),
    ],
)
def test_the_ending_says_the_format(name: str, begins: bytes, tmp_path: Path) -> None:
    done = backprop("solve", "mazur", "-o", name, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_a_second_run_writes_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        backprop("solve", "mazur", "-o", "x.html", "-o", "x.pdf", cwd=tmp_path / folder)
    for name in ("x.html", "x.pdf"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_json_is_strict_and_has_canonical_keys() -> None:
    def refuse(constant: str) -> float:
        raise AssertionError(constant)

    page = json.loads(backprop("solve", "mazur", "--format", "json").stdout, parse_constant=refuse)
    entry = page["quantities"]["dE/dw_y1_h1"]
    assert entry["factors"] == ["dE/do_y1", "f'(net_y1)", "o_h1"]
    assert entry["numbers"] == "0.741365070*0.186815602*0.593269992"
    assert page["certificate"]["central_differences"] < 1e-20


def test_brief_prints_what_is_asked_and_what_it_needs() -> None:
    done = backprop("solve", "mazur", "--brief", "--ask", "dE/dw1")
    assert "∂E_total/∂w1 = " in done.stdout
    assert "∂E_total/∂w5 = " not in done.stdout


def test_symbols_have_no_numbers() -> None:
    done = backprop("solve", "mazur", "--symbols")
    assert "0.15" not in done.stdout
    assert "= ∂E_total/∂out_o1·∂out_o1/∂net_o1·out_h1" in done.stdout


def test_the_general_rules_name_i_j_and_k() -> None:
    done = backprop("solve", "sse", "--notation", "slides", "--symbols", "general")
    assert "∂net_k/∂o_j = w_k_j" in done.stdout


def test_derive_goes_from_the_sigmoid_to_its_slope() -> None:
    done = backprop("solve", "mazur", "--derive", "--notation", "slides")
    assert "= e^(-net_j)/(1 + e^(-net_j))²" in done.stdout


@pytest.mark.parametrize("name", names())
def test_every_shipped_problem_has_a_worksheet_without_answers(name: str) -> None:
    done = backprop("sheet", name)
    assert done.returncode == 0
    assert "= ______" in done.stdout


def test_a_question_is_printed_with_its_answer_only_where_it_is_wanted() -> None:
    words = ["ask", "hidden-weight", "--kind", "most", "--seed", "3"]
    asked, key = (backprop(*words, *more).stdout for more in ((), ("--key",)))
    assert "Which of the weights into " in asked
    assert key.startswith(asked)
    assert "differ in what the weights are fed" in key


def test_list_names_every_shipped_problem() -> None:
    done = backprop("list")
    assert [line.split()[0] for line in done.stdout.splitlines()] == names()


def test_every_unknown_name_that_is_asked_is_told_at_once() -> None:
    done = backprop("solve", "mazur", "--ask", "nett_h1", "--ask", "net_h1", "--ask", "outt_h2")
    assert re.findall("did you mean (.*)[?]", done.stderr) == ["net_h1", "out_h2"]


@pytest.mark.parametrize(
    "options",
    [
        ["3-2-2"],
        ["3-2-2", "--loss", "bce"],
        ["3-2-2", "--loss", "cce"],
        ["11-10"],
        ["1" + 11 * "-1"],
    ],
    ids=" ".join,
)
def test_a_new_problem_can_be_solved_as_it_is(options: list[str], tmp_path: Path) -> None:
    backprop("new", *options, "-o", "new.yaml", cwd=tmp_path)
    assert backprop("solve", "new.yaml", cwd=tmp_path).returncode == 0


def test_new_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("mine")
    done = backprop("new", "2-2-1", "-o", "mine.yaml", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "mine.yaml").read_text()) == (2, "mine")


def test_show_draws_every_name() -> None:
    done = backprop("show", "mazur")
    assert all(f"w{n} = " in done.stdout for n in range(1, 9))


REFUSED = [
    (["solve", "nothing.yaml"], "nothing.yaml"),
    (["solve", "mazr"], "did you mean mazur"),
    (["solve", "mazur", "--notation", "bishp"], "did you mean bishop"),
    (["solve", "mazur", "--ask", "dE/dw9"], "dE/dw9"),
    (["solve", "mazur", "--ask", "dE/dw1;"], "did you mean dE/dw1?\n"),
    (["solve", "mazur", "--ask", ""], '"" names nothing in this problem; names are like net_h1'),
    (["solve", "mazur", "--ask", "E[3]"], "it has one presentation: leave the mark out"),
    (["solve", "mazur", "--round", "four"], "4 decimals"),
    (["solve", "mazur", "--fragment", "-o", "x.html", "-o", "x.pdf"], "does not apply to pdf"),
    (["solve", "mazur", "--symbols", "-o", "x.json"], "does not apply to json"),
    (["solve", "mazur", "--pdf-engine", "latex", "-o", "x.tex"], "apply to latex; it is for pdf"),
    (["solve", "mazur", "--pdf-engine", "typst"], "apply to text; it is for pdf"),
    (["solve", "mazur", "-o", "x.doc"], ".html"),
    (["solve", "mazur", "-o", "no/such/folder/x.html"], "does not exist"),
    (["solve", "mazur", "-o", "."], "ending"),
    (["solve", "mazur", "-o", "a" * 300 + ".html"], "cannot be written"),
    (["solve", "mazur", "--format", "text", "-o", "/dev/full"], "cannot be written"),
    (["ask", "--kind", "chose"], "did you mean choose"),
    (["ask", "--format", "json"], "does not apply to json"),
    (["show", "mazur", "-o", "x.png"], ".svg"),
    (["new", "2"], "2-2-1"),
    (["new", "2-0-1"], "2-2-1"),
    (["new", "100-100"], "1 layer and 10,000 weights; a problem file has at most 100 layers"),
    (["sheet", "mazur", "--format", "json"], "sheet: does not apply to json"),
]


@pytest.mark.parametrize(("words", "says"), REFUSED, ids=[" ".join(w)[:60] for w, _ in REFUSED])
def test_what_cannot_be_done_is_said_in_a_sentence(
    words: list[str], says: str, tmp_path: Path
) -> None:
    done = backprop(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("second", "says"),
    [
        ("x.doc", "no format"),
        ("no/x.pdf", "the folder no does not exist"),
        ("file/x.pdf", "file is no folder"),
        ("folder.txt", "is a folder"),
        ("a" * 300 + ".pdf", "name too long"),
    ],
)
def test_of_several_outputs_none_is_written_where_one_cannot_be(
    second: str, says: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder.txt").mkdir()
    done = backprop("solve", "mazur", "-o", "x.html", "-o", second, cwd=tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert says in done.stderr
    assert not (tmp_path / "x.html").exists()


@pytest.mark.parametrize("words", [["--help"], ["list"], ["show", "mazur"], ["new", "2-2-1"]])
def test_commands_that_derive_nothing_start_without_sympy(words: list[str]) -> None:
    program = (
        "import sys; from tutor.cli import main\n"
        f"try: main({words!r})\n"
        "except SystemExit: pass\n"
        "assert 'sympy' not in sys.modules and 'numpy' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_cross_entropy_of_a_certain_output_is_refused_at_its_pattern(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(
        "loss: bce\nlayers:\n  - {activation: sigmoid, weights: [[300]]}\n"
        "patterns:\n  - {inputs: [0.1], targets: [0]}\n  - {inputs: [1], targets: [0]}\n"
    )
    done = backprop("solve", "x.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("x.yaml:6:5: E[2] has no value: an output is 0 or 1")


PRINTING = ["list", "new 2-2-1", "show mazur", "solve mazur", "--help", "--version"]
NOWHERE = {
    "> /dev/full": "standard output: no space left on device\n",
    ">&-": "standard output: it is closed\n",
}


@pytest.mark.parametrize("nowhere", NOWHERE)
@pytest.mark.parametrize("words", PRINTING)
def test_an_output_that_takes_nothing_is_a_sentence(words: str, nowhere: str) -> None:
    command = f"unset PYTHONUNBUFFERED; {sys.executable} -m tutor {words} {nowhere}"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, NOWHERE[nowhere])


def test_a_reader_that_stops_early_hears_nothing_of_it() -> None:
    command = f"{sys.executable} -m tutor list | head -c 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("b", "")


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.html").symlink_to("real.html")
    backprop("solve", "mazur", "-o", "link.html", cwd=tmp_path)
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "real.html").is_file()
