"""Every sentence that a reader sees: templates/words.j2, or a teacher's own words.j2 over it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from tutor.errors import InputError
from tutor.files import shipped
from tutor.pages.document import Math, Sentence
from tutor.symbolic.formula import Formula, Named
from tutor.symbolic.quantity import ALWAYS, At, E, Quantity

Value = str | int | bool | Formula | Quantity | Math | Sequence["Value"] | None

_MARKER = re.compile("\ue000(\\d+|E)\ue001")
_GLOBALS = {"E": "\ue000E\ue001"}
"""What every sentence may name: the error, by the page's own name for it."""
FILE = "words.j2"


class Words:
    """Sentences by key. Text from a problem goes in as a value and is never read as a template."""

    def __init__(self, overlay: Path | None = None) -> None:
        folders = [folder for folder in (overlay, shipped("templates")) if folder]
        self.modules = []
        for folder in folders:
            if (folder / FILE).is_file():
                environment = SandboxedEnvironment(
                    loader=FileSystemLoader(folder),
                    undefined=StrictUndefined,
                    trim_blocks=True,
                    lstrip_blocks=True,
                )
                try:
                    self.modules.append(environment.get_template(FILE, globals=_GLOBALS).module)
                except TemplateError as error:
                    raise InputError(
                        f"{folder / FILE}:{getattr(error, 'lineno', 0) or 0}", str(error)
                    ) from None

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
            return value

        macro = next(
            found for module in self.modules if (found := getattr(module, key, None)) is not None
        )
        try:
            text = str(macro(**{name: put(value) for name, value in values.items()}))
        except (TemplateError, TypeError) as error:
            raise InputError(FILE, f"the words for {key}: {error}") from None
        pieces = _MARKER.split(" ".join(text.split()))
        return tuple(
            (Math((Named(E),), at) if piece == "E" else maths[int(piece)]) if n % 2 else piece
            for n, piece in enumerate(pieces)
            if piece
        )
