"""How fast a source may be asked: one `Gate` for all requests that the source counts together.

in -> out: published limits and response headers -> who goes when. Requests are spaced evenly, so many at a time and no
more; what a source counts is when a request arrives, which may be later than it was sent. Headers overrule constants:
names as recorded from Crossref, August to October 2026.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from statistics import median

from pipeline.edge.status import read_number
from pipeline.sources import Limit, Pool, Source

MARGIN = 0.95
"""Share of a published rate that we use: requests sent evenly arrive unevenly."""

LATE_SHARE = 0.5
"""An answer that took longer than the median by so much was held up on its way: by a handshake, by a queue, by us."""
LATE_S = 0.05
"""Less is no delay worth telling: the margin bears it."""
_MEASURED = 9
"""Answers whose median tells what is usual (guess)."""
SLOWEST_PER_SECOND, FASTEST_PER_SECOND, WIDEST = 0.1, 100.0, 50
"""Bounds of what headers may ask for: slower is a refusal in other words, faster a slip, and neither is our pace."""
LEAST_SHARE = 1 / 16
"""Of the rate that holds, however often a request was refused as too early; who wants less closes the door."""
RECOVERY_SHARE = 1 / 8
"""Of the rate that holds, given back by each usable answer: halved and recovered (as TCP does), the pace settles where
the source stops refusing; with one request in two refused that is about a quarter of it."""
_REMEMBERED = 64
"""Requests; more than any rate of ours lets through in a second."""

Sleep = Callable[[float], Awaitable[None]]


class Passage:
    """One request that went through a gate."""

    def __init__(self, sent: float) -> None:
        self.sent = sent
        self.answered: float | None = None


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

    def __init__(self, limit: Limit, sleep: Sleep = asyncio.sleep) -> None:
        self._stated, self._share = limit, 1.0
        self._sleep = sleep
        self._in_flight = 0
        self._turn = asyncio.Condition()
        self._spacing = asyncio.Lock()
        self._passages: deque[Passage] = deque(maxlen=_REMEMBERED)
        """Oldest first; a change of the limit does not forget them."""
        self._took: deque[float] = deque(maxlen=_MEASURED)

    @property
    def limit(self) -> Limit:
        """What holds now: what is published or stated by headers, less after refusals."""
        return Limit(per_second=self._stated.per_second * self._share, concurrency=self._stated.concurrency)

    @limit.setter
    def limit(self, stated: Limit) -> None:
        self._stated = stated

    async def enter(self, is_allowed: Callable[[], bool]) -> None:
        """Take a place among those in flight as soon as one is free and `is_allowed` says so."""
        async with self._turn:
            try:
                await self._turn.wait_for(lambda: self._in_flight < self.limit.concurrency and is_allowed())
            except asyncio.CancelledError:
                self._turn.notify(self.limit.concurrency)  # the call that woke us may have been meant for all
                raise
            self._in_flight += 1

    async def leave(self, passage: Passage | None = None) -> None:
        """Give the place back and let others look whether they may enter; `passage` is the request if one was sent."""
        if passage is not None:
            passage.answered = asyncio.get_running_loop().time()
            self._took.append(passage.answered - passage.sent)
        self._in_flight -= 1
        async with self._turn:
            self._turn.notify(self.limit.concurrency)

    async def space(self) -> None:
        """Wait for the next evenly spaced moment at which one more request does not exceed the rate."""
        async with self._spacing:
            for _ in range(2):  # twice, since a request in flight may turn out to be held up
                seconds = self._due() - asyncio.get_running_loop().time()
                if seconds > 0:
                    await self._sleep(seconds)

    def send(self) -> Passage:
        """Note that a request goes out now."""
        passage = Passage(asyncio.get_running_loop().time())
        self._passages.append(passage)
        return passage

    @property
    def _burst(self) -> int:
        """How many requests the source may count at once."""
        return max(1, int(self.limit.per_second))

    def _due(self) -> float:
        """The time from which one more request is one spacing behind the last, and one window behind the first."""
        spacing = 1 / (self.limit.per_second * MARGIN)
        behind = [self._passages[-1].sent + spacing] if self._passages else []
        if len(self._passages) >= self._burst:
            behind.append(self._arrival(self._passages[-self._burst]) + self._burst * spacing)
        return max(behind, default=0.0)

    def _arrival(self, passage: Passage) -> float:
        """When the source has counted the request at the latest, judged by how long it usually takes to answer."""
        answered = asyncio.get_running_loop().time() if passage.answered is None else passage.answered
        took = answered - passage.sent
        usual = median(self._took) if self._took else 0.0
        late = took - usual
        return passage.sent + (late if late > max(LATE_SHARE * usual, LATE_S) else 0.0)

    def adapt(self, headers: Mapping[str, str]) -> None:
        """Take over the limits that a response states (Crossref's do)."""
        count = read_number(headers, "x-rate-limit-limit")
        seconds = read_number({"s": headers.get("x-rate-limit-interval", "1s").removesuffix("s")}, "s")
        is_stated = count is not None and seconds is not None and count > 0 and seconds > 0
        rate = count / seconds if is_stated and count and seconds else self._stated.per_second
        width = read_number(headers, "x-concurrency-limit") or self._stated.concurrency
        self._stated = Limit(
            per_second=min(max(rate, SLOWEST_PER_SECOND), FASTEST_PER_SECOND),
            concurrency=min(max(1, int(width)), WIDEST),
        )

    def slow_down(self) -> None:
        """Halve the rate: the source refused a request as too early."""
        self._share = max(LEAST_SHARE, self._share / 2)

    def recover(self) -> None:
        """Give a part of the rate back: a usable answer came."""
        self._share = min(1.0, self._share + RECOVERY_SHARE)
