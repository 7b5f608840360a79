"""Kept templates make a run faster and never change or stop it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def page(cache: Path) -> str:
    """A solution printed in a process of its own, with this cache folder."""
    done = subprocess.run(
        [sys.executable, "-m", "tutor", "solve", "mazur", "--format", "markdown"],
        capture_output=True,
        text=True,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_second_run_prints_the_same_from_what_is_kept(tmp_path: Path) -> None:
    first = page(tmp_path)
    assert list((tmp_path / "backprop-tutor").iterdir())
    assert page(tmp_path) == first


@pytest.mark.parametrize("rubbish", [b"", b"rubbish", b"\0" * 5000])
def test_rubbish_in_the_cache_is_ignored(rubbish: bytes, tmp_path: Path) -> None:
    first = page(tmp_path)
    for kept in (tmp_path / "backprop-tutor").iterdir():
        kept.write_bytes(rubbish)
    assert page(tmp_path) == first


def test_a_cache_that_cannot_be_a_folder_is_done_without(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert page(file).startswith("# A 2-2-2 sigmoid network")


def test_a_cache_that_others_can_write_to_is_not_read(tmp_path: Path) -> None:
    first = page(tmp_path)
    folder = tmp_path / "backprop-tutor"
    for kept in folder.iterdir():
        kept.write_bytes(kept.read_bytes()[:-10] + b"0123456789")
    folder.chmod(0o777)
    assert page(tmp_path) == first
