"""OpenAlex: where a work stands: locations, container, type, other versions.

in -> out: the shape of a work -> fields of `Record`. A record is a bundle of locations, some of the publisher, some
of repositories, of which each tells its own truth (sources are null for many proceedings, raw names of repositories
hold whole citations, arXiv's copy may be called published): only a publisher's location names a venue.
"""

from collections.abc import Iterable

import msgspec

from pipeline.addresses import identifiers
from pipeline.model import Version, WorkType
from pipeline.sources import body, container
from pipeline.sources.openalex_shape import Location, Source, Work
from pipeline.text import arxiv, preprint_servers, venue
from pipeline.text import doi as doi_text

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


def find_places(work: Work) -> tuple[Location, ...]:
    """All locations, the primary one first."""
    others = work.locations or ()
    return (
        (work.primary_location, *(p for p in others if p != work.primary_location)) if work.primary_location else others
    )


class Home(msgspec.Struct, frozen=True, kw_only=True):
    """What a work is, and what it stands in."""

    type: WorkType | None
    venue: str | None = None
    series: str | None = None
    others: tuple[str, ...] = ()
    """Every other name of a place: witnesses."""
    publisher: str | None = None
    issn: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()


def read_home(work: Work, doi: str | None, places: tuple[Location, ...]) -> Home:
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
    return Home(
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


def find_versions(places: Iterable[Location], own_doi: str | None) -> tuple[Version, ...]:
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
