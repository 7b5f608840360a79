"""A part in plain spelling becomes a formula. Nothing here runs what a student wrote.

Signs bind as in handwriting: + and -, then * / and juxtaposition from left to right, so that
1/2 w is half of w, then a sign in front, then powers: -2^2 is -4.
"""

from __future__ import annotations

import re
from typing import Protocol

from tutor.marking.claim import Text, Unread
from tutor.marking.functions import FUNCTIONS, UNNAMED, absolute, canonical, larger
from tutor.marking.names import candidates, pieces, whole
from tutor.marking.scan import Sort, Token, tokens
from tutor.symbolic.formula import (
    Call,
    Formula,
    Neg,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    plus,
    times,
)

DEEPEST = 60
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_ENDS = {")", "]", "}", ","}
_WHY = {
    "%": "% cannot be read: 5 % is 0.05",
    "Σ": "a sum sign cannot be read: write its terms",
    "=": "one equals sign too many",
    "x": "write * for times",
    ",": "a comma cannot stand here: several values need brackets, a decimal comma no blank",
}
_IN_BRACKETS = re.compile(r"\(\s?[-+]?[\d.]+(?:e[-+]?\d+)?\s?\)", re.IGNORECASE)
"""A number and nothing else in brackets."""
_HALVES = {"0.5", ".5", "0.50"}


class Lexicon(Protocol):
    """What names stand for."""

    def name(self, text: str) -> Formula | None:
        """What a name in plain spelling stands for; None for a name that is not known."""


def parse(part: Text, lexicon: Lexicon) -> Formula:
    """The formula that a part of a line is. Raises Unread."""
    return _Parser(part, lexicon).whole()


def name_of(part: Text) -> str | None:
    """The spelling that a lexicon is asked for where a part is one name, else None."""
    return whole(part.text)


class _Joined(Product):
    """Names written without a sign between them; a power belongs to the last."""


def _added(exponent: Formula) -> Formula:
    """An exponent such as 2 - 1, added up."""
    if not isinstance(exponent, Sum):
        return exponent
    total = 0
    for x in exponent.xs:
        sign, number = (-1, x.x) if isinstance(x, Neg) else (1, x)
        if not isinstance(number, Num) or not re.fullmatch(r"-?\d{1,2}", number.text):
            return exponent
        total += sign * int(number.text)
    return Num(str(total))


class _Parser:
    def __init__(self, part: Text, lexicon: Lexicon) -> None:
        self.part, self.lexicon = part, lexicon
        self.tokens = tokens(part)
        self.after = {token.end: n for n, token in enumerate(self.tokens, 1)}
        self.at = 0
        self.depth = 0
        self.bars = 0
        """how many | are open"""
        self.asked: dict[str, Formula | None] = {}

    # Reading along

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def _sees(self, *signs: str) -> bool:
        return self.token.sort is Sort.SIGN and self.token.text in signs

    def _take(self, *signs: str) -> str:
        """The sign that stands here, if it is one of these."""
        token = self.tokens[self.at]
        if token.sort is not Sort.SIGN or token.text not in signs:
            return ""
        self.at += 1
        return token.text

    def _unread(self, message: str, token: Token | None = None) -> Unread:
        start = (token or self.token).start
        columns = self.part.columns
        return Unread(message, columns[start] if start < len(columns) else self.part.end)

    def _known(self, name: str) -> Formula | None:
        if name not in self.asked:
            self.asked[name] = self.lexicon.name(name)
        return self.asked[name]

    # The grammar, loosest first

    def whole(self) -> Formula:
        if not self.part.text.strip():
            raise self._unread("nothing stands here")
        formula = self._sum()
        if self.token.sort is Sort.END:
            return formula
        raise self._unread(self._surplus())

    def _surplus(self) -> str:
        text = self.token.text
        if text in _WHY:
            return _WHY[text]
        if text in _PAIRS.values():
            return f"this {text} closes a bracket that was not opened"
        return f'"{text}" cannot be read here'

    def _sum(self) -> Formula:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._unread(f"brackets deeper than {DEEPEST} are not read")
        found = [self._product()]
        while sign := self._take("+", "-"):
            term = self._product()
            found.append(term if sign == "+" else Neg(term))
        self.depth -= 1
        return plus(*found)

    def _product(self) -> Formula:
        found = [self._signed()]
        while True:
            if self._take("*"):
                found.append(self._signed())
            elif self._take("/"):
                found = [Quotient(times(*found), self._signed())]
            elif self._times():
                found.append(self._signed())
            elif self._begins():
                found.append(self._power())
            else:
                return times(*found)

    def _times(self) -> bool:
        """Whether an x stands here that cannot be a name; it is taken."""
        if self.token.text not in ("x", "X"):
            return False
        known = self._known(self.token.text) is not None
        if self.token.sort is Sort.SIGN and known:
            raise self._unread('"x" between two numbers: write * for times')
        follows = self.tokens[self.at + 1]
        if known or follows.sort is Sort.END or follows.text in _ENDS:
            return False
        self.at += 1
        return True

    def _begins(self) -> bool:
        """Whether a factor follows without a sign."""
        token, before = self.token, self.tokens[self.at - 1]
        if token.sort is Sort.NUMBER:
            if before.sort is Sort.NUMBER:
                raise self._unread(f'between "{before.text}" and "{token.text}" a sign is missing')
            return before.text in (")", "]", "}", "|") or before.sort is Sort.WORD
        if token.sort is Sort.WORD:
            return True
        return token.text in _PAIRS or (token.text == "|" and not self.bars)

    def _signed(self) -> Formula:
        negative = False
        while sign := self._take("+", "-"):
            negative ^= sign == "-"
        literal = self.token if self.token.sort is Sort.NUMBER else None
        formula = self._power()
        if not negative:
            return formula
        if literal and isinstance(formula, Num) and self.tokens[self.at - 1] is literal:
            return Num("-" + formula.text)
        return Neg(formula)

    def _power(self) -> Formula:
        if self._euler():
            return Call("exp", self._exponent())
        base = self._atom()
        *before, last = base.xs if isinstance(base, _Joined) else (base,)
        if self._take("^", "**"):
            sign = self.token
            last = self._raised(last, self._exponent(), sign)
            if self._sees("^", "**"):
                raise self._unread("two powers in a row: write brackets")
        return times(*before, last)

    def _euler(self) -> bool:
        """Whether an e with an exponent stands here; it is taken up to the exponent."""
        if self.token.text != "e" or self.tokens[self.at + 1].text not in ("^", "**"):
            return False
        if self._known("e") is not None and self.tokens[self.at + 2].text in ("2", "(2)"):
            return False
        self.at += 2
        return True

    def _exponent(self) -> Formula:
        """What follows ^: one signed factor."""
        negative = False
        while sign := self._take("+", "-"):
            negative ^= sign == "-"
        x = self._atom()
        return (Num("-" + x.text) if isinstance(x, Num) else Neg(x)) if negative else x

    def _raised(self, base: Formula, exponent: Formula, at: Token) -> Formula:
        match _added(exponent):
            case Num(text) if text.lstrip("-").isdecimal() and len(text.lstrip("-")) <= 2:
                return Power(base, int(text))
            case Num(text) if text in _HALVES:
                return Call("sqrt", base)
            case Quotient(Num("1"), Num("2")):
                return Call("sqrt", base)
        raise self._unread("a power is a whole number from -99 to 99, or 1/2", at)

    def _atom(self) -> Formula:
        token = self.token
        if token.sort is Sort.NUMBER:
            self.at += 1
            return Num(token.text)
        if token.sort is Sort.WORD:
            return self._name()
        if token.text in _PAIRS:
            name = self._named_bracket()
            return name if name else self._bracket()
        if token.text == "|" and not self.bars:
            return self._bars()
        raise self._unread(self._missing())

    def _missing(self) -> str:
        """What to say where a factor should stand."""
        token = self.token
        if token.text in _WHY:
            return _WHY[token.text]
        after = f"after the last {self.tokens[self.at - 1].text}" if self.at else "here"
        if token.sort is Sort.END:
            return f"something is missing {after}"
        if token.text in _ENDS or token.text in "*/^+-|":
            return f"something is missing before this {token.text}"
        return f'"{token.text}" cannot be read'

    # Brackets

    def _bracket(self) -> Formula:
        opened = self.token
        self.at += 1
        bars, self.bars = self.bars, 0
        formula = self._sum()
        self.bars = bars
        if self._take(_PAIRS[opened.text]):
            return formula
        raise self._not_closed(opened)

    def _not_closed(self, opened: Token) -> Unread:
        if self.token.sort is Sort.END:
            return self._unread("this bracket is never closed", opened)
        if self.token.text in _PAIRS.values():
            closing = _PAIRS[opened.text]
            return self._unread(f"{opened.text} is closed by {closing}, not by {self.token.text}")
        return self._unread(self._surplus())

    def _bars(self) -> Formula:
        opened = self.token
        self.at += 1
        self.bars += 1
        formula = self._sum()
        self.bars -= 1
        if not self._take("|"):
            raise self._unread("this | is never closed", opened)
        return absolute(formula)

    # Names

    def _named_bracket(self) -> Formula | None:
        """A derivative written as a fraction of brackets."""
        return self._first_known() if self.token.text == "(" else None

    def _first_known(self, having: str = "", but: str = "") -> Formula | None:
        """The longest name from here on that is known; it is taken."""
        for name, end in candidates(self.part.text, self.token.start):
            if having not in name or (but and but in name) or end not in self.after:
                continue
            if (formula := self._known(name)) is not None:
                self.at = min(self.after[end], len(self.tokens) - 1)
                return formula
        return None

    def _name(self) -> Formula:
        token = self.token
        function = canonical(token.text)
        applied = function in FUNCTIONS or function in ("max", "Max")
        if (
            not (applied or self._slope_at_number(function))
            and (formula := self._first_known()) is not None
        ):
            return formula
        if function.endswith("'") and (formula := self._first_known("(")) is not None:
            return formula
        if applied:
            indexed = self._first_known("_", but="(")  # exp^2_1 is a name, exp^2 a power
            return indexed or self._applied(function)
        follows = self.tokens[self.at + 1].text
        if function in UNNAMED and follows in ("(", "["):
            self.at += 1
            return Call(function, self._bracket())
        if (split := pieces(token.text, self._known)) is not None:
            self.at += 1
            return split[0] if len(split) == 1 else _Joined(tuple(split))
        raise self._unread(f'"{self._spelled()}" is no name of this problem')

    def _slope_at_number(self, function: str) -> bool:
        """Whether f' with a number in brackets stands here."""
        slope = function in UNNAMED and function.endswith("'")
        return slope and _IN_BRACKETS.match(self.part.text, self.token.end) is not None

    def _spelled(self) -> str:
        """The name that stands here, as far as it goes."""
        longest = max(
            (c for c in candidates(self.part.text, self.token.start) if " " not in c[0]),
            key=lambda c: c[1],
            default=(self.token.text, 0),
        )[0]
        return longest if len(longest) <= 40 else longest[:40] + "…"

    def _applied(self, function: str) -> Formula:
        named = self.token
        self.at += 1
        if function in ("max", "Max"):
            return self._max(named)
        power = self._power_of_function()
        if self._sees("(", "["):
            x = self._bracket()
        else:
            if self.token.sort is Sort.END:
                raise self._unread(f"{named.text} of what? something is missing after it")
            x = self._argument()
        formula = FUNCTIONS[function](x)
        return Power(formula, power) if power else formula

    def _power_of_function(self) -> int:
        """n of tanh^2(x); exp^(x) is read as exp(x)."""
        if not self._sees("^", "**"):
            return 0
        exponent = self.tokens[self.at + 1]
        follows = self.tokens[min(self.at + 2, len(self.tokens) - 1)]
        if exponent.text in ("2", "3") and follows.text in ("(", "["):
            self.at += 2
            return int(exponent.text)
        self.at += 1
        return 0

    def _argument(self) -> Formula:
        """What a function without brackets is of: the next factor."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._unread(f"brackets deeper than {DEEPEST} are not read")
        formula = self._signed()
        self.depth -= 1
        return formula

    def _max(self, named: Token) -> Formula:
        opened = self.token
        if not self._take("(", "{", "["):
            raise self._unread("max needs two values in brackets: max(0, x)", named)
        first = self._sum()
        if not self._take(",", ";"):
            raise self._unread("max needs two values: max(0, x)", named)
        second = self._sum()
        if not self._take(_PAIRS[opened.text]):
            raise self._not_closed(opened)
        return larger(first, second)
