"""Names that are said in words: ``the net input of h1``, ``neues Gewicht w5``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from tutor.symbolic.quantity import Kind

_MEANS: Mapping[str, str] = {
    "error signal|error term|local gradient|fehlersignal|fehlerterm": "delta",
    "net input|total input|weighted sum|weighted input|net activation": "net",
    "netto?eingabe|nettoinput|netzeingabe|netzinput|entrée nette|entrada neta": "net",
    "ausgabewert|ausgabe|ausgang|sortie|salida": "output",
    "gesamtfehler|gesamter fehler|erreur totale|overall error|total (?:loss|cost)": "total error",
    "fehler|erreur": "error",
    "desired output|target output|expected output|desired value|target value": "target",
    "zielwert|sollwert|soll-ausgabe": "target",
    "lernrate|taux d'apprentissage|tasa de aprendizaje|step size": "learning rate",
    "gewicht|poids|peso": "weight",
    "neue[rsnm]?|nouveau|nouvelle|nuev[oa]": "new",
    "alte[rsnm]?|original|initial": "old",
    "grads?|gradients|derivatives?|ableitung|dérivée|derivada": "gradient",
    "schwelle|schwellwert|threshold": "bias",
    "eingabe|entrée|entrada": "input",
}
"""What people say, and the word that names are made of."""
_FILLERS = (
    r"(?:the|of|for|at|in|to|neuron|unit|node|value|also|von|vom|der|die|das|des|dem|für|am|an"
    r"|bei|de|du|la|le|el|del|partial)"
)
OF: Mapping[str, tuple[Kind, ...]] = {
    "weight": (Kind.W,),
    "bias": (Kind.B,),
    "gradient": (Kind.GRAD, Kind.DE_DO, Kind.DE_DNET),
    "output": (Kind.O,),
    "net": (Kind.NET,),
    "delta": (Kind.DE_DNET,),
    "error": (Kind.E, Kind.SHARE, Kind.DE_DNET),
    "total error": (Kind.E, Kind.SHARE),
    "output error": (Kind.SHARE, Kind.DE_DNET),
    "hidden error": (Kind.DE_DNET,),
    "cost": (Kind.E, Kind.SHARE),
    "loss": (Kind.E, Kind.SHARE),
    "input": (Kind.X,),
    "target": (Kind.T,),
    "learning rate": (Kind.ETA,),
}
"""Words that may stand beside the name of what they are: the weight w5."""
_UNITLESS = ("error", "total error", "cost", "loss", "learning rate")
_SPOKEN = [
    (re.compile(rf"(?<!\w)(?:{said})(?!\w)", re.IGNORECASE), word) for said, word in _MEANS.items()
]
_OF = r"(?:of|for|at|in|von|vom|für|bei)"
_BACK = re.compile(
    rf"(?:(?:and|und)\s+)?(?:(?:that|the one|das|die|der)\s+)?{_OF}\s+([^\W\d]\S*)", re.IGNORECASE
)
"""Words that speak of the same of another unit: that of o2, for o2."""
_WHOSE = re.compile(rf"([^=]*\S\s+{_OF}\s+)[^\W\d]\S*", re.IGNORECASE)
_FILLER = re.compile(rf"(?<!\S){_FILLERS}(?!\S)\s*", re.IGNORECASE)
_WORDS = "|".join(sorted(OF, key=len, reverse=True))
_APPOSED = re.compile(rf"({_WORDS}) (.+)|(.+) ({_WORDS})", re.IGNORECASE)
_BEFORE_FORMULA = re.compile(rf"({_WORDS}) [^\W\d]\w*(?= ?[-+*/(])", re.IGNORECASE)


def without_fillers(text: str) -> str:
    """A text without the small words of a sentence."""
    return _FILLER.sub("", text)


@lru_cache(maxsize=4096)
def short(text: str) -> str:
    """A name in few words, those that names are made of; "the output" of no unit stays."""
    few = text
    for pattern, word in _SPOKEN:
        few = pattern.sub(word, few)
    bare = without_fillers(few).strip()
    return text if bare != few and bare.lower() in OF and bare.lower() not in _UNITLESS else bare


def apposed(text: str) -> tuple[str, tuple[Kind, ...]] | None:
    """What stands beside a word that says what it is, and the kinds that it then may be."""
    match = _APPOSED.fullmatch(text)
    return (match[2] or match[3], OF[(match[1] or match[4]).lower()]) if match else None


def taken_up(text: str, before: str) -> str:
    """A name that takes up the word of the one before it: "that for o2" behind "the delta for o1"
    is "the delta for o2"; any other name as it is."""
    back = _BACK.fullmatch(text)
    whose = _WHOSE.fullmatch(before) if back else None
    return whose[1] + back[1] if back and whose else text


def before_formula(text: str) -> re.Match[str] | None:
    """A word before a formula for what it is, with the formula's first name: error t - y."""
    return _BEFORE_FORMULA.match(text)
