"""OpenAlex: one work, read.

in -> out: a work's JSON -> `Record`. Rules: docs of OpenAlex as of August 2026, records of October 2026. Names are
`raw_author_name`: the `display_name` of a profile is somebody's guess.

A record is a bundle of locations, some of the publisher, some of repositories, of which each tells its own truth
(sources are null for many proceedings, raw names of repositories hold whole citations, arXiv's copy may be called
published): only a publisher's location names a venue.
"""

import re
from collections.abc import Iterable, Mapping

import msgspec

from pipeline.addresses import identifiers
from pipeline.model import Affiliation, Author, Ids, OpenAccess, Record, Version, WorkType
from pipeline.sources import UnreadableBody, body, container
from pipeline.sources.names import Names
from pipeline.sources.openalex_shape import Authorship, Biblio, Location, Named, Source, Titled, Work
from pipeline.sources.openalex_shape import Ids as ShapeIds
from pipeline.text import arxiv, date, markup, person, preprint_servers, venue
from pipeline.text import doi as doi_text
from pipeline.text.date import Date

LISTED_AUTHORS = 100
"""Lists cut the authors here; whether they say so in `is_authors_truncated` under `select` is not known."""

_OPENALEX_ID = re.compile(r"(?:https?://openalex\.org/)?(W\d+)", re.IGNORECASE)
_WEB = re.compile(r"https?://\S+$", re.IGNORECASE)
_FILLED_IN = re.compile(r"(?:-01)?-01$")

# In the order of OpenAlex's documentation.
_TYPES: dict[str, WorkType] = {
    "article": "article", "book": "book", "book-chapter": "incollection", "book-review": "article",
    "conference-abstract": "inproceedings", "conference-paper": "inproceedings", "data-paper": "article",
    "dataset": "dataset", "dissertation": "thesis", "editorial": "article", "erratum": "article", "letter": "article",
    "libguides": "misc", "other": "misc", "paratext": "misc", "peer-review": "misc", "preprint": "preprint",
    "reference-entry": "incollection", "report": "report", "retraction": "article", "review": "article",
    "software": "software", "software-paper": "article", "standard": "standard", "supplementary-materials": "misc",
}  # fmt: skip
# Crossref's type of the primary location says what OpenAlex's "article" and "review" leave open.
_RAW_TYPES: dict[str, WorkType] = {
    "proceedings-article": "inproceedings", "book-chapter": "incollection", "book": "book", "monograph": "book",
    "edited-book": "book", "reference-entry": "incollection", "posted-content": "preprint",
}  # fmt: skip
_PUBLISHED_RAW = frozenset({"journal-article", "proceedings-article", "book-chapter", "book", "monograph"})
_PREPRINT_RAW = frozenset({"posted-content", "preprint"})
_PUBLISHERS = frozenset({"journal", "conference", "book series", "ebook platform"})
_NAMES_A_VENUE = frozenset({"journal", "conference"})


class _Whole(Work):
    """A work with its abstract, which is not needed to find it."""

    abstract_inverted_index: dict[str, tuple[int, ...]] | None = None
    """Each word with its places."""


def read(sent: bytes) -> Record:
    """Read one work. Raises `UnreadableBody` when it is not JSON or has no W-id."""
    work, unread = body.decode(sent, _Whole)
    openalex_id, doi = read_id(work), body.bare_doi(work.doi)
    places = _find_places(work)
    urls = body.unique(place.landing_page_url for place in places)
    home, when, biblio = _read_home(work, doi, places), _when(work), work.biblio or Biblio()
    pages, article_number = container.clean_pages(biblio.first_page, biblio.last_page)
    authors, arxiv_ids = _authors(work.authorships or ()), _arxiv_ids(doi, urls)
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
        versions=_find_versions(places, doi),
        citation_count=work.cited_by_count,
        citations_by_year=tuple(sorted((str(row.year), row.cited_by_count) for row in work.counts_by_year or ())),
        open_access=_open_access(work),
        abstract=_abstract(work.abstract_inverted_index or {}),
        topics=_names(work.topics),
        keywords=_names(work.keywords),
        language=body.text(work.language),
        retracted=bool(work.is_retracted),
        references=body.unique(_reference(url) for url in work.referenced_works or ()),
        issues=(*unread, *home.issues, *_contradictions(work, arxiv_ids)),
    )


def read_names(work: Work) -> Names:
    """Read what a work is found by, as `read` does. Raises `UnreadableBody` when it has no W-id."""
    openalex_id, doi = read_id(work), body.bare_doi(work.doi)
    urls = body.unique(place.landing_page_url for place in _find_places(work))
    return Names(
        ids=_ids(work, openalex_id, doi, urls, _arxiv_ids(doi, urls)),
        year=work.publication_year or date.clean(work.publication_date).year,
        title=body.clean_title(work.title),
    )


def read_id(work: Titled) -> str:
    """Read the id that OpenAlex gives a work. Raises `UnreadableBody` when there is none."""
    found = _OPENALEX_ID.fullmatch(work.id)
    if not found:
        raise UnreadableBody(f"not the id of a work: {work.id[:100]}")
    return found[1].upper()


def _find_places(work: Work) -> tuple[Location, ...]:
    """All locations, the primary one first."""
    others = work.locations or ()
    return (
        (work.primary_location, *(p for p in others if p != work.primary_location)) if work.primary_location else others
    )


class _Home(msgspec.Struct, frozen=True, kw_only=True):
    """What a work is, and what it stands in."""

    type: WorkType | None
    venue: str | None = None
    series: str | None = None
    others: tuple[str, ...] = ()
    """Every other name of a place: witnesses."""
    publisher: str | None = None
    issn: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()


def _read_home(work: Work, doi: str | None, places: tuple[Location, ...]) -> _Home:
    """Read what the work is part of, from the publisher's location; a preprint's server from its own."""
    home = _home(doi, places) or Location()
    source = home.source if home.source and home.source.type in _PUBLISHERS else Source()
    deposited = body.clean_title(_raw_name(home))
    displayed = body.clean_title(source.display_name)
    # A platform or series is not what one cites; the book's own title may stand in the deposited name.
    is_venue = source.type in _NAMES_A_VENUE
    names = (displayed, deposited) if is_venue else (deposited if deposited != displayed else None,)
    name = next((name for name in names if name and not venue.is_series(name)), None)
    issns = container.clean_issns(source.issn or ())
    is_proceedings = container.is_proceedings(issns, body.unique([displayed, deposited]))
    work_type, issues = _type(work, doi, is_proceedings=is_proceedings)
    series = None
    if work_type == "preprint":
        own = [place for place in places[:1] if place.source]
        stated = [p.source.display_name for p in own if p.source] + [p.raw_source_name for p in own]
        name = preprint_servers.of_doi(doi) or preprint_servers.find(*stated) or name
    elif work_type == "book":
        name, series = None, displayed if displayed != body.clean_title(work.title) else None
    elif work_type in ("inproceedings", "incollection"):
        series = venue.series(issns)
    return _Home(
        type=work_type,
        venue=name,
        series=series if series != name else None,
        others=tuple(other for other in _all_names(places) if other != name),
        publisher=body.clean_name(source.host_organization_name),
        issn=issns,
        issues=issues,
    )


def _home(doi: str | None, places: tuple[Location, ...]) -> Location | None:
    """Return the location that speaks for the identity version: the one with its DOI, else a publisher's, else none."""
    if doi:
        own = [place for place in places if place.doi == doi and place.kind != "repository"]
        return next(iter(own), None) or (_publisher(places[:1]) if not doi_text.is_arxiv(doi) else None)
    return _publisher(places)


def _publisher(places: Iterable[Location]) -> Location | None:
    """Return the first location of a publisher, or one that PubMed or a deposit without source names a venue for."""
    return next((p for p in places if p.kind in _PUBLISHERS or (p.kind in (None, "repository") and _raw_name(p))), None)


def _raw_name(place: Location) -> str | None:
    """Return the name as deposited, where a publisher or PubMed did; repositories put whole citations there."""
    starts = ("pmid:",) if place.kind == "repository" else ("pmid:", "doi:")
    is_deposit = place.is_published and (place.id or "").startswith(starts)
    name = (place.raw_source_name or "").strip()
    return name if is_deposit and name and not name.startswith(("http://", "https://")) else None


def _all_names(places: Iterable[Location]) -> tuple[str, ...]:
    displayed = (place.source.display_name for place in places if place.source)
    return body.unique(map(body.clean_title, [*displayed, *map(_raw_name, places)]))


def _type(work: Work, doi: str | None, *, is_proceedings: bool) -> tuple[WorkType | None, tuple[str, ...]]:
    """Return the type, and what is unclear about it."""
    if doi and doi_text.is_arxiv(doi):
        return "preprint", ()
    if work.type is None:
        return None, ()
    if work.type not in _TYPES:
        return "misc", (f"OpenAlex calls this a `{work.type}`, a type that we do not know.",)
    named = _TYPES[work.type]
    raw = work.primary_location.raw_type if work.primary_location else None
    if named == "article":
        named = _RAW_TYPES.get(raw or "", named)
    return ("inproceedings" if named == "incollection" and is_proceedings else named), ()


def _find_versions(places: Iterable[Location], own_doi: str | None) -> tuple[Version, ...]:
    """Read which other versions the locations assert; fake DOIs and copies in repositories are none."""
    found = []
    for place in places:
        doi, url = place.doi, place.landing_page_url or ""
        is_publishers = place.kind in _PUBLISHERS or place.raw_type in _PUBLISHED_RAW
        if (doi and doi == own_doi) or (doi and doi_text.is_denied(doi)):
            continue
        if arxiv_ids := identifiers.find("arxiv", [url]):
            arxiv_doi = arxiv.doi(arxiv_ids[0])
            if arxiv_doi != own_doi:
                found.append(Version(kind="preprint", doi=arxiv_doi, url=arxiv.url(arxiv_ids[0])))
        elif doi and place.raw_type in _PREPRINT_RAW:
            found.append(Version(kind="preprint", doi=doi, url=url))
        elif place.is_published and is_publishers and (doi or (url and own_doi and doi_text.is_arxiv(own_doi))):
            found.append(Version(kind="published", doi=doi, url=url))
    return tuple(dict.fromkeys(found))


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


def _abstract(index: Mapping[str, tuple[int, ...]]) -> str | None:
    """Put an abstract together of its words and their places."""
    words = {place: word for word, of_word in index.items() for place in of_word}
    in_order = [words[place] for place in sorted(words)]
    if len(words) < sum(map(len, index.values())):  # two words in one place
        in_order = [word for _, word in sorted((place, word) for word, of_word in index.items() for place in of_word)]
    return markup.abstract(" ".join(in_order))


def _names(values: Iterable[Named] | None) -> tuple[str, ...]:
    return body.unique(body.clean_name(value.display_name) for value in values or ())


def _last_digits(url: str | None) -> str | None:
    found = re.search(r"(\d+)/?$", url) if url else None
    return found[1] if found else None


def _reference(url: str) -> str | None:
    found = _OPENALEX_ID.fullmatch(url)
    return found[1].upper() if found else None
