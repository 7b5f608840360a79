"""What letters and signs beyond ASCII mean in a formula."""

from __future__ import annotations

import unicodedata
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple


class Sort(Enum):
    """What a sign does to its neighbours."""

    PLAIN = auto()
    WORD = auto()
    """a letter that is spelled out and must not grow into its neighbours"""
    PARTIAL = auto()
    """the d of a derivative, joined with what follows"""
    ABOVE = auto()
    BELOW = auto()
    THIN = auto()
    """a narrow blank, which also groups digits"""
    PART = auto()
    """a fraction in one sign"""


class Sign(NamedTuple):
    """A sign in plain spelling."""

    sort: Sort
    text: str


GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "ξ": "xi",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "ς": "sigma",
    "τ": "tau",
    "φ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
    "Γ": "Gamma",
    "Δ": "Delta",
    "∆": "Delta",
    "Θ": "Theta",
    "Λ": "Lambda",
    "Ξ": "Xi",
    "Π": "Pi",
    "Φ": "Phi",
    "Ψ": "Psi",
    "Ω": "Omega",
    "∇": "nabla",
    "√": "sqrt",
}
_SPELLED = {
    "*": "·×∗⋅∙•⊙⨯✕✖",
    "/": "÷∕⁄",
    "-": "−–—‐‑‒﹣",
    "=": "≈≅≃≡≐≔≙≜≝∼→⇒←⇐⟶⟹⟵➔➜➝➞",
    ">=": "≥",
    "<=": "≤",
    "!=": "≠",
    "'": "′’‘´ʹʼ＇",
    "''": "″",
    "Σ": "∑",
    " ": "∴∵\t\u00a0\u2007\u2003\u2002\u2000\u2001\u2004\u2005\u3000\u2028\u2029\u0085\x0b\x0c",
    "o": "οо",
    "a": "а",
    "e": "е",
    "x": "х",
    "c": "с",
    "p": "р",
    "y": "у",
    "v": "νѵ",
    "i": "іι",
    "j": "ј",
    "s": "ѕ",
    "h": "һ",
    "d": "ԁ",
    "w": "ԝ",
    "A": "ΑА",
    "B": "ΒВ",
    "C": "С",
    "E": "ΕЕ",
    "H": "ΗН",
    "I": "ΙІ",
    "J": "Ј",
    "K": "ΚК",
    "M": "ΜМ",
    "N": "Ν",
    "O": "ΟО",
    "P": "ΡР",
    "T": "ΤТ",
    "X": "ΧХ",
    "Y": "ΥУ",
    "Z": "Ζ",
}
_PLAIN = {sign: text for text, signs in _SPELLED.items() for sign in signs}
_PARTS = {"½": "(1/2)", "¼": "(1/4)", "¾": "(3/4)", "⅓": "(1/3)", "⅔": "(2/3)", "⅛": "(1/8)"}
_ACCENTS = {"\u0302": "hat", "\u0304": "bar", "\u0303": "tilde"}
_THIN = "\u2009\u202f\u2006\u2008\u200a"


@lru_cache(maxsize=4096)
def sign(character: str) -> Sign:
    """What one character means."""
    if character in GREEK:
        return Sign(Sort.WORD, GREEK[character])
    if character in _PLAIN:
        return Sign(Sort.PLAIN, _PLAIN[character])
    if character == "∂":
        return Sign(Sort.PARTIAL, "d")
    if character in _PARTS:
        return Sign(Sort.PART, _PARTS[character])
    if character in _THIN:
        return Sign(Sort.THIN, " ")
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return Sign(Sort.PLAIN, "")
    if character in _ACCENTS:
        return Sign(Sort.PLAIN, _ACCENTS[character])
    if unicodedata.category(character).startswith("M"):
        return Sign(Sort.PLAIN, "")
    return _decomposed(character)


def _decomposed(character: str) -> Sign:
    """A character that Unicode knows as another one, raised, lowered, wide or with an accent."""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return Sign(Sort.PLAIN, str(digit))
    how, _, _ = unicodedata.decomposition(character).partition(" ")
    simple = unicodedata.normalize("NFKD", character)
    if simple == character:
        return Sign(Sort.PLAIN, character)
    spelled = [sign(c) for c in simple[:8]]
    sort = {"<super>": Sort.ABOVE, "<sub>": Sort.BELOW}.get(how)
    if sort is None:
        sort = Sort.WORD if len(spelled) == 1 and spelled[0].sort is Sort.WORD else Sort.PLAIN
        accented = [s for s in simple[1:] if unicodedata.category(s).startswith("M")]
        if accented and not any(s in _ACCENTS for s in accented):
            return Sign(sort, character)
    return Sign(sort, "".join(s.text for s in spelled))
