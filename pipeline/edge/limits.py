"""How fast a source may be asked: one `Gate` for all requests that the source counts together.

in -> out: published limits and response headers -> who goes when. Requests are spaced evenly (aiolimiter), so many at
a time and no more. Headers overrule constants: names as recorded from Crossref, August to October 2026.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager

from aiolimiter import AsyncLimiter

from pipeline.edge.verdict import read_number
from pipeline.sources import Limit, Pool, Source

MARGIN = 0.95
"""Share of a published rate that we use: requests sent evenly arrive unevenly."""

Limiter = AbstractAsyncContextManager[None]
Spacing = Callable[[float], Limiter]


def evenly_spaced(per_second: float) -> AsyncLimiter:
    """Let one request pass each 1/`per_second` seconds, without bursts."""
    return AsyncLimiter(1, 1 / (per_second * MARGIN))


def find_family(source: str, pool: Pool) -> str:
    """Return the name under which the source counts requests of this pool.

    Crossref counts single records apart from everything else; the others count all requests together.
    """
    return "single" if (source, pool) == ("crossref", "single") else "all"


def find_limits(source: str, adapter: Source, *, identified: bool) -> dict[str, Limit]:
    """Return the limit of each family: the shares of its pools together."""
    limits: dict[str, Limit] = {}
    for (pool, who), share in adapter.LIMITS.items():
        family = find_family(source, pool)
        if who is identified:
            rest = limits.get(family, Limit(per_second=0, concurrency=0))
            rate, width = rest.per_second + share.per_second, rest.concurrency + share.concurrency
            limits[family] = Limit(per_second=rate, concurrency=width)
    return limits


class Gate:
    """The one way in for a family of requests."""

    def __init__(self, limit: Limit, spacing: Spacing) -> None:
        self.limit = limit
        self._spacing = spacing
        self._limiter = spacing(limit.per_second)
        self._in_flight = 0
        self._turn = asyncio.Condition()

    async def enter(self, is_allowed: Callable[[], bool]) -> None:
        """Take a place among those in flight as soon as one is free and `is_allowed` says so."""
        async with self._turn:
            try:
                await self._turn.wait_for(lambda: self._in_flight < self.limit.concurrency and is_allowed())
            except asyncio.CancelledError:
                self._turn.notify(self.limit.concurrency)  # the call that woke us may have been meant for all
                raise
            self._in_flight += 1

    async def leave(self) -> None:
        """Give the place back and let others look whether they may enter."""
        self._in_flight -= 1
        async with self._turn:
            self._turn.notify(self.limit.concurrency)

    async def space(self) -> None:
        """Wait for the next evenly spaced moment."""
        async with self._limiter:
            return

    async def adapt(self, headers: Mapping[str, str]) -> None:
        """Take over the limits that a response states (Crossref's do)."""
        count = read_number(headers, "x-rate-limit-limit")
        seconds = read_number({"s": headers.get("x-rate-limit-interval", "1s").removesuffix("s")}, "s")
        is_stated = count is not None and seconds is not None and count > 0 and seconds > 0
        rate = count / seconds if is_stated and count and seconds else self.limit.per_second
        width = read_number(headers, "x-concurrency-limit") or self.limit.concurrency
        await self.set_limit(Limit(per_second=rate, concurrency=max(1, int(width))))

    async def slow_down(self) -> None:
        """Halve the rate: the source refused a request as too early."""
        await self.set_limit(Limit(per_second=self.limit.per_second / 2, concurrency=self.limit.concurrency))

    async def set_limit(self, limit: Limit) -> None:
        """Go by another limit from now on; the new spacing counts from this moment."""
        if limit.per_second != self.limit.per_second:
            self._limiter = self._spacing(limit.per_second)
            await self.space()  # takes the new limiter's first moment, which is now
        self.limit = limit
