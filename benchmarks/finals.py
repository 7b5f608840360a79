"""How fast final numbers are marked, beside pages with the same numbers: by themselves, and a class
from its CSV to its marks and summary. Run: python benchmarks/finals.py

Classes on problems/mazur.yaml: four decimals or figures, 40 % of the students right, the others
with one mistake throughout. Tables of what a mistake comes to are worked out anew for each class.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from statistics import median

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT)]

from tutor.classroom.run import Ways, mark_class  # noqa: E402
from tutor.marking.finals import Finals  # noqa: E402
from tutor.marking.frame import Frame  # noqa: E402
from tutor.marking.mark import mark_with  # noqa: E402
from tutor.numeric.floats import floats  # noqa: E402
from tutor.problem.shipped import load  # noqa: E402
from tutor.solving import Solved  # noqa: E402
from tutor.symbolic.mistakes import MISTAKES, mistaken, tags  # noqa: E402
from tutor.symbolic.quantity import Quantity  # noqa: E402

CLASSES = {
    "3 gradients": "dE/dw5 dE/dw1 dE/db1",
    "8 gradients": "dE/dw5 dE/dw6 dE/dw7 dE/dw8 dE/dw1 dE/dw2 dE/dw3 dE/dw4",
    "4 new weights": "w5_new w6_new w1_new w2_new",
    "2 gradients, their new weights": "dE/dw5 dE/dw1 w5_new w1_new",
}
FORMS = (".4f", "#.4g", ".3e")
Row = list[str]


def rows(frame: Frame, asked: list[Quantity], count: int, seed: int = 1) -> list[Row]:
    """Students' answers, each a little off, by one part in 10,000 or so."""
    random = Random(seed)
    start = {q: x for q, x in frame.truth.items() if q not in frame.forms}
    manners = ((id, tag) for id in MISTAKES for tag in tags(frame.run, id))
    wrong = [floats(mistaken(frame.run, id, tag), start) for id, tag in manners]
    wrong = [values for values in wrong if any(values[q] != frame.truth[q] for q in asked)]
    found = []
    for _ in range(count):
        values = frame.truth if random.random() < 0.4 else random.choice(wrong)
        form = random.choice(FORMS)
        found.append([format(values[q] * random.gauss(1, 1e-4), form) for q in asked])
    return found


def marked_as_pages(frame: Frame, asked: list[Quantity], part: list[Row]) -> None:
    """The same rows as pages."""
    for row in part:
        lines = (f"{q.key} = {text}" for q, text in zip(asked, row, strict=True))
        mark_with(frame, "\n".join(lines))


def measure(frame: Frame, asked: list[Quantity], count: int, pages: int) -> None:
    """One class."""
    table, times = rows(frame, asked, count), []
    for _ in range(3):
        start = time.process_time()
        found = Finals(frame).mark(asked, table)
        times.append(time.process_time() - start)
    start = time.process_time()
    marked_as_pages(frame, asked, table[:pages])
    page = pages / (time.process_time() - start)
    batch = count / median(times)
    print(f"  left to their pages            {100 * (found.rows < 0).mean():10.1f} %")
    print(f"  rows a second, one core        {batch:10.0f}")
    print(f"  as pages                       {page:10.1f}   {batch / page:.0f} times slower")


def whole_class(frame: Frame, keys: list[str], count: int, pages: int) -> None:
    """A CSV marked with --marks-only, and fewer rows of it with pages; the clock on the wall."""
    table = rows(frame, [frame.solved.find(key)[0] for key in keys], count)
    speeds = []
    with tempfile.TemporaryDirectory() as folder:
        for name, part, ways in (
            ("--marks-only", table, Ways(pages=False)),
            ("with pages", table[:pages], Ways()),
        ):
            lines = [",".join(("student", *keys))]
            lines += (",".join((f"s{n}", *row)) for n, row in enumerate(part))
            file = Path(folder, f"{len(part)}.csv")
            file.write_text("\n".join(lines) + "\n", encoding="utf-8")
            start = time.perf_counter()
            mark_class("mazur", file, Path(folder, name), ways)
            speeds.append(len(part) / (time.perf_counter() - start))
            print(f"  {name:14} {len(part):7} rows     {speeds[-1]:10.1f} rows a second")
    print(f"  {speeds[0] / speeds[1]:.0f} times as fast")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--pages", type=int, default=100)
    options = parser.parse_args()
    frame = Frame(Solved.of(load("mazur")))
    for name, keys in CLASSES.items():
        asked = [frame.solved.find(key)[0] for key in keys.split()]
        print(f"{options.rows} rows of {name}")
        measure(frame, asked, options.rows, options.pages)
    print("a class, 8 gradients")
    whole_class(frame, CLASSES["8 gradients"].split(), options.rows // 5, 2 * options.pages)


if __name__ == "__main__":
    main()
