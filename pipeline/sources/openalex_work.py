"""OpenAlex: one work, read.

in -> out: a work's JSON -> `Record`. Rules: docs of OpenAlex as of August 2026, records of October 2026. pyalex's
`Work` holds the decoded record and rebuilds the abstract from its inverted index. Names are `raw_author_name`: the
`display_name` of a profile is somebody's guess.
"""

import re
from collections.abc import Iterable

import msgspec

from pipeline.addresses import identifiers
from pipeline.model import Affiliation, Author, Ids, OpenAccess, Record
from pipeline.sources import UnreadableBody, body, container
from pipeline.sources.names import Names
from pipeline.sources.openalex_places import find_places, find_versions, read_home
from pipeline.sources.openalex_shape import Authorship, Biblio, Named, Work
from pipeline.sources.openalex_shape import Ids as ShapeIds
from pipeline.text import date, markup, person
from pipeline.text import doi as doi_text
from pipeline.text.date import Date

LISTED_AUTHORS = 100
"""Lists cut the authors here; whether they say so in `is_authors_truncated` under `select` is not known."""

_OPENALEX_ID = re.compile(r"(?:https?://openalex\.org/)?(W\d+)", re.IGNORECASE)
_HAS_ABSTRACT = re.compile(rb'"abstract_inverted_index":\s*\{')
_WEB = re.compile(r"https?://\S+$", re.IGNORECASE)
_FILLED_IN = re.compile(r"(?:-01)?-01$")


def read(sent: bytes) -> Record:
    """Read one work. Raises `UnreadableBody` when it is not JSON or has no W-id."""
    work, unread = body.decode(sent, Work)
    openalex_id, doi = _openalex_id(work), body.bare_doi(work.doi)
    places = find_places(work)
    urls = body.unique(place.landing_page_url for place in places)
    home, when, biblio = read_home(work, doi, places), _when(work), work.biblio or Biblio()
    pages, article_number = container.clean_pages(biblio.first_page, biblio.last_page)
    authors, arxiv_ids = _authors(work.authorships or ()), _arxiv_ids(doi, urls)
    abstract, unread_abstract = _abstract(sent) if _HAS_ABSTRACT.search(sent) else (None, ())
    return Record(
        source="openalex",
        url=f"https://openalex.org/{openalex_id}",
        title=body.clean_title(work.title),
        authors=authors,
        authors_complete=not work.is_authors_truncated and len(work.authorships or ()) < LISTED_AUTHORS,
        raw_type=work.type,
        type=home.type,
        year=when.year,
        month=when.exact.month,
        date=when.exact.iso,
        years=when.years,
        venue=home.venue,
        series=home.series,
        other_venues=home.others,
        publisher=home.publisher,
        volume=body.stated(biblio.volume),
        issue=body.stated(biblio.issue),
        pages=pages,
        article_number=article_number,
        issn=home.issn,
        ids=_ids(work, openalex_id, doi, urls, arxiv_ids),
        landing_urls=urls,
        versions=find_versions(places, doi),
        citation_count=work.cited_by_count,
        citations_by_year=tuple(sorted((str(row.year), row.cited_by_count) for row in work.counts_by_year or ())),
        open_access=_open_access(work),
        abstract=abstract,
        topics=_names(work.topics),
        keywords=_names(work.keywords),
        language=body.text(work.language),
        retracted=bool(work.is_retracted),
        references=body.unique(_reference(url) for url in work.referenced_works or ()),
        issues=(*unread, *home.issues, *_contradictions(work, arxiv_ids), *unread_abstract),
    )


def read_names(work: Work) -> Names:
    """Read what a work is found by, as `read` does. Raises `UnreadableBody` when it has no W-id."""
    openalex_id, doi = _openalex_id(work), body.bare_doi(work.doi)
    urls = body.unique(place.landing_page_url for place in find_places(work))
    return Names(
        ids=_ids(work, openalex_id, doi, urls, _arxiv_ids(doi, urls)),
        year=work.publication_year or date.clean(work.publication_date).year,
        title=body.clean_title(work.title),
    )


def _openalex_id(work: Work) -> str:
    found = _OPENALEX_ID.fullmatch(work.id)
    if not found:
        raise UnreadableBody(f"not the id of a work: {work.id[:100]}")
    return found[1].upper()


class _When(msgspec.Struct, frozen=True):
    """When a work appeared."""

    year: int | None
    exact: Date
    years: tuple[int, ...]


def _when(work: Work) -> _When:
    """Read the date; the first of a month, or of a year, is what OpenAlex fills in when no more is known."""
    published = date.clean(work.publication_date)
    exact = date.clean(_FILLED_IN.sub("", work.publication_date or ""))
    years = tuple(sorted({year for year in (work.publication_year, published.year) if year}))
    return _When(work.publication_year or published.year, exact, years)


def _ids(work: Work, openalex_id: str, doi: str | None, urls: tuple[str, ...], arxiv_ids: tuple[str, ...]) -> Ids:
    others = work.ids or ShapeIds()
    pmcid = _last_digits(others.pmcid)
    return Ids(
        doi=doi,
        arxiv=arxiv_ids[0] if len(arxiv_ids) == 1 else None,
        openalex=openalex_id,
        pmid=_last_digits(others.pmid),
        pmcid=f"PMC{pmcid}" if pmcid else None,
        pii=identifiers.find_first("pii", urls),
        ieee=identifiers.find_first("ieee", urls),
        openreview=identifiers.find_first("openreview", urls),
        acl=identifiers.find_first("acl", urls),
    )


def _arxiv_ids(doi: str | None, urls: tuple[str, ...]) -> tuple[str, ...]:
    """Return the arXiv id of the work's own DOI, else those of all its pages; only one alone is believed."""
    own = doi_text.arxiv_id(doi) if doi else None
    return (own,) if own else tuple(identifiers.find("arxiv", urls))


def _contradictions(work: Work, arxiv_ids: tuple[str, ...]) -> Iterable[str]:
    if len(arxiv_ids) > 1:
        yield f"OpenAlex gives several arXiv ids for this work: {', '.join(arxiv_ids)}."
    if _is_doubled(work.authorships or ()):
        yield "OpenAlex names all authors twice."


def _is_doubled(authorships: tuple[Authorship, ...]) -> bool:
    names = [authorship.raw_author_name for authorship in authorships]
    half = len(names) // 2
    return half > 0 and names[:half] == names[half:]


def _authors(authorships: tuple[Authorship, ...]) -> tuple[Author, ...]:
    once = authorships[: len(authorships) // 2] if _is_doubled(authorships) else authorships
    authors = (_author(authorship) for authorship in once)
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


class _Inverted(msgspec.Struct):
    """An abstract as OpenAlex may give it: each word with its places."""

    abstract_inverted_index: dict[str, tuple[int, ...]] | None = None


def _abstract(sent: bytes) -> tuple[str | None, tuple[str, ...]]:
    """Return the abstract, and what could not be read."""
    inverted, unread = body.decode(sent, _Inverted)
    index = inverted.abstract_inverted_index or {}
    places = sorted((place, word) for word, of_word in index.items() for place in of_word)
    return markup.abstract(" ".join(word for _, word in places)), unread


def _names(values: Iterable[Named] | None) -> tuple[str, ...]:
    return body.unique(body.clean_name(value.display_name) for value in values or ())


def _last_digits(url: str | None) -> str | None:
    found = re.search(r"(\d+)/?$", url) if url else None
    return found[1] if found else None


def _reference(url: str) -> str | None:
    found = _OPENALEX_ID.fullmatch(url)
    return found[1].upper() if found else None
