"""What marking a class costs: simulated pages, pages and tables written. Run: python
benchmarks/classroom.py --pages 1000"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT)]

from tutor.classroom.run import mark_class  # noqa: E402
from tutor.marking.page import load_working  # noqa: E402


def main() -> None:
    """Mark the shipped working so many times, each with a comment of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=1000)
    pages = parser.parse_args().pages
    text = load_working("mazur-one-path")
    with tempfile.TemporaryDirectory() as folder:
        submissions = Path(folder, "class.jsonl")
        with open(submissions, "w", encoding="utf-8") as file:
            for n in range(pages):
                row = {"student": f"s{n:05}", "working": f"# {n}\n{text}"}
                file.write(json.dumps(row) + "\n")
        for what in ("marked", "seen to be marked"):
            start = time.perf_counter()
            mark_class("mazur", submissions, Path(folder, "out"))
            print(f"{pages} pages {what} in {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
