"""What a run says while it works: lines, and on a terminal a progress bar.

in -> out: sentences -> stderr. rich draws the bar and is imported only where one is drawn; `NO_COLOR` is rich's own.
Without a terminal, in the log of a job for example, a line every few seconds says how far the run is. Both name the
sources that are waited for, and what is left at the pace so far, once there is one: answers can raise more questions.
"""

import time
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, TextIO

from pipeline.text.counted import counted
from pipeline.text.invisible import inert

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PAUSE_S = 5.0
"""Between two lines without a terminal: often enough to see that it goes on, seldom enough to read. Also the time after
which there is a pace."""
MINUTE_S = 90.0
"""From here on an estimate is said in minutes; more exact than that it is not."""


class Talk:
    """Where a run's sentences go."""

    def __init__(self, *, quiet: bool, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._quiet = quiet
        self._clock = clock
        self._began_at = self._told_at = clock()
        self._stream = stream
        self._bar: tuple[Progress, TaskID] | None = None

    def say(self, sentence: str) -> None:
        """Say one sentence, unless the user asked for quiet."""
        if self._quiet:
            return
        if self._bar is not None:  # above the bar, not into it
            self._bar[0].console.print(inert(sentence), markup=False, highlight=False, soft_wrap=True)
            return
        try:
            self._stream.write(inert(sentence) + "\n")
            self._stream.flush()
        except OSError:  # nobody reads any more, or the disk is full: the work goes on
            self._quiet = True

    def advance(self, done: int, total: int, waits_for: Collection[str] = ()) -> None:
        """Move the bar; without a terminal say how far the run is, every few seconds."""
        if self._quiet:
            return
        now = self._clock()
        left = _estimate(done, total, now - self._began_at)
        if not self._stream.isatty():
            if now - self._told_at >= PAUSE_S:
                self._told_at = now
                waits = f" Waiting for {', '.join(waits_for)}{f', {left}' if left else ''}." if waits_for else ""
                self.say(f"{done:,} of {counted(total, 'question')} answered so far; answers can raise more.{waits}")
            return
        if self._bar is None:
            from rich.console import Console  # noqa: PLC0415 - heavy, and needed where a bar is drawn only
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

            # Names of sources and estimates are ours, but brackets in them would be markup.
            columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
            estimate = TextColumn("{task.fields[left]}", markup=False)
            progress = Progress(*columns, estimate, console=Console(file=self._stream), transient=True)
            progress.start()
            self._bar = progress, progress.add_task("", total=total, left="")
        progress, task = self._bar
        waits = f"Waiting for {', '.join(waits_for)}" if waits_for else "Asking the sources"
        progress.update(task, completed=done, total=total, description=waits, left=left)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar[0].stop()
            self._bar = None


def _estimate(done: int, total: int, seconds: float) -> str:
    """Return how long the questions known so far will take at the pace so far; nothing before there is a pace."""
    if seconds < PAUSE_S or not 0 < done < total:
        return ""
    left = seconds * (total - done) / done
    return f"about {max(1, round(left))} s for these" if left < MINUTE_S else f"about {left / 60:.0f} min for these"
