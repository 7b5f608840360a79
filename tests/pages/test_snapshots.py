"""Whole pages as they were printed. A change here belongs under *Solutions* in the CHANGELOG.

Write them anew with: UPDATE_PAGES=1 python -m pytest tests/pages/test_snapshots.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import tutor
from tutor.pages.options import Options
from tutor.pages.render import render

PAGES = Path(__file__).parent.parent / "data" / "pages"
KEPT = [
    ("mazur", "text", Options()),
    ("han-kamber", "text", Options(derive=True)),
    ("softmax", "markdown", Options(brief=True)),
    ("two-patterns-batch", "latex", Options(brief=True)),
    ("leaky-relu", "text", Options(symbols=True)),
]


@pytest.mark.parametrize(("name", "format", "options"), KEPT, ids=[name for name, *_ in KEPT])
def test_a_page_is_printed_as_it_was(name: str, format: str, options: Options) -> None:
    page = render(tutor.solve(tutor.load(name)), format, options)
    kept = PAGES / f"{name}.{format}"
    if os.environ.get("UPDATE_PAGES"):
        kept.write_text(page, encoding="utf-8")
    assert page == kept.read_text(encoding="utf-8")
