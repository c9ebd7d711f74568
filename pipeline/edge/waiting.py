"""Which conversations wait for which answers, and whether any of them could still ask something.

in -> out: questions, and which of them are answered -> the calls that can go on. A question that several conversations
ask is kept once.
"""

import asyncio
from collections.abc import Collection

from pipeline.model import Answer, Query


class _Call:
    """One call for answers that cannot go on yet."""

    def __init__(self, missing: int) -> None:
        self.missing = missing
        self.answers: dict[Query, Answer] = {}
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class Waiting:
    """All conversations, and those of them that wait."""

    def __init__(self) -> None:
        self.asked = 0
        """Different questions so far."""
        self.conversations = 0
        self._calls = 0
        self._waiters: dict[Query, list[_Call]] = {}

    @property
    def answered(self) -> int:
        """Return how many of the questions got an answer."""
        return self.asked - len(self._waiters)

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the sources whose answers are waited for."""
        return tuple(sorted({query.source for query in self._waiters}))

    @property
    def is_everybody(self) -> bool:
        """Whether every conversation waits, so that only an answer can raise further questions."""
        return self._calls >= self.conversations

    def is_asked(self, query: Query) -> bool:
        """Whether somebody waits for this answer already."""
        return query in self._waiters

    async def wait(self, queries: Collection[Query]) -> dict[Query, Answer]:
        """Return the answers that were delivered, as soon as the last question has its answer or none to expect."""
        call = _Call(len(queries))
        for query in queries:
            if query not in self._waiters:
                self._waiters[query] = []
                self.asked += 1
            self._waiters[query].append(call)
        self._calls += 1
        try:
            await call.done
            return call.answers
        finally:
            if call.missing:  # cancelled
                self._calls -= 1

    def deliver(self, query: Query, answer: Answer | None = None) -> None:
        """Hand an answer, or that none is to come, to everybody who waits; a call that has all goes on at once."""
        for call in self._waiters.pop(query, ()):
            call.missing -= 1
            if answer is not None:
                call.answers[query] = answer
            if not call.missing and not call.done.done():
                self._calls -= 1
                call.done.set_result(None)

    def break_off(self, error: BaseException) -> None:
        """Raise an error of our own in everybody who waits, since no answer will come."""
        calls = {call for calls in self._waiters.values() for call in calls}
        self._waiters.clear()
        for call in calls:
            if not call.done.done():
                call.done.set_exception(error)
