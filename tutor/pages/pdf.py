"""PDF files: by the embedded Typst, or by a TeX that is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tutor.errors import InputError
from tutor.pages.escape import typst_string

SECONDS = 120
MOST_SCRIPTS = 30
"""So often a page is set anew without a sign or a script that no font has."""
_LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')


def typst_pdf(source: str) -> bytes:
    """A Typst page as a tagged PDF; the same source gives the same bytes.

    The page is compiled in an empty folder, so that it can read no file. A character that no font
    has becomes its code point, as in LaTeX.
    """
    made = datetime(2000, 1, 1, tzinfo=UTC)
    for _ in range(MOST_SCRIPTS):
        try:
            return _compiled(source, "PDF", timestamp=made, pdf_standards=["ua-1"])
        except InputError as error:
            lacking = _LACKING.search(str(error))
            before, source = source, _without(source, lacking[1] if lacking else "")
            if source == before:
                raise
    return _compiled(source, "PDF", timestamp=made, pdf_standards=["ua-1"])


def _without(source: str, lacking: str) -> str:
    """A page with code points in the place of characters, and of other letters of their script."""
    gone = {c for c in lacking if not c.isascii()}
    scripts = {_script(c) for c in gone} - {""}
    gone |= {c for c in set(source) if _script(c) in scripts}
    return source.translate({ord(c): f"[U+{ord(c):04X}]" for c in gone})


def _script(character: str) -> str:
    """``CJK``, ``THAI``; nothing for a sign, or a letter such as formulas are written with."""
    letter = unicodedata.category(character) == "Lo"
    return unicodedata.name(character, "").partition(" ")[0] if letter else ""


def typst_png(picture: str) -> bytes:
    """An SVG picture in pixels, two for each of its units."""
    shown = f'#image(bytes({typst_string(picture)}), format: "svg")'
    page = f"#set page(width: auto, height: auto, margin: 0pt)\n{shown}"
    return _compiled(page, "PNG", format="png", ppi=2 * PIXELS)


PIXELS = 96.0
"""Units of an SVG in an inch."""


def _compiled(source: str, what: str, **options: Any) -> bytes:
    import typst

    with tempfile.TemporaryDirectory() as empty:
        page = Path(empty) / "page.typ"
        page.write_text(source, encoding="utf-8")
        try:
            made = typst.compile(str(page), root=empty, ignore_system_fonts=True, **options)
        except typst.TypstError as error:
            raise InputError(what, f"cannot be set: {str(error).splitlines()[0]}") from None
    assert isinstance(made, bytes)
    return made


def latex_pdf(source: str) -> bytes:
    """A LaTeX page as a PDF, by latexmk without shell escape.

    Raises InputError where no TeX is installed or it does not compile the page.
    """
    latexmk = shutil.which("latexmk")
    if not latexmk or not shutil.which("pdflatex"):
        raise InputError(
            "--pdf-engine latex",
            "needs latexmk and pdflatex, which are not installed; leave the option out to use "
            "the embedded Typst, or on Debian: apt install latexmk texlive-latex-recommended "
            "texlive-pictures lmodern",
        )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.tex").write_text(source, encoding="utf-8")
        environment = {
            "PATH": f"{Path(latexmk).parent}:/usr/bin:/bin",
            "HOME": folder,
            "SOURCE_DATE_EPOCH": "946684800",
            "FORCE_SOURCE_DATE": "1",
            "openin_any": "p",
            "openout_any": "p",
        }
        command = [
            latexmk,
            "-pdf",
            "-no-shell-escape",
            "-norc",
            "-interaction=nonstopmode",
            "-halt-on-error",
            "page.tex",
        ]
        try:
            done = subprocess.run(
                command,
                cwd=folder,
                env=environment,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise InputError(
                "--pdf-engine latex", f"TeX took longer than {SECONDS} seconds"
            ) from None
        pdf = Path(folder) / "page.pdf"
        if done.returncode or not pdf.exists():
            log = (Path(folder) / "page.log").read_text(encoding="utf-8", errors="replace")
            error = next(
                (line for line in log.splitlines() if line.startswith("!")), "no reason given"
            )
            raise InputError("--pdf-engine latex", f"TeX did not compile the page: {error}")
        return pdf.read_bytes()
