"""Templates, shipped or a teacher's own; what is wrong in own ones is told with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from traceback import walk_tb

from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from tutor.errors import Flaw, InputError
from tutor.files import decoded, shipped
from tutor.pages.cache import Compiled

ENDINGS = (".j2", ".css", ".js")


def environment(
    *folders: Path, autoescape: bool = False, marks: dict[str, str] | None = None
) -> SandboxedEnvironment:
    """What reads templates: each from the first folder that has it."""
    return SandboxedEnvironment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=autoescape,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=Compiled(),
        **(marks or {}),
    )


def check_own(folder: Path) -> None:
    """Raise InputError for a folder in which no page would look for anything, or with no text."""
    known = sorted(path.name for path in shipped("templates").iterdir() if path.is_file())
    if not any((folder / name).is_file() for name in known):
        what = f"this folder has none of the files that it could: {', '.join(known)}"
        raise InputError(str(folder), what)
    for file in folder.iterdir():
        if file.is_file() and file.suffix in ENDINGS:
            decoded(file.read_bytes(), str(file))


def contents(folder: Path) -> str:
    """What tells a folder of templates from the same folder after a change."""
    files = sorted(f for f in folder.rglob("*") if f.suffix in ENDINGS and f.is_file())
    texts = (f"{file} {sha256(file.read_bytes()).hexdigest()}" for file in files)
    return " ".join(texts)


@contextmanager
def faults_in(own: Path | None, definition: tuple[str, int] | None = None) -> Iterator[None]:
    """Raise InputError for what goes wrong in a template of this folder, with file and line.

    ``definition`` is the place to name where no line has been at work yet.
    """
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        place = (_place(error, own) if own else None) or definition
        if place is None:
            raise
        file, line = place
        raise InputError(file, [Flaw(line, 1, *_sentence(error))]) from None


def _place(error: Exception, own: Path) -> tuple[str, int] | None:
    """The last line of a teacher's own that was at work. Jinja has put some lines right already."""
    places = [
        (frame.f_code.co_filename, frame.f_globals.get("__jinja_template__"), line)
        for frame, line in walk_tb(error.__traceback__)
    ]
    if isinstance(error, TemplateSyntaxError) and error.filename:
        places.append((error.filename, None, error.lineno))
    for file, template, line in reversed(places):
        if own in Path(file).parents and Path(file).is_file():
            return file, template.get_corresponding_lineno(line) if template else line
    return None


def _sentence(error: Exception) -> tuple[str, str]:
    """What is wrong, and what would be right where that is known."""
    match error:
        case RecursionError():
            return "this calls or includes itself without end", ""
        case TemplateNotFound():
            return f"there is no template {error.name}", "put it into the same folder"
        case TemplateSyntaxError():
            return str(error.message), ""
        case _:
            return f"this cannot be filled in: {_said(error)}", ""


def _said(error: Exception) -> str:
    return str(error).removesuffix(".") or type(error).__name__
