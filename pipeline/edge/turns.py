"""Whose turn it is: how many entries' conversations go on at a time, and who waits for a paid search.

in -> out: the number of entries -> room for a bounded number of them. Of more entries, those that only a paid search
could settle give their room up, are forgotten but for their turn, and begin anew when everybody has asked what is free:
their answers are in the cache by then. So a list of any length is asked in the order of a short one, the free ways
first and then the most promising searches, and memory holds no more than the room does.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from pipeline.edge.desk import Desk, Postponed

Told = TypeVar("Told")


class Turns:
    """The conversations of a run."""

    def __init__(self, desk: Desk, *, entries: int, most: int) -> None:
        """Give room for `most` at a time."""
        self._desk = desk
        self._room = asyncio.Semaphore(most)
        self._to_come = entries
        """Entries that have not yet asked all that is free."""
        self._postponed: list[tuple[float, asyncio.Future[None]]] = []
        desk.postpones_searches = entries > most

    async def take(self, tell: Callable[[], Awaitable[Told]]) -> Told:
        """Hold an entry's conversation when there is room; a second time where that took a paid search."""
        try:
            told = await self._hold(tell)
        except Postponed as postponed:
            turn = asyncio.get_running_loop().create_future()
            self._postponed.append((postponed.promise, turn))
            self._count()
            await turn
            return await self._hold(tell)
        self._count()
        return told

    async def _hold(self, tell: Callable[[], Awaitable[Told]]) -> Told:
        async with self._room, self._desk.conversation():
            return await tell()

    def _count(self) -> None:
        self._to_come -= 1
        if self._to_come == 0:
            self._desk.postpones_searches = False
            for _, turn in sorted(self._postponed, key=lambda one: one[0], reverse=True):
                turn.set_result(None)
