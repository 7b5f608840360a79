"""Submissions marked by all cores, in order; one that breaks a worker is told, not fatal."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context

from tutor.classroom.record import Task, line_of

ALONE = 12
"""So few submissions are marked sooner than other processes start."""
AHEAD = 8
"""Submissions that wait for each worker."""
BROKE = "its marking broke off, out of memory perhaps"


def lines(tasks: Iterable[Task]) -> Iterator[tuple[Task, str]]:
    """Each task with its row of results."""
    waiting = deque(tasks)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if len(waiting) <= ALONE or cores == 1:
        yield from ((task, line_of(task)) for task in waiting)
        return
    careful = False
    while waiting:
        try:
            yield from _marked(waiting, 1 if careful else cores or 1, just_one=careful)
            careful = False
        except BrokenProcessPool:
            if careful:
                task = waiting.popleft()
                yield task, line_of(task, error=BROKE)
            careful = not careful


def _marked(waiting: deque[Task], workers: int, *, just_one: bool) -> Iterator[tuple[Task, str]]:
    """Take from the front what is marked."""
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    futures: deque[Future[str]] = deque()
    try:
        while waiting:
            for task in islice(waiting, len(futures), 1 if just_one else workers * AHEAD):
                futures.append(pool.submit(line_of, task))
            line = futures[0].result()
            futures.popleft()
            yield waiting.popleft(), line
            if just_one:
                return
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
