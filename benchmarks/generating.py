"""What drawing problems costs, and what it is worth. Run: python benchmarks/generating.py

Problems that tell the mistakes apart, alone and with their keys as HTML; how many draws of each
shipped recipe are fit; and how many problems with random numbers tell the same mistakes apart.
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
from pathlib import Path

import numpy as np

from tutor.files import write_folder
from tutor.practice.drawing import blocks
from tutor.practice.draws import Draws
from tutor.practice.generate import Generator
from tutor.practice.reading import load_recipe, recipe_names
from tutor.practice.search import Count
from tutor.practice.telling import told
from tutor.problem.file import parse
from tutor.solution import solve

RECIPE = "all-gradients"
NAIVE = 4
"""Blocks of random problems."""


def main() -> None:
    """Draw, solve and count."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--problems", type=int, default=1000)
    parser.add_argument("--set", type=int, default=300, help="problems of each shipped recipe")
    options = parser.parse_args()
    keys(options.problems)
    for name in (RECIPE, "hidden-weight"):
        naive(name)
    rates(options.set)


def keys(count: int) -> None:
    """Draw problems, and write them with their keys by two processes."""
    begun = time.perf_counter()
    found = Generator(load_recipe(RECIPE)).problems(1, count)
    print(f"{count} problems of {RECIPE}: {time.perf_counter() - begun:.1f} s")
    with multiprocessing.Pool(2) as pool, tempfile.TemporaryDirectory() as folder:
        pages = pool.map(key, [one.file() for one in found], chunksize=20)
        write_folder(Path(folder) / "keys", {f"{n}.html": page for n, page in enumerate(pages)})
    print(f"with their keys as HTML: {time.perf_counter() - begun:.1f} s")


def key(text: str) -> str:
    """The worked solution of a problem file."""
    return solve(parse(text)).to_html()


def naive(name: str) -> None:
    """Of problems with random one-decimal numbers, those that tell the mistakes apart."""
    search = Generator(load_recipe(name)).search
    total = apart = 0
    for _, picks in zip(range(NAIVE), blocks(search.exercise.recipe, "naive"), strict=False):
        total += len(picks)
        for part in np.array_split(picks, 16):
            draws = Draws.of(search.exercise, part)
            apart += int(np.count_nonzero(search.tells(told(search.exercise, draws), Count())))
    share = f"{apart:,} of {total:,} ({apart / total:.1%})"
    print(f"{name}: of random problems {share} tell the same mistakes apart")


def rates(count: int) -> None:
    """How many draws of each recipe are fit, and how long a first problem takes."""
    for name in recipe_names():
        begun = time.perf_counter()
        generator = Generator(load_recipe(name))
        generator.problems(1, 1)
        first = time.perf_counter() - begun
        tally = Count()
        fits = generator.search.fits("rates", 400_000, tally)
        n = sum(1 for n, _ in zip(range(count), fits, strict=False))
        rate = n / tally.draws
        print(f"{name:22} {rate:8.3%} of {tally.draws:7,} draws; the first in {first:.1f} s")


if __name__ == "__main__":
    main()
