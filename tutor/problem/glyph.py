"""The names of quantities as they are written: letters with indices, and what is made of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter or word with indices, as in w_{5}^{new}."""

    base: str
    sub: tuple[str, ...] = ()
    sup: tuple[str, ...] = ()
    plain: str = ""
    """how the source itself writes it in plain text"""
    new: str = ""
    mark: str = ""

    @property
    def text(self) -> str:
        """The name in one line of plain text."""
        stem = self.plain or "_".join(
            (self.base + ("^" + ",".join(self.sup) if self.sup else ""), *self.sub)
        )
        new = {"": "", "+": "⁺"}.get(self.new, f"_{self.new}")
        return stem + new + (f"[{self.mark}]" if self.mark else "")


@dataclass(frozen=True, slots=True)
class Slope:
    """The derivative of one by the other, written as a fraction."""

    of: Glyph
    by: Glyph


@dataclass(frozen=True, slots=True)
class Applied:
    """f'(net)"""

    fn: str
    x: Glyph


@dataclass(frozen=True, slots=True)
class Change:
    """Delta w, the step."""

    of: Glyph


@dataclass(frozen=True, slots=True)
class Via:
    """One path's part of a slope: the one through a unit."""

    slope: Slope
    unit: Glyph


Name = Glyph | Slope | Applied | Change | Via
