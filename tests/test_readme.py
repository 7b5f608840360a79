"""What the README says is true: its commands run, its examples print what they show."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import tutor
from tutor.cli import main
from tutor.pages.plots.kinds import KINDS
from tutor.problem.file import parse
from tutor.problem.notation import NOTATIONS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    backprop (.*?)(?:  +#.*)?$", README, re.MULTILINE)


def test_the_commands_run_one_after_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    Path("students.csv").write_text("student\nada\n")
    for command in COMMANDS:
        done = CliRunner().invoke(main, command.replace("'4 decimals'", "4dp").split())
        assert done.exit_code == 0, (command, done.output)


def test_the_python_examples_print_what_they_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for source in (README.replace("```", ""), tutor.__doc__ or ""):
        examples = doctest.DocTestParser().get_doctest(source, {}, "README", None, 0)
        assert doctest.DocTestRunner().run(examples).failed == 0


BEFORE = """\
hidden
0.78; 1.08
0.6857; 0.7465
1.418; -0.6404
0.8050; 0.3452
0.6050; -0.5548
0.1570; 0.2260
"""
"""What is typed at seed 3 before the session in the README."""


def test_the_session_in_it_is_what_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "98")
    (session,) = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
    typed = BEFORE + "\n".join(re.findall(r"^> (.*)", session, re.MULTILINE))
    done = CliRunner().invoke(main, ["practise", "--seed", "3"], input=typed)
    assert session in done.output


def test_the_problem_in_it_can_be_solved() -> None:
    (problem,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert round(tutor.solve(parse(problem))["dE/dw_y1_h1"], 9) == 0.082167041


def test_every_notation_is_listed() -> None:
    assert listed("Notations") == list(NOTATIONS)


def test_every_kind_of_picture_is_listed() -> None:
    assert set(listed("See it")) == set(KINDS)


def listed(title: str) -> list[str]:
    """The names in the table below a heading."""
    section = README.split(f"\n## {title}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


def test_every_room_is_on_the_map() -> None:
    rooms = set(re.findall(r"^\| `([\w/]+)/` \|", README, re.MULTILINE))
    folders = {p.relative_to(ROOT).as_posix() for p in (ROOT / "tutor").iterdir() if p.is_dir()}
    folders = {f for f in folders if "__" not in f}
    assert folders | {"templates", "problems", "tests", "benchmarks"} == rooms
