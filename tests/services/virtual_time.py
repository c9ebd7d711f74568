"""An event loop whose time jumps: whatever sleeps, wakes at once, and the loop's clock says that the time has passed.

in -> out: a coroutine -> its result, and the seconds that it would have taken. Limiters, retries, timeouts and the
stand-in's own limits all read the loop's clock, so a minute of polite waiting takes milliseconds. Not for code that
waits for threads or sockets: their time is real.
"""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
REAL_WAIT_S = 5.0
"""How long a loop without timers waits for a thread before it says that nothing will ever happen."""


class _Selector(selectors.DefaultSelector):
    """Adds the time that would have been waited to `now`."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        events = super().select(0)
        if events or timeout == 0:
            return events
        if timeout is None:
            events = super().select(REAL_WAIT_S)
            if not events:
                raise RuntimeError("everybody waits for ever")
            return events
        # A nanosecond more than asked, so that rounding wakes nobody too early, again and again.
        self.now += timeout + 1e-9
        return events


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """The loop; its time starts at 0."""

    def __init__(self) -> None:
        self._virtual = _Selector()
        super().__init__(self._virtual)

    def time(self) -> float:
        """Return the seconds that have passed, waited or not."""
        return self._virtual.now


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in virtual time."""
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(main)


def run_timed(main: Coroutine[Any, Any, T]) -> tuple[T, float]:
    """Run a coroutine in virtual time; returns its result and the virtual seconds it took."""

    async def timed() -> tuple[T, float]:
        result = await main
        return result, asyncio.get_running_loop().time()

    return run(timed())
