"""DataCite's REST API: one DOI, or many by `ids` or `query`, in JSON:API.

in -> out: a request below `/datacite` -> the response of `api.datacite.org`.
"""

import re
import zlib

import msgspec

from tests.services.corpus import Corpus, Record
from tests.services.terms import Terms
from tests.services.wire import Request, Response, Unplayed, json_response

MOST_PER_PAGE = 1000
WINDOW_S = 300.0
NOT_FOUND = {"errors": [{"status": "404", "title": "The resource you are looking for doesn't exist."}]}
PARAMETERS = frozenset({"ids", "query", "page[size]", "page[number]", "page[cursor]", "fields[dois]", "mailto"})


def doi_of(record: Record) -> str:
    return str(record["id"]).casefold()


class DataCite:
    """The service."""

    name = "datacite"

    def __init__(self, corpus: Corpus, terms: Terms) -> None:
        self.corpus, self.terms, self.meter = corpus, terms, terms.meter

    def pool(self, request: Request) -> str:
        """Return `list` or `single`."""
        return "list" if request.path.rstrip("/") == "/dois" else "single"

    def refusal(self, request: Request) -> Response | None:
        """Return the 429 of more requests in five minutes than second-hand reports allow."""
        is_named = "@" in request.param.get("mailto", "") or "mailto:" in request.headers.get("user-agent", "")
        limit = self.terms.switches.datacite_per_5_minutes * (2 if is_named else 1)
        is_over = self.meter.is_over_rate("datacite", limit, self.terms.clock(), window_s=WINDOW_S)
        self.meter.violations[self.name, "over-rate"] += is_over
        return self.too_many(request) if is_over and self.terms.limits else None

    def too_many(self, _request: Request) -> Response:
        """Return a 429."""
        return json_response({"errors": [{"status": "429", "title": "Too many requests."}]}, 429)

    def answer(self, request: Request) -> Response:
        """Return one record or a page of records."""
        for name, _ in request.params:
            if name not in PARAMETERS:
                raise Unplayed(f"DataCite parameter {name}")
        if request.path.rstrip("/") == "/dois":
            return self._list(request)
        if match := re.fullmatch(r"/dois/(.+)", request.path):
            found = self._positions([Request(match[1]).decoded_path])
            return json_response({"data": self._sent(found[0], request)}) if found else json_response(NOT_FOUND, 404)
        return json_response(NOT_FOUND, 404)

    def _positions(self, dois: list[str]) -> list[int]:
        index = self.corpus.index("doi", lambda record: [doi_of(record)])
        return [p for doi in dict.fromkeys(d.strip().casefold() for d in dois) for p in index.get(doi, ())]

    def _list(self, request: Request) -> Response:
        param = request.param
        dois = _asked(param)
        self.meter.widen("datacite values", len(dois))
        found = sorted(self._positions(dois), key=lambda p: zlib.crc32(self.corpus.raws[p][:200]))
        size, number = int(param.get("page[size]", "25")), int(param.get("page[number]", "1"))
        if not 0 <= size <= MOST_PER_PAGE:
            return json_response({"errors": [{"status": "400", "title": "page[size] must be at most 1000."}]}, 400)
        page = found[(number - 1) * size : number * size]
        pages = -(-len(found) // size) if size else 0
        meta = {"total": len(found), "totalPages": pages, "page": number}
        return json_response({"data": [self._sent(p, request) for p in page], "meta": meta, "links": {}})

    def _sent(self, position: int, request: Request) -> msgspec.Raw:
        fields = request.param.get("fields[dois]")
        if not fields:
            return msgspec.Raw(self.corpus.raws[position])
        record = self.corpus.record(position)
        record["attributes"] = {k: v for k, v in record["attributes"].items() if k in fields.split(",")}
        return msgspec.Raw(msgspec.json.encode(record))


def _asked(param: dict[str, str]) -> list[str]:
    if "page[cursor]" in param:
        raise Unplayed("DataCite page[cursor]")
    if "ids" in param:
        return param["ids"].split(",")
    match = re.fullmatch(r"doi:\((.*)\)", param.get("query", ""))
    if match is None:
        raise Unplayed("DataCite lists other than by ids or query=doi:(...)")
    return re.findall(r'"([^"]*)"', match[1])
