"""The requests that `make check-services` sends to the live services: twelve at most, each once.

in -> out: the name of a probe -> the service's response. Our adapters make the addresses wherever an adapter is what is
asked about. Not asked: whether a 429 of Crossref says how long to wait (nobody provokes one; both are obeyed), and what
arXiv wants of a user agent (arXiv itself is never asked).
"""

import os
import time
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from urllib.parse import quote

import httpx
import msgspec
import pytest

from pipeline.edge.access import Access, parse_access
from pipeline.model import Query
from pipeline.sources import Request, Source, crossref, datacite, doira, openalex
from tests.services.library import load_cases

MOST_REQUESTS = 12
PAUSE_S = 0.13
"""Between two requests; below every published rate."""
TITLE = "Big Self-Supervised Models Advance Medical Image Classification"
COMMA_TITLE = "Learning Semantics-enriched Representation via Self-discovery, Self-classification, and Self-restoration"
DOI, OTHER_DOI = "10.1109/iccv48922.2021.00346", "10.1038/s42256-020-00247-1"
NO_DOI = "10.5555/no-such-work-of-awesome-enrich"
COMMA_DOI = "10.5555/no,such,work"
MERGED_ID = "W2963403868"
"""Stood for "Attention is All you Need" for years, and was merged away since."""
ACL_DOI, NO_ACL_DOI = "10.18653/v1/n19-1423", "10.18653/v1/l18-1008"
"""A volume for which ACL registers DOIs, and one of LREC, for which nobody does."""
LISTED = tuple(case.facts for case in load_cases("listed"))
CROSSREF_DOIS = tuple(facts.doi for facts in LISTED if facts.doi)
UNKNOWN_DOIS = tuple(f"{NO_DOI}.{number}" for number in range(crossref.VALUES_PER_CALL - len(CROSSREF_DOIS)))
"""Fill the batch up to as many as we ask for in one request."""
ARXIV_DOIS = tuple(facts.arxiv_doi for facts in LISTED if facts.arxiv_doi)[:5]
ADAPTERS: dict[str, Source] = {"openalex": openalex, "crossref": crossref, "datacite": datacite, "doira": doira}


class Probe(msgspec.Struct, frozen=True, kw_only=True):
    """One request."""

    request: Request
    by_agent_only: bool = False
    """Say who we are in the User-Agent and not in the address."""


def _adapter(source: str, values: Sequence[str], kind: str = "doi") -> Probe:
    """What our own adapter asks."""
    (request,) = ADAPTERS[source].ask(Query(source=source, kind=kind, value=value) for value in values)  # type: ignore[arg-type]
    return Probe(request=request, by_agent_only=kind == "search")


def _openalex(path: str) -> Probe:
    return Probe(request=Request(source="openalex", pool="single", path=path, queries=()))


PROBES = {
    "openalex adapter": _adapter("openalex", (DOI, OTHER_DOI)),
    "openalex quotes": _openalex(f"/works?filter=doi:%22{COMMA_DOI}%7C{DOI}%7C{OTHER_DOI}%22&select=id,doi"),
    "openalex encoded colon": _openalex(f"/works/doi%3A{quote(DOI, safe='')}?select=id,doi"),
    "openalex missing": _openalex(f"/works/doi:{quote(NO_DOI, safe='')}?select=id,doi"),
    "openalex merged": _openalex(f"/works/{MERGED_ID}?select=id,doi"),
    "openalex exact titles": _adapter("openalex", (TITLE, COMMA_TITLE), kind="title"),
    "openalex corpus": _openalex(f"/works?filter=doi:{quote(DOI, safe='')}&corpus=core&select=id,doi"),
    "openalex autocomplete": _openalex(f"/autocomplete/works?q={quote(TITLE)}"),
    "crossref adapter": _adapter("crossref", (*CROSSREF_DOIS, *UNKNOWN_DOIS)),
    "crossref search": _adapter("crossref", (f"{TITLE} ICCV 2021",), kind="search"),
    "datacite adapter": _adapter("datacite", (*ARXIV_DOIS, NO_DOI)),
    "doira adapter": _adapter("doira", (ACL_DOI, NO_DOI, NO_ACL_DOI, DOI, ARXIV_DOIS[0])),
}


@cache
def ask(name: str) -> httpx.Response:
    """Send a probe, once; a service that cannot be reached fails the test with a sentence."""
    probe, access = PROBES[name], access_of_the_environment()
    request = probe.request
    who = Access(version=access.version, bases=access.bases) if probe.by_agent_only else access
    url = who.address(request.source, ADAPTERS[request.source].BASE_URL, request.path)
    time.sleep(PAUSE_S)
    try:
        return httpx.get(url, headers=access.headers(request.source), timeout=30, follow_redirects=False)
    except httpx.TransportError as error:
        pytest.fail(f"{request.source} cannot be reached ({type(error).__name__}): there is no network, or it is down.")


def access_of_the_environment() -> Access:
    """Return who we are; `make check-services` takes OPENALEX_API_KEY, ENRICH_MAILTO and the base addresses."""
    return parse_access(os.environ, version("awesome-enrich"))
