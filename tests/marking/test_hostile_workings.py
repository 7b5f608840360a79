"""Whatever stands in a working, it is read or refused in a moment, and never run."""

from __future__ import annotations

import ast
import pkgutil
import re
import subprocess
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from spelled import Names

from tutor.marking.claim import Text, Unread
from tutor.marking.latex import plain
from tutor.marking.lines import read_lines
from tutor.marking.mark import mark
from tutor.marking.parse import name_of, parse
from tutor.problem.shipped import load

ROOM = Path(__file__).parent.parent.parent / "tutor" / "marking"
MB = 1_000_000
HOSTILE = {
    "one line": "a" * MB,
    "round brackets": "(" * MB,
    "square brackets": "[" * MB,
    "a bracket a line": "[\n" * (MB // 2),
    "matrices never closed": "[[1 2\n" * (MB // 6),
    "matrices in LaTeX": (r"\begin{bmatrix}" * 130 + "\n") * 500,
    "equals signs": ("=" * 1990 + "\n") * 500,
    "lines that go on": "= 1\n" * (MB // 4),
    "lines that end open": "a =\n1" * (MB // 5),
    "statements": ("a=1;" * 490 + "\n") * 500,
    "commas": ("0,1," * 490 + "\n") * 500,
    "cells": ("| a | " + "1 |" * 600 + "\n") * 500,
    "quotes": ('a,"b' * 490 + "\n") * 500,
    "blanks": (" " * 1990 + "x\n") * 500,
    "words": ("we get " * 280 + "= 1\n") * 500,
    "corrections": ("=1 no " * 330 + "\n") * 500,
    "struck out": (r"\cancel{1}~~0" * 150 + "\n") * 500,
    "verbs": ("a is 1 w5 is 2*" * 130 + "\n") * 500,
    "slopes in words": ("gradient of E wrt " * 110 + "\n") * 500,
    "asterisks": ("**a " * 490 + "\n") * 500,
    "fractions": (r"\frac{" * 330 + "\n") * 500,
    "powers": ("9**" * 600 + "9 = 1\n") * 500,
    "digits": ("9" * 1900 + " = 1\n") * 500,
    "derivatives": ("d(" * 990 + "= 1\n") * 500,
    "look-alikes": ("о" * 1900 + "=1\n") * 500,
    "right to left": ("\u202e" * 1990 + "\n") * 500,
    "NUL": "\0" * MB,
    "deep JSON": '{"a":' * (MB // 5),
    "long JSON": '{"a":[' + "0.1," * (MB // 5) + "0]}",
    "wide JSON": "{" + ",".join(f'"w{i}": 0.{i}' for i in range(40_000)) + "}",
    "format strings": "{0.__class__} = %s%n{x!r} = 0.1\n" * (MB // 32),
    "code": "__import__('os').system('x') = 9**9**9\n" * (MB // 39),
}
SECONDS = 6
"""Some times what it takes, for a machine that is busy."""


def read_all(text: str) -> None:
    """Reads every part of every claim; only Unread may come of it."""
    for line in read_lines(text):
        for claim in line.claims:
            for part in claim.parts:
                assert len(part.text) == len(part.columns)
                name_of(part)
                with suppress(Unread):
                    parse(part, Names())


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_megabyte_is_answered_in_a_moment(text: str) -> None:
    start = time.process_time()
    read_all(text)
    assert time.process_time() - start < SECONDS


UNITS = (
    *("a", "1", " ", "_", "(", ".", "-", "=", "{", "[", "'", "|", "w", "e", "a ", "1 ", "a_", "_a"),
    *(
        "1.",
        "a.",
        "a,",
        "1,",
        "1, ",
        "a=",
        "{a}",
        "^a",
        "a1",
        "x1",
        "is ",
        "no ",
        "and ",
        "w5_",
        "0.5 ",
    ),
)
LONG = 36
"""Characters at which a pattern that tries every way to part them takes a second."""
AT_ONCE = 0.3


def patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern that a working is held against."""
    found = {}
    for module in pkgutil.iter_modules([str(ROOM)]):
        for name, value in vars(import_module(f"tutor.marking.{module.name}")).items():
            if isinstance(value, re.Pattern):
                found[f"{module.name}.{name}"] = value
    return found


@pytest.mark.parametrize("pattern", patterns().values(), ids=patterns())
def test_no_pattern_tries_every_way_to_part_a_text(pattern: re.Pattern[str]) -> None:
    for unit in UNITS:
        for before, tail in (("", ""), ("a = ", "1_"), ("", "=?"), ("w", "a"), ("", "\0")):
            text = before + unit * (LONG // len(unit)) + tail
            start = time.process_time()
            pattern.search(text)
            pattern.fullmatch(text)
            assert time.process_time() - start < AT_ONCE, text


@pytest.mark.parametrize(
    "text", ["a" + "_a" * 27 + " = 1", "x @ w = " + "1" * 34 + "a", "n = 0.5, " + "a" * 60 + "1_"]
)
def test_a_short_line_is_answered_in_a_moment(text: str) -> None:
    start = time.process_time()
    mark(load("mazur"), f"net_h1 = 0.3775\n{text}")
    assert time.process_time() - start < SECONDS


SIGNS = st.sampled_from(
    list("()[]{}=+-*/^_'|,.;:&$#%<>~\"\\ \n\t0123456789abdefxwntEδησ∂Δ½²⁺₁√·−≈→")
)
PIECES = st.sampled_from(
    [
        *(r"\frac", r"\frac{a}{b}", r"\left", r"\right|", r"\begin{bmatrix}", r"\end{bmatrix}"),
        *(r"\underbrace{", r"\sqrt", r"\text{", r"\\", "^{", "_{", "}", r"\hat", r"\partial E"),
        *("dE/dw", "f'(", "max(", "e^", "exp ", "10^-4", "1e", "|", "@", "= ", "\u202e", "\0"),
        *("[[1 2]", "| a | 1 |", '{"a": [', "net_h1", "w_{1,2}", "x ", "0,5", " and ", "**", "Σ"),
    ]
)


@given(st.text(SIGNS, max_size=60) | st.lists(SIGNS | PIECES, max_size=25).map("".join))
@example("1\n= 2\n[[\n= 3")
@example("|\u0302|")
def test_a_random_page_is_read_or_refused(text: str) -> None:
    read_all(text)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    read_all(text)
    line = plain(Text.of(text))
    assert len(line.text) == len(line.columns)
    with suppress(Unread):
        parse(line, Names())


def test_reading_needs_no_sympy() -> None:
    code = (
        "import sys, tutor.marking.lines, tutor.marking.parse;"
        "print([m for m in ('sympy', 'numpy', 'jinja2') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize("path", sorted(ROOM.glob("*.py")), ids=lambda path: path.stem)
def test_no_word_of_a_student_is_run(path: Path) -> None:
    called = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    assert not called & {"eval", "exec", "compile", "__import__", "getattr", "globals"}
