"""OpenAlex's free `/autocomplete/works`: titles that hold the words in this order, the last one perhaps unfinished.

in -> out: `q` -> at most ten hits, exact titles first, then by citations. Works hidden from lists are found, and a DOI
matches directly.
"""

import re
from typing import Any

from tests.services.corpus import Corpus
from tests.services.openalex import filters
from tests.services.openalex.errors import BadQuery
from tests.services.openalex.search import ranking_of, title_of
from tests.services.ranking import stems, words
from tests.services.wire import Request, Response, json_response

PARAMETERS = frozenset({"q", "filter", "search", "mailto", "api_key"})
MOST_HITS = 10


def answer(corpus: Corpus, request: Request) -> Response:
    """Return the hits. Raises `BadQuery`, for `select` and `per_page` too."""
    for name, _ in request.params:
        if name not in PARAMETERS:
            raise BadQuery(f"{name} is not a valid parameter.")
    asked = request.param.get("q", "")
    if not asked.strip():
        raise BadQuery("Must enter a 'q' parameter in order to use autocomplete.")
    found = _matching(corpus, asked)
    for condition in filters.parse_filters(request.param["filter"]) if "filter" in request.param else ():
        found &= filters.matching(corpus, condition)
    works = [corpus.record(position) for position in sorted(found)]
    works.sort(key=lambda work: (title_of(work).casefold() != asked.casefold(), -(work.get("cited_by_count") or 0)))
    meta = {"count": len(works), "db_response_time_ms": 9, "page": 1, "per_page": MOST_HITS}
    return json_response({"meta": meta, "results": [_hit(work) for work in works[:MOST_HITS]]})


def _matching(corpus: Corpus, asked: str) -> set[int]:
    if re.fullmatch(r"(?i)(?:https?://doi\.org/|doi:)?10\.\d+/\S+", asked.strip()):
        return set(corpus.index("doi", filters.FIELDS["doi"][0]).get(filters.doi_of(asked), ()))
    phrase = words(asked)
    found = ranking_of(corpus, "title").with_all(stems(" ".join(phrase[:-1])))
    return {p for p in found if f" {' '.join(phrase)}" in " " + " ".join(words(title_of(corpus.record(p))))}


def _hit(work: dict[str, Any]) -> dict[str, object]:
    names = [a["author"]["display_name"] for a in work.get("authorships") or ()][:3]
    return {
        "id": work["id"],
        "display_name": work.get("display_name"),
        "hint": ", ".join(names) or None,
        "cited_by_count": work.get("cited_by_count"),
        "entity_type": "work",
        "external_id": work.get("doi"),
    }
