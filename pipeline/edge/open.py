"""Opens the desk for a run: cache, door and sources put together, and closed again whatever happens.

in -> out: who we are, where the cache is, the run's clock -> `Desk`. Nothing is asked and no connection opened here.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.edge.access import Access
from pipeline.edge.cache import Cache
from pipeline.edge.desk import Desk, Progress, Shelf
from pipeline.edge.rate_limit import Sleep
from pipeline.sources import Source, crossref, datacite, doira, openalex

if TYPE_CHECKING:
    import httpx

    from pipeline.edge.web import Web

SOURCES: Mapping[str, Source] = {"openalex": openalex, "crossref": crossref, "datacite": datacite, "doira": doira}


@asynccontextmanager
async def open_desk(
    access: Access,
    cache: Path | None,
    *,
    now: datetime,
    offline: bool = False,
    keep: bool = True,
    budget_usd: float | None = None,
    deadline_s: float | None = None,
    say: Callable[[str], None] = lambda _: None,
    progress: Progress = lambda _answered, _asked, _waits_for: None,
    shelf: Shelf | None = None,
    sources: Mapping[str, Source] = SOURCES,
    transport: "httpx.AsyncBaseTransport | None" = None,
    sleep: Sleep = asyncio.sleep,
) -> AsyncIterator[Desk]:
    """Give the desk of one run.

    `keep` False leaves the cache's file as it is (dry runs); offline does so too. `say` gets one sentence for each
    thing a human should know at once. `transport` and `sleep` are the world and the waiting.
    """
    store = Cache(cache, read_only=offline or not keep, say=say)
    try:
        door: AbstractAsyncContextManager[Web | None] = nullcontext()
        if not offline:
            from pipeline.edge import web as network  # noqa: PLC0415 - with httpx, of no use to an offline run

            door = network.Web(
                access,
                sources,
                budget_usd=budget_usd,
                deadline_s=deadline_s,
                transport=transport,
                sleep=sleep,
                say=say,
            )
        async with door as web:
            desk = Desk(store, web, sources, now=now, progress=progress, shelf=shelf)
            try:
                yield desk
            finally:
                await desk.close()
    finally:
        store.close()
