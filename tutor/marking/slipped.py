"""Slips of the pen: what a printed number looks like beside the number it should be."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tutor.marking.printed import Printed, printed


def _swapped(number: Printed, value: float) -> bool:
    """Two neighbouring digits have changed places."""
    text = number.text
    for n in range(len(text) - 1):
        a, b = text[n], text[n + 1]
        if a.isdigit() and b.isdigit() and a != b:
            other = printed(text[:n] + b + a + text[n + 2 :])
            if other and abs(float(other.value) - value) <= float(other.unit) * 1.001:
                return True
    return False


def _shifted(number: Printed, value: float) -> bool:
    """Ten, a hundred or a thousand times too large or too small."""
    shifts = (10.0**n for n in (-3, -2, -1, 1, 2, 3))
    return bool(value) and any(_reaches(number, value, by) for by in shifts)


def _reaches(number: Printed, value: float, by: float) -> bool:
    return abs(float(number.value) * by - value) <= float(number.unit) * by * 1.001


SLIPS: Mapping[str, Callable[[Printed, float], bool]] = {
    "sign-lost": lambda number, value: bool(value) and _reaches(number, value, -1.0),
    "digits-swapped": _swapped,
    "decimal-point": _shifted,
}
"""(what is printed, what it should be) -> whether the slip explains it"""


def named_slip(number: Printed, value: float) -> str:
    """The slip that explains a false result, or plain arithmetic."""
    return next((name for name, fits in SLIPS.items() if fits(number, value)), "arithmetic")
