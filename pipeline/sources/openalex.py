"""OpenAlex: how it is asked.

in -> out: questions -> requests; a 200 body -> the works that answer each question. Reading a work is next door in
`openalex_work.py`. Rules: docs and server source of OpenAlex as of August 2026. pyalex builds the filters: a new
builder for each request, one kind of filter in it, and of its `.url` everything but the host, sent by httpx as it is.

Kinds of question, and the price of the request that carries them:

| kind | value | how | credits |
|---|---|---|---|
| `doi` | bare DOI | `doi:` filter, 100 a call; hidden and merged works answer singly | 1, singly 0 |
| `id` | `W123` | `openalex:` filter, 100 a call | 1, singly 0 |
| `arxiv` | arXiv id | landing page filter, three addresses an id; every work that has the paper's page answers | 1 |
| `landing` | address | landing page filter, four to six spellings an address | 1 |
| `pmid`, `pmcid` | `123`, `PMC123` | filter of the same name, 100 a call | 1, singly 0 |
| `volatile` | `W123` | like `id`, only what changes: counts, retraction, open access | 1, singly 0 |
| `volatile-doi` | bare DOI | like `doi`, only what changes | 1, singly 0 |
| `title` | title | `display_name` filter, exact but for case; every work of that title answers | 1 |
| `search` | words | title search, five works, best first | 10 |

What the `display_name` filter does is read from the server's source and was never seen, so its requests are unproven.

A work, October 2026: {"id": "https://openalex.org/W1996515099", "doi": "https://doi.org/10.1007/s11192-015-1547-0",
"title": "The open access advantage ...", "publication_year": 2015, "type": "article", "authorships": [...],
"locations": [{"landing_page_url": "https://doi.org/...", "source": {...}, "version": "publishedVersion"}], ...}
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import quote, quote_plus

import msgspec

from pipeline.addresses import link
from pipeline.model import Query
from pipeline.sources import CutShort, Limit, Pool, Request, UnreadableBody, body
from pipeline.sources.batch import PATH_BYTES, by_kind, pack
from pipeline.sources.gaps import find_openalex as find_gaps
from pipeline.sources.openalex_answer import Key, canonical, find_aliases, find_values, read_key
from pipeline.sources.openalex_work import read
from pipeline.text import arxiv as arxiv_text
from pipeline.text import doi as doi_text

__all__ = ["BASE_URL", "LIMITS", "PRICE_USD", "aliases", "ask", "find_gaps", "follow_up", "read", "split"]

BASE_URL = "https://api.openalex.org"
LIMITS: Mapping[tuple[Pool, bool], Limit] = {
    # The edge counts all requests together, 10/s without and 30/s with a key: the pools share 8 and 25.
    ("list", False): Limit(per_second=3, concurrency=3),
    ("single", False): Limit(per_second=4, concurrency=4),
    ("search", False): Limit(per_second=1, concurrency=1),
    ("list", True): Limit(per_second=8, concurrency=6),
    ("single", True): Limit(per_second=13, concurrency=10),
    ("search", True): Limit(per_second=4, concurrency=3),
}
PRICE_USD: Mapping[Pool, float] = {"list": 0.0001, "single": 0.0, "search": 0.001}

PER_PAGE = 100
VALUES_PER_CALL = 100
TITLES_PER_CALL = 50
"""Both spellings of an apostrophe count as values; the length of the address allows about forty titles."""
FEWEST_TITLE_WORDS = 3
"""Shorter titles ("Deep learning", "Editorial") are borne by more works than a list shows."""
SEARCH_HITS = 5
SEARCH_WORDS = 60
"""The free tier refuses searches over 1,500 characters; no title has so many words."""
_HOST = "https://api.openalex.org"
_FIELDS = (
    "id", "doi", "title", "publication_year", "publication_date", "language", "type", "ids", "primary_location",
    "locations", "best_oa_location", "open_access", "authorships", "biblio", "is_retracted", "cited_by_count",
    "counts_by_year", "topics", "keywords", "referenced_works", "abstract_inverted_index",
)  # fmt: skip
_VOLATILE_FIELDS = (
    "id", "doi", "cited_by_count", "counts_by_year", "is_retracted", "open_access", "best_oa_location",
)  # fmt: skip
_FILTERS = {
    "doi": "doi", "volatile-doi": "doi", "id": "openalex", "volatile": "openalex", "pmid": "pmid", "pmcid": "pmcid",
    "arxiv": "locations.landing_page_url", "landing": "locations.landing_page_url", "title": "display_name",
}  # fmt: skip
_SINGLE_PREFIX = {"doi": "doi:", "volatile-doi": "doi:", "id": "", "volatile": "", "pmid": "pmid:", "pmcid": "pmcid:"}
_OF_SEVERAL_WORKS = frozenset({"search", "title"})
_BY_WORK_ID = frozenset({"id", "volatile"})
# Commas part filters, pipes values, quotes protect; a word and a colon look like a filter's name.
_HAZARD = re.compile(r"""[,|"\\\s]|[a-z_]:""", re.IGNORECASE)
_SINGLE_DOI = re.compile(r"10\.\d+/\S+")
# What ends a title's value however it is quoted: the quotes, the pipe, and in a list of values a filter's name.
_UNQUOTABLE = re.compile(
    r"""[|"\\]|^!|\b(?:abstract|apc_\w+|authors?|authorships?|awards?|biblio|cite[ds]\w*|concepts?|corresponding_\w+"""
    r"""|countries|default|display_name|doi\w*|from_\w+|fulltext|funders?|fwci|grants?|has_\w+|ids?|indexed_in"""
    r"""|institutions?|is_\w+|journal|keywords?|language|locations?|mag|mesh|oa_status|open_access|openalex\w*|orcid"""
    r"""|pmc?id|primary_\w+|publication_\w+|referenced_works|related_to|repository|ror|sources?|title\w*|to_\w+"""
    r"""|topics?|type\w*|updated_date|version)(?:\.[\w.]+)?:""",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


class _Meta(msgspec.Struct):
    count: int


class _Page(msgspec.Struct):
    meta: _Meta
    results: tuple[msgspec.Raw, ...]


def ask(queries: Iterable[Query]) -> tuple[Request, ...]:
    """Merge questions into as few requests as OpenAlex allows; values that a list of values cannot hold go alone.

    What cannot be asked gets no request: a search without a single word, a title that is short or would break a list.
    """
    requests: list[Request] = []
    for kind, group in by_kind(queries):
        if kind == "search":
            requests += [_search(query) for query in group if _search_words(query.value)]
            continue
        if kind == "title":
            requests += _title_lists([query for query in group if _is_listable(query.value)])
            continue
        requests += [_alone(query) for query in group if _is_hazardous(query)]
        safe = tuple(query for query in group if not _is_hazardous(query))
        most = VALUES_PER_CALL // len(_values(group[0]))
        for batch in pack(safe, most=most, room=PATH_BYTES - len(_list_path(kind, ())), cost=_cost):
            path = _list_path(kind, [value for query in batch.queries for value in _values(query)])
            requests.append(Request(source="openalex", pool="list", path=path, queries=batch.queries, full=batch.full))
    return tuple(requests)


def follow_up(query: Query) -> Request | None:
    """Return the free singleton for a question that a list did not answer: lists hide works and may be cut short.

    None for DOIs of arXiv (their landing pages are asked in the same round), landing pages and searches.
    """
    is_doi = query.kind in ("doi", "volatile-doi")
    if is_doi and (doi_text.is_arxiv(query.value) or not _SINGLE_DOI.match(query.value)):
        return None
    return _single(query) if query.kind in _SINGLE_PREFIX else None


def split(request: Request, sent: bytes) -> dict[Query, tuple[bytes, ...]]:
    """Hand each work to its questions. Raises `UnreadableBody`, or `CutShort` where they are more than a page holds."""
    first = request.queries[0]
    if request.pool == "single":
        return _split_single(first, sent)
    page = body.decode_strictly(sent, _Page)
    if first.kind in _OF_SEVERAL_WORKS:
        works = list(_readable(page.results))
    else:
        works = [(read_key(raw), raw) for raw in map(bytes, page.results)]
    body.check_distinct((key.id, raw) for key, raw in works)
    if first.kind == "title" and page.meta.count > len(page.results):
        raise CutShort(f"{len(page.results)} of {page.meta.count} works were sent")
    if first.kind == "search":
        return {first: tuple(raw for _, raw in works[:SEARCH_HITS])} if works else {}
    asked = {canonical(query): query for query in request.queries}
    found: dict[Query, tuple[bytes, ...]] = {}
    for key, raw in works:
        for value in find_values(first.kind, key):
            if query := asked.get(value):
                found[query] = tuple(dict.fromkeys((*found.get(query, ()), raw)))
    if works and not found and first.kind != "title":  # titles are compared by the service's rules, not by ours
        raise UnreadableBody("only works that nobody asked for")
    return found


def aliases(sent: bytes) -> tuple[tuple[str, str], ...]:
    """Return the questions that one work answers. Raises `UnreadableBody`."""
    return find_aliases(read_key(sent))


def _readable(raws: Iterable[msgspec.Raw]) -> Iterator[tuple[Key, bytes]]:
    """Yield the works of an answer that any number of works may be in; one that makes no sense is passed over."""
    for raw in map(bytes, raws):
        with suppress(UnreadableBody):
            yield read_key(raw), raw


def _split_single(query: Query, sent: bytes) -> dict[Query, tuple[bytes, ...]]:
    """By W-id, OpenAlex redirects to the work into which the asked one was merged: its word; any other must fit."""
    key = read_key(sent)
    if query.kind not in ("id", "volatile") and query.value not in find_values(query.kind, key):
        raise UnreadableBody("a work that nobody asked for")
    return {query: (sent,)}


def _is_hazardous(query: Query) -> bool:
    return _HAZARD.search(query.value.removeprefix("https://")) is not None


def _fields(kind: str) -> tuple[str, ...]:
    return _VOLATILE_FIELDS if kind.startswith("volatile") else _FIELDS


def _values(query: Query) -> tuple[str, ...]:
    """Return what the filter must hold for one question: exact terms, so pages are asked in every spelling."""
    match query.kind:
        case "arxiv":
            doi_url = f"https://doi.org/{arxiv_text.doi(query.value)}"
            return f"http://arxiv.org/abs/{query.value}", f"https://arxiv.org/abs/{query.value}", doi_url
        case "landing":
            return link.spellings(query.value.removeprefix("https://"))
        case "pmcid":
            return (query.value.removeprefix("PMC"),)
        case "title":
            return _title_values(query)
        case _:
            return (query.value,)


def _list_path(kind: str, values: Sequence[str]) -> str:
    builder = _works(PER_PAGE).filter_or(**{_FILTERS[kind]: list(values)}).select(list(_fields(kind)))
    # Who asks by W-id has met the work before, hidden or not; a list that hides it would cost a singleton each time.
    return _path(builder) + ("&include_xpac=true" if kind in _BY_WORK_ID else "")


def _single(query: Query) -> Request:
    # The edge recognises, and does not bill, a singleton by its literal prefix only: the colon stays as it is.
    name = _SINGLE_PREFIX[query.kind] + quote(query.value, safe="")
    path = f"/works/{name}?select={','.join(_fields(query.kind))}"
    return Request(source="openalex", pool="single", path=path, queries=(query,))


def _alone(query: Query) -> Request:
    """Ask one question whose value would break a list of values; an address has no singleton, only quotes help."""
    if query.kind in _SINGLE_PREFIX:
        return _single(query)
    quoted = [f'"{value}"' for value in _values(query)[:1]]
    return Request(source="openalex", pool="list", path=_list_path(query.kind, quoted), queries=(query,))


def _is_listable(title: str) -> bool:
    return len(_WORD.findall(title)) >= FEWEST_TITLE_WORDS and _UNQUOTABLE.search(title) is None


def _title_values(query: Query) -> tuple[str, ...]:
    """Return a title in small letters, as the filter compares it, with either apostrophe."""
    title = " ".join(query.value.lower().split())
    return tuple(dict.fromkeys((title.replace("’", "'"), title.replace("'", "’"))))


def _title_lists(queries: Sequence[Query]) -> Iterator[Request]:
    room = PATH_BYTES - len(_title_path(())) - len("%22%22")
    for batch in pack(queries, most=TITLES_PER_CALL, room=room, cost=_cost):
        path = _title_path([value for query in batch.queries for value in _title_values(query)])
        yield Request(
            source="openalex", pool="list", path=path, queries=batch.queries, full=batch.full, is_unproven=True
        )


def _title_path(values: Sequence[str]) -> str:
    # One pair of quotes around the whole list: commas in titles would part filters.
    quoted = "|".join(values).join('""').split("|")
    return _list_path("title", quoted)


def _works(per_page: int) -> Any:
    """Return a new builder of filters; pyalex has no types."""
    # It brings requests and urllib3 along, which a run that asks nothing has no use for.
    from pyalex import Works  # noqa: PLC0415

    return Works({"per-page": per_page})


def _path(builder: Any) -> str:
    # pyalex joins with a bare pipe, which no address may hold.
    return str(builder.url).removeprefix(_HOST).replace("|", "%7C")


def _cost(query: Query) -> int:
    return sum(len(quote_plus(value)) + len("%7C") for value in _values(query))


def _search_words(text: str) -> str:
    """Return words only, in small letters: signs and AND, OR, NOT are operators, a `?` is refused."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    return " ".join(words[:SEARCH_WORDS])


def _search(query: Query) -> Request:
    builder = _works(SEARCH_HITS).search_filter(title=_search_words(query.value)).select(list(_FIELDS))
    return Request(source="openalex", pool="search", path=_path(builder), queries=(query,))
