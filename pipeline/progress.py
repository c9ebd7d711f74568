"""What a run says while it works: lines, and on a terminal a progress bar.

in -> out: sentences -> stderr. rich draws the bar and is imported only where one is drawn; `NO_COLOR` is rich's own.
Without a terminal, in the log of a job for example, a line every few seconds says how far the run is.
"""

import time
from collections.abc import Callable
from typing import Any, TextIO

from pipeline.text.invisible import inert

PAUSE_S = 5.0
"""Between two lines without a terminal: often enough to see that it goes on, seldom enough to read."""


class Talk:
    """Where a run's sentences go."""

    def __init__(self, *, quiet: bool, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._quiet = quiet
        self._clock = clock
        self._told_at = clock()
        self._stream = stream
        self._progress: Any = None
        self._task: Any = None

    def say(self, sentence: str) -> None:
        """Say one sentence, unless the user asked for quiet."""
        if self._quiet:
            return
        try:
            self._stream.write(inert(sentence) + "\n")
            self._stream.flush()
        except OSError:  # nobody reads any more, or the disk is full: the work goes on
            self._quiet = True

    def advance(self, done: int, total: int) -> None:
        """Move the bar; without a terminal say how far the run is, every few seconds."""
        if self._quiet:
            return
        if not self._stream.isatty():
            now = self._clock()
            if now - self._told_at >= PAUSE_S:
                self._told_at = now
                self.say(f"{done} of {total} questions answered so far; answers can raise more.")
            return
        if self._progress is None:
            from rich.console import Console  # noqa: PLC0415 - heavy, and needed where a bar is drawn only
            from rich.progress import Progress  # noqa: PLC0415

            self._progress = Progress(console=Console(file=self._stream), transient=True)
            self._progress.start()
            self._task = self._progress.add_task("Asking the sources (answers can raise more questions)", total=total)
        self._progress.update(self._task, completed=done, total=total)

    def close(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None
