"""LaTeX and Unicode spellings rewritten to one plain spelling; each character keeps its column.

Formulas come out as ``((a)/(b))``, ``x^2``, ``e^(-x)``, ``sqrt(x)``; derivatives as ``dE/dw_5``;
Greek letters by name; a subscript loses its braces, unless a comma or a sign stands in it:
``out_{h1}`` is ``out_h1``, ``w_{h1,x1}`` stays. A superscript that is a name's own keeps its place:
``w^(1)_12``, ``a^[1]_2``, ``w_5^+``, ``w_5^new``. A line's end in LaTeX becomes a line feed, and a
matrix ``[[a, b], [c, d]]``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.marking.claim import Text
from tutor.marking.commands import (
    ACCENTED,
    BRACES,
    FRACTIONS,
    MATRICES,
    NAMED,
    SIGNS,
    SILENT,
    WITH_ARGUMENT,
    WRAPPERS,
)
from tutor.marking.commas import decimal_commas
from tutor.marking.letters import Sort, sign
from tutor.marking.moments import with_moments
from tutor.marking.percents import without_percents
from tutor.marking.tens import powers_of_ten

_ORDINARY = re.compile(r"[ !\"#%'()*+,\-./0-9;<>=?@A-Z\[\]^_a-z|:]*")
"""A line that has nothing to rewrite."""
_MARKED = re.compile(r"\[(?:update )?(\d{1,4})?(?:(?:^|(?<=\[)|, )pattern (\d{1,4}))?\]")
"""The marks of a printed page: [update 1], [pattern 2], [update 1, pattern 2]."""
_MARKED_ABOVE = re.compile(
    r"\^\{(?:((?:[^{}]|\{[^{}]*\})*?),)?"
    r"\(\\text\{((?:update \d{1,4})?(?:, )?(?:pattern \d{1,4})?)\}\)\}"
)
"""The same in LaTeX, perhaps behind another upper index."""
_ARROWS = re.compile(r"~=|=~|:=|<?-{1,2}>|<-{1,2}|={1,2}>|==+|(?<=\s)~(?=\s)")
_TAGS = re.compile(r"<(/?)(sub|sup|b|i|em|strong|code|br)\s?/?>", re.IGNORECASE)
_TAG = {"sub": "_{", "sup": "^{", "/sub": "}", "/sup": "}", "br": " "}
_COMMAND = re.compile(r"\\([A-Za-z]+\*?|.?)", re.DOTALL)
_ARGUMENT = re.compile(r"\s*(?:\{([^{}]*)\})?")
_SIMPLE_BELOW = re.compile(r"\s*[^\W_]*(?:[\s_][^\W_]+)*\s*")
_SIMPLE_ABOVE = re.compile(r"\s*(?:\w+|[+*]|\([\w,]{0,9}\)|\[[\w,]{0,9}\]|'+)\s*")
_SIMPLE = re.compile(r"\s*(?:\w+|\d*\.?\d+|,|\.)?\s*")
_PRIMES = re.compile(r"\s*'+\s*")
_OF = re.compile(r"\s*d\s*(?:[^\W\d_]|\()[^=+*/-]*")
WIDE = "   "
"""What a tab becomes: statements may be parted by it."""
_LATEX_COMMENT = re.compile(r"(?<!\\)%(?!(?<=[\d ]%)\s*(?:\$|\\[)\]]))")


@dataclass(slots=True)
class _Frame:
    """An open brace, and what its closing means."""

    kind: str
    slots: list[int]
    """places in the output that are emptied where no bracket is needed"""
    start: int
    braced: bool = True
    equals: bool = False
    numerator: tuple[int, int] = (0, 0)


def _mark(match: re.Match[str]) -> str:
    """[1.2] for [update 1, pattern 2], [0.2] for [pattern 2]."""
    update, pattern = match[1], match[2]
    if "u" not in match[0] and "p" not in match[0]:
        return match[0]
    return f"[{update or 0}.{pattern}]" if pattern else f"[{update}]"


def _beside_above(match: re.Match[str]) -> str:
    """The mark behind the other upper index."""
    return (f"^{{{match[1]}}}" if match[1] else "") + f"[{match[2]}]"


_BRACED_COMMA = re.compile(r"(?<=\d)\{,\}(?=\d)")
"""The decimal comma of LaTeX, in a list as well."""
_SCALAR = re.compile(
    r"(?<![\w.])(?:(?:np|numpy|torch)\.)?(?:float\d\d|tensor|array)\("
    r"\s*([-+]?[\d.]+(?:e[-+]?\d+)?)\s*(?:,\s*\w+=[^()\[\]]*(?:\(\))?[^()\[\]]*)?\)",
    re.ASCII,
)
"""One number as numpy and torch print it."""


_NABLA = re.compile(r"\bnabla_\{([^{}]*(?:\{[^{}]*\}[^{}]*)?)\}")
"""The gradient by what stands below."""


def plain(line: Text) -> Text:
    """A line in plain spelling."""
    if "^{" in line.text:
        line = line.replaced(_MARKED_ABOVE, _beside_above)
    line = line.replaced(_MARKED, _mark)
    if "</" in line.text:
        line = line.replaced(_TAGS, lambda m: _TAG.get((m[1] + m[2]).lower(), ""))
    line = line.replaced(_SCALAR, lambda m: m[1]).replaced(_BRACED_COMMA, lambda m: ".")
    if not _ORDINARY.fullmatch(line.text):
        line = _Rewriting(line).result()
    if "nabla_{" in line.text:
        line = line.replaced(_NABLA, lambda m: f"nabla {m[1]}")
    line = decimal_commas(line.replaced(_ARROWS, lambda m: "="))
    return with_moments(powers_of_ten(without_percents(line)))


class _Rewriting:
    """One line on its way; ``out`` holds pieces, each with its column."""

    def __init__(self, line: Text) -> None:
        self.text, self.columns = line.text, line.columns
        self.latex = "\\" in self.text or "$" in self.text
        self.at = 0
        self.out: list[str] = []
        self.where: list[int] = []
        self.frames: list[_Frame] = []
        self.envs: list[str] = []
        self.want = ""
        """what the next brace or sign is an argument of"""
        self.held: _Frame | None = None
        self.gap = False
        """whether a letter that follows begins a new word"""
        self.joined = -1
        """the length of the output after the d of a derivative"""

    def result(self) -> Text:
        end = len(self.text)
        comment = _LATEX_COMMENT.search(self.text) if self.latex else None
        if comment:
            end = comment.start()
        while self.at < end:
            self._step()
        columns = [c for piece, c in zip(self.out, self.where, strict=True) for _ in piece]
        return Text("".join(self.out), tuple(columns))

    def _step(self) -> None:
        character = self.text[self.at]
        if self.want and character not in " {":
            self._open(braced=False)
        if character == "{":
            self._open()
        elif character == "\\":
            self._command()
        elif character == "}":
            self.at += 1
            self._close()
        elif character in "_^" and self._next(1) == "{":
            self.at = self.text.index("{", self.at)
            self.want = "below" if character == "_" else "above"
        else:
            self._sign(character)
        while self.frames and not self.frames[-1].braced and not self.want:
            self._close()

    def _next(self, ahead: int = 0) -> str:
        """The next character that is no blank."""
        at = self.at + ahead
        while at < len(self.text) and self.text[at] == " ":
            at += 1
        return self.text[at : at + 1]

    def _emit(self, text: str, column: int | None = None) -> int:
        """Puts a piece out; its place."""
        if text:
            if self.gap and text[0].isalpha():
                self._put(" ", self._column())
            self.gap = False
            if "=" in text and self.frames:
                self.frames[-1].equals = True
        return self._put(text, self._column() if column is None else column)

    def _put(self, text: str, column: int) -> int:
        self.out.append(text)
        self.where.append(column)
        return len(self.out) - 1

    def _column(self) -> int:
        return self.columns[min(self.at, len(self.columns) - 1)]

    def _last(self) -> str:
        """The last character that was put out."""
        for piece in reversed(self.out[-8:]):
            if piece:
                return piece[-1]
        return ""

    def _word(self, text: str, column: int) -> None:
        """A word that does not grow into its neighbours."""
        if self._last().isalnum() and len(self.out) != self.joined:
            self._put(" ", column)
        self.gap = False
        self._emit(text, column)
        self.gap = True

    def _sign(self, character: str) -> None:
        column = self._column()
        self.at += 1
        if character.isascii():
            self._ascii(character, column)
            return
        sort, text = sign(character)
        match sort:
            case Sort.WORD:
                self._word(text, column)
            case Sort.PARTIAL:
                self._partial(column)
            case Sort.THIN:
                self._thin(column)
            case Sort.PART:
                self._emit(character if self._last().isdigit() else text, column)
            case Sort.ABOVE | Sort.BELOW:
                self._run(sort, text, column)
            case Sort.PLAIN:
                self._emit(text, column)

    def _ascii(self, character: str, column: int) -> None:
        if character == "&":
            self._emit(", " if self._in_matrix() else "", column)
        elif character == "|" and self._next() == "_":
            self.at = self.text.index("_", self.at) + 1
            self._emit("@", column)
        elif character in "$`\x7f" or (character < " " and character not in "\t\n"):
            return
        elif character == "\t":
            self._emit(WIDE, column)
        elif character in "\n ~" and self.latex:
            self._emit("" if self._last() == " " else " ", column)
        elif character == "\n":
            self._emit(" ", column)
        else:
            self._emit(character, column)

    def _in_matrix(self) -> bool:
        return bool(self.envs) and self.envs[-1] in MATRICES

    def _partial(self, column: int) -> None:
        if self._last().isalnum():
            self._put(" ", column)
        self.gap = False
        self._emit("d", column)
        self.joined = len(self.out)
        while self.text[self.at : self.at + 1] == " ":
            self.at += 1

    def _thin(self, column: int) -> None:
        following = self.text[self.at : self.at + 1]
        grouping = self._last().isdigit() and following.isdecimal()
        self._emit("" if grouping or self._last() == " " else " ", column)

    def _run(self, sort: Sort, text: str, column: int) -> None:
        """Raised or lowered characters side by side are one index or one power."""
        while self.at < len(self.text):
            following = sign(self.text[self.at])
            if following.sort is not sort:
                break
            text += following.text
            self.at += 1
        text = text.replace("\u2212", "-")
        if sort is Sort.BELOW:
            self._emit("_" + text, column)
        elif _SIMPLE_ABOVE.fullmatch(text):
            self._emit("^" + text, column)
        else:
            self._emit(f"^({text}", column)
            self._emit(")", self.columns[self.at - 1])
        self.gap = True

    # Braces

    def _open(self, *, braced: bool = True) -> None:
        kind, self.want = self.want or "group", ""
        column = self._column()
        self.at += braced
        if kind == "gone":
            self._skip(braced=braced)
            return
        frame = self.held if kind == "den" and self.held else _Frame(kind, [], 0)
        self.held, frame.kind, frame.braced = None, kind, braced
        before = {"below": "_{", "above": "^(", "num": "((", "den": "(", "sqrt": "(", "group": "("}
        if kind == "num" and self._last().isalnum():
            self._put(" ", column)
        for slot in before.get(kind, ""):
            frame.slots.append(self._emit(slot, column))
        if kind == "text" and self._last().isalnum() and len(self.out) != self.joined:
            self._put(" ", column)
        frame.start = len(self.out)
        self.frames.append(frame)

    def _skip(self, *, braced: bool) -> None:
        """Leaves out an argument."""
        depth = 1
        while braced and depth and self.at < len(self.text):
            depth += {"{": 1, "}": -1}.get(self.text[self.at], 0)
            self.at += 1
        if not braced:
            self.at += 1

    def _close(self) -> None:
        if not self.frames:
            self._emit("}")
            return
        frame = self.frames.pop()
        if frame.equals and self.frames:
            self.frames[-1].equals = True
        column = self.columns[max(0, self.at - 1)] if self.columns else 0
        match frame.kind:
            case "group":
                self._close_group(frame, column)
            case "text":
                self._close_text(frame)
            case "below":
                self._close_below(frame, column)
            case "above":
                self._close_above(frame, column)
            case "num":
                self._close_num(frame, column)
            case "den":
                self._close_den(frame, column)
            case "sqrt":
                self._emit(")", column)
            case "under":
                self._close_under()
            case accent:
                self._accented(accent, column)

    def _content(self, frame: _Frame, most: int = 12) -> str | None:
        """What stands inside a brace, if it is short."""
        pieces = self.out[frame.start :] if len(self.out) - frame.start <= most else None
        return None if pieces is None else "".join(pieces)

    def _bare(self, frame: _Frame) -> None:
        for slot in frame.slots:
            self.out[slot] = ""

    def _close_group(self, frame: _Frame, column: int) -> None:
        content = self._content(frame)
        if frame.equals or (content is not None and _SIMPLE.fullmatch(content)):
            self._bare(frame)
        else:
            self._emit(")", column)

    def _close_text(self, frame: _Frame) -> None:
        self.gap = self._content(frame) != "d"
        if not self.gap:
            self.joined = len(self.out)

    def _close_below(self, frame: _Frame, column: int) -> None:
        content = self._content(frame, 60)
        if content is not None and _SIMPLE_BELOW.fullmatch(content):
            self.out[frame.slots[1]] = ""
            for place in range(frame.start, len(self.out)):
                self.out[place] = self.out[place].replace(" ", "")
        else:
            self._emit("}", column)
        self.gap = True

    def _close_above(self, frame: _Frame, column: int) -> None:
        content = self._content(frame, 60)
        if content is not None and _SIMPLE_ABOVE.fullmatch(content):
            self._bare(frame) if _PRIMES.fullmatch(content) else None
            self.out[frame.slots[1]] = ""
            for place in range(frame.start, len(self.out)):
                self.out[place] = self.out[place].strip()
        else:
            self._emit(")", column)
        self.gap = True

    def _close_num(self, frame: _Frame, column: int) -> None:
        frame.numerator = (frame.start, len(self.out))
        frame.slots.append(self._emit(")", column))
        self._emit("/", column)
        self.held, self.want = frame, "den"

    def _close_den(self, frame: _Frame, column: int) -> None:
        start, end = frame.numerator
        if max(end - start, len(self.out) - frame.start) <= 80:
            of, by = "".join(self.out[start:end]), "".join(self.out[frame.start :])
            if _OF.fullmatch(of) and _OF.fullmatch(by):
                self._bare(frame)
                self.gap = True
                return
        self._emit("))", column)

    def _close_under(self) -> None:
        """A brace below a factor names it; the name is not part of the formula."""
        if self._next() in ("_", "^") and self._next():
            while self.text[self.at] == " ":
                self.at += 1
            self.at += 1
            self.want = "gone"

    def _accented(self, accent: str, column: int) -> None:
        self.gap = False
        self._emit(accent, column)
        self.gap = True

    # Commands

    def _command(self) -> None:
        column = self._column()
        match = _COMMAND.match(self.text, self.at)
        assert match
        name = match[1].rstrip("*") if match[1] != "*" else ""
        self.at = match.end()
        if name.isalpha():
            while self.text[self.at : self.at + 1] == " ":
                self.at += 1
        if name == "\\":
            self._line_end(column)
        elif name in ("begin", "end"):
            self._environment(name, column)
        elif name in FRACTIONS:
            self.want = "num"
        elif name == "sqrt":
            rooted = self._next() != "["
            self._word("sqrt" if rooted else "root", column)
            self.gap = False
            self.want = "sqrt" if rooted else ""
        elif name in WRAPPERS:
            self.want = "text"
        elif name in ACCENTED:
            self.want = ACCENTED[name]
        elif name in BRACES:
            self.want = "under"
        elif name in WITH_ARGUMENT:
            self.want = "gone"
        elif name == "partial":
            self._partial(column)
        elif name == ",":
            self._thin(column)
        elif name in SIGNS:
            again = SIGNS[name] == " " == self._last()
            self._emit("" if again else SIGNS[name], column)
        elif name in ("quad", "qquad"):
            self._emit(WIDE, column)
        elif name in SILENT:
            if name in ("left", "right") and self._next() == ".":
                self.at = self.text.index(".", self.at) + 1
        else:
            self._word(NAMED.get(name, name), column)

    def _line_end(self, column: int) -> None:
        size = re.compile(r"\*?\s*(?:\[[\d.]*\s*\w\w\])?").match(self.text, self.at)
        self.at = size.end() if size else self.at
        self._emit("], [" if self._in_matrix() else "\n", column)

    def _environment(self, name: str, column: int) -> None:
        match = _ARGUMENT.match(self.text, self.at)
        environment = (match[1] or "").strip(" *") if match else ""
        self.at = match.end() if match else self.at
        if name == "begin":
            self.envs.append(environment)
            if environment == "array":
                skipped = _ARGUMENT.match(self.text, self.at)
                self.at = skipped.end() if skipped else self.at
            if environment in MATRICES:
                self._emit("[[", column)
        elif self.envs:
            if self._in_matrix():
                self._emit("]]", column)
            self.envs.pop()
