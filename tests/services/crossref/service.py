"""Crossref's pools, limits and routes.

in -> out: a request below `/crossref` -> the response of `api.crossref.org`, with the headers of its pool.
"""

import re
from collections.abc import Callable

import msgspec

from tests.services.corpus import Corpus
from tests.services.crossref.errors import Invalid
from tests.services.crossref.filters import INDEXED
from tests.services.crossref.lists import Lists, check_names, envelope, sent
from tests.services.terms import Terms
from tests.services.wire import Request, Response, Unplayed, text_response

RATES = {"public-single": 5, "public-array": 1, "polite-single": 10, "polite-array": 3}
"""Requests a second since December 2025."""
AT_ONCE = {"public": 1, "polite": 3}
NOT_FOUND = "Resource not found."
LABELS = {"crossref": "Crossref", "datacite": "DataCite", "medra": "mEDRA", "jalc": "JaLC"}


class Crossref:
    """The service; `agency` tells who registered a DOI, None for nobody."""

    name = "crossref"

    def __init__(self, corpus: Corpus, agency: Callable[[str], str | None], terms: Terms) -> None:
        self.corpus, self.agency, self.terms = corpus, agency, terms
        self.switches, self.meter = terms.switches, terms.meter
        self.lists = Lists(corpus, terms)

    def family(self, request: Request) -> str:
        """Return `polite` for callers who say who they are, else `public`."""
        is_named = "@" in request.param.get("mailto", "")
        if self.switches.crossref_user_agent_suffices:
            is_named = is_named or re.search(r"mailto:\S+@", request.headers.get("user-agent", "")) is not None
        return "polite" if is_named else "public"

    def pool(self, request: Request) -> str:
        """Return the pool as `x-api-pool` names it."""
        is_single = re.match(r"(?:/v1)?/(?:works|prefixes)/.", request.path) is not None
        return f"{self.family(request)}-{'single' if is_single else 'array'}"

    def refusal(self, request: Request) -> Response | None:
        """Return the 429 of a pool that is asked too fast, or too often at once."""
        pool, family = self.pool(request), self.family(request)
        is_over = self.meter.is_over_rate(f"crossref {pool}", RATES[pool], self.terms.clock())
        is_crowded = self.meter.active[f"crossref {family}"] > AT_ONCE[family]
        self.meter.violations[self.name, "over-rate"] += is_over
        self.meter.violations[self.name, "over-concurrency"] += is_crowded
        self.meter.violations[self.name, "no-contact"] += pool.startswith("public")
        return self.too_many(request) if self.terms.limits and (is_over or is_crowded) else None

    def too_many(self, _request: Request) -> Response:
        """Return a 429: nothing in it, Retry-After perhaps."""
        return Response(429, b"", {"retry-after": "1"} if self.switches.crossref_retry_after else {})

    def answer(self, request: Request) -> Response:
        """Return the answer with the headers of its pool."""
        pool = self.pool(request)
        headers = {
            "x-api-pool": pool,
            "x-rate-limit-limit": str(RATES[pool]),
            "x-rate-limit-interval": "1s",
            "x-concurrency-limit": str(AT_ONCE[self.family(request)]),
        }
        try:
            return self._route(request).plus(headers)
        except Invalid as invalid:
            return invalid.response().plus(headers)

    def _route(self, request: Request) -> Response:
        path = request.path.removeprefix("/v1")
        if path == "/works":
            return self.lists.answer(request)
        if match := re.fullmatch(r"/works/(.+)/agency", path):
            return self._who_registered(Request(match[1]).decoded_path.casefold())
        if match := re.fullmatch(r"/works/(.+)", path):
            check_names(request, frozenset({"mailto"}))
            return self._single(Request(match[1]).decoded_path.casefold())
        if re.match(r"/(?:types|members|journals|funders|prefixes|licenses)\b", path):
            raise Unplayed(f"Crossref {path}")
        return text_response(NOT_FOUND, 404)

    def _single(self, doi: str) -> Response:
        found = self.corpus.index("doi", INDEXED["doi"][0]).get(doi)
        if not found:
            return text_response(NOT_FOUND, 404)
        return envelope("work", sent(self.corpus.raws[found[0]], 1.0, None))

    def _who_registered(self, doi: str) -> Response:
        agency = self.agency(doi)
        if agency is None:
            return text_response(NOT_FOUND, 404)
        value = {"DOI": doi, "agency": {"id": agency, "label": LABELS.get(agency, agency)}}
        return envelope("work-agency", {k: msgspec.Raw(msgspec.json.encode(v)) for k, v in value.items()})
