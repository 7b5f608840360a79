"""pdflatex, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

needs_tex = pytest.mark.skipif(not shutil.which("pdflatex"), reason="needs pdflatex")


def pdflatex(source: str, folder: Path) -> str:
    """What pdflatex says of a source, which becomes x.pdf in this folder.

    It runs twice: only then does it know the widths of long tables.
    """
    (folder / "x.tex").write_text(source, encoding="utf-8")
    options = ("-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error")
    command = ["pdflatex", *options, "x.tex"]
    for _ in range(2):
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
        log = (folder / "x.log").read_text(encoding="utf-8", errors="replace")
        assert done.returncode == 0, log[-2000:]
    return log
