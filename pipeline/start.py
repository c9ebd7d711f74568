"""Where the program begins: signals are caught before anything heavy is imported.

in -> out: `argv` -> exit status. Ctrl-C ends with 130, a request to terminate with 143, each with one sentence and at
any moment; both go the same way, so that whatever tidies up after the one does so after the other.
"""

import signal
import sys
from types import FrameType

INTERRUPTED, TERMINATED = 130, 143
_status = INTERRUPTED


def main() -> int:
    """Run the command line, from the first import to the last byte; the status is the process's."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        from pipeline.cli import main as run  # noqa: PLC0415 - after the handler

        status = run()
    except KeyboardInterrupt:  # while modules were being imported
        status = stopped()
    # What comes now is the interpreter's own end, which a signal would only litter.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    return status


def stopped() -> int:
    """Say that the run was broken off, and return its exit status."""
    word = "interrupted" if _status == INTERRUPTED else "terminated"
    try:
        sys.stderr.write(f"enrich: {word}; what was answered so far is kept\n")
        sys.stderr.flush()
    except OSError:  # whoever read it has gone first
        pass
    return _status


def _terminate(_number: int, _frame: FrameType | None) -> None:
    global _status  # noqa: PLW0603 - a signal has no other way to tell
    _status = TERMINATED
    if signal.getsignal(signal.SIGINT) in (signal.SIG_IGN, None):  # a shell's background job
        signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.raise_signal(signal.SIGINT)
