"""Submissions marked by all cores, in order; one that breaks a worker is told, not fatal."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread

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
    window, one_by_one = (cores or 1) * AHEAD, False
    while waiting:
        try:
            if one_by_one:
                yield from _marked(waiting, 1, 1, most=window)
            else:
                yield from _marked(waiting, cores or 1, window, most=len(waiting))
            one_by_one = False
        except BrokenProcessPool:
            if one_by_one:
                task = waiting.popleft()
                yield task, line_of(task, error=BROKE)
            one_by_one = True


def _marked(
    waiting: deque[Task], workers: int, window: int, *, most: int
) -> Iterator[tuple[Task, str]]:
    """Take from the front what is marked; so many are under way at once."""
    pool = ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_end_with_parent
    )
    futures: deque[Future[str]] = deque()
    try:
        for _ in range(min(most, len(waiting))):
            for task in islice(waiting, len(futures), window):
                futures.append(pool.submit(_line_in_worker, task))
            line = futures[0].result()
            futures.popleft()
            yield waiting.popleft(), line
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _end_with_parent() -> None:
    """A worker ends when the process that started it is gone, however that ended."""
    parent = parent_process()
    if parent:
        Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()


def _line_in_worker(task: Task) -> str:
    """The same in a process of its own."""
    line = line_of(task)
    _settle()
    return line


@cache
def _settle() -> None:
    """What the first page has built, the solved problem and all tables, stays as long as the
    process: the garbage collector need not go over it with every page."""
    gc.freeze()
