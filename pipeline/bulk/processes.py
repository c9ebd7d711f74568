"""Processes that work beside this one.

in -> out: a number of jobs -> a pool of processes, which ends with this process, however this one ends.
"""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread


def pool(jobs: int) -> ProcessPoolExecutor:
    """Return a pool of processes; spawned, not forked, since threads of DuckDB and Arrow do not survive a fork."""
    return ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn"), initializer=_follow)


def _follow() -> None:
    """End with the parent: a worker of a parent that was killed would wait for work for ever."""
    Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
