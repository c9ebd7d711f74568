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
from pipeline.sources import Limit, Pool, Request, UnreadableBody, body
from pipeline.sources.batch import PATH_BYTES, by_kind, pack
from pipeline.sources.datacite_record import BASE_URL, read
from pipeline.sources.gaps import find_datacite as find_gaps

__all__ = ["BASE_URL", "LIMITS", "PRICE_USD", "aliases", "ask", "find_gaps", "follow_up", "read", "split"]

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


class _Attributes(msgspec.Struct, frozen=True):
    doi: str | None = None


class _Key(msgspec.Struct):
    id: str
    attributes: _Attributes = _Attributes()


class _Meta(msgspec.Struct, frozen=True):
    total: int | None = None


class _Page(msgspec.Struct):
    data: tuple[msgspec.Raw, ...]
    meta: _Meta = _Meta()


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
        page = body.decode_strictly(sent, _Page)
        raws = page.data
        if page.meta.total is not None and page.meta.total > len(raws):  # its gaps would pass for absences
            raise UnreadableBody(f"{len(raws)} of {page.meta.total} records were sent")
    asked = {query.value: query for query in request.queries}
    told = {doi: bytes(raw) for raw in raws if (doi := _read_doi(bytes(raw)))}
    found: dict[Query, tuple[bytes, ...]] = {asked[doi]: (raw,) for doi, raw in told.items() if doi in asked}
    if raws and not found:
        raise UnreadableBody("only records that nobody asked for")
    # What holds a stranger's record in the place of an asked one proves no absence.
    nothing: dict[Query, tuple[bytes, ...]] = dict.fromkeys(request.queries, ())
    return found if len(found) == len(raws) else nothing | found


def aliases(sent: bytes) -> tuple[tuple[str, str], ...]:
    """Return the questions that one record answers. Raises `UnreadableBody`."""
    doi = _read_doi(sent)
    return (("doi", doi),) if doi else ()


def _read_doi(raw: bytes) -> str | None:
    """Return the DOI of a record; None where its name and what it says of itself are two."""
    key = body.decode_strictly(raw, _Key)
    doi = body.bare_doi(key.id)
    return doi if doi == body.bare_doi(key.attributes.doi) else None


def _list_path(queries: Sequence[Query]) -> str:
    ids = ",".join(quote(query.value) for query in queries)
    return f"/dois?ids={ids}&page%5Bsize%5D={len(queries)}&fields%5Bdois%5D={','.join(_FIELDS)}"


def _single(query: Query) -> Request:
    path = f"/dois/{quote(query.value, safe='')}?fields%5Bdois%5D={','.join(_FIELDS)}"
    return Request(source="datacite", pool="single", path=path, queries=(query,))
