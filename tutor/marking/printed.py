"""A number as a student printed it, and how much its digits say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

_NUMBER = re.compile(r"([+-]?)(\d*)(\.\d*)?(?:e([+-]?\d{1,3}))?", re.ASCII)
LONGEST = 60
"""Characters of a number that is read."""
LARGEST_EXPONENT = 200
"""Powers of ten that floats can still square."""


@dataclass(frozen=True)
class Printed:
    """A printed number and its last unit; a plain integer is exact."""

    text: str
    value: Fraction
    unit: Fraction
    """one unit of the last digit; 0 for a plain integer"""

    @cached_property
    def float_value(self) -> float:
        """The value, nearly."""
        return float(self.value)

    @cached_property
    def float_unit(self) -> float:
        """The unit, nearly."""
        return float(self.unit)

    @cached_property
    def decimals(self) -> int:
        """How many decimals it shows; 0 for a plain integer."""
        return max(0, -_power(self.unit)) if self.unit else 0

    @cached_property
    def figures(self) -> int:
        """How many significant figures it shows."""
        if not self.value:
            return max(1, self.decimals)
        return len(str(abs(self.value) / self.unit)) if self.unit else len(str(abs(self.value)))

    def covers(self, other: Printed) -> bool:
        """Whether this is the other number again, with fewer digits or the same."""
        return self.unit >= other.unit and abs(self.value - other.value) <= self.unit


@lru_cache(maxsize=4096)
def printed(text: str) -> Printed | None:
    """A plain number such as -0.85, .5 or 4.386e-4; None for anything else."""
    match = _NUMBER.fullmatch(text)
    if not match or len(text) > LONGEST or not (match[2] or (match[3] or ".") != "."):
        return None
    decimals = len(match[3] or ".") - 1
    exponent = int(match[4] or 0)
    if abs(exponent) > LARGEST_EXPONENT:
        return None
    value = Fraction(f"{match[1]}{match[2] or 0}{match[3] or ''}") * Fraction(10) ** exponent
    exact = match[3] is None and match[4] is None
    return Printed(text, value, Fraction(0) if exact else Fraction(10) ** (exponent - decimals))


def _power(unit: Fraction) -> int:
    """n of a unit 10^n."""
    return len(str(unit.numerator)) - len(str(unit.denominator))
