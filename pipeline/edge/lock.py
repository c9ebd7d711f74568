"""One run at a time for each output folder.

in -> out: folder -> held lock, or `OutputLockedError` naming who holds one and since when. filelock's lock is the
system's own, so that a killed run holds nothing; a file beside it says whose it is.
"""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from pipeline.errors import OutputLockedError, UsageError

_LOCK = ".enrich.lock"
_OWNER = ".enrich.lock-owner"

Now = Callable[[], datetime]
_now: Now = partial(datetime.now, UTC)


class _Owner(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds a lock."""

    pid: int
    host: str
    started: datetime


@contextmanager
def lock(folder: Path, *, wait_s: float, now: Now = _now) -> Iterator[None]:
    """Hold one folder's lock, waiting at most `wait_s` for it.

    Raises:
        OutputLockedError: another run holds it.
        UsageError: the folder cannot be written, which is good to know before anything is asked.
    """
    held, owner = FileLock(folder / _LOCK), folder / _OWNER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held.acquire(timeout=wait_s)
        owner.write_bytes(msgspec.json.encode(_Owner(pid=os.getpid(), host=socket.gethostname(), started=now())))
    except Timeout:
        raise OutputLockedError(f"{folder}: {_describe(owner, now())}; waited {wait_s:g} s.") from None
    except OSError as error:
        held.release()
        raise UsageError(f"{folder}: cannot be written ({error.strerror or error}).") from None
    try:
        yield
    finally:
        owner.unlink(missing_ok=True)
        held.release()


def _describe(path: Path, now: datetime) -> str:
    try:
        owner = msgspec.json.decode(path.read_bytes(), type=_Owner)
    except (OSError, msgspec.DecodeError):  # it has just begun, or just ended
        return "another run holds it"
    minutes = max(0, int((now - owner.started).total_seconds() // 60))
    since = owner.started.strftime("%Y-%m-%d %H:%M UTC")
    return f"another run holds it: process {owner.pid} on {owner.host}, since {since}, {minutes} min ago"
