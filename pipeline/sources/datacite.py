"""DataCite: how it is asked, and one DOI's record, read.

in -> out: questions -> requests; a 200 body -> the records that answer each question; a record's JSON -> `Record`.
Rules: REST documentation and recorded answers of October 2026 (JSON:API; every attribute may be null), metadata schema
4.6 for the vocabularies. Kind of question: `doi` (bare DOI; `ids=`, 100 a call; a DOI with a comma singly), free.

A record, October 2026: {"id": "10.48550/arxiv.2101.05224", "attributes": {"doi": "10.48550/arxiv.2101.05224",
"titles": [{"title": "Big Self-Supervised ..."}], "creators": [{"name": "Azizi, Shekoofeh", "nameType": "Personal"}],
"publicationYear": 2021, "types": {"resourceTypeGeneral": "Preprint"}, "relatedIdentifiers": [], ...}}
"""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

import msgspec

from pipeline.model import Query
from pipeline.sources import Limit, Pool, Request, body
from pipeline.sources.batch import PATH_BYTES, by_kind, pack
from pipeline.sources.datacite_record import BASE_URL, read

__all__ = ["BASE_URL", "LIMITS", "PRICE_USD", "aliases", "ask", "follow_up", "read", "split"]

LIMITS: Mapping[tuple[Pool, bool], Limit] = {
    # Second-hand: 500 in five minutes without, 1,000 with a contact address; no header says more.
    ("list", False): Limit(per_second=0.8, concurrency=2),
    ("single", False): Limit(per_second=0.8, concurrency=1),
    ("list", True): Limit(per_second=1.6, concurrency=2),
    ("single", True): Limit(per_second=1.6, concurrency=1),
}
PRICE_USD: Mapping[Pool, float] = {"list": 0.0, "single": 0.0}

VALUES_PER_CALL = 100
"""No limit is documented; should one be met, the desk asks in halves."""
_FIELDS = (
    "doi", "titles", "creators", "contributors", "publicationYear", "publisher", "container", "types", "dates",
    "subjects", "relatedItems", "relatedIdentifiers", "url", "citationCount", "descriptions", "rightsList",
    "language",
)  # fmt: skip


class _Key(msgspec.Struct):
    id: str


class _Page(msgspec.Struct):
    data: tuple[msgspec.Raw, ...]


class _One(msgspec.Struct):
    data: msgspec.Raw


def ask(queries: Iterable[Query]) -> tuple[Request, ...]:
    """Merge questions into as few requests as DataCite allows; commas part the ids, so such DOIs go singly."""
    requests: list[Request] = []
    for _, group in by_kind(queries):
        requests += [_single(query) for query in group if "," in query.value]
        safe = [query for query in group if "," not in query.value]
        room = PATH_BYTES - len(_list_path(())) - len("00")  # page[size] has up to three digits
        for batch in pack(safe, most=VALUES_PER_CALL, room=room, cost=lambda query: len(quote(query.value)) + 1):
            path = _list_path(batch.queries)
            requests.append(Request(source="datacite", pool="list", path=path, queries=batch.queries, full=batch.full))
    return tuple(requests)


def follow_up(query: Query) -> Request | None:  # noqa: ARG001 - part of the interface
    """Return None: the list is exact, a DOI that it does not return is not DataCite's."""
    return None


def split(request: Request, sent: bytes) -> dict[Query, tuple[bytes, ...]]:
    """Hand each record to its question. Raises `UnreadableBody`."""
    if request.pool == "single":
        raws: Sequence[msgspec.Raw] = [body.decode_strictly(sent, _One).data]
    else:
        raws = body.decode_strictly(sent, _Page).data
    asked = {query.value: query for query in request.queries}
    found = {doi: bytes(raw) for raw in raws if (doi := _read_doi(bytes(raw)))}
    return {query: (found[value],) for value, query in asked.items() if value in found}


def aliases(sent: bytes) -> tuple[tuple[str, str], ...]:
    """Return the questions that one record answers. Raises `UnreadableBody`."""
    doi = _read_doi(sent)
    return (("doi", doi),) if doi else ()


def _read_doi(raw: bytes) -> str | None:
    return body.bare_doi(body.decode_strictly(raw, _Key).id)


def _list_path(queries: Sequence[Query]) -> str:
    ids = ",".join(quote(query.value) for query in queries)
    return f"/dois?ids={ids}&page%5Bsize%5D={len(queries)}&fields%5Bdois%5D={','.join(_FIELDS)}"


def _single(query: Query) -> Request:
    path = f"/dois/{quote(query.value, safe='')}?fields%5Bdois%5D={','.join(_FIELDS)}"
    return Request(source="datacite", pool="single", path=path, queries=(query,))
