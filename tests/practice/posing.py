"""Generated problems of several recipes, and the questions that are posed on them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tutor.practice.generate import Generator
from tutor.practice.posing.pose import pose
from tutor.practice.posing.posed import Posed, Unposable
from tutor.practice.reading import parse_recipe
from tutor.practice.recipe import Ask, Recipe
from tutor.problem.problem import Problem

FEW = "mistakes: [one-path, error-sign]"
TWO = "layers: [2, 2, 1]\npatterns: 2\nlearning_rate: [0.5]\n"
RECIPES = {
    "sigmoid": f"layers: [2, 2, 2]\nnumbers: {{targets: [0, 1]}}\n{FEW}",
    "one weight": f"layers: [2, 2, 2]\ndifficulty: medium\nask: [dE/dw_h1_x1]\n{FEW}",
    "softmax": f"layers: [2, 3, 2]\nactivation: [tanh, softmax]\nloss: cce\n{FEW}",
    "cross-entropy": f"layers: [2, 2, 1]\nactivation: [relu, sigmoid]\nloss: bce\n{FEW}",
    "rounded": f"layers: [2, 2, 1]\nactivation: [tanh, linear]\nrounding: 4 decimals\n{FEW}",
    "other names": f"layers: [2, 2, 1]\nnotation: aima\n{FEW}",
    "two patterns": f"{TWO}ask: [w_y1_h1_new]\n{FEW}",
    "batch": f"{TWO}mode: batch\n{FEW}",
}
STREAMS = ("a", "b", "c", "d")


@cache
def drawn(name: str) -> tuple[Recipe, list[Problem]]:
    """Two problems of a recipe."""
    recipe = parse_recipe(RECIPES[name])
    return recipe, [one.problem for one in Generator(recipe).problems(5, 2)]


def questions(name: str, ask: Ask) -> Iterator[tuple[Problem, Posed]]:
    """Questions of a kind on them; none where no problem has an answer to it."""
    recipe, problems = drawn(name)
    for problem in problems:
        for stream in STREAMS:
            try:
                yield problem, pose(problem, ask, stream, recipe.digits)
            except Unposable:
                continue
