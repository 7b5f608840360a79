"""The wheel, in an empty environment outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_wheel_alone_solves_a_shipped_problem_to_pdf(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel]
    subprocess.run(install, check=True, capture_output=True, cwd=tmp_path, env=clean)
    command = [
        tmp_path / "env" / "bin" / "backprop",
        "solve",
        "mazur",
        "-o",
        "x.pdf",
        "-o",
        "x.html",
    ]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path, env=clean)
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF-")
    assert "woff2" in (tmp_path / "x.html").read_text(encoding="utf-8")
