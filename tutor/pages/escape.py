"""Text from people as text in every format: nothing in it becomes markup or a command."""

from __future__ import annotations

import re
import unicodedata
from unicodedata import combining

from tutor.pages.tex_signs import GREEK, MATH, TEXT

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "''",
    "`": r"\textasciigrave{}",
    "’": "'",
    "ʼ": "'",
    "‐": "-",
    "‑": "-",
    "\u00a0": "~",
    "✓": r"\ensuremath{\surd}",
    "↪": r"\ensuremath{\hookrightarrow}",
    "✗": r"\ensuremath{\times}",
    **{sign: rf"{command}{{}}" for sign, command in TEXT.items()},
    **{sign: rf"\ensuremath{{{command}}}" for sign, command in (GREEK | MATH).items()},
}
_LATIN = re.compile(r"[\x20-\x7e\u00a1-\u017fȘșȚț]")
_NO_FONT = frozenset("ĦħĸĿŀŉŦŧſ")
"""Letters in that range that the T1 fonts lack."""
_FORMS = {
    "<super>": r"\ensuremath{^{\text{%s}}}",
    "<sub>": r"\ensuremath{_{\text{%s}}}",
    "<fraction>": r"\ensuremath{\frac{%s}{%s}}",
}
"""How TeX writes what Unicode says is another character in a higher or lower place."""


def printable(text: str) -> str:
    """Text in which every character can be seen, as many as before: a tab is a blank."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)


def shown(text: str, most: int) -> str:
    """The same, cut where it is long."""
    cut = printable(text[:most])
    return f"{cut}…" if len(text) > most else cut


def latex_text(text: str) -> str:
    """Text as LaTeX for pdflatex; a letter that its fonts lack becomes its code point."""
    return "".join(map(_tex, unicodedata.normalize("NFC", text))).replace("--", "-{}-")


def _tex(character: str) -> str:
    if character in _TEX:
        return _TEX[character]
    if character.isspace():
        return " "
    form = unicodedata.decomposition(character).partition(" ")[0]
    simple = "".join(c for c in unicodedata.normalize("NFKD", character) if not combining(c))
    if form in _FORMS:
        return _FORMS[form] % tuple("".join(map(_tex, part)) for part in simple.split("⁄"))
    if _has_font(character):
        return character
    if character.isalpha() and all(c in _TEX or _has_font(c) for c in simple):
        return "".join(map(_tex, simple))
    return f"[U+{ord(character):04X}]"


def _has_font(character: str) -> bool:
    return bool(_LATIN.fullmatch(character)) and character not in _NO_FONT


def typst_string(text: str) -> str:
    """Text as a Typst string literal, in which only the backslash and the quote are special."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'


_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>#|$&~]")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "$": "&#36;", "`": "&#96;", "|": "&#124;"}


def markdown_text(text: str) -> str:
    """Text as Markdown in which no character is markup, also not for the math extensions.

    It never stands at the start of a line, where more characters would be.
    """
    return _MARKDOWN.sub(lambda m: _ENTITIES.get(m[0], "\\" + m[0]), re.sub(r"\s", " ", text))
