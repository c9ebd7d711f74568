"""OpenAlex: one work, read.

in -> out: a work's JSON -> `Record`. Rules: docs of OpenAlex as of August 2026, records of October 2026. pyalex's
`Work` holds the decoded record and rebuilds the abstract from its inverted index. Names are `raw_author_name`: the
`display_name` of a profile is somebody's guess.
"""

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from pipeline.addresses import identifiers
from pipeline.model import Affiliation, Author, Ids, OpenAccess, Record
from pipeline.sources import UnreadableBody, body
from pipeline.sources.openalex_places import find_places, find_versions, read_container
from pipeline.sources.openalex_shape import Authorship, Named, Work
from pipeline.sources.openalex_shape import Ids as ShapeIds
from pipeline.text import date, markup, person
from pipeline.text import doi as doi_text

LISTED_AUTHORS = 100
"""Lists cut the authors here; whether they say so in `is_authors_truncated` under `select` is not known."""

_OPENALEX_ID = re.compile(r"(?:https?://openalex\.org/)?(W\d+)", re.IGNORECASE)
_HAS_ABSTRACT = re.compile(rb'"abstract_inverted_index":\s*\{')
_WEB = re.compile(r"https?://\S+$", re.IGNORECASE)
_FILLED_IN = re.compile(r"(?:-01)?-01$")


def read(sent: bytes) -> Record:
    """Read one work. Raises `UnreadableBody` when it is not JSON or has no W-id."""
    work, unread = body.decode(sent, Work)
    found = _OPENALEX_ID.fullmatch(work.id)
    if not found:
        raise UnreadableBody(f"not the id of a work: {work.id[:100]}")
    issues = list(unread)
    doi = body.bare_doi(work.doi)
    places = find_places(work)
    urls = body.unique(place.landing_page_url for place in places)
    openalex_id = found[1].upper()
    return Record(
        source="openalex",
        url=f"https://openalex.org/{openalex_id}",
        title=body.clean_title(work.title),
        authors=_authors(work.authorships or (), issues),
        authors_complete=not work.is_authors_truncated and len(work.authorships or ()) < LISTED_AUTHORS,
        raw_type=work.type,
        **_dates(work),
        **read_container(work, doi, places, issues),
        ids=_ids(work, openalex_id, doi, urls, issues),
        landing_urls=urls,
        versions=find_versions(places, doi),
        citation_count=work.cited_by_count,
        citations_by_year=tuple(sorted((str(row.year), row.cited_by_count) for row in work.counts_by_year or ())),
        open_access=_open_access(work),
        abstract=_abstract(sent, issues) if _HAS_ABSTRACT.search(sent) else None,
        topics=_names(work.topics),
        keywords=_names(work.keywords),
        language=body.text(work.language),
        retracted=bool(work.is_retracted),
        references=body.unique(_reference(url) for url in work.referenced_works or ()),
        issues=tuple(issues),
    )


def _dates(work: Work) -> dict[str, Any]:
    """Read the date; the first of a month, or of a year, is what OpenAlex fills in when no more is known."""
    published = date.clean(work.publication_date)
    exact = date.clean(_FILLED_IN.sub("", work.publication_date or ""))
    return {
        "year": work.publication_year or published.year,
        "month": exact.month,
        "date": exact.iso,
        "years": tuple(sorted({year for year in (work.publication_year, published.year) if year})),
    }


def _ids(work: Work, openalex_id: str, doi: str | None, urls: tuple[str, ...], issues: list[str]) -> Ids:
    others = work.ids or ShapeIds()
    pmcid = _last_digits(others.pmcid)
    return Ids(
        doi=doi,
        arxiv=_arxiv_id(doi, urls, issues),
        openalex=openalex_id,
        pmid=_last_digits(others.pmid),
        pmcid=f"PMC{pmcid}" if pmcid else None,
        pii=identifiers.find_first("pii", urls),
        ieee=identifiers.find_first("ieee", urls),
        openreview=identifiers.find_first("openreview", urls),
        acl=identifiers.find_first("acl", urls),
    )


def _arxiv_id(doi: str | None, urls: tuple[str, ...], issues: list[str]) -> str | None:
    own = doi_text.arxiv_id(doi) if doi else None
    found = identifiers.find("arxiv", urls)
    if own or len(found) < 2:
        return own or next(iter(found), None)
    issues.append(f"OpenAlex gives several arXiv ids for this work: {', '.join(found)}.")
    return None


def _authors(authorships: tuple[Authorship, ...], issues: list[str]) -> tuple[Author, ...]:
    names = [authorship.raw_author_name for authorship in authorships]
    half = len(names) // 2
    if half and names[:half] == names[half:]:
        issues.append("OpenAlex names all authors twice.")
        authorships = authorships[:half]
    authors = (_author(authorship) for authorship in authorships)
    return tuple(author for author in authors if author.family or author.literal)


def _author(authorship: Authorship) -> Author:
    author = person.parse(authorship.raw_author_name or "")
    profile = authorship.author.orcid if authorship.author else None
    places = [Affiliation(name=name, ror=body.clean_ror(place.ror))
              for place in authorship.institutions or () if (name := body.clean_name(place.display_name))]  # fmt: skip
    raw = [
        Affiliation(name=name) for text in authorship.raw_affiliation_strings or () if (name := body.clean_name(text))
    ]
    return msgspec.structs.replace(
        author, orcid=body.bare_orcid(authorship.raw_orcid, profile), affiliations=tuple(dict.fromkeys(places or raw))
    )


def _open_access(work: Work) -> OpenAccess:
    best, access = work.best_oa_location, work.open_access
    url = (access.oa_url if access else None) or (best.landing_page_url if best else None)
    return OpenAccess(
        status=access.oa_status if access else None,
        url=url if _WEB.match(url or "") else None,
        license=best.license if best else None,
    )


def _abstract(sent: bytes, issues: list[str]) -> str | None:
    # It brings requests and urllib3 along, which a run that asks nothing has no use for.
    import pyalex  # noqa: PLC0415

    row = pyalex.Work(body.decode_object(sent))
    if not isinstance(row.get("abstract_inverted_index"), dict):
        return None
    try:
        return markup.abstract(row["abstract"])
    except TypeError as error:
        issues.append(f"`abstract_inverted_index` could not be read: {error}")
        return None


def _names(values: Iterable[Named] | None) -> tuple[str, ...]:
    return body.unique(body.clean_name(value.display_name) for value in values or ())


def _last_digits(url: str | None) -> str | None:
    found = re.search(r"(\d+)/?$", url) if url else None
    return found[1] if found else None


def _reference(url: str) -> str | None:
    found = _OPENALEX_ID.fullmatch(url)
    return found[1].upper() if found else None
