"""Every sentence that a reader sees: the files of words in templates/, or a teacher's over them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from tutor.errors import Flaw, InputError, did_you_mean
from tutor.files import shipped
from tutor.pages.cache import Compiled
from tutor.pages.document import Math, Sentence
from tutor.symbolic.formula import Formula, Named
from tutor.symbolic.quantity import ALWAYS, At, E, Quantity

Value = (
    str | int | bool | Formula | Quantity | Math | Sequence["Value"] | Mapping[str, "Value"] | None
)

FILES = ("words.j2", "feedback.j2")
"""Where the sentences are; a file may use those of the ones before it."""
_MARKER = re.compile("\ue000(\\d+|E)\ue001")
_GLOBALS = {"E": "\ue000E\ue001"}
"""What every sentence may name: the error, by the page's own name for it."""


class Words:
    """Sentences by key. Text from a problem goes in as a value and is never read as a template."""

    def __init__(self, overlay: Path | None = None) -> None:
        self.macros: dict[str, object] = {}
        for name in FILES:
            self._add(shipped("templates") / name)
        known = set(self.macros)
        for own in (overlay / name for name in FILES if overlay):
            if own.is_file():
                self._add(own)
                self._refuse_unsaid(own, known)

    def _add(self, file: Path) -> None:
        """The macros of a file, before those that are there; it may use them.

        Raises InputError where the file is no template.
        """
        environment = SandboxedEnvironment(
            loader=FileSystemLoader(file.parent),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=Compiled(),
        )
        try:
            module = environment.get_template(file.name, globals={**_GLOBALS, **self.macros}).module
        except TemplateSyntaxError as error:
            raise InputError(str(file), [Flaw(error.lineno, 1, str(error.message))]) from None
        except (TemplateError, UnicodeDecodeError) as error:
            raise InputError(str(file), str(error)) from None
        self.macros |= {name: value for name, value in vars(module).items() if name[0] != "_"}

    def _refuse_unsaid(self, file: Path, known: set[str]) -> None:
        """Raise InputError for a macro that no page says and that no other one uses."""
        text = file.read_text(encoding="utf-8", errors="replace")
        for name in self.macros.keys() - known:
            if text.count(f"{name}(") < 2:
                raise InputError(str(file), f'no page says "{name}"; {did_you_mean(name, known)}')

    @property
    def language(self) -> str:
        """The language that the sentences are in, as HTML names it."""
        return str(self.say("language")[0])

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
        try:
            text = str(macro(**{name: put(value) for name, value in values.items()}))
        except (TemplateError, TypeError) as error:
            raise InputError("--templates", f"the words for {key}: {error}") from None
        pieces = _MARKER.split(" ".join(text.split()))
        return tuple(
            (Math((Named(E),), at) if piece == "E" else maths[int(piece)]) if n % 2 else piece
            for n, piece in enumerate(pieces)
            if piece
        )
