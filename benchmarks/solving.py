"""What solving costs, beside what a user would do without this program. Run: make bench

Medians of several runs in one process or of whole processes, in turn; ratios, not verdicts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from statistics import median

import sympy

from tutor.pages.render import render
from tutor.problem.file import parse
from tutor.problem.problem import Problem
from tutor.solution import solve
from tutor.symbolic import derivation, proof
from tutor.symbolic.descent import run
from tutor.symbolic.quantity import Kind


def seconds(work: Callable[[], object], times: int) -> float:
    """The median time of some runs."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def network(*sizes: int, activation: str = "sigmoid") -> Problem:
    """A problem of these sizes with numbers that do not repeat."""
    layers = []
    for below, size in pairwise(sizes):
        rows = [[f"0.{3 * j + 2 * i + 1}" for i in range(below)] for j in range(size)]
        weights = ", ".join(f"[{', '.join(row)}]" for row in rows)
        layers.append(f"  - {{activation: {activation}, weights: [{weights}], biases: 0.1}}")
    inputs = ", ".join(f"0.{i + 1}" for i in range(sizes[0]))
    targets = ", ".join(f"0.{j + 1}" for j in range(sizes[-1]))
    pattern = f"  - {{inputs: [{inputs}], targets: [{targets}]}}"
    return parse("\n".join(["loss: half_sse", "layers:", *layers, "patterns:", pattern]))


def forget() -> None:
    """Everything that has been derived."""
    derivation.derive.cache_clear()
    run.cache_clear()
    proof._derivative.cache_clear()
    sympy.core.cache.clear_cache()


def here(problem: Problem) -> None:
    """Derive, prove, evaluate and certify all gradients, from nothing."""
    forget()
    solve(problem)


def composite(problem: Problem) -> None:
    """The same gradients from the whole expression of E: diff, then subs and evalf."""
    sympy.core.cache.clear_cache()
    solution = solve(problem)
    error = solution.sympy("E")
    numbers = {
        sympy.Symbol(q.key, real=True): sympy.Rational(text)
        for q, text in solution.figures.texts.items()
        if q.kind in (Kind.X, Kind.T, Kind.W, Kind.B)
    }
    for q in problem.network.parameters:
        sympy.diff(error, proof.symbol(q)).subs(numbers).evalf()


def process(*command: str) -> float:
    """Whole-process seconds, with byte code kept as an installed package has it."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


def gradients() -> None:
    """(a)"""
    print("(a) all gradients, derived and evaluated: here | sympy.diff of the whole E | ratio")
    for sizes, times in (((2, 2, 2), 5), ((3, 4, 4, 2), 1)):
        problem = network(*sizes)
        ours, theirs = (
            seconds(partial(here, problem), 5),
            seconds(partial(composite, problem), times),
        )
        name = "-".join(map(str, sizes))
        print(f"    {name:8} {ours * 1e3:8.1f} ms | {theirs * 1e3:9.1f} ms | {theirs / ours:6.1f}")


def processes(times: int = 9) -> None:
    """(b)"""
    print("(b) whole processes, in turn: median | ratio to python -c 'import sympy'")
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "import sympy": (python, "-c", "import sympy"),
            "--help": (python, "-m", "tutor", "--help"),
            "solve, HTML": (python, "-m", "tutor", "solve", "mazur", "-o", f"{folder}/x.html"),
            "solve, PDF": (python, "-m", "tutor", "solve", "mazur", "-o", f"{folder}/x.pdf"),
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(times + 1):
            for name, command in commands.items():
                spent = process(*command)
                if turn:
                    taken[name].append(spent)
    for name, values in taken.items():
        ratios = [a / b for a, b in zip(values, taken["import sympy"], strict=True)]
        print(f"    {name:12} {median(values) * 1e3:7.0f} ms | {median(ratios):5.2f}")


def second_page() -> None:
    """(c)"""
    problem, other = network(2, 2, 2), network(2, 2, 2)
    render(solve(problem), "html")
    spent = seconds(lambda: render(solve(other), "html"), 15)
    print(
        f"(c) a second problem on a derived shape, solved, certified, as HTML: {spent * 1e3:.1f} ms"
    )


def growth() -> None:
    """(d)"""
    print("(d) growth: weights and biases | derived and solved | solved again")
    shapes = [(2, n, 2) for n in (1, 2, 4, 8)] + [(2, *[2] * n, 2) for n in (1, 2, 4, 8)]
    for sizes in shapes:
        problem = network(*sizes)
        first, again = seconds(partial(here, problem), 3), seconds(partial(solve, problem), 3)
        count = len(problem.network.parameters)
        name = "-".join(map(str, sizes))
        print(f"    {name:20} {count:4} | {first * 1e3:7.1f} ms | {again * 1e3:7.1f} ms")


if __name__ == "__main__":
    gradients()
    processes()
    second_page()
    growth()
