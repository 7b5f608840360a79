"""How long the numbers behind each kind of picture take, and its page: medians.
Run: python benchmarks/plots.py
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT)]

import tutor  # noqa: E402
from tutor.pages.plots.kinds import KINDS  # noqa: E402
from tutor.plots.asked import ANY  # noqa: E402
from tutor.plots.surface import POINTS, surface_of  # noqa: E402
from tutor.problem.shipped import load  # noqa: E402
from tutor.solving import Solved  # noqa: E402

ON = ("mazur", "two-patterns-stochastic", "three-hidden-layers")
TIMES = 5


def seconds(work: Callable[[], object]) -> float:
    """The median of some runs, after one that fills the caches."""
    work()
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def page(kind: str, name: str) -> str:
    """A picture's page from the problem file on, or why there is none."""
    try:
        return f"{seconds(lambda: tutor.plot(kind, load(name)).to_html()):7.3f} s"
    except tutor.InputError:
        return "   none"


def main() -> None:
    """Measure and print."""
    solved = Solved.of(load("mazur"))
    grid = seconds(lambda: surface_of(solved, ANY))
    print(f"E over two weights of a 2-2-2 network, {POINTS} x {POINTS}, and its path: {grid:.3f} s")
    for kind in KINDS:
        print(f"{kind:12}" + "".join(f"  {name} {page(kind, name)}" for name in ON))


if __name__ == "__main__":
    main()
