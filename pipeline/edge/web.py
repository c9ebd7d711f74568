"""The only door to the network: asks one request politely, tries again where that can help, and never raises.

in -> out: `Request` -> `Works`, `Missing`, `Refused` or `Failure`. Identification, limits, money, retries and giving up
live behind this door. Rules: design.md, "Politeness and money"; what the replies mean is in `status.py`.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property, partial
from types import TracebackType
from typing import Self, assert_never

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt, stop_before_delay
from tenacity.wait import wait_exponential_jitter

from pipeline.edge.access import Access
from pipeline.edge.budget import Budget
from pipeline.edge.circuit_breaker import Line, Queue, Sent
from pipeline.edge.exchange import TIMEOUT, AstrayError, BrokenError, UnreachableError, fetch
from pipeline.edge.rate_limit import Gate, Sleep, find_family, find_limits
from pipeline.edge.response import DEADLINE, Declined, Failure, Missing, Outcome, Refused, Works
from pipeline.edge.status import HttpReply, Verdict, judge
from pipeline.sources import CutShort, Request, Source, UnreadableBody

ATTEMPTS = 3
TOTAL_S = 150.0
"""No further attempt begins after this time, even where the source asks for patience."""
MAX_WAIT_S = 60.0
"""A source that asks for a longer pause is left alone for the rest of the run."""
BUDGET_SPENT = "the budget is spent"
UNREACHABLE = "cannot be reached"
NO_NETWORK = "no network"

_backoff = wait_exponential_jitter(multiplier=0.5, max=10, jitter=0.5)


class _AgainError(Exception):
    """Another try may help, after `wait_s` where the source said so."""

    def __init__(self, reason: str, wait_s: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.wait_s = reason, wait_s


class Web:
    """The door to all sources; an async context manager."""

    def __init__(
        self,
        access: Access,
        sources: Mapping[str, Source],
        *,
        budget_usd: float | None = None,
        deadline_s: float | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Sleep = asyncio.sleep,
        now: Callable[[], datetime] = partial(datetime.now, UTC),
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Open no connection yet.

        `sleep` is all the waiting there is; `say` gets one sentence on what a human should know at once. After
        `deadline_s` nothing is asked any more.
        """
        self._deadline_s = deadline_s
        self._deadline: asyncio.TimerHandle | None = None
        self._access, self._transport = access, transport
        self._sleep, self._now, self._say = sleep, now, say
        self.lines = {name: self._open_line(name, adapter, Budget(budget_usd)) for name, adapter in sources.items()}
        # httpx logs whole addresses at INFO, and Crossref's hold the contact.
        logging.getLogger("httpx").setLevel(logging.WARNING)

    async def __aenter__(self) -> Self:
        if self._deadline_s is not None:
            self._deadline = asyncio.get_running_loop().call_later(max(0.0, self._deadline_s), self._end)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        for line in self.lines.values():
            line.hang_up()
        if "_client" in self.__dict__:  # a run that is answered by its cache never makes one
            await self._client.aclose()

    async def get(self, request: Request) -> Outcome:
        """Ask; every trouble is a `Failure` with its reason."""
        line = self.lines[request.source]
        queue, price = line.queues[request.pool], line.price_usd(request.pool)
        with line.busy():
            try:
                async with queue.until_closed():
                    return await self._get_patiently(request, line, queue)
            except TimeoutError:
                is_deferred = queue.closed == BUDGET_SPENT and price > 0
                return Failure(reason=queue.closed or UNREACHABLE, is_deferred=is_deferred)

    def stored_address(self, request: Request) -> str:
        """Return the request's address as it may be kept."""
        return self._access.stored_address(request.source, self.lines[request.source].adapter.BASE_URL, request.path)

    @property
    def has_network(self) -> bool:
        """False when sources were asked and none of them could be reached."""
        return not any(x.is_unreachable for x in self.lines.values()) or any(x.is_heard for x in self.lines.values())

    @cached_property
    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=self._transport, timeout=TIMEOUT, follow_redirects=False)

    def _open_line(self, name: str, adapter: Source, budget: Budget) -> Line:
        limits = find_limits(name, adapter, identified=self._access.is_identified(name))
        gates = {family: Gate(limit, self._sleep) for family, limit in limits.items()}
        by_pool = {pool: gates[find_family(name, pool)] for pool, _ in adapter.LIMITS}
        return Line(adapter, by_pool, budget=budget, sleep=self._sleep, on_silence=lambda: self._doubt(name))

    async def _get_patiently(self, request: Request, line: Line, queue: Queue) -> Outcome:
        def choose_wait_s(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked_s = error.wait_s if isinstance(error, _AgainError) else None
            seconds = max(asked_s or 0.0, _backoff(state))
            queue.hold(seconds)  # the others need not find out for themselves
            return seconds

        attempts = AsyncRetrying(
            stop=stop_after_attempt(ATTEMPTS) | stop_before_delay(TOTAL_S),
            wait=choose_wait_s,
            retry=retry_if_exception_type(_AgainError),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return await attempts(self._attempt, request, line, queue)
        except _AgainError as error:
            return Failure(reason=error.reason)

    async def _attempt(self, request: Request, line: Line, queue: Queue) -> Outcome:
        price = line.price_usd(request.pool)
        # Before the turn: what cannot be paid must not wait for a place that somebody else could use.
        if not line.budget.reserve(price):
            return Failure(reason=BUDGET_SPENT, is_deferred=True)
        try:
            if request.pool == "search" and not line.budget.reserve_search(price):
                return Declined()
            async with queue.turn() as sent:
                queue.requests += 1
                return await self._ask(request, line, queue, sent)
        finally:
            line.budget.release(price)

    async def _ask(self, request: Request, line: Line, queue: Queue, sent: Sent) -> Outcome:
        with_key = request.source == "openalex" and self._access.openalex_key is not None
        try:
            reply = await self._send(request, line)
        except AstrayError as error:
            return self._obey(Verdict(meaning="astray", reason=error.reason), request, line, sent)
        except BrokenError as error:
            # The second in a row: one connection may be refused by chance.
            if isinstance(error, UnreachableError) and not line.is_heard and sent.in_vain:
                self._lose(request.source)
            return _fail(queue, sent, error.reason, can_heal=error.can_heal)
        queue.gate.adapt(reply.headers)
        verdict = judge(request.source, reply, self._now(), with_key=with_key)
        if verdict.meaning == "answered":
            line.budget.account(reply.headers, line.price_usd(request.pool))
            return _read(request, reply, line, sent)
        line.budget.read_remaining(reply.headers)
        return self._obey(verdict, request, line, sent)

    async def _send(self, request: Request, line: Line) -> HttpReply:
        # In a frame of its own: where an adapter fails, no address or header is near the traceback.
        url = self._access.address(request.source, line.adapter.BASE_URL, request.path)
        return await fetch(self._client, url, self._access.headers(request.source), on_heard=line.hear)

    def _obey(self, verdict: Verdict, request: Request, line: Line, sent: Sent) -> Outcome:
        queue, reason = line.queues[request.pool], verdict.reason
        match verdict.meaning:
            case "missing" if request.pool == "single":
                queue.succeed()
                return Missing()
            case "bad-question":
                # Never tried again as it is; the desk asks for less.
                queue.refuse(sent, reason)
                return Refused(reason=reason)
            case "early" | "again":
                if verdict.meaning == "early":
                    queue.gate.slow_down()
                return _wait_or_give_up(line, queue, sent, verdict)
            case "key-refused":
                self._drop_key(request.source)
                raise _AgainError(reason)
            case "budget-gone":
                # "Insufficient budget": free singletons still work.
                line.budget.close()
                line.close(BUDGET_SPENT, only_paid=True)
                if not line.price_usd(request.pool):  # unless they do not: then it is a failure like any other
                    queue.fail(sent, BUDGET_SPENT)
                return Failure(reason=BUDGET_SPENT, is_deferred=True)
            case "plan":  # concerns one kind of question, not the source
                queue.fail(sent, reason)
                return Failure(reason=reason)
            case "stop" | "astray" | "missing":
                return _turn_away(line, queue, sent, verdict)
            case "answered" | "failed":  # nobody knows what it means, so nobody knows that it will last
                return _fail(queue, sent, reason, can_heal=True)
            case _:
                assert_never(verdict.meaning)

    def _drop_key(self, source: str) -> None:
        if self._access.openalex_key is None:
            return
        self._access = replace(self._access, openalex_key=None)
        self._say("OPENALEX_API_KEY was refused; the run goes on without it")
        line = self.lines[source]
        limits = find_limits(source, line.adapter, identified=False)
        for pool, queue in line.queues.items():
            queue.gate.limit = limits[find_family(source, pool)]

    def _end(self) -> None:
        """Ask nothing more: the run ends with what it has."""
        for line in self.lines.values():
            line.close(DEADLINE)

    def _doubt(self, source: str) -> None:
        """Give up a source from which no byte came; longer is waited where others prove that there is a network."""
        is_online = any(line.is_heard for line in self.lines.values())
        if not (is_online and self.lines[source].listen_on()):
            self._lose(source)

    def _lose(self, source: str) -> None:
        """Leave a source alone that was never heard; when that is so of two, there is no network at all."""
        self.lines[source].is_unreachable = True
        self.lines[source].close(UNREACHABLE)
        if not self.has_network and sum(line.is_unreachable for line in self.lines.values()) == 2:
            for line in self.lines.values():
                line.close(NO_NETWORK)


def _fail(queue: Queue, sent: Sent, reason: str, *, can_heal: bool) -> Failure:
    queue.fail(sent, reason)
    if can_heal:
        raise _AgainError(reason)
    return Failure(reason=reason)


def _read(request: Request, reply: HttpReply, line: Line, sent: Sent) -> Works | Refused | Failure:
    queue = line.queues[request.pool]
    try:
        works = line.adapter.split(request, reply.body)
    except CutShort:
        queue.succeed()
        return Refused(reason="sent only a part of what fits", is_cut=True)
    except UnreadableBody:  # a portal, a proxy, half a body: often gone a second later
        return _fail(queue, sent, "sent a body that cannot be read", can_heal=True)
    told = [(query.kind, work) for query, some in works.items() for work in some]
    if told and all(line.adapter.find_gaps(kind, work) for kind, work in told):
        return _fail(queue, sent, "left out what it always says", can_heal=True)
    queue.succeed()
    line.is_useful = line.is_useful or bool(told)
    return Works(by_query=works)


def _turn_away(line: Line, queue: Queue, sent: Sent, verdict: Verdict) -> Refused | Failure:
    """What to make of somebody who is not the service, or does not want us; a list is never missing."""
    if line.is_useful:  # It knew us a moment ago: a firewall in front of it may mind the words of one question.
        queue.refuse(sent, verdict.reason)
        return Refused(reason=verdict.reason)
    if verdict.meaning == "stop" or sent.in_vain:
        line.close(verdict.reason)
        return Failure(reason=verdict.reason)
    # Once may be chance; twice in a row it is somebody else's door, and what else he says is not believed.
    return _fail(queue, sent, verdict.reason, can_heal=True)


def _wait_or_give_up(line: Line, queue: Queue, sent: Sent, verdict: Verdict) -> Failure:
    if (verdict.wait_s or 0.0) > MAX_WAIT_S:
        line.close(f"{verdict.reason} and asks for a long pause")
        return Failure(reason=verdict.reason)
    queue.fail(sent, verdict.reason)
    raise _AgainError(verdict.reason, verdict.wait_s)
