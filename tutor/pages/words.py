"""Every sentence that a reader sees: the files of words in templates/, or a teacher's over them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from tutor.errors import Flaw, InputError, did_you_mean
from tutor.files import shipped
from tutor.pages.document import Math, Sentence
from tutor.pages.templates import check_own, environment, faults_in
from tutor.symbolic.formula import Formula, Named
from tutor.symbolic.quantity import ALWAYS, At, E, Quantity

Value = (
    str | int | bool | Formula | Quantity | Math | Sequence["Value"] | Mapping[str, "Value"] | None
)

FILES = (
    "words.j2",
    "feedback.j2",
    "questions.j2",
    "practise.j2",
    "paper.j2",
    "plots.j2",
    "course.j2",
)
"""Where the sentences are; a file may use those of the ones before it."""
_MARKER = re.compile("\ue000(\\d+|E)\ue001")
_MACRO = re.compile(r"\bmacro\s+(\w+)")
_GLOBALS = {"E": "\ue000E\ue001"}
"""What every sentence may name: the error, by the page's own name for it."""


class Words:
    """Sentences by key. Text from a problem goes in as a value and is never read as a template."""

    def __init__(self, own: Path | None = None) -> None:
        self.macros: dict[str, object] = {}
        self._own = own
        self._places: dict[str, tuple[str, int]] = {}
        """file and line of each sentence of one's own"""
        for name in FILES:
            self._add(shipped("templates"), name)
        if own:
            check_own(own)
            known = set(self.macros)
            for name in FILES:
                if (own / name).is_file():
                    self._add(own, name)
                    self._check_own(own / name, known)

    def _add(self, folder: Path, name: str) -> None:
        """The macros of a file of words, before those that are there; it may use them."""
        with faults_in(self._own):
            template = environment(folder).get_template(name, globals={**_GLOBALS, **self.macros})
            module = template.module
        self.macros |= {name: value for name, value in vars(module).items() if name[0] != "_"}

    def _check_own(self, file: Path, known: set[str]) -> None:
        """Raise InputError for a macro that no page says and that no other one uses."""
        text = file.read_text(encoding="utf-8")
        for macro in _MACRO.finditer(text):
            name, line = macro[1], text.count("\n", 0, macro.start()) + 1
            self._places[name] = str(file), line
            if name not in known and text.count(f"{name}(") < 2:
                what = f'no page says "{name}"'
                raise InputError(str(file), [Flaw(line, 1, what, did_you_mean(name, known))])

    @property
    def language(self) -> str:
        """The language that the sentences are in, as HTML names it."""
        return str(self.say("language")[0])

    def needs(self, key: str) -> frozenset[str]:
        """The values that a sentence names."""
        return frozenset(getattr(self.macros[key], "arguments", ()))

    def say(self, key: str, at: At = ALWAYS, **values: Value) -> Sentence:
        """The sentence ``key`` with its values; formulas stay formulas."""
        maths: list[Math] = []

        def put(value: Value) -> object:
            if isinstance(value, Quantity):
                value = Named(value)
            if isinstance(value, Formula):
                value = Math((value,), at)
            if isinstance(value, Math):
                maths.append(value)
                return f"\ue000{len(maths) - 1}\ue001"
            if isinstance(value, str):
                return re.sub("[\ue000-\uf8ff]", "", value)
            if isinstance(value, Sequence):
                return [put(part) for part in value]
            if isinstance(value, Mapping):
                return {name: put(part) for name, part in value.items()}
            return value

        macro = self.macros[key]
        assert callable(macro)
        with faults_in(self._own, self._places.get(key)):
            text = str(macro(**{name: put(value) for name, value in values.items()}))
        pieces = _MARKER.split(" ".join(text.split()))
        return tuple(
            (Math((Named(E),), at) if piece == "E" else maths[int(piece)]) if n % 2 else piece
            for n, piece in enumerate(pieces)
            if piece
        )
