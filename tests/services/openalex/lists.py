"""OpenAlex's lists of works: which, in which order, which page of them.

in -> out: a checked request -> `{meta, results, group_by}`. The order is by citations, or by relevance for a search;
it is never the order asked in. Ids that are not there are silently missing, and so are hidden (XPAC) works.
"""

import base64
import binascii
import re
from typing import Any

import msgspec

from tests.services.corpus import Corpus
from tests.services.openalex import filters
from tests.services.openalex.edge import PRICES, SEARCH_FILTER
from tests.services.openalex.errors import BadPage, BadQuery, EdgeReject
from tests.services.openalex.facts import SORT_KEYS
from tests.services.openalex.search import ranking_of, search_positions, search_text
from tests.services.ranking import stems
from tests.services.terms import Terms
from tests.services.wire import Request, Response, json_response

MOST_AUTHORS = 100
"""Lists of authors end here in list answers."""
MOST_DEEP = 10_000
LONGEST_FREE_SEARCH = 1500
SEARCHED_FIELDS = {
    "search": "default",
    "search.title": "title",
    "search.title_and_abstract": "title_and_abstract",
}


class Lists:
    """`/works` without an id."""

    def __init__(self, corpus: Corpus, terms: Terms) -> None:
        self.corpus, self.switches, self.meter = corpus, terms.switches, terms.meter

    def answer(self, request: Request) -> Response:
        """Return one page."""
        param = request.param
        per_page, start, is_cursor = self._page(param)
        found = self._matching(param)
        scores = self._scores(request, found)
        ordered = self._sorted(found, param.get("sort"), scores)
        end = start + per_page
        is_search = scores is not None or SEARCH_FILTER.search(param.get("filter", ""))
        meta: dict[str, Any] = {"count": len(ordered), "db_response_time_ms": 12, "per_page": per_page}
        meta |= {"page": None if is_cursor else start // per_page + 1, "groups_count": None, "x_query": {}}
        meta["cost_usd"] = PRICES["search" if is_search else "list"] / 10_000
        if is_cursor:
            meta["next_cursor"] = _cursor(end) if end < len(ordered) else None
        works = [self._listed(position, request, scores) for position in ordered[start:end]]
        return json_response({"meta": meta, "results": works, "group_by": []})

    def _listed(self, position: int, request: Request, scores: dict[int, float] | None) -> msgspec.Raw:
        raw = sent(self.corpus.raws[position], request.param.get("select"), MOST_AUTHORS)
        if scores is not None and "select" not in request.param:
            raw = raw.rstrip()[:-1] + f',"relevance_score":{scores[position]:.4f}}}'.encode()
        return msgspec.Raw(raw)

    def _matching(self, param: dict[str, str]) -> set[int]:
        found = set(range(len(self.corpus)))
        if param.get("include_xpac") != "true":
            found.difference_update(self.corpus.index("is_xpac", filters.FIELDS["is_xpac"][0]).get("true", ()))
        for condition in self._conditions(param.get("filter")):
            self.meter.widen("openalex values", len(condition.values))
            found &= filters.matching(self.corpus, condition, display_name=self.switches.openalex_display_name)
        for name, field in SEARCHED_FIELDS.items():
            if name in param:
                if len(param[name]) > LONGEST_FREE_SEARCH:
                    raise EdgeReject("This search is too long for the free tier.")
                found &= search_positions(self.corpus, field, search_text(param[name]))
        return found

    def _conditions(self, text: str | None) -> tuple[filters.Condition, ...]:
        if text is None:
            return ()
        return filters.parse_filters(text, quotes_protect=self.switches.openalex_quoted_lists)

    def _scores(self, request: Request, found: set[int]) -> dict[int, float] | None:
        """Return the relevance of each work, text times citations; None without a search."""
        searches = [(SEARCHED_FIELDS[name], value) for name, value in request.params if name in SEARCHED_FIELDS]
        if not searches:
            return None
        cited = self._column("cited_by_count")
        field, text = searches[0]
        ranking, wanted = ranking_of(self.corpus, field), set(stems(text))
        return {p: ranking.score(wanted, p) * (1 + cited[p]) ** 0.2 for p in found}

    def _column(self, name: str) -> list[Any]:
        empty: Any = 0 if name in {"cited_by_count", "publication_year"} else ""
        return self.corpus.column(name, lambda work: work.get(name) or empty)

    def _sorted(self, found: set[int], sort: str | None, scores: dict[int, float] | None) -> list[int]:
        default = self._column("cited_by_count") if scores is None else scores
        ordered = sorted(found, key=lambda p: (-default[p], -p))
        for part in reversed(sort.split(",") if sort else []):
            name, _, direction = part.partition(":")
            if name not in SORT_KEYS or direction not in {"", "asc", "desc"}:
                raise BadQuery(f"{part} is not a valid sort.")
            if name == "relevance_score" and scores is None:
                raise BadQuery("Must include a search query in order to sort by relevance_score.")
            values = scores if scores is not None and name == "relevance_score" else self._column(name)
            ordered.sort(key=values.__getitem__, reverse=direction == "desc")
        return ordered

    def _page(self, param: dict[str, str]) -> tuple[int, int, bool]:
        """Return (per_page, first, whether by cursor)."""
        per_page = _number(param.get("per_page", param.get("per-page", "25")), "per_page")
        most = self.switches.openalex_per_page_max
        if not 1 <= per_page <= most:
            raise BadPage(f"per_page parameter must be between 1 and {most}.")
        if "cursor" in param:
            if "page" in param:
                raise BadPage("Cannot use page and cursor parameters together.")
            return per_page, _cursor_start(param["cursor"]), True
        page = _number(param.get("page", "1"), "page")
        if page < 1 or page * per_page > MOST_DEEP:
            raise BadPage("Maximum results size of 10,000 records is exceeded. Use cursor paging.")
        return per_page, (page - 1) * per_page, False


def sent(raw: bytes, select: str | None, most_authors: int | None) -> bytes:
    """Return one work as sent: only the selected fields, the list of authors cut where the server cuts it."""
    is_cut = most_authors is not None and raw.count(b'"author_position"') > most_authors
    if not is_cut and not select:
        return raw
    work = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    if is_cut:
        authors = msgspec.json.decode(work["authorships"], type=list[msgspec.Raw])
        work["authorships"] = msgspec.Raw(msgspec.json.encode(authors[:most_authors]))
        work["is_authors_truncated"] = msgspec.Raw(b"true")
    chosen = select.split(",") if select else list(work)
    return msgspec.json.encode({name: work.get(name, msgspec.Raw(b"null")) for name in chosen})


def _number(text: str, name: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise BadPage(f"{name} parameter must be a number.")
    return int(text)


def _cursor(start: int) -> str:
    return base64.urlsafe_b64encode(f"[{start}]".encode()).decode()


def _cursor_start(cursor: str) -> int:
    if cursor == "*":
        return 0
    try:
        match = re.fullmatch(rb"\[(\d+)\]", base64.urlsafe_b64decode(cursor))
    except (binascii.Error, ValueError):
        match = None
    if not match:
        raise BadPage("Invalid cursor value.")
    return int(match[1])
