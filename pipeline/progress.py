"""What a run says while it works: lines, and on a terminal a progress bar.

in -> out: sentences -> stderr. rich draws the bar and is imported only where one is drawn; `NO_COLOR` is rich's own.
"""

from typing import Any, TextIO

from pipeline.text.invisible import inert


class Talk:
    """Where a run's sentences go."""

    def __init__(self, *, quiet: bool, stream: TextIO) -> None:
        self._quiet = quiet
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
        """Move the bar; there is one on a terminal only."""
        if self._quiet or not self._stream.isatty():
            return
        if self._progress is None:
            from rich.console import Console  # noqa: PLC0415 - heavy, and needed where a bar is drawn only
            from rich.progress import Progress  # noqa: PLC0415

            self._progress = Progress(console=Console(file=self._stream), transient=True)
            self._progress.start()
            self._task = self._progress.add_task("Asking the sources", total=total)
        self._progress.update(self._task, completed=done, total=total)

    def close(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None
