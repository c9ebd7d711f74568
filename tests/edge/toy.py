"""A toy source, invented: an adapter of a few lines, and the service behind it.

`/works?ids=a,b` lists works (ids it lacks are silently absent), `/works?titles=a,b` does so by title and is unproven,
`/works/a` gives one or 404, `/search?q=words` finds at most two. A work is `{"id": "a", "also": ["b"]}`, where `also`
names further ids of the same work.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import httpx
import msgspec

from pipeline.edge.report import Report
from pipeline.model import Query, Record
from pipeline.sources import CutShort, Limit, Pool, Request, UnreadableBody

MOST_NAMESAKES = 3
"""Works by title that one answer holds."""
Answering = Callable[[httpx.Request], Awaitable[httpx.Response | None]]


@dataclass
class Toy:
    """The adapter. Modules are adapters elsewhere; here an object is one, so that tests can turn its screws."""

    name: str = "openalex"
    batch: int = 3
    per_second: float = 1000.0
    concurrency: int = 100
    price: float = 0.0
    has_singles: bool = True
    PRICE_USD: Mapping[Pool, float] = field(init=False)
    LIMITS: Mapping[tuple[Pool, bool], Limit] = field(init=False)
    BASE_URL: str = field(init=False)

    def __post_init__(self) -> None:
        self.BASE_URL = f"https://{self.name}.test"
        self.PRICE_USD = {"list": self.price, "search": 10 * self.price}
        pools: tuple[Pool, ...] = ("list", "single", "search")
        share = Limit(per_second=self.per_second / 3, concurrency=self.concurrency)
        self.LIMITS = {(pool, who): share for pool in pools for who in (True, False)}

    def ask(self, queries: Iterable[Query]) -> tuple[Request, ...]:
        return tuple(self._requests(list(queries)))

    def _requests(self, queries: list[Query]) -> Iterator[Request]:
        ids = [query for query in queries if query.kind == "id"]
        for start in range(0, len(ids), self.batch):
            some = tuple(ids[start : start + self.batch])
            path = f"/works?ids={','.join(query.value for query in some)}"
            yield self._request("list", path, some, full=len(some) == self.batch)
        titles = [query for query in queries if query.kind == "title"]
        for start in range(0, len(titles), self.batch):
            some = tuple(titles[start : start + self.batch])
            path = f"/works?titles={','.join(query.value for query in some)}"
            request = self._request("list", path, some, full=len(some) == self.batch)
            yield msgspec.structs.replace(request, is_unproven=True)
        for query in queries:
            if query.kind == "search" and query.value:
                yield self._request("search", f"/search?q={query.value}", (query,))

    def follow_up(self, query: Query) -> Request | None:
        if not self.has_singles or query.kind != "id":
            return None
        return self._request("single", f"/works/{query.value}", (query,))

    def split(self, request: Request, body: bytes) -> dict[Query, tuple[bytes, ...]]:
        try:
            works = json.loads(body)["works"]
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableBody("no works") from error
        if request.pool == "search":
            return {request.queries[0]: tuple(json.dumps(work).encode() for work in works)} if works else {}
        if request.queries[0].kind == "title":
            if len(works) > MOST_NAMESAKES:
                raise CutShort("too many")
            titles = {work["title"]: json.dumps(work).encode() for work in works}
            return {query: (titles[query.value],) for query in request.queries if query.value in titles}
        by_id = {work["id"]: json.dumps(work).encode() for work in works}
        return {query: (by_id[query.value],) for query in request.queries if query.value in by_id}

    def aliases(self, body: bytes) -> tuple[tuple[str, str], ...]:
        work = json.loads(body)
        return tuple(("id", value) for value in (work["id"], *work.get("also", ())))

    def find_gaps(self, kind: str, body: bytes) -> tuple[str, ...]:  # noqa: ARG002 - part of the interface
        return ("half",) if "half" in json.loads(body) else ()

    def read(self, body: bytes) -> Record:
        raise NotImplementedError

    def _request(self, pool: Pool, path: str, queries: tuple[Query, ...], *, full: bool = True) -> Request:
        return Request(source=self.name, pool=pool, path=path, queries=queries, full=full)  # type: ignore[arg-type]


@dataclass
class Service:
    """The services behind toy adapters, one for all hosts; `before` may answer, delay or break instead."""

    works: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    before: Answering | None = None
    delay_s: float = 0.1
    seen: list[httpx.Request] = field(default_factory=list)
    hidden: frozenset[str] = frozenset()
    """Ids that lists do not show."""

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        special = await self.before(request) if self.before else None
        await asyncio.sleep(self.delay_s)
        return special or self._answer(request)

    @property
    def asked(self) -> list[str]:
        """Paths and queries in the order they came."""
        return [request.url.raw_path.decode() for request in self.seen]

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        path, params = request.url.path, request.url.params
        if path == "/search":
            return _works([work for work in self.works.values() if work.get("title") == params["q"]][:2])
        if "ids" in params:
            wanted = [value for value in params["ids"].split(",") if value not in self.hidden]
            return _works([self.works[value] for value in wanted if value in self.works])
        if "titles" in params:
            titles = params["titles"].split(",")
            return _works([work for work in self.works.values() if work["title"] in titles])
        name = path.removeprefix("/works/")
        return _works([self.works[name]]) if name in self.works else httpx.Response(404, html="<h1>Not Found</h1>")


def works(*ids: str) -> dict[str, dict[str, object]]:
    """Invent works by their ids."""
    return {name: {"id": name, "title": f"title-{name}"} for name in ids}


def by_id(value: str, source: str = "openalex") -> Query:
    """Ask the toy for one work."""
    return Query(source=source, kind="id", value=value)  # type: ignore[arg-type]


def _works(found: Iterable[Mapping[str, object]]) -> httpx.Response:
    return httpx.Response(200, json={"works": list(found)})


def seconds() -> float:
    """Return the seconds since the beginning, on the loop's clock."""
    return asyncio.get_running_loop().time()


def count_requests(report: Report) -> int:
    """Return the number of HTTP requests of a run."""
    return sum(sum(source.requests.values()) for source in report.sources)
