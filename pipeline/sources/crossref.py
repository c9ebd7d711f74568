"""Crossref: how it is asked.

in -> out: questions -> requests; a 200 body -> the works that answer each question. Reading a work is next door in
`crossref_work.py`. Rules: swagger 3.32.0, the list of `select` names and the limits as measured in October 2026. The
contact address is added at the door to the network, not here.

Kinds of question (all free; lists and single records have limits of their own):

| kind | value | how |
|---|---|---|
| `doi` | bare DOI | `filter=doi:...`, 50 a call, whole records; a DOI with a comma singly |
| `pii` | PII without punctuation | `filter=alternative-id:...`, 50 a call, whole; only those with the PII answer |
| `volatile` | bare DOI | like `doi`, only what changes: counts, notices, licence, relations |
| `search` | words: title, venue, year, first authors | `query.bibliographic`, five works, best first |

`select` cannot name `subtype`, `institution` and `language`, without which a blog post is a preprint and a thesis is
of no school. So lists of identifiers ask for whole records; a search, of whose five works four are read for their
title only, selects. docs/fields.md says what whole records cost.

A work, October 2026: {"DOI": "10.1073/pnas.1414271111", "type": "journal-article", "title": ["Developing ..."],
"author": [{"given": "Eleftherios A.", "family": "Makris", "sequence": "first", "affiliation": [{"name": "..."}]}],
"container-title": ["Proceedings of the National Academy of Sciences"], "issued": {"date-parts": [[2014, 10, 27]]},
"updated-by": [{"DOI": "10.1073/pnas.1507001112", "type": "correction", "source": "publisher", ...}], ...}
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import accumulate
from urllib.parse import quote, quote_plus

import msgspec

from pipeline.addresses import identifiers
from pipeline.model import Query
from pipeline.sources import Limit, Pool, Request, UnreadableBody, body
from pipeline.sources.batch import PATH_BYTES, by_kind, pack
from pipeline.sources.crossref_work import BASE_URL, read
from pipeline.sources.gaps import find_crossref as find_gaps
from pipeline.text.pii import clean as clean_pii

__all__ = ["BASE_URL", "LIMITS", "PRICE_USD", "aliases", "ask", "find_gaps", "follow_up", "read", "split"]

LIMITS: Mapping[tuple[Pool, bool], Limit] = {
    ("list", False): Limit(per_second=1, concurrency=1),
    ("list", True): Limit(per_second=3, concurrency=3),
    ("single", False): Limit(per_second=5, concurrency=1),
    ("single", True): Limit(per_second=10, concurrency=3),
}
PRICE_USD: Mapping[Pool, float] = {"list": 0.0, "single": 0.0}

VALUES_PER_CALL = 50
"""As many as were seen to work in one call."""
SEARCH_HITS = 5
SEARCH_BYTES = 1_500
_FIELDS = (
    "DOI", "type", "title", "subtitle", "original-title", "short-title", "author", "editor", "container-title",
    "short-container-title", "event", "assertion", "issued", "published", "published-print", "published-online",
    "posted", "approved", "degree", "group-title", "page", "article-number", "volume", "issue", "publisher", "ISSN",
    "ISBN", "alternative-id", "resource", "link", "license", "relation", "update-to", "updated-by",
    "is-referenced-by-count", "abstract",
)  # fmt: skip
_VOLATILE_FIELDS = ("DOI", "is-referenced-by-count", "updated-by", "update-to", "license", "relation")
_FILTERS = {"doi": "doi", "volatile": "doi", "pii": "alternative-id"}


class _Primary(msgspec.Struct):
    URL: str | None = None


class _Resource(msgspec.Struct):
    primary: _Primary | None = None


class _Key(msgspec.Struct):
    """What tells which questions a work answers."""

    DOI: str
    prefix: str | None = None
    """In every whole record, and in none that was selected of."""
    alternative_id: tuple[str, ...] | None = msgspec.field(default=None, name="alternative-id")
    resource: _Resource | None = None
    type: str | msgspec.UnsetType | None = msgspec.UNSET
    """Unset in an answer to a `volatile` question."""


class _Items(msgspec.Struct):
    items: tuple[msgspec.Raw, ...]
    total: int | None = msgspec.field(default=None, name="total-results")


class _Envelope(msgspec.Struct):
    status: str
    kind: str = msgspec.field(name="message-type")
    message: msgspec.Raw


def ask(queries: Iterable[Query]) -> tuple[Request, ...]:
    """Merge questions into as few requests as Crossref allows; a comma would end a filter, so such DOIs go singly."""
    requests: list[Request] = []
    for kind, group in by_kind(queries):
        if kind == "search":
            requests += [_search(query) for query in group if query.value.strip()]
            continue
        requests += [_single(query) for query in group if "," in query.value]
        safe = [query for query in group if "," not in query.value]
        room = PATH_BYTES - len(_list_path(kind, ())) - len("00")  # rows has up to three digits
        for batch in pack(safe, most=VALUES_PER_CALL, room=room, cost=lambda query: len(_condition(query)) + 1):
            path = _list_path(kind, batch.queries)
            requests.append(Request(source="crossref", pool="list", path=path, queries=batch.queries, full=batch.full))
    return tuple(requests)


def follow_up(query: Query) -> Request | None:  # noqa: ARG001 - part of the interface
    """Return None: a DOI that the list does not return is not Crossref's, DataCite or doi.org is asked next."""
    return None


def split(request: Request, sent: bytes) -> dict[Query, tuple[bytes, ...]]:
    """Hand each work to its questions. Raises `UnreadableBody`."""
    first = request.queries[0]
    works = _works(request, sent)
    body.check_distinct((body.bare_doi(key.DOI), raw) for key, raw in works)
    if first.kind == "search":
        return {first: tuple(raw for _, raw in works[:SEARCH_HITS])} if works else {}
    asked = {query.value: query for query in request.queries}
    found: dict[Query, tuple[bytes, ...]] = {}
    foreign = 0
    for key, raw in works:
        values = [value for value in (_piis(key) if first.kind == "pii" else _dois(key)) if value in asked]
        foreign += not values
        for value in values:
            found[asked[value]] = tuple(dict.fromkeys((*found.get(asked[value], ()), raw)))
    if works and not found:
        raise UnreadableBody("only works that nobody asked for")
    # What holds a stranger's work in the place of an asked one proves no absence.
    return dict.fromkeys(request.queries, ()) | found if foreign and first.kind != "pii" else found


def aliases(sent: bytes) -> tuple[tuple[str, str], ...]:
    """Return the questions that one work answers; a work without its type is an answer to a `volatile` one.

    Raises `UnreadableBody`.
    """
    key = _read_key(sent)
    dois = tuple(("volatile", doi) for doi in _dois(key))
    if key.type is msgspec.UNSET or key.prefix is None:
        # A search found it. What cannot be selected is still to be asked for, or else a paper would come to this or to
        # that by which of two answers was first.
        return dois
    return (*(("doi", doi) for doi in _dois(key)), *(("pii", pii) for pii in _piis(key)), *dois)


def _works(request: Request, sent: bytes) -> list[tuple[_Key, bytes]]:
    envelope = body.decode_strictly(sent, _Envelope)
    promised = "work" if request.pool == "single" else "work-list"
    if envelope.status != "ok" or envelope.kind != promised:
        raise UnreadableBody(f"promised a `{promised}`, sent a `{envelope.kind}` with status `{envelope.status}`")
    message = bytes(envelope.message)
    raws = [message] if request.pool == "single" else _list_items(request, message)
    return list(_readable(raws)) if request.queries[0].kind == "search" else [(_read_key(raw), raw) for raw in raws]


def _readable(raws: Iterable[bytes]) -> Iterator[tuple[_Key, bytes]]:
    """Yield the works that a search found; one that makes no sense is passed over."""
    for raw in raws:
        with suppress(UnreadableBody):
            yield _read_key(raw), raw


def _list_items(request: Request, message: bytes) -> list[bytes]:
    found = body.decode_strictly(message, _Items)
    # A DOI has one record, so a list shorter than its total was cut: its gaps would pass for absences.
    is_by_doi = request.queries[0].kind in ("doi", "volatile")
    if is_by_doi and found.total is not None and found.total > len(found.items):
        raise UnreadableBody(f"{len(found.items)} of {found.total} works were sent")
    return [bytes(raw) for raw in found.items]


@lru_cache(maxsize=256)
def _read_key(raw: bytes) -> _Key:
    """Remembered for the works of a list, which are handed out first and then asked what else they answer."""
    key, _ = body.decode(raw, _Key)
    return key


def _dois(key: _Key) -> tuple[str, ...]:
    return body.unique([body.bare_doi(key.DOI)])


def _piis(key: _Key) -> tuple[str, ...]:
    url = key.resource.primary.URL if key.resource and key.resource.primary else None
    return body.unique([*map(clean_pii, key.alternative_id or ()), *identifiers.find("pii", [url] if url else [])])


def _fields(kind: str) -> str:
    return ",".join(_VOLATILE_FIELDS if kind == "volatile" else _FIELDS)


def _condition(query: Query) -> str:
    return f"{_FILTERS[query.kind]}:{quote(query.value, safe='/')}"


def _list_path(kind: str, queries: Sequence[Query]) -> str:
    # A PII may stand in more than one record, a DOI does not.
    rows = len(queries) * (2 if kind == "pii" else 1)
    select = f"&select={_fields(kind)}" if kind == "volatile" else ""
    return f"/works?filter={','.join(map(_condition, queries))}&rows={rows}{select}"


def _single(query: Query) -> Request:
    return Request(source="crossref", pool="single", path=f"/works/{quote(query.value, safe='')}", queries=(query,))


def _search(query: Query) -> Request:
    sizes = accumulate(len(quote_plus(word)) + 1 for word in query.value.split())
    words = [word for word, size in zip(query.value.split(), sizes, strict=True) if size <= SEARCH_BYTES]
    path = f"/works?query.bibliographic={quote_plus(' '.join(words))}&rows={SEARCH_HITS}&select={_fields(query.kind)}"
    return Request(source="crossref", pool="list", path=path, queries=(query,))
