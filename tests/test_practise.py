"""``backprop practise`` as a person uses it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from test_cli import backprop

from tutor.drill.store import place
from tutor.symbolic.mistakes import MISTAKES

LINES = "hidden\n0.78; 1.08\n"


def practise(
    home: Path, *words: str, typed: bytes | str = "", state: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "XDG_STATE_HOME": str(state or home), "COLUMNS": "70"}
    return subprocess.run(
        [sys.executable, "-m", "tutor", "practise", *words],
        input=typed.encode() if isinstance(typed, str) else typed,
        capture_output=True,
        env=environment,
        check=False,
    )


def test_a_session_is_left_at_the_end_of_the_input_and_taken_up_again(tmp_path: Path) -> None:
    done = practise(tmp_path, "--seed", "3", typed=LINES)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"> 0.78; 1.08\nnet_h1 = 0.78 is right." in done.stdout
    assert done.stdout.endswith(b"Kept. The next run offers to go on here.\n\n")
    assert max(map(len, done.stdout.decode().splitlines())) <= 70
    again = practise(tmp_path, typed="\nq\n")
    assert b"at step 3 of 11" in again.stdout
    assert b"So far: net_h1 = 0.78, net_h2 = 1.08." in again.stdout
    assert b"at step 3 of 11" in practise(tmp_path).stdout
    assert b"at step" not in practise(tmp_path, "--new").stdout


def test_a_line_of_any_length_and_bytes_that_are_no_text_are_answered(tmp_path: Path) -> None:
    done = practise(tmp_path, "--seed", "3", typed=b"hidden\n" + b"1+" * 30_000 + b"\n\xff\x00\n")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"That line is too long to read.") == 1
    assert done.stdout.count(b"What are net_h1 and net_h2?") == 3


@pytest.mark.parametrize(
    "kept",
    [b"", b"{", b"[]", b"null", b"\xff", b'{"version": 0}', b"[" * 100_000, b'{"version": 1}'],
    ids=range(8),
)
def test_a_damaged_state_is_set_aside(kept: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "backprop"
    folder.mkdir()
    (folder / "practise.json").write_bytes(kept)
    done = practise(tmp_path, "--seed", "3")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"damaged" in done.stdout
    assert (folder / "practise.json.damaged").read_bytes() == kept
    assert b"Step 1 of 11." in done.stdout


@pytest.mark.parametrize(
    ("was", "instead"),
    [
        ('"place": 2', '"place": 200'),
        ('"place": 2', '"place": 1'),
        ('"place": 2', '"place": true'),
        ("layers:", "lairs:"),
        ('"key": "net_h1"', '"key": "net_h9"'),
    ],
)
def test_a_state_that_does_not_fit_its_problem_is_set_aside(
    was: str, instead: str, tmp_path: Path
) -> None:
    practise(tmp_path, "--seed", "3", typed=LINES)
    file = tmp_path / "backprop" / "practise.json"
    text = file.read_text(encoding="utf-8")
    assert was in text
    file.write_text(text.replace(was, instead), encoding="utf-8")
    done = practise(tmp_path, "--seed", "3")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Step 1 of 11." in done.stdout
    assert file.with_name("practise.json.damaged").exists()


def test_where_nothing_can_be_kept_it_says_so_once_and_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    done = practise(tmp_path, "--seed", "3", typed=LINES, state=file)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"This session is not kept for later:") == 1
    assert b"What are o_h1 and o_h2?" in done.stdout
    assert b"Kept." not in done.stdout


def test_nothing_is_kept_of_a_problem_that_is_done(tmp_path: Path) -> None:
    practise(tmp_path, "--seed", "3", typed="hidden\n" + "show\n" * 17)
    assert not (tmp_path / "backprop" / "practise.json").exists()


def test_the_mistakes_are_listed_in_plain_words() -> None:
    done = backprop("practise", "--list")
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines() if line[0] != " "] == [*MISTAKES]
    assert max(map(len, done.stdout.splitlines())) <= 88


def test_an_american_may_practice() -> None:
    american, british = (backprop(word, "--help").stdout for word in ("practice", "practise"))
    assert american == british.replace("tutor practise", "tutor practice")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--mistake", "nonsense"), "--mistake: there is no mistake nonsense"),
        (("no-recipe",), "no-recipe: there is no such file or shipped recipe"),
        (("hidden-weight", "--mistake", "gate-open"), "its problems do not show gate-open"),
        (("--notation", "x"), "x"),
    ],
)
def test_what_cannot_be_practised_is_said(words: tuple[str, ...], sentence: str) -> None:
    done = backprop("practise", *words)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_the_state_is_where_the_desktop_keeps_states(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for unset in ("", "relative"):
        monkeypatch.setenv("XDG_STATE_HOME", unset)
        assert place() == tmp_path / ".local" / "state" / "backprop" / "practise.json"
