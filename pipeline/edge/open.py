"""Opens the desk for a run: cache, door and sources put together, and closed again whatever happens.

in -> out: who we are, where the cache is, the run's clock -> `Desk`. Nothing is asked and no connection opened here.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import httpx

from pipeline.edge.access import Access
from pipeline.edge.cache import Cache
from pipeline.edge.desk import Desk, Progress
from pipeline.edge.lane import Sleep
from pipeline.edge.limits import Spacing, evenly_spaced
from pipeline.edge.web import Web
from pipeline.sources import Source, crossref, datacite, doira, openalex

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
    say: Callable[[str], None] = lambda _: None,
    progress: Progress = lambda _answered, _asked: None,
    sources: Mapping[str, Source] = SOURCES,
    transport: httpx.AsyncBaseTransport | None = None,
    sleep: Sleep = asyncio.sleep,
    spacing: Spacing = evenly_spaced,
) -> AsyncIterator[Desk]:
    """Give the desk of one run.

    `keep` False leaves the cache's file as it is (dry runs); offline does so too. `say` gets one sentence for each
    thing a human should know at once. `transport`, `sleep` and `spacing` are the world and the waiting.
    """
    store = Cache(cache, read_only=offline or not keep, say=say)
    try:
        async with Web(
            access, sources, budget_usd=budget_usd, transport=transport, sleep=sleep, spacing=spacing, say=say
        ) as web:
            desk = Desk(store, None if offline else web, sources, now=now, progress=progress)
            try:
                yield desk
            finally:
                await desk.close()
    finally:
        store.close()
