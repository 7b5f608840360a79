"""Letters and signs that TeX knows by a command and not by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_GREEK = (
    "α alpha β beta γ gamma δ delta ε varepsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda"
    " μ mu ν nu ξ xi π pi ρ rho σ sigma ς varsigma τ tau υ upsilon φ varphi χ chi ψ psi ω omega"
    " ϵ epsilon ϑ vartheta ϕ phi ϱ varrho ϖ varpi"
    " Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega"
)
_LOOK_LATIN = dict(zip("οΑΒΕΖΗΙΚΜΝΟΡΤΧ", "oABEZHIKMNOPTX", strict=True))
_MATH = (
    "− - ∓ mp · cdot ⋅ cdot ∙ cdot × times ∗ ast ∘ circ ⊙ odot ⊗ otimes ⊕ oplus"
    " ≠ neq ≈ approx ≡ equiv ∼ sim ∝ propto ≤ le ≥ ge ≪ ll ≫ gg"
    " ∑ sum ∏ prod √ surd ∫ int ∂ partial ∇ nabla ∞ infty ℓ ell ħ hbar ′ ' ″ ''"
    " ∈ in ∉ notin ∅ emptyset ∩ cap ∪ cup ⊂ subset ⊆ subseteq ∀ forall ∃ exists ∧ wedge ∨ vee"
    " ← leftarrow ↑ uparrow → to ↓ downarrow ↔ leftrightarrow ↦ mapsto ⟶ longrightarrow"
    " ⇐ Leftarrow ⇒ Rightarrow ⇔ Leftrightarrow ⟨ langle ⟩ rangle ‖ Vert ∣ mid ⋯ cdots"
)
_TEXT = (
    "– textendash — textemdash ― textemdash ‘ textquoteleft ‚ quotesinglbase"
    " “ textquotedblleft ” textquotedblright „ quotedblbase ‹ guilsinglleft › guilsinglright"
    " … dots ‰ textperthousand € texteuro • textbullet † textdagger ‡ textdaggerdbl"
    " ™ texttrademark"
)


def _pairs(row: str) -> Mapping[str, str]:
    signs, commands = row.split()[::2], row.split()[1::2]
    commands = [rf"\{name}" if name.isalpha() else name for name in commands]
    return MappingProxyType(dict(zip(signs, commands, strict=True)))


GREEK = MappingProxyType({**_pairs(_GREEK), **_LOOK_LATIN})
"""Greek letters in math; those that look like Latin ones have no command."""
MATH = _pairs(_MATH)
"""Signs that stand in math only."""
TEXT = _pairs(_TEXT)
"""Signs that stand in text."""
