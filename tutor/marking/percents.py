"""Percentages: 29.8 % is 0.298."""

from __future__ import annotations

import re
from decimal import Decimal

from tutor.marking.claim import Text

_PERCENT = re.compile(r"(?<![\w.])(\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})\s?%(?!\s?[\w(.])", re.ASCII)


def without_percents(line: Text) -> Text:
    """The line with the number that each percentage is; its last digit stays the last."""
    if "%" not in line.text:
        return line
    return line.replaced(_PERCENT, lambda m: f"{Decimal(m[1]).scaleb(-2):f}")
