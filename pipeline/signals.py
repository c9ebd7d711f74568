"""How a run is broken off: Ctrl-C ends with 130, a request to terminate with 143, each with one sentence.

in -> out: signals -> `KeyboardInterrupt`, whichever of the two it was, so that whatever tidies up after the one does so
after the other. Imports nothing heavy, because it is there before anything else.
"""

import os
import signal
import sys
from contextlib import suppress
from types import FrameType

INTERRUPTED, TERMINATED = 130, 143


class _State:
    """What a handler has to remember: a signal has no other way to tell."""

    status = INTERRUPTED
    is_stopped = False


def catch() -> None:
    """Let a request to terminate end the run as Ctrl-C does."""
    signal.signal(signal.SIGTERM, _terminate)


def ignore() -> None:
    """Hear no more of it: what is left to do is the interpreter's own end, which a signal would only litter."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def is_stop(error: BaseException) -> bool:
    """Tell whether an error is, or came of, an interrupt: Python 3.11 wraps one that comes while a class is made."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, KeyboardInterrupt):
        cause = cause.__cause__ or cause.__context__
    return cause is not None


def stopped() -> int:
    """Say that the run was broken off, and return its exit status."""
    _State.is_stopped = True
    word = "interrupted" if _State.status == INTERRUPTED else "terminated"
    # A terminal shows ^C where the cursor was.
    begin = "\n" if sys.stderr.isatty() else ""
    with suppress(OSError):  # whoever read it has gone first
        sys.stderr.write(f"{begin}enrich: {word}; what was answered so far is kept\n")
        sys.stderr.flush()
    return _State.status


def end() -> None:
    """Leave with the status of the signal, as the last thing that happens.

    Python itself would end by SIGINT, whichever of the two it was, where code that a library makes from a text (every
    dataclass is) was being run when it came and `python -m` was the way in.
    """
    if _State.is_stopped:
        with suppress(OSError, ValueError):  # nobody reads it any more
            sys.stdout.flush()
        os._exit(_State.status)


def _terminate(_number: int, _frame: FrameType | None) -> None:
    _State.status = TERMINATED
    if signal.getsignal(signal.SIGINT) in (signal.SIG_IGN, None):  # a shell's background job
        signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.raise_signal(signal.SIGINT)
