"""doi.org: which agency registered a DOI.

in -> out: questions -> requests; a 200 body -> the entry that answers each question; an entry -> the agency's name.
Rules: `/doiRA/` as recorded in October 2026, `[{"DOI": "10.1016/x", "RA": "Crossref"}, {"DOI": "10.9999/y", "status":
"DOI does not exist"}]`. Kind of question: `doi` (bare DOI; 50 a call), free.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import quote

import msgspec

from pipeline.model import Query, Record
from pipeline.sources import Limit, Pool, Request, UnreadableBody, body
from pipeline.sources.batch import PATH_BYTES, by_kind, pack

BASE_URL = "https://doi.org"
LIMITS: Mapping[tuple[Pool, bool], Limit] = {
    # Not published; a run has a handful of these questions.
    ("list", False): Limit(per_second=2, concurrency=2),
    ("list", True): Limit(per_second=2, concurrency=2),
}
PRICE_USD: Mapping[Pool, float] = {"list": 0.0}

VALUES_PER_CALL = 50
NO_SUCH_DOI = "DOI does not exist"
"""What doi.org says of a DOI that nobody registered."""
_PATH = "/doiRA/"


class _Entry(msgspec.Struct):
    doi: str = msgspec.field(name="DOI")
    agency: str | None = msgspec.field(default=None, name="RA")
    status: str | None = None


def ask(queries: Iterable[Query]) -> tuple[Request, ...]:
    """Merge questions into as few requests as doi.org allows.

    A DOI with a comma cannot be asked, encoded or not the comma parts it, and gets no request.
    """
    requests: list[Request] = []
    for _, group in by_kind(queries):
        safe = [query for query in group if "," not in query.value]
        for batch in pack(safe, most=VALUES_PER_CALL, room=PATH_BYTES - len(_PATH), cost=_cost):
            path = _PATH + ",".join(quote(query.value, safe="") for query in batch.queries)
            requests.append(Request(source="doira", pool="list", path=path, queries=batch.queries, full=batch.full))
    return tuple(requests)


def follow_up(query: Query) -> Request | None:  # noqa: ARG001 - part of the interface
    """Return None: doi.org answers every question of a call."""
    return None


def split(request: Request, sent: bytes) -> dict[Query, tuple[bytes, ...]]:
    """Hand each entry to its question; one that is left out was not understood. Raises `UnreadableBody`."""
    try:
        raws = msgspec.json.decode(sent, type=tuple[msgspec.Raw, ...])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableBody(f"not a list of entries: {error}") from error
    found = {doi: bytes(raw) for raw in raws if (doi := _doi(bytes(raw)))}
    lost = [query.value for query in request.queries if query.value not in found]
    if lost:
        raise UnreadableBody(f"no entry for {lost[0]}")
    return {query: (found[query.value],) for query in request.queries}


def aliases(sent: bytes) -> tuple[tuple[str, str], ...]:
    """Return the question that one entry answers. Raises `UnreadableBody`."""
    doi = _doi(sent)
    return (("doi", doi),) if doi else ()


def find_gaps(kind: str, sent: bytes) -> tuple[str, ...]:  # noqa: ARG001 - part of the interface
    """Return nothing: an entry that says nothing is no entry."""
    return ()


def read(sent: bytes) -> Record:
    """Raise `UnreadableBody`: an entry says nothing about the work."""
    raise UnreadableBody(f"no record, but an agency's name: {sent[:100]!r}")


def read_agency(sent: bytes) -> str:
    """Return the name of the agency, or `NO_SUCH_DOI`. Raises `UnreadableBody` when doi.org says neither.

    >>> read_agency(b'{"DOI": "10.1016/x", "RA": "Crossref"}')
    'Crossref'
    >>> read_agency(b'{"DOI": "10.9999/y", "status": "DOI does not exist"}')
    'DOI does not exist'
    """
    entry = body.decode_strictly(sent, _Entry)
    said = entry.agency or entry.status
    if not said:
        raise UnreadableBody("neither an agency nor a status")
    return said


def _doi(raw: bytes) -> str | None:
    """Return the DOI of an entry that says something about it."""
    entry = body.decode_strictly(raw, _Entry)
    return body.bare_doi(entry.doi) if entry.agency or entry.status else None


def _cost(query: Query) -> int:
    return len(quote(query.value, safe="")) + 1
