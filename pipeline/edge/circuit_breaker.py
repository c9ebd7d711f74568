"""When to leave a source alone: a `Queue` for each of its pools, joined in a `Line` to the source.

in -> out: successes and failures -> whether requests still go, and why not. After a request in vain those of every
queue go one at a time until one succeeds, and after a few in a row none goes any more (a circuit breaker). A source
that was never heard is given up after two requests. Rules: design.md, "Politeness and money"; the numbers are ours.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import NamedTuple

from pipeline.edge.budget import Budget
from pipeline.edge.rate_limit import Gate, Sleep
from pipeline.sources import Pool, Source

FAILURES_IN_A_ROW = 4
"""After so many a queue is closed for the run: with the pauses between them about four seconds (guess)."""
IN_VAIN_IN_A_ROW = 10
"""After so many a source is left alone, whatever it says. Looking for one bad value among a hundred by halves meets
seven refusals before the first answer; and four sources that never help cost forty requests."""
UNHEARD_WIDTH = 1
"""Requests in flight to a source that has not answered yet: an outage costs a handful, not a flood, and the handshake
of a connection or the waking of a service holds up nothing but the first."""
SILENCE_S = 2.2
"""A source from which no byte came so long after the first request is not there; a run promises to know it in 3 s."""
SLOW_S = 45.0
"""How long a first answer may take where another source has answered: there is a network, and slow answers happen. Long
enough for a second try after one that met silence (30 s, `exchange.py`)."""
PATIENCE_S = 120.0
"""A source that is asked and gives no usable answer for so long is left alone for the run, whatever else it sends."""
NO_USE = "gave no usable answer for two minutes"
LATE_S = 0.2
"""An alarm so late says more about us than about the source."""


class Streak:
    """What went wrong in a row; requests that were in flight together count once."""

    def __init__(self) -> None:
        self.length = 0

    def lengthen(self, length_before: int) -> None:
        """Count what befell a request that was sent when the streak had this length."""
        if length_before == self.length:  # else somebody who was in flight with it has counted
            self.length += 1


class Sent(NamedTuple):
    """What had gone wrong when a request was sent."""

    failed: int
    """In a row, in its queue."""
    in_vain: int
    """In a row, in all queues of its source."""


class Queue:
    """The queue in front of one pool of a source."""

    def __init__(self, gate: Gate, line: "Line", *, sleep: Sleep) -> None:
        self.gate = gate
        self.closed: str | None = None
        """Why nothing goes through any more."""
        self.requests = 0
        """How many were sent; whoever sends counts."""
        self._line, self._sleep = line, sleep
        self._failed = Streak()
        self._in_flight = 0
        self._hold_until = 0.0
        self._scopes: set[asyncio.Timeout] = set()

    def hold(self, seconds: float) -> None:
        """Let nobody pass for so long."""
        self._hold_until = max(self._hold_until, asyncio.get_running_loop().time() + seconds)

    def succeed(self) -> None:
        """A usable answer came: what went wrong before it is forgotten."""
        self._failed.length = 0
        self.gate.recover()
        self._line.succeed()

    def fail(self, sent: Sent, reason: str) -> None:
        """Count a failure of the source; too many close the queue."""
        self._failed.lengthen(sent.failed)
        if self._failed.length >= FAILURES_IN_A_ROW:
            self.close(f"{reason}, {FAILURES_IN_A_ROW} times in a row")
        self._line.waste(sent, reason)

    def refuse(self, sent: Sent, reason: str) -> None:
        """Count a request that was not understood: the parts of it may be, but not if nothing ever is."""
        self._line.waste(sent, reason)

    def close(self, reason: str) -> None:
        """Give up everything that waits or is in flight, and all that comes later; the first reason stays."""
        if self.closed is not None:
            return
        self.closed = reason
        now = asyncio.get_running_loop().time()
        for scope in self._scopes:
            scope.reschedule(now)

    @asynccontextmanager
    async def until_closed(self) -> AsyncIterator[None]:
        """Run the body until it is done or the queue is closed, which raises TimeoutError."""
        if self.closed is not None:
            raise TimeoutError
        async with asyncio.timeout(None) as scope:
            self._scopes.add(scope)
            try:
                yield
            finally:
                self._scopes.discard(scope)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Sent]:
        """Wait until a request may go, hold its place while it is in flight."""
        await self.gate.enter(lambda: self._in_flight < self._width())
        self._in_flight += 1
        passage = None
        try:
            await self._wait_until_due()
            passage = self.gate.send()
            yield Sent(failed=self._failed.length, in_vain=self._line.in_vain.length)
        finally:
            self._in_flight -= 1
            await self.gate.leave(passage)

    async def _wait_until_due(self) -> None:
        # Twice, since a hold may begin while we wait for the spacing; a third one is borne by the next request.
        for _ in range(2):
            hold_s = self._hold_until - asyncio.get_running_loop().time()
            if hold_s > 0:
                await self._sleep(hold_s)
            await self.gate.space()
            if self._hold_until <= asyncio.get_running_loop().time():
                return

    def _width(self) -> int:
        if self._line.in_vain.length:
            return 1  # one looks whether the source is back, the others wait
        return self.gate.limit.concurrency if self._line.is_heard else UNHEARD_WIDTH


class Line:
    """One source: its queues, its money, and whether anything was ever heard from it."""

    def __init__(
        self,
        adapter: Source,
        gates: Mapping[Pool, Gate],
        *,
        budget: Budget,
        sleep: Sleep,
        on_silence: Callable[[], None],
    ) -> None:
        self.adapter, self.budget = adapter, budget
        self.is_heard = False
        """A byte came: slow answers are borne from then on."""
        self.in_vain = Streak()
        """Requests without a usable answer."""
        self.is_useful = False
        """It told us about a work; that it knows none it would also say as somebody else's door."""
        self.is_unreachable = False
        """Given up because no byte ever came."""
        self.seconds = 0.0
        """How long at least one request was waiting or in flight."""
        self.queues: Mapping[Pool, Queue] = {pool: Queue(gate, self, sleep=sleep) for pool, gate in gates.items()}
        self._fruitless_s = 0.0
        """How long it was busy since its last usable answer, the present stretch apart."""
        self._patience: asyncio.TimerHandle | None = None
        self._on_silence = on_silence
        self._silence: asyncio.TimerHandle | None = None
        self._is_patient = False
        self._busy, self._busy_since, self._fruitless_since = 0, 0.0, 0.0

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Count the time in which the source has something to do; the first request starts the wait for a byte."""
        loop = asyncio.get_running_loop()
        if self._silence is None:  # from the first request on, once
            self._listen(SILENCE_S)
        if not self._busy:
            self._busy_since = self._fruitless_since = loop.time()
            if self._patience is None:
                self._patience = loop.call_later(PATIENCE_S - self._fruitless_s, self._check_patience)
        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1
            if not self._busy:
                self.seconds += loop.time() - self._busy_since
                self._fruitless_s += loop.time() - self._fruitless_since

    def price_usd(self, pool: Pool) -> float:
        """Return the published price of one request."""
        return self.adapter.PRICE_USD.get(pool, 0.0)

    def hear(self) -> None:
        """Note that the source is there."""
        self.is_heard = True

    def succeed(self) -> None:
        """A usable answer came, in one of the queues."""
        self.in_vain.length = 0
        self._fruitless_s, self._fruitless_since = 0.0, asyncio.get_running_loop().time()

    def waste(self, sent: Sent, reason: str) -> None:
        """Count a request that brought nothing usable; too many close the source."""
        self.in_vain.lengthen(sent.in_vain)
        if self.in_vain.length >= IN_VAIN_IN_A_ROW:
            self.close(f"{reason}, {IN_VAIN_IN_A_ROW} times in a row")

    def close(self, reason: str, *, only_paid: bool = False) -> None:
        """Leave the source, or what costs money there, alone for the rest of the run."""
        for pool, queue in self.queues.items():
            if not only_paid or self.price_usd(pool) > 0:
                queue.close(reason)

    def hang_up(self) -> None:
        """Stop listening; nothing more will be asked."""
        for timer in (self._silence, self._patience):
            if timer is not None:
                timer.cancel()

    def _check_patience(self) -> None:
        """Leave the source alone if it has been asked for long enough in vain; idle times do not count."""
        self._patience = None
        if not self._busy:
            return  # the next request sets the alarm anew
        loop = asyncio.get_running_loop()
        due = self._fruitless_since + PATIENCE_S - self._fruitless_s
        if loop.time() >= due:
            self.close(NO_USE)
        else:
            self._patience = loop.call_at(due, self._check_patience)

    def listen_on(self) -> bool:
        """Wait longer for the first byte, once; tell whether that was not done before."""
        was_patient, self._is_patient = self._is_patient, True
        if not was_patient:
            self._listen(SLOW_S - SILENCE_S)
        return not was_patient

    def _listen(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        self._silence = loop.call_later(seconds, self._check_silence, loop.time() + seconds)

    def _check_silence(self, due: float) -> None:
        if self.is_heard:
            return
        # A late alarm means that we were busy ourselves, and the answer may lie there unread.
        if asyncio.get_running_loop().time() - due > LATE_S:
            self._listen(LATE_S)
        else:
            self._on_silence()
