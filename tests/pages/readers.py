"""Written formulas read back: each format becomes what one types into a calculator."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from decimal import Context, Decimal
from fractions import Fraction

PRECISE = Context(prec=60)


def _tanh(x: Decimal) -> Decimal:
    up, down = PRECISE.exp(x), PRECISE.exp(PRECISE.minus(x))
    return PRECISE.divide(PRECISE.subtract(up, down), PRECISE.add(up, down))


FUNCTIONS: dict[str, Callable[[Decimal], Decimal]] = {
    "exp": PRECISE.exp,
    "ln": PRECISE.ln,
    "tanh": _tanh,
}
_TOKEN = re.compile(r"\s*((?:\d+\.?\d*|\.\d+)(?:e-?\d+)?|[a-z]+|[-+*/^(),])")


def calculated(text: str) -> Fraction:
    """The value of a line of numbers; all but exp, ln and tanh is exact.

    A sign stands at the beginning or after a bracket only, as in handwriting. Raises ValueError for
    a text that no calculator would take.
    """
    return _Calculator(text).value()


class _Calculator:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def value(self) -> Fraction:
        value = self._sum()
        if self.text[self.at :].strip():
            raise self._unreadable()
        return value

    def _unreadable(self) -> ValueError:
        return ValueError(f"{self.text[: self.at]} >>> {self.text[self.at :]}")

    def _take(self, wanted: str = "") -> str:
        """The next token, if it matches."""
        match = _TOKEN.match(self.text, self.at)
        if not match or not re.fullmatch(wanted, match[1]):
            return ""
        self.at = match.end()
        return match[1]

    def _sum(self) -> Fraction:
        total = -self._product() if self._take("-") else self._product()
        while sign := self._take("[-+]"):
            total += self._product() if sign == "+" else -self._product()
        return total

    def _product(self) -> Fraction:
        product = self._power()
        while sign := self._take("[*/]"):
            product = product * self._power() if sign == "*" else product / self._power()
        return product

    def _power(self) -> Fraction:
        if self._take("e"):
            return self._applied("exp" if self._take(r"\^") else "", [self._atom()])
        base = self._atom()
        return base ** int(self._atom()) if self._take(r"\^") else base

    def _atom(self) -> Fraction:
        if digits := self._take(r"[\d.].*"):
            return Fraction(digits)
        fn = self._take("[a-z]{2,}")
        if not self._take(r"\("):
            raise self._unreadable()
        values = [self._sum()]
        while self._take(","):
            values.append(self._sum())
        if not self._take(r"\)"):
            raise self._unreadable()
        return self._applied(fn, values) if fn or len(values) > 1 else values[0]

    def _applied(self, fn: str, values: Sequence[Fraction]) -> Fraction:
        if fn == "max" and len(values) == 2:
            return max(values)
        if fn not in FUNCTIONS or len(values) > 1:
            raise self._unreadable()
        top, bottom = Decimal(values[0].numerator), Decimal(values[0].denominator)
        return Fraction(FUNCTIONS[fn](PRECISE.divide(top, bottom)))


def plain(text: str) -> str:
    """Plain text, and the keys of JSON."""
    return text.replace("·", "*").replace("²", "^2")


def latex(text: str) -> str:
    """LaTeX, with or without colours."""
    for command, sign in ((r"\left(", "("), (r"\right)", ")"), (r"\cdot", "*")):
        text = text.replace(command, sign)
    return _innermost_first(
        text,
        (r"\{\\color\{factor\d\}([^{}]*)\}", r"\1"),
        (r"\\(?:mathrm|text)\{([^{}]*)\}", r"\1"),
        (r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))"),
        (r"\^\{([^{}]*)\}", r"^(\1)"),
        (r"_\{[^{}]*\}", ""),  # indices, and what stands below a brace
        (r"\\underbrace\{([^{}]*)\}", r"\1"),
    )


def typst(text: str) -> str:
    """Typst, as the page template has it."""
    text = re.sub(r'"([^"]*)"', lambda word: re.sub(r"\W", "", word[1]), text)
    text = text.replace(r"\,", ";").replace("dot.op", "*")
    text = _innermost_first(
        text,
        (r"lr\(\(([^(),]*)\)\)", r"[\1]"),
        (r"tint\(#\d, ([^(),]*)\)", r"\1"),
        (r"inline\(([^(),]*)\)", r"\1"),
        (r"frac\(([^(),]*), ([^(),]*)\)", r"[[\1]/[\2]]"),
        (r"\^\(([^(),]*)\)", r"^[\1]"),
        (r"_\([^(),]*\)", ""),
        (r"underbrace\(([^(),]*), [^(),]*\)", r"\1"),
    )
    return text.translate(str.maketrans("[];", "(),"))


def _innermost_first(text: str, *rules: tuple[str, str]) -> str:
    """The rules again and again until none applies."""
    before = ""
    while text != before:
        before = text
        for pattern, instead in rules:
            text = re.sub(pattern, instead, text)
    return text


def mathml(text: str) -> str:
    """MathML."""
    return _flat(ET.fromstring(f"<mrow>{text}</mrow>"))


def _flat(e: ET.Element) -> str:
    match e.tag:
        case "mfrac":
            return f"(({_flat(e[0])})/({_flat(e[1])}))"
        case "msup":
            return f"{_flat(e[0])}^({_flat(e[1])})"
        case "munder":  # below a brace stand names
            return _flat(e[0])
        case "mrow":
            return "".join(map(_flat, e))
        case "mn" | "mi" | "mo":
            return (e.text or "").translate({ord("−"): "-", ord("·"): "*"})
    raise ValueError(e.tag)
