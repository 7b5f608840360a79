"""Text from people as text in every format: nothing in it becomes markup or a command."""

from __future__ import annotations

import re
import unicodedata

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
    "−": r"\ensuremath{-}",
    "·": r"\ensuremath{\cdot}",
    "×": r"\ensuremath{\times}",
    "≤": r"\ensuremath{\le}",
    "≥": r"\ensuremath{\ge}",
    "→": r"\ensuremath{\to}",
    "½": r"\ensuremath{\frac12}",
    "²": r"\ensuremath{^2}",
    "∂": r"\ensuremath{\partial}",
    "Σ": r"\ensuremath{\Sigma}",
    "α": r"\ensuremath{\alpha}",
    "β": r"\ensuremath{\beta}",
    "γ": r"\ensuremath{\gamma}",
    "δ": r"\ensuremath{\delta}",
    "Δ": r"\ensuremath{\Delta}",
    "ε": r"\ensuremath{\varepsilon}",
    "η": r"\ensuremath{\eta}",
    "θ": r"\ensuremath{\theta}",
    "μ": r"\ensuremath{\mu}",
    "σ": r"\ensuremath{\sigma}",
    "φ": r"\ensuremath{\varphi}",
    "–": r"\textendash{}",
    "—": r"\textemdash{}",
    "‘": r"\textquoteleft{}",
    "’": "'",
    "“": r"\textquotedblleft{}",
    "”": r"\textquotedblright{}",
    "…": r"\dots{}",
    "\u00a0": "~",
    "′": r"\ensuremath{'}",
    "✓": r"\ensuremath{\surd}",
    "↪": r"\ensuremath{\hookrightarrow}",
    "✗": r"\ensuremath{\times}",
}
_LATIN = re.compile(r"[\x20-\x7e\u00a1-\u00ff\u0100-\u017f]")


def printable(text: str) -> str:
    """Text in which every character can be seen, as many as before: a tab is a blank."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)


def latex_text(text: str) -> str:
    """Text as LaTeX for pdflatex; a letter that its fonts lack becomes its code point."""
    return "".join(map(_tex, text)).replace("--", "-{}-")


def _tex(character: str) -> str:
    if character in _TEX:
        return _TEX[character]
    if character.isspace():
        return " "
    if _LATIN.fullmatch(character):
        return character
    simple = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return "".join(_TEX.get(c, c) for c in simple) or f"[U+{ord(character):04X}]"


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
