"""Crossref's `/works`: filtered, ranked, sorted, paged and cut to the selected fields.

in -> out: a request -> a `work-list`. Without a query the order is the service's own, never the order asked in.
"""

import re
import zlib
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from tests.services.corpus import Corpus, Record
from tests.services.crossref import filters
from tests.services.crossref.errors import Invalid
from tests.services.crossref.facts import ISSUED_FAMILY, PARAMETERS, QUERIES, SELECT, SORT_KEYS
from tests.services.terms import Terms
from tests.services.wire import Request, Response, Unplayed, json_response

MOST_DEEP = 10_000
"""`offset` and `rows` together."""
Scored = list[tuple[int, float]]


class Lists:
    """`/works` without a DOI."""

    def __init__(self, corpus: Corpus, terms: Terms) -> None:
        self.corpus, self.switches, self.meter = corpus, terms.switches, terms.meter

    def answer(self, request: Request) -> Response:
        """Return one page. Raises `Invalid`."""
        param = request.param
        check_names(request, PARAMETERS)
        select = _select(param.get("select"))
        rows, start, is_cursor = self._page(param)
        self._check_sort(param, is_cursor=is_cursor)
        scored, total = self._ranked(param, self._filtered(param), start + rows)
        page = self._sorted(param, scored)[start : start + rows]
        message: dict[str, Any] = {
            "facets": {},
            "total-results": total,
            "items": [sent(self.corpus.raws[position], score, select) for position, score in page],
            "items-per-page": rows,
            "query": {"start-index": start, "search-terms": param.get("query")},
        }
        if is_cursor:
            message["next-cursor"] = f"AoJ/{start + len(page)}+="
        return envelope("work-list", message)

    def _filtered(self, param: dict[str, str]) -> set[int] | None:
        """Return the works that every filter lets through, None without filters."""
        if "filter" not in param:
            return None
        found = None
        for name, values in filters.parse_filters(param["filter"]).items():
            if name == "doi":
                self.meter.widen("crossref values", len(values))
                self._check_batch(len(values))
            matched = filters.matching(self.corpus, name, values)
            found = matched if found is None else found & matched
        return found

    def _check_batch(self, count: int) -> None:
        most = self.switches.crossref_dois_max
        if count > most:
            raise Invalid("filter-not-valid", str(count), f"More than {most} DOIs at once were never seen to work.")

    def _ranked(self, param: dict[str, str], found: set[int] | None, limit: int) -> tuple[Scored, int]:
        """Return scored positions, best first, and how many there are."""
        queries = {name: text for name, text in param.items() if name in QUERIES}
        if not queries:
            positions = sorted(range(len(self.corpus)) if found is None else found, key=self._own_order)
            return [(position, 1.0) for position in positions], len(positions)
        is_plain = found is None and len(queries) == 1 and "sort" not in param
        results = [self._query(name, text, limit if is_plain else len(self.corpus)) for name, text in queries.items()]
        if is_plain:
            return results[0]
        scores = dict(results[0][0])
        for further, _ in results[1:]:
            scores = {position: score + scores[position] for position, score in further if position in scores}
        kept = [(p, s) for p, s in scores.items() if found is None or p in found]
        return sorted(kept, key=lambda item: (-item[1], item[0])), len(kept)

    def _query(self, name: str, text: str, limit: int) -> tuple[Scored, int]:
        if name not in TEXTS:
            raise Unplayed(f"Crossref {name}")
        return self.corpus.ranking(name, TEXTS[name]).best(text, limit)

    def _own_order(self, position: int) -> int:
        return zlib.crc32(self.corpus.raws[position])

    def _check_sort(self, param: dict[str, str], *, is_cursor: bool) -> None:
        sort, order = param.get("sort", "score"), param.get("order", "desc")
        if sort not in SORT_KEYS:
            raise Invalid("sort-not-valid", sort, f"Sort {sort} is not available for this route.")
        if order not in {"asc", "desc"}:
            raise Invalid("order-not-valid", order, "Order must be one of asc, desc.")
        if is_cursor and sort in ISSUED_FAMILY and self.switches.crossref_cursor_forbids_issued:
            message = f"Sort {sort} cannot be combined with a cursor."
            raise Invalid("sort-criteria-incompatible-with-cursor", sort, message)

    def _sorted(self, param: dict[str, str], scored: Scored) -> Scored:
        sort, is_down = param.get("sort", "score"), param.get("order", "desc") == "desc"
        if sort in {"score", "relevance"}:
            return scored if is_down else scored[::-1]
        keys = {position: _sort_value(self.corpus.record(position), sort) for position, _ in scored}
        return sorted(scored, key=lambda item: keys[item[0]], reverse=is_down)

    def _page(self, param: dict[str, str]) -> tuple[int, int, bool]:
        """Return (rows, first, whether by cursor)."""
        rows = _integer(param.get("rows", "20"), self.switches.crossref_rows_max)
        if "sample" in param or "facet" in param:
            raise Unplayed("Crossref sample and facet")
        if "cursor" in param:
            if "offset" in param:
                raise Invalid("cursor-invalid", param["cursor"], "Cursor and offset cannot be combined.")
            match = re.fullmatch(r"\*|AoJ/(\d+)\+=", param["cursor"])
            if not match:
                raise Invalid("cursor-invalid", param["cursor"], "The cursor is not valid; was it percent-encoded?")
            return rows, int(match[1] or 0), True
        offset = _integer(param.get("offset", "0"), MOST_DEEP)
        if offset + rows > MOST_DEEP:
            raise Invalid("integer-not-valid", str(offset), f"Offset and rows must not exceed {MOST_DEEP} together.")
        return rows, offset, False


def sent(raw: bytes, score: float, select: set[str] | None) -> dict[str, msgspec.Raw]:
    """Return one record as sent: scored, and only the selected fields, absent ones left out."""
    record = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    record["score"] = msgspec.Raw(f"{score:.6f}".encode())
    return record if select is None else {name: value for name, value in record.items() if name in select}


def envelope(kind: str, message: Mapping[str, object]) -> Response:
    """Return a message as every good answer wraps it."""
    return json_response({"status": "ok", "message-type": kind, "message-version": "1.0.0", "message": message})


def check_names(request: Request, known: frozenset[str]) -> None:
    """Refuse parameters that a route does not have."""
    for name, _ in request.params:
        if name not in known:
            raise Invalid("parameter-not-allowed", name, f"This route does not support {name}")


def _select(text: str | None) -> set[str] | None:
    if text is None:
        return None
    for name in text.split(","):
        if name not in SELECT:
            message = f"Select {name} specified but there is no such select for this route."
            raise Invalid("select-not-available", name, message)
    return set(text.split(","))


def _integer(text: str, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) > most:
        message = f"Integer specified as {text} but must be a positive integer less than or equal to {most}."
        raise Invalid("integer-not-valid", text, message)
    return int(text)


def _joined(*names: str) -> Callable[[Record], str]:
    def text(work: Record) -> str:
        values = [work.get(name) or () for name in names]
        return " ".join(str(v) for value in values for v in (value if isinstance(value, (list, tuple)) else [value]))

    return text


def _names(work: Record) -> str:
    return " ".join(f"{a.get('given', '')} {a.get('family') or a.get('name', '')}" for a in work.get("author") or ())


_describing = _joined(
    "title", "subtitle", "container-title", "short-container-title", "volume", "issue", "page", "ISSN"
)


def _bibliographic(work: Record) -> str:
    return f"{_describing(work)} {(filters.first_date(work, 'issued') or '')[:4]} {_names(work)}"


TEXTS = {
    "query": _bibliographic,
    "query.bibliographic": _bibliographic,
    "query.title": _joined("title", "subtitle"),
    "query.container-title": _joined("container-title", "short-container-title"),
    "query.author": _names,
    "query.publisher-name": _joined("publisher"),
}


def _sort_value(work: Record, sort: str) -> Any:
    if sort in {"is-referenced-by-count", "references-count"}:
        return work.get(sort) or 0
    return filters.first_date(work, {"updated": "deposited"}.get(sort, sort)) or ""
