"""The house: a floor imports only from those below it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = (
    ("tutor.errors", "tutor.files"),
    ("tutor.symbolic",),
    ("tutor.numeric",),
    ("tutor.problem",),
    ("tutor.solving",),
    ("tutor.practice",),
    ("tutor.marking",),
    ("tutor.plots",),
    ("tutor.pages",),
    ("tutor.solution", "tutor.working", "tutor.plotting"),
    ("tutor.classroom", "tutor.papers", "tutor.drill", "tutor.course"),
    ("tutor.console",),
    ("tutor.commands",),
    ("tutor.cli",),
    ("tutor", "tutor.__main__"),
)
"""From the ground up. The package itself imports nothing until it is asked."""
MODULES = sorted((ROOT / "tutor").rglob("*.py"))
ONLY = {
    "numpy": {
        "tutor.numeric.batch",
        "tutor.numeric.ranges",
        *(f"tutor.practice.{name}" for name in ("doable", "drawing", "draws", "equal")),
        *(f"tutor.practice.{name}" for name in ("exercise", "search", "telling")),
        *(f"tutor.plots.{name}" for name in ("landscape", "shoulder", "slice")),
        *(f"tutor.plots.{name}" for name in ("directions", "lowest", "minima", "path", "surface")),
        "tutor.pages.plots.directions",
        *(f"tutor.plots.{name}" for name in ("descent", "escape", "halving", "hessian", "plane")),
        *(f"tutor.plots.{name}" for name in ("pulls", "routes", "stable", "turns", "updates")),
        *(f"tutor.plots.{name}" for name in ("eta", "saturation", "single")),
        "tutor.marking.finals",
        "tutor.marking.printed_batch",
        "tutor.marking.slipped",
        "tutor.marking.suspected",
    },
    "contourpy": {"tutor.pages.contours"},
    "jinja2": {"tutor.pages.cache", "tutor.pages.render", "tutor.pages.templates"},
    "subprocess": {"tutor.pages.pdf"},
    "sympy": {"tutor.symbolic.proof", "tutor.symbolic.derivation", "tutor.symbolic.origins"},
}
"""Who may import what."""


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> Iterator[str]:
    """Everything that a module imports at run time, also inside functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def floor(module: str) -> int:
    for height, rooms in enumerate(FLOORS):
        if any(module == room or module.startswith(room + ".") for room in rooms):
            return height
    raise AssertionError(f"{module} is on no floor")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_run_downward(path: Path) -> None:
    own = floor(name_of(path))
    above = [m for m in imported(path) if m.startswith("tutor.") and floor(m) > own]
    assert above == []


@pytest.mark.parametrize("library", ONLY)
def test_a_library_stays_in_its_rooms(library: str) -> None:
    users = {name_of(p) for p in MODULES if library in {m.split(".")[0] for m in imported(p)}}
    assert users == ONLY[library]


@pytest.mark.parametrize("word", ["sympify", "parse_expr", "eval", "exec", "compile", "lambdify"])
def test_no_text_is_ever_run(word: str) -> None:
    calls = [
        f"{name_of(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and word in (getattr(node.func, "id", ""), getattr(node.func, "attr", ""))
        and ast.unparse(node.func) not in ("re.compile", "typst.compile")
    ]
    assert calls == []
