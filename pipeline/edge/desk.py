"""The desk: stages ask one question about one thing here; the desk asks the world as rarely as possible.

in -> out: questions with the age that an answer may have -> answers, from the cache or from the sources. The open
questions of all conversations are merged into as few requests as the sources allow: a full request goes at once, one
with room left only when every conversation waits and nothing is in flight, since any answer may raise more questions.
Paid searches wait until nothing else is left to ask; then the most promising go first. Some kinds of request were never
seen to work (`Request.is_unproven`): one of each kind is sent alone, and the others only if that one works.
Rules: design.md, "The way of the data" and "Politeness and money".
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, assert_never

import msgspec

from pipeline.edge.age import is_recent, without_newer
from pipeline.edge.cache import Cache
from pipeline.edge.readable import Counted
from pipeline.edge.report import Report, report_line
from pipeline.edge.response import DEADLINE, Declined, Failure, Missing, Outcome, Refused, Works
from pipeline.edge.waiting import Waiting
from pipeline.model import Age, Answer, Catalog, Paper, Query, Suggestions
from pipeline.sources import Request, Source, UnreadableBody

if TYPE_CHECKING:  # it brings httpx along, which an offline run has no use for
    from pipeline.edge.web import Web

OFFLINE = "offline"
UNASKED = "was not asked"
LOST = "was answered, but the answer could not be kept"
TRIES = 3
"""How often a question is asked whose answers cannot be believed; as often as one whose request fails."""
HALF = "left out what it always says"
FOREIGN = "answered about something else"
BY_WORDS = frozenset({"search", "title"})
"""Kinds of questions that name no work."""
LARGE_TRIAL = 10
"""So many questions of an unproven kind tell something even if they find nothing (guess)."""

Progress = Callable[[int, int, Collection[str]], None]


class Postponed(Exception):  # noqa: N818 - a signal, not an error
    """Only a paid search is left to ask for an entry, and others have not yet asked all that is free."""

    def __init__(self, promise: float) -> None:
        """Tell what the search promises (`Age.promise`)."""
        super().__init__(promise)
        self.promise = promise


class Shelf(Protocol):
    """Answers that lie ready beside the cache."""

    def find(self, queries: Iterable[Query]) -> Mapping[Query, Answer]:
        """Return the answers that are there."""


class Desk:
    """The only door for questions."""

    def __init__(
        self,
        cache: Cache,
        web: "Web | None",
        sources: Mapping[str, Source],
        *,
        now: datetime,
        progress: Progress = lambda _answered, _asked, _waits_for: None,
        shelf: Shelf | None = None,
    ) -> None:
        """Take None for `web` to be offline; `now` is the run's clock and stamps every answer.

        What the cache has not is looked for on the `shelf` before a source is asked.
        """
        self.postpones_searches = False
        """Whether paid searches are for later (`Postponed`): more entries are to come than can wait side by side."""
        self._shelf = shelf
        self._cache, self._web, self._sources, self._now, self._progress = cache, web, sources, now, progress
        self._waiting = Waiting()
        self._open: dict[str, dict[Query, None]] = {source: {} for source in sources}
        """Questions not sent yet, in the order asked."""
        self._changed: set[str] = set()
        """Sources with new open questions."""
        self._fresh: set[Query] = set()
        """Answered in this run."""
        self._searches: dict[Query, float] = {}
        """Paid searches not sent yet, with what they promise."""
        self._unasked: set[Query] = set()
        """What cannot be asked, or is not worth its price."""
        self._is_complete = True
        """Whether nothing was left out that could have been asked."""
        self._trials: dict[str, bool | None] = {}
        """Kind of an unproven request -> whether such requests work; None while the first one is in flight."""
        self._failures: dict[Query, str] = {}
        """Asked in vain in this run, and why: nothing is asked twice."""
        self._doubted: Counter[Query] = Counter()
        """How often a question got an answer that could not be believed."""
        self._deferred: list[tuple[float, Query]] = []
        self._due: Counter[str] = Counter()
        self._answered: Counter[str] = Counter()
        self._stamp = now.strftime("%Y-%m-%dT%H:%M:%SZ")
        self._tasks: set[asyncio.Task[None]] = set()
        """Requests in flight."""
        self._sending: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def conversation(self) -> AsyncIterator[None]:
        """Mark where one entry's conversation begins and ends.

        As long as one conversation does not wait for answers it may ask more, so requests with room left are held back.
        """
        self._waiting.conversations += 1
        try:
            yield
        finally:
            self._waiting.conversations -= 1
            self._schedule()

    async def ask(self, questions: Mapping[Query, Age]) -> dict[Query, Answer]:
        """Return an answer to each question; where a new one was due and could not be had, its `reason` says why.

        Raises:
            Postponed: a paid search is due, and these are for later.
        """
        answers = self._find_known(questions)
        due = {query: age for query, age in questions.items() if query not in answers}
        if self.postpones_searches:
            promises = [age.promise for query, age in due.items() if self._is_paid_search(query)]
            if promises:
                raise Postponed(max(promises))
        if due:
            answers |= await self._get(due)
            answers |= self._find_known({query: age for query, age in due.items() if query not in answers})
        return {query: answers[query] for query in questions}

    def report(self) -> Report:
        """Return what was asked so far."""
        if self._web is None:
            return Report()
        failed: Counter[str] = Counter(query.source for query in self._failures)
        due = [source for source in self._sources if self._due[source]]
        return Report(
            sources=tuple(report_line(x, self._web.lines[x], self._answered[x], failed[x]) for x in due),
            deferred=tuple(query for _, query in sorted(self._deferred, key=lambda pair: pair[0])),
            due_failed=frozenset(source for source in due if not self._answered[source]),
            unasked_count=sum(reason == DEADLINE for reason in self._failures.values()),
            is_complete=self._is_complete and not self._failures,
            has_network=self._web.has_network,
        )

    def save_resolutions(self, list_path: str, day: str, papers: Iterable[Paper]) -> None:
        """Keep the run's decisions beside the answers they rest on."""
        self._cache.save_resolutions(list_path, day, papers)

    def save_catalog(
        self, catalog: Catalog, suggestions: Suggestions, history: Iterable[Counted], *, digest: str, day: str
    ) -> None:
        """Write the run's catalog as tables beside the answers."""
        self._cache.save_catalog(catalog, suggestions, history, digest=digest, day=day)

    async def close(self) -> None:
        """Give up what is still in flight; the run was broken off."""
        tasks = [*self._tasks, self._sending] if self._sending else [*self._tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _find_known(self, questions: Mapping[Query, Age]) -> dict[Query, Answer]:
        """Return the answers that are there without asking a source."""
        stored = {query: answer for query, answer in self._cache.find(questions).items() if not self._is_half(answer)}
        known = {query: self._answer(query, age, stored.get(query)) for query, age in questions.items()}
        return {query: answer for query, answer in known.items() if answer is not None}

    def _answer(self, query: Query, age: Age, old: Answer | None) -> Answer | None:
        """Return what is known of a question now; None where a source must be asked."""
        if query in self._fresh:  # what this run was told is new, whatever age was asked for
            return without_newer(query, LOST, None) if old is None else msgspec.structs.replace(old, fresh=True)
        if old is not None and is_recent(old, age, self._now):
            return old
        # An answer may be as old as the snapshot, except where a question must be asked anew.
        if self._shelf is not None and (age.found_days is None or age.found_days >= 0):
            ready = self._shelf.find((query,)).get(query)
            if ready is not None:
                return ready
        if query in self._unasked:
            return old or Answer(query=query, status="unasked", reason=UNASKED)
        reason = OFFLINE if self._web is None else self._failures.get(query)
        return None if reason is None else without_newer(query, reason, old)

    async def _get(self, due: Mapping[Query, Age]) -> dict[Query, Answer]:
        for query, age in due.items():
            if not self._waiting.is_asked(query):
                self._due[query.source] += 1
                if self._is_paid_search(query):
                    self._searches[query] = age.promise
                else:
                    self._open[query.source][query] = None
                    self._changed.add(query.source)
        self._schedule()
        return await self._waiting.wait(due)

    def _schedule(self) -> None:
        # The task runs once every conversation that can go on has asked, so that their questions share requests.
        if self._sending is None:
            self._sending = asyncio.get_running_loop().create_task(self._send_what_is_due())
            self._sending.add_done_callback(self._raise_where_waited)

    async def _send_what_is_due(self) -> None:
        self._sending = None
        changed = [source for source in self._open if source in self._changed]
        self._changed.clear()
        for request in self._pack(changed):
            if request.full:
                self._try(request)
            # else its questions stay open and are merged anew with the next ones
        # Only now, since the answers to what has just been sent may raise questions for the others too.
        if self._waiting.is_everybody and not self._tasks:
            for request in self._pack(self._open):
                self._try(request)
            if not self._tasks:
                self._send_searches()

    def _is_paid_search(self, query: Query) -> bool:
        return query.kind == "search" and self._sources[query.source].PRICE_USD.get("search", 0.0) > 0

    def _send_searches(self) -> None:
        """Send the paid searches, now that nothing else is left to ask: the most promising first."""
        for query in sorted(self._searches, key=lambda query: self._searches[query], reverse=True):
            self._open[query.source][query] = None
        self._searches.clear()
        for request in self._pack(self._open):
            self._send(request)

    def _try(self, request: Request) -> None:
        """Send a request, but none of an unproven kind while the first one of that kind is on its way."""
        if request.is_unproven:
            kind = request.queries[0].kind
            if kind in self._trials and self._trials[kind] is None:
                return
            self._trials.setdefault(kind, None)
        self._send(request)

    def _judge_trial(self, request: Request, outcome: Outcome) -> None:
        """Learn from the first request of an unproven kind; a failure of the source says nothing about the kind."""
        kind = request.queries[0].kind
        if not request.is_unproven or self._trials.get(kind) is not None:
            return
        match outcome:
            case Works(by_query=found) if any(found.values()) or len(request.queries) >= LARGE_TRIAL:
                self._trials[kind] = any(found.values())
            case Refused():
                self._trials[kind] = outcome.is_cut
            case _:
                self._trials.pop(kind, None)
        self._changed.add(request.source)  # those that waited for it can go

    def _pack(self, sources: Iterable[str]) -> list[Request]:
        """Return the open questions as requests."""
        packed: list[Request] = []
        for source in sources:
            requests = self._sources[source].ask(tuple(self._open[source])) if self._open[source] else ()
            worthwhile = tuple(
                r for r in requests if not r.is_unproven or self._trials.get(r.queries[0].kind) is not False
            )
            self._is_complete = self._is_complete and len(worthwhile) == len(requests)
            requests = worthwhile
            self._drop_unaskable(source, requests)
            packed += requests
        return packed

    def _drop_unaskable(self, source: str, requests: Iterable[Request]) -> None:
        """Give up the questions for which the source has no request, such as a search without a word."""
        askable = {query for request in requests for query in request.queries}
        for query in [query for query in self._open[source] if query not in askable]:
            self._leave_out(query)

    def _decline(self, request: Request) -> None:
        """Leave out what another run might ask."""
        self._is_complete = False
        for query in request.queries:
            self._leave_out(query)

    def _leave_out(self, query: Query) -> None:
        """End a question without an answer and without a failure of the source."""
        self._unasked.add(query)
        self._due[query.source] -= 1
        self._close(query)

    def _send(self, request: Request) -> None:
        for query in request.queries:
            self._open[request.source].pop(query, None)
        task = asyncio.get_running_loop().create_task(self._fetch(request))
        self._tasks.add(task)
        task.add_done_callback(self._end)

    def _raise_where_waited(self, task: asyncio.Task[None]) -> None:
        """Raise a fault of ours in every conversation that waits: no answer would ever come."""
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self._waiting.break_off(error)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._raise_where_waited(task)
        self._progress(self._waiting.answered, self._waiting.asked, self._waiting.sources)
        self._schedule()

    async def _fetch(self, request: Request) -> None:
        assert self._web is not None
        outcome = await self._web.get(request)
        self._judge_trial(request, outcome)
        match outcome:
            case Works():
                self._take(request, outcome.by_query, self._web.stored_address(request))
            case Missing():
                self._take(request, {}, self._web.stored_address(request))
            case Refused() if request.is_unproven and not outcome.is_cut and not self._trials[request.queries[0].kind]:
                self._decline(request)
            case Declined():
                self._decline(request)
            case Refused():
                await self._divide(request, outcome.reason)
            case Failure(is_deferred=True):
                self._defer(request, outcome.reason, self._web.lines[request.source].price_usd(request.pool))
            case Failure():
                for query in request.queries:
                    self._fail(query, outcome.reason)
            case _:
                assert_never(outcome)

    def _take(self, request: Request, works: Mapping[Query, tuple[bytes, ...]], address: str) -> None:
        """Keep what an HTTP answer says, hand it out, and ask singly for what its list did not hold."""
        told = [self._found(query, works[query]) for query in request.queries if works.get(query)]
        doubts = {answer.query: HALF for answer in told if self._is_half(answer)}
        found = [answer for answer in told if answer.query not in doubts]
        doubts |= {query: FOREIGN for query in request.queries if works.get(query) == ()}
        # Another work may have answered a question meanwhile; that this list lacks it then says nothing.
        rest = [query for query in request.queries if query not in works and query not in self._fresh]
        rest = [query for query in rest if not self._send_singly(request, query)]
        absent = [Answer(query=query, status="missing", at=self._stamp, fresh=True) for query in rest]
        aliases = self._find_news(found)
        answers = [*{**aliases, **{answer.query: answer for answer in (*found, *absent)}}.values()]
        self._cache.save(answers, address)
        self._answered[request.source] += len(found) + len(absent)
        for answer in answers:
            self._fresh.add(answer.query)
            self._open[request.source].pop(answer.query, None)
            self._waiting.deliver(answer.query, answer)
        for query, reason in doubts.items():
            if query not in self._fresh:
                self._doubt(query, reason)

    def _is_half(self, answer: Answer) -> bool:
        """Whether an answer is half an answer; of works that nobody asked for by name, all must be."""
        source, kind = self._sources[answer.query.source], answer.query.kind
        gaps = [bool(source.find_gaps(kind, body)) for body in answer.bodies]
        return bool(gaps) and (all(gaps) if kind in BY_WORDS else any(gaps))

    def _doubt(self, query: Query, reason: str) -> None:
        """Ask once more what could not be believed: a second later the answer is mostly all right."""
        self._doubted[query] += 1
        if self._doubted[query] >= TRIES:
            self._fail(query, reason)
            return
        self._open[query.source][query] = None
        self._changed.add(query.source)

    async def _divide(self, request: Request, reason: str) -> None:
        """Ask singly, or where that is not possible in halves, one after the other: one bad value spoils a request."""
        rest = tuple(query for query in request.queries if not self._send_singly(request, query))
        half = len(rest) // 2
        for part in (rest[:half], rest[half:]) if half else ():
            for smaller in self._sources[request.source].ask(part):
                await self._fetch(smaller)
        for query in rest if not half else ():
            self._fail(query, reason)

    def _defer(self, request: Request, reason: str, price_usd: float) -> None:
        """Without money, single requests go on where they are free; the rest is left for tomorrow."""
        for query in request.queries:
            if not self._send_singly(request, query):
                self._deferred.append((price_usd / len(request.queries), query))
                self._fail(query, reason)

    def _send_singly(self, request: Request, query: Query) -> bool:
        single = None if request.pool == "single" else self._sources[request.source].follow_up(query)
        if single is not None:
            self._send(single)
        return single is not None

    def _find_news(self, found: Iterable[Answer]) -> dict[Query, Answer]:
        """Return what the works of an answer tell besides, question by question.

        What a search came upon fills gaps and replaces nothing: who needs a new answer asks for it. Else what a paper
        comes to would hang on whether its own question or another paper's search was first.
        """
        news: dict[Query, Answer] = {}
        for answer in found:
            aliases = {alias.query: alias for alias in self._find_aliases(answer)}
            stored = self._cache.find(aliases) if answer.query.kind in BY_WORDS else {}
            news |= {query: alias for query, alias in aliases.items() if query not in stored}
        return {query: alias for query, alias in news.items() if query not in self._fresh}

    def _find_aliases(self, answer: Answer) -> Iterator[Answer]:
        for body in answer.bodies:
            try:
                aliases = self._sources[answer.query.source].aliases(body)
            except UnreadableBody:  # one odd work of many: it answers its own question and no other
                continue
            for kind, value in aliases:
                yield self._found(Query(source=answer.query.source, kind=kind, value=value), (body,))

    def _found(self, query: Query, bodies: tuple[bytes, ...]) -> Answer:
        return Answer(query=query, status="found", bodies=bodies, at=self._stamp, fresh=True)

    def _fail(self, query: Query, reason: str) -> None:
        self._failures[query] = reason
        self._close(query)

    def _close(self, query: Query) -> None:
        self._open[query.source].pop(query, None)
        self._waiting.deliver(query)
