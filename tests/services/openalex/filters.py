"""OpenAlex's `filter=` language, as its server reads it after decoding.

in -> out: the decoded value of `filter=` -> conditions; a condition -> positions of works. Commas part filters unless
double quotes protect them, `|` parts the values of one filter, `!` negates, and an OR across filters is refused.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tests.services.corpus import Corpus, Record
from tests.services.openalex.errors import BadQuery, EdgeReject, PlanRequired
from tests.services.openalex.facts import PAID_PLAN_FILTERS, UNPLAYED_FILTERS
from tests.services.openalex.search import search_positions, search_text
from tests.services.wire import Unplayed

MOST_VALUES = 100
"""`MAX_IDS_IN_FILTER` of the server."""


@dataclass(frozen=True)
class Condition:
    """One filter: any of the values, or none of them."""

    name: str
    values: tuple[str, ...]
    negated: bool = False


def last_part(value: object) -> str | None:
    return str(value).rstrip("/").rsplit("/", 1)[-1].casefold() if value else None


def doi_of(value: object) -> str | None:
    """Return a DOI bare and in lower case, whatever form it has."""
    return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)", "", str(value).strip().casefold()) if value else None


def digits_of(value: object) -> str | None:
    return re.sub(r"\D", "", str(value)) or None if value else None


def _id(name: str, clean: Callable[[object], str | None]) -> Callable[[Record], Iterable[object]]:
    return lambda work: [v for v in [clean((work.get("ids") or {}).get(name))] if v]


def _path(path: str, clean: Callable[[Any], object] = lambda v: v) -> Callable[[Record], Iterable[object]]:
    names = path.split(".")

    def values(record: Record) -> Iterable[object]:
        found: list[Any] = [record]
        for name in names:
            stepped = [f.get(name) for f in found if isinstance(f, dict)]
            found = [v for s in stepped for v in (s if isinstance(s, list) else [s])]
        return [clean(v) for v in found if v is not None]

    return values


def _fold(value: object) -> str:
    return str(value).casefold()


FIELDS: dict[str, tuple[Callable[[Record], Iterable[object]], Callable[[Any], object]]] = {
    # name: (values of a work, form of an asked value)
    "doi": (_path("doi", doi_of), doi_of),
    "openalex": (_path("id", last_part), last_part),
    "pmid": (_id("pmid", digits_of), _fold),
    "pmcid": (_id("pmcid", digits_of), _fold),
    "mag": (_id("mag", digits_of), _fold),
    "display_name": (_path("display_name", _fold), _fold),
    "publication_year": (_path("publication_year"), str),
    "publication_date": (_path("publication_date"), str),
    "cited_by_count": (_path("cited_by_count"), str),
    "type": (_path("type", _fold), _fold),
    "language": (_path("language", _fold), _fold),
    "indexed_in": (_path("indexed_in", _fold), _fold),
    "is_retracted": (_path("is_retracted", _fold), _fold),
    "is_xpac": (_path("is_xpac", _fold), _fold),
    "has_doi": (lambda work: [str(bool(work.get("doi"))).casefold()], _fold),
    "locations.landing_page_url": (_path("locations.landing_page_url"), str),
    "primary_location.landing_page_url": (_path("primary_location.landing_page_url"), str),
    "locations.source.id": (_path("locations.source.id", last_part), last_part),
    "primary_location.source.id": (_path("primary_location.source.id", last_part), last_part),
    "primary_location.source.issn": (_path("primary_location.source.issn", _fold), _fold),
    "locations.source.issn": (_path("locations.source.issn", _fold), _fold),
    "biblio.volume": (_path("biblio.volume", _fold), _fold),
    "biblio.issue": (_path("biblio.issue", _fold), _fold),
    "biblio.first_page": (_path("biblio.first_page", _fold), _fold),
    "biblio.last_page": (_path("biblio.last_page", _fold), _fold),
    "authorships.author.id": (_path("authorships.author.id", last_part), last_part),
    "authorships.author.orcid": (_path("authorships.author.orcid", last_part), last_part),
    "cites": (_path("referenced_works", last_part), last_part),
}
SAME = {
    "openalex_id": "openalex", "ids.openalex": "openalex", "ids.pmid": "pmid", "ids.pmcid": "pmcid", "ids.mag": "mag",
    "ids.doi": "doi", "author.id": "authorships.author.id", "author.orcid": "authorships.author.orcid",
}  # fmt: skip
SEARCHES = frozenset({"title.search", "display_name.search", "title_and_abstract.search", "default.search",
                      "raw_author_name.search"})  # fmt: skip
SPECIAL = frozenset({"doi_starts_with", "from_publication_date", "to_publication_date"})
NAMES = frozenset(FIELDS) | frozenset(SAME) | SEARCHES | SPECIAL | PAID_PLAN_FILTERS | UNPLAYED_FILTERS
_FILTER_NAME = re.compile(r"(?<![\w.])(?:" + "|".join(map(re.escape, sorted(NAMES))) + r"):")


def parse_filters(text: str, *, quotes_protect: bool = True) -> tuple[Condition, ...]:
    """Read the decoded value of `filter=`. Raises `EdgeReject`, `PlanRequired` or `BadQuery`."""
    pieces = _split_unquoted(text) if quotes_protect else text.split(",")
    if any(":" not in piece for piece in pieces):
        raise EdgeReject("Invalid filter: each comma-separated segment must be key:value. Encode a comma as %2C.")
    return tuple(_condition(piece, quotes_protect=quotes_protect) for piece in pieces)


def _split_unquoted(text: str) -> list[str]:
    """Split at the commas outside double quotes: every second stretch between quotes is inside."""
    stretches = text.split('"')
    stretches[::2] = [s.replace(",", "\0") for s in stretches[::2]]
    return '"'.join(stretches).split("\0")


def _condition(piece: str, *, quotes_protect: bool) -> Condition:
    name, value = (part.strip() for part in piece.split(":", 1))
    name = name.replace("-", "_")
    if name not in NAMES:
        raise BadQuery(f"{name} is not a valid field. Valid fields are underscore or hyphenated versions of: ...")
    if name in PAID_PLAN_FILTERS:
        raise PlanRequired(name)
    negated = value.startswith("!")
    value = value.removeprefix("!")
    if quotes_protect and len(value) > 1 and value[0] == value[-1] == '"':
        value = value[1:-1]
    if name in SEARCHES and "|" in value:
        raise BadQuery("The search uses |, which is not supported here; use OR.")
    values = tuple(value.split("|"))
    if len(values) > 1 and any(_FILTER_NAME.search(v) for v in values):
        raise BadQuery("It looks like you're trying to do an OR query between filters and it's not supported.")
    if len(values) > MOST_VALUES:
        raise BadQuery(f"Maximum number of values exceeded for {name}. Decrease values to {MOST_VALUES} or below.")
    if any(v.strip().casefold() in {"", "none", "undefined"} for v in values):
        raise BadQuery(f"Value for param {name} must not be empty, none or undefined.")
    return Condition(SAME.get(name, name), values, negated)


def matching(corpus: Corpus, condition: Condition, *, display_name: str = "exact") -> set[int]:
    """Return the positions of the works that meet one condition."""
    found: set[int] = set()
    if condition.name == "display_name" and display_name == "refused":
        raise BadQuery("display_name is not a valid field. Valid fields are underscore or hyphenated versions of: ...")
    for value in condition.values:
        if condition.name != "display_name" or display_name != "finds nothing":
            found |= _matching_value(corpus, condition.name, value, folds_display_name=display_name == "folds")
    return set(range(len(corpus))) - found if condition.negated else found


def _matching_value(corpus: Corpus, name: str, value: str, *, folds_display_name: bool) -> set[int]:
    if name in UNPLAYED_FILTERS:
        raise Unplayed(f"OpenAlex filter {name}")
    if name in SEARCHES:
        return search_positions(corpus, name.removesuffix(".search"), search_text(value))
    if name == "display_name" and folds_display_name:
        wanted = re.sub(r"\W+", "", value.casefold())
        index = corpus.index("folded_name", _path("display_name", lambda v: re.sub(r"\W+", "", v.casefold())))
        return set(index.get(wanted, ()))
    if name in SPECIAL:
        return _matching_special(corpus, name, value)
    values, form = FIELDS[name]
    index = corpus.index(name, values)
    if value.casefold() == "null":
        return set(range(len(corpus))).difference(*index.values())
    if value.casefold() == "!null":
        return set().union(*index.values())
    if name in {"publication_year", "cited_by_count"}:
        return {p for key, positions in index.items() if _is_in_range(key, value) for p in positions}
    return set(index.get(form(value), ()))


def _matching_special(corpus: Corpus, name: str, value: str) -> set[int]:
    if name == "doi_starts_with":
        index, start = corpus.index("doi", FIELDS["doi"][0]), str(doi_of(value))
        return {p for key, positions in index.items() if str(key).startswith(start) for p in positions}
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise BadQuery(f"Value for param {name} is an invalid date. Format is yyyy-mm-dd.")
    index = corpus.index("publication_date", FIELDS["publication_date"][0])
    is_from = name.startswith("from")
    wanted = [k for k in index if (str(k) >= value if is_from else str(k) <= value)]
    return {p for key in wanted for p in index[key]}


def _is_in_range(key: object, asked: str) -> bool:
    number = int(str(key))
    if match := re.fullmatch(r"(\d*)-(\d*)", asked):
        low, high = match.groups()
        return (not low or number >= int(low)) and (not high or number <= int(high))
    if match := re.fullmatch(r"([<>]?)(\d+)", asked):
        sign, bound = match[1], int(match[2])
        return {"": number == bound, "<": number < bound, ">": number > bound}[sign]
    raise BadQuery(f"Value {asked} must be a number or a range.")
