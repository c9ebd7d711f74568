"""The parts of doi.org that tell who registered a DOI and where it leads.

in -> out: a request below `/doi` -> the response of `doi.org`. `/doiRA/a,b` answers in the order asked.
"""

import re
from collections.abc import Callable
from urllib.parse import unquote

from tests.services.terms import Terms
from tests.services.wire import HTML_404, Request, Response, Unplayed, html_response, json_response

Agency = Callable[[str], str | None]
LABELS = {"crossref": "Crossref", "datacite": "DataCite", "medra": "mEDRA", "jalc": "JaLC", "kisti": "KISTI"}


class DoiOrg:
    """The service; `agency` tells who registered a DOI, None for nobody."""

    name = "doi"

    def __init__(self, agency: Agency, terms: Terms) -> None:
        self.agency, self.switches, self.meter = agency, terms.switches, terms.meter

    def pool(self, request: Request) -> str:
        """Return `doiRA` or `handles`."""
        return "doiRA" if request.path.startswith("/doiRA/") else "handles"

    def refusal(self, _request: Request) -> Response | None:
        """Return None: no limit is known."""
        return None

    def too_many(self, _request: Request) -> Response:
        """Return a 429."""
        return Response(429, b"", {"retry-after": "1"})

    def answer(self, request: Request) -> Response:
        """Return agencies, a handle, or the 404 page; anything else is not played."""
        if match := re.fullmatch(r"/doiRA/(.+)", request.path):
            return self._agencies(unquote(match[1]).split(","))
        if match := re.fullmatch(r"/api/handles/(.+)", request.path):
            return self._handle(unquote(match[1]))
        if self.agency(request.decoded_path.lstrip("/").casefold()) is None:
            return html_response(HTML_404, 404)
        raise Unplayed(f"doi.org {request.path}: content negotiation and landing pages")

    def _agencies(self, dois: list[str]) -> Response:
        self.meter.widen("doi values", len(dois))
        if len(dois) > self.switches.doira_dois_max:
            return html_response(b"<html><h1>400 Bad Request</h1></html>", 400)
        return json_response([self._said_of(doi.strip()) for doi in dois])

    def _said_of(self, doi: str) -> dict[str, str]:
        if not re.match(r"10\.\d+/.", doi):
            return {"DOI": doi, "status": "Invalid DOI"}
        agency = self.agency(doi.casefold())
        if agency is None:
            return {"DOI": doi, "status": "DOI does not exist"}
        return {"DOI": doi, "RA": LABELS.get(agency, agency)}

    def _handle(self, doi: str) -> Response:
        if self.agency(doi.casefold()) is None:
            return json_response({"responseCode": 100, "handle": doi}, 404)
        data = {"format": "string", "value": f"https://example.org/landing/{doi}"}
        return json_response({"responseCode": 1, "handle": doi, "values": [{"index": 1, "type": "URL", "data": data}]})
