"""What marking gets right, over simulated students. Run: python benchmarks/marking.py --pages 2000

A fixed seed gives the same pages again; pages that are marked badly are kept in a folder.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from judging import Outcome, judge  # noqa: E402
from students import Page, pages  # noqa: E402
from tallying import Tally  # noqa: E402

from tutor.errors import InputError  # noqa: E402
from tutor.marking.frame import Frame  # noqa: E402
from tutor.marking.mark import mark_with  # noqa: E402
from tutor.solving import Solved  # noqa: E402


def main() -> None:
    """Mark and count."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the pages that are marked badly")
    options = parser.parse_args()
    tally, frame, spent, crashes = Tally(), None, 0.0, 0
    for n, page in enumerate(pages(options.seed, options.pages)):
        if frame is None or frame.solved.problem is not page.problem:
            try:
                frame = Frame(Solved.of(page.problem))
            except InputError:
                continue
        start = time.perf_counter()
        try:
            outcome = judge(page, mark_with(frame, page.text))
        except Exception:  # counted, so that the other pages are still measured
            crashes += 1
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                crashed = traceback.format_exc() + "\n" + page.text
                (options.keep / f"crash-{options.seed}-{n}.txt").write_text(crashed, "utf-8")
            continue
        spent += time.perf_counter() - start
        tally.add(outcome)
        if options.keep and not outcome.good:
            keep(options.keep, f"{options.seed}-{n}", page, outcome)
    print("\n".join(tally.tables()))
    print(f"pages that crashed: {crashes}")
    print(f"marking {1000 * spent / max(tally.all['pages'], 1):.1f} ms a page")


def keep(folder: Path, name: str, page: Page, outcome: Outcome) -> None:
    """A page with what was said of it, for reading."""
    folder.mkdir(parents=True, exist_ok=True)
    said = {v.line: v for v in outcome.marked.verdicts}
    heads = [
        f"# mistakes {page.ids}; {page.habit}",
        f"# notation {page.problem.notation}, written in {page.hand.notation}",
        f"# first wrong {page.first_wrong}, said {outcome.marked.first_wrong}",
        f"# {outcome.telling}; listed {outcome.listed}, first {outcome.first}",
    ]
    truth = {line.n: line for line in page.truth}
    for n, text in enumerate(page.text.splitlines(), 1):
        verdict, line = said.get(n), truth.get(n)
        if line:
            causes = ",".join(c.id for c in verdict.causes) if verdict else ""
            kind = verdict.kind if verdict else "none"
            mark = "  <<<" if line in (*outcome.wronged, *outcome.accepted, *outcome.unread) else ""
            heads.append(f"{n:3} {line.kind:8} {','.join(line.ids):20} {kind} {causes}{mark}")
        heads.append(f"    {text}")
    (folder / f"{name}.txt").write_text("\n".join(heads) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
