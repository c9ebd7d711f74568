"""OpenAlex's routes: singletons by any identifier, lists, autocomplete, the state of the budget.

in -> out: a request below `/openalex` -> the response of `api.openalex.org`, with its refusals and its quirks.
"""

import re
from collections.abc import Collection
from urllib.parse import unquote

from tests.services.corpus import Corpus
from tests.services.openalex import autocomplete, filters
from tests.services.openalex.edge import Edge
from tests.services.openalex.errors import BadQuery, EdgeReject, PlanRequired, Refused
from tests.services.openalex.facts import PARAMETERS, UNPLAYED_PARAMETERS, WORK_FIELDS
from tests.services.openalex.lists import Lists, sent
from tests.services.terms import Terms
from tests.services.wire import HTML_404, Request, Response, Unplayed, html_response, json_response

HOST = "https://api.openalex.org"
FORMS = (
    (r"(?:openalex:|https?://openalex\.org/(?:works/)?)?(W\d+)", "openalex"),
    (r"(?:doi:|https?://(?:dx\.)?doi\.org/)(10\.\d+/\S+)", "doi"),
    (r"(?:pmid:|https?://pubmed\.ncbi\.nlm\.nih\.gov/)(\d+)/?", "pmid"),
    (r"pmcid:(?:PMC)?(\d+)", "pmcid"),
    (r"mag:(\d+)", "mag"),
)
"""Forms of an id in the path of a singleton; a bare DOI is none of them, nor is one with a sub-divided prefix."""
REDIRECTED = ("mag:", "https://openalex.org/", "http://openalex.org/")


class OpenAlex:
    """The service; `merged` maps ids of merged works to the id of what they became."""

    name = "openalex"

    def __init__(self, corpus: Corpus, merged: dict[str, str], *, keys: Collection[str], terms: Terms) -> None:
        self.corpus, self.merged, self.switches = corpus, merged, terms.switches
        self.edge = Edge(keys, terms)
        self.lists = Lists(corpus, terms)

    def pool(self, request: Request) -> str:
        """Return the class of a request, which decides the price."""
        return self.edge.pool(request)

    def refusal(self, request: Request) -> Response | None:
        """Return why the edge refuses: key, rate, budget."""
        return self.edge.refusal(request)

    def too_many(self, request: Request) -> Response:
        """Return the 429 of one second."""
        return self.edge.too_many(request)

    def answer(self, request: Request) -> Response:
        """Return the server's answer, with the edge's headers, and book its price."""
        try:
            response = self._route(request)
        except PlanRequired:
            return self.edge.plan_required(request)
        except Refused as refusal:
            response = refusal.response()
        return self.edge.charged(request, response)

    def _route(self, request: Request) -> Response:
        if len(HOST) + len(request.target) > self.switches.openalex_url_bytes:
            return html_response(b"<html><h1>414 Request-URI Too Large</h1></html>", 414)
        head, _, rest = request.path.strip("/").partition("/")
        if head == "rate-limit":
            return self.edge.status(request)
        if head == "autocomplete" and rest == "works":
            return autocomplete.answer(self.corpus, request)
        if head == "works":
            _check_parameters(request)
            return self._single(request, unquote(rest)) if rest else self.lists.answer(request)
        if head in {"authors", "sources", "institutions", "topics", "locations", "autocomplete", "concepts"}:
            raise Unplayed(f"OpenAlex {request.path}")
        return self._missing()

    def _missing(self) -> Response:
        if self.switches.openalex_404_html:
            return html_response(HTML_404, 404)
        return json_response({"error": "Not Found", "message": "The requested entity was not found."}, 404)

    def _single(self, request: Request, asked: str) -> Response:
        position = self._find(asked)
        target = self._redirected(asked, position)
        if target:
            query = f"?{request.query}" if request.query else ""
            return Response(301, b"", {"location": f"{request.base or HOST}/works/{target}{query}"})
        if position is None:
            return self._missing()
        raw = sent(self.corpus.raws[position], request.param.get("select"), self.switches.openalex_single_authors_max)
        return Response(200, raw, {"content-type": "application/json"})

    def _redirected(self, asked: str, position: int | None) -> str | None:
        """Return the id that this form of asking is sent on to, if any."""
        if position is not None:
            is_sent_on = asked.startswith(REDIRECTED)
            return str(self.corpus.record(position)["id"]).rsplit("/", 1)[-1] if is_sent_on else None
        old = str(filters.last_part(asked.removeprefix("openalex:"))).upper()
        return self.merged.get(old) if self.switches.openalex_merged == "redirect" else None

    def _find(self, asked: str) -> int | None:
        for pattern, name in FORMS:
            if match := re.fullmatch(pattern, asked, re.IGNORECASE):
                values, form = filters.FIELDS[name]
                found = self.corpus.index(name, values).get(form(match[1]), ())
                return found[0] if found else None
        return None


def _check_parameters(request: Request) -> None:
    for name, value in request.params:
        if name == "limit":
            raise EdgeReject("Use per_page instead of limit.")
        if name not in PARAMETERS:
            raise BadQuery(f"{name} is not a valid parameter. Valid parameters are: {', '.join(sorted(PARAMETERS))}.")
        if name in UNPLAYED_PARAMETERS:
            raise Unplayed(f"OpenAlex parameter {name}")
        if name == "select" and (wrong := [field for field in value.split(",") if field not in WORK_FIELDS]):
            fields = ", ".join(sorted(WORK_FIELDS))
            raise BadQuery(f"{wrong[0]} is not a valid select field. Valid fields for select are: {fields}.")
