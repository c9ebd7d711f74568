"""Processes that work beside this one.

in -> out: a number of jobs -> a pool of processes, which ends with this process, however this one ends.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from threading import Thread
from typing import TypeVar

Result = TypeVar("Result")


@contextmanager
def pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of processes; spawned, not forked, since threads of DuckDB and Arrow do not survive a fork.

    Whoever leaves it by an error does not wait for what still runs: it would be minutes, and all of it is done anew.
    """
    others = {child.pid for child in active_children()}
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn"), initializer=_follow) as executor:
        try:
            yield executor
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            for child in active_children():
                if child.pid not in others:
                    child.terminate()
            raise


def each(jobs: int, calls: Sequence[Callable[[], Result]]) -> Iterator[Result]:
    """Make calls, so many at a time, and yield their results as they come; a single one is made in this process."""
    if jobs == 1 or len(calls) == 1:
        yield from (call() for call in calls)
        return
    with pool(jobs) as executor:
        yield from (done.result() for done in as_completed([executor.submit(call) for call in calls]))


def _follow() -> None:
    """End with the parent: a worker of a parent that was killed would wait for work for ever."""
    Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
