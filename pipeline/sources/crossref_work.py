"""Crossref: one work, read.

in -> out: a work's JSON -> `Record`. Rules: swagger 3.32.0 and real records of 2002 to 2026. Everything can be
missing; dates come in six kinds, containers as a series and its volume, organisations as authors, names in capitals.
Crossref has neither open copies nor counts by year.
"""

import html
import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

import msgspec

from pipeline.addresses import identifiers
from pipeline.model import Affiliation, Author, Degree, Ids, OpenAccess, Record, WorkType
from pipeline.sources import UnreadableBody, body, container, thesis
from pipeline.sources.crossref_notice import read_kind, read_notices, read_versions
from pipeline.sources.crossref_shape import Dates, License, Person, Titled, Work
from pipeline.sources.names import Names
from pipeline.text import arxiv, date, markup, person, preprint_servers, venue
from pipeline.text.date import Date
from pipeline.text.pii import clean as clean_pii
from pipeline.text.running_head import is_running_head

BASE_URL = "https://api.crossref.org"

# In the order of https://api.crossref.org/types, October 2026.
_TYPES: dict[str, WorkType] = {
    "book-section": "incollection", "monograph": "book", "report-component": "report", "report": "report",
    "peer-review": "misc", "book-track": "incollection", "journal-article": "article", "book-part": "incollection",
    "other": "misc", "book": "book", "journal-volume": "misc", "book-set": "book", "reference-entry": "incollection",
    "proceedings-article": "inproceedings", "journal": "misc", "component": "misc", "book-chapter": "incollection",
    "proceedings-series": "misc", "report-series": "report", "proceedings": "book", "database": "dataset",
    "standard": "standard", "reference-book": "book", "posted-content": "preprint", "journal-issue": "misc",
    "dissertation": "thesis", "grant": "misc", "dataset": "dataset", "book-series": "book", "edited-book": "book",
    "journal-article-issue": "misc", "standard-series": "standard",
}  # fmt: skip
# What is posted besides preprints, by `subtype`; blog posts, figures and letters are none.
_POSTED: dict[str, WorkType] = {
    "preprint": "preprint", "working_paper": "report", "report": "report", "dissertation": "thesis", "blog": "misc",
    "letter": "misc", "other": "misc",
}  # fmt: skip
_IN_BOOKS = frozenset({"incollection", "inproceedings"})
_WITH_EDITORS = frozenset({"incollection", "inproceedings", "book"})
"""The editors of a journal article are those who handled it; nobody cites them."""
_CONFERENCE = frozenset({"conference_name", "conference_acronym"})
_CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/(?:licenses/(by[a-z-]*)|publicdomain/(zero))/?", re.IGNORECASE
)
_READERS_VERSIONS = frozenset({"vor", "unspecified", None})
"""Licences for text mining (`tdm`) and for manuscripts (`am`) are not those of the published text."""
_AND_OTHERS = frozenset({"et al", "et al.", "and others", "others", "al.", "al"})
_OLD_ISBN = re.compile(r"https?://id\.crossref\.org/isbn/", re.IGNORECASE)
"""Records that nobody deposited anew since 2016 give ISBNs as addresses, and names of containers in another order."""
_AGU = re.compile(r"10\.(?:1002|1029)/20\d\d[a-z]{2}\d{6}")
"""Articles of the American Geophysical Union of 2012 to 2020: their subtitle is the running head."""


class _Home(msgspec.Struct, frozen=True, kw_only=True):
    """What a work is, and what it stands in."""

    type: WorkType | None
    venue: str | None = None
    short_venue: str | None = None
    series: str | None = None
    institution: str | None = None
    degree: Degree | None = None
    others: tuple[str, ...] = ()
    """Every other name in the record: witnesses."""
    issues: tuple[str, ...] = ()


class _When(msgspec.Struct, frozen=True):
    """When a work appeared."""

    year: int | None
    best: Date
    years: tuple[int, ...]


def read(sent: bytes) -> Record:
    """Read one work. Raises `UnreadableBody` when it is not JSON or has no DOI."""
    work, unread = body.decode(sent, Work)
    doi = read_doi(work)
    urls = _urls(work)
    titles = read_titles(work)
    authors = _people(work.author or ())
    notices = read_notices(work, doi)
    home, when = _home(work, doi), _when(work)
    pages, article_number = container.clean_pages(work.page)
    stated_number = body.stated(work.article_number)
    lost = "\ufffd" in (titles.title or "")
    return Record(
        source="crossref",
        url=f"{BASE_URL}/works/{quote(doi, safe='')}",
        title=titles.title,
        subtitle=titles.subtitle,
        other_titles=titles.others,
        authors=authors,
        authors_complete=not any(map(_is_et_al, work.author or ())),
        editors=_editors(work, authors) if home.type in _WITH_EDITORS else (),
        type=home.type,
        raw_type=work.type,
        year=when.year,
        month=when.best.month,
        date=when.best.iso,
        years=when.years,
        venue=home.venue,
        short_venue=home.short_venue,
        series=home.series,
        other_venues=home.others,
        publisher=body.clean_name(work.publisher),
        institution=home.institution,
        degree=home.degree,
        volume=body.stated(work.volume),
        issue=body.stated(work.issue),
        pages=None if pages and pages == stated_number else pages,
        article_number=stated_number or article_number,
        issn=container.clean_issns(work.issn or ()),
        isbn=container.clean_isbns(work.isbn or ()),
        ids=_ids(work, doi, urls),
        landing_urls=urls,
        versions=read_versions(work),
        citation_count=work.is_referenced_by_count,
        open_access=OpenAccess(license=_license(work.license or ())),
        abstract=markup.abstract(work.abstract),
        language=body.text(work.language),
        retracted=notices.is_retracted,
        notices=notices.about_work,
        notice_of=notices.about_others,
        notice_kind=read_kind(work, doi),
        references=body.unique(body.bare_doi(reference.doi) for reference in work.reference or ()),
        issues=(
            *unread,
            *notices.issues,
            *(["The title holds characters that were lost before Crossref got it."] if lost else []),
            *home.issues,
        ),
    )


class Titles(NamedTuple):
    """What a work is called."""

    title: str | None
    subtitle: str | None
    others: tuple[str, ...]


def read_titles(work: Titled) -> Titles:
    """Read the titles of a work; members deposit several, and running heads among the subtitles."""
    titles = body.unique(map(body.clean_title, work.title or ()))
    others = [*titles[1:], *map(body.clean_title, (*(work.original_title or ()), *(work.short_title or ())))]
    return Titles(
        title=titles[0] if titles else None,
        subtitle=_subtitle(work) if titles else None,
        others=tuple(title for title in body.unique(others) if title not in titles[:1]),
    )


def _subtitle(work: Titled) -> str | None:
    if not work.subtitle or _AGU.match(read_doi(work)):
        return None
    found = body.unique(map(markup.clean, work.subtitle))
    subtitle = next((one for one in found if not is_running_head(one, (work.title or ("",))[0] or "")), None)
    return body.clean_title(subtitle)


def read_names(work: Work) -> Names:
    """Read what a work is found by, as `read` does. Raises `UnreadableBody` when it has no DOI."""
    titles = read_titles(work)
    return Names(
        ids=_ids(work, read_doi(work), _urls(work)),
        year=_when(work).year,
        title=titles.title,
        subtitle=titles.subtitle,
        other_titles=titles.others,
    )


def read_doi(work: Titled) -> str:
    """Read the DOI. Raises `UnreadableBody` when there is none."""
    doi = body.bare_doi(work.doi)
    if doi is None:
        raise UnreadableBody(f"not a DOI: {work.doi[:100]}")
    return doi


def _when(work: Work) -> _When:
    """Read the year a person would cite: the printed volume's where there is one, else the earliest.

    The date is the most exact one of that year, the printed one first. A thesis is dated by its approval; a record that
    is dated by nothing else may have that or its acceptance.
    """
    printed, approved = _date(work.published_print), _date(work.approved)
    if work.type == "dissertation" and approved.year and not printed.year:
        printed = approved
    others = [_date(d) for d in (work.issued, work.published, work.published_online, work.posted)]
    if not printed.year and not any(found.year for found in others):
        others = [approved, _date(work.content_created), _date(work.accepted)]
    years = tuple(sorted({found.year for found in (printed, *others) if found.year}))
    year = printed.year or (years[0] if years else None)
    same_year = [found for found in (printed, *others) if found.year == year and found.year]
    best = next((found for found in same_year if found.month), same_year[0] if same_year else Date())
    return _When(year, best, years)


def _date(dates: Dates | None) -> Date:
    return date.clean(dates.date_parts) if dates else Date()


def _home(work: Work, doi: str) -> _Home:
    """Read type and container."""
    issns = container.clean_issns(work.issn or ())
    names = body.unique(map(body.clean_title, work.container_title or ()))
    event = _event_names(work)
    is_proceedings = bool(event) or container.is_proceedings(issns, names)
    work_type, issues = _type(work, is_proceedings=is_proceedings)
    organisation = next(iter(body.unique(body.clean_name(one.name) for one in work.institution or ())), None)
    shorts = body.unique(map(body.clean_name, work.short_container_title or ()))
    part = container.Part(volume=_journal(names))
    short = None
    if work_type in _IN_BOOKS:
        is_old = any(_OLD_ISBN.match(isbn) for isbn in work.isbn or () if isbn)
        part = container.read_part(names, issns=issns, is_old=is_old, has_series=work_type == "inproceedings")
        if part.volume is None and event:
            part = container.Part(volume=event[0], series=part.series)
    elif work_type == "book":
        part = container.Part(series=next(iter(names), None) or venue.series(issns))
    elif work_type == "preprint":
        part = container.Part(volume=_server(work, doi, organisation))
    elif work_type == "article":
        candidates = (*shorts, *(name for name in names if name != part.volume))
        short = next(
            (s for s in candidates if part.volume and s != part.volume and venue.is_same(s, [part.volume])), None
        )
    others = body.unique([*names, part.series, venue.series(issns), *shorts, *event])
    degrees = " ".join(degree for degree in work.degree or () if degree)
    return _Home(
        type=work_type,
        venue=part.volume,
        short_venue=short,
        series=part.series,
        institution=organisation if work_type in ("thesis", "report") else None,
        degree=thesis.degree(degrees) if work_type == "thesis" else None,
        others=tuple(other for other in others if other not in (part.volume, short)),
        issues=issues,
    )


def _server(work: Work, doi: str, organisation: str | None) -> str | None:
    """Return the server of a preprint: the record's own word, then that of its DOI's prefix.

    `group-title` is the server's name at the Center for Open Science and SSRN, and a subject elsewhere.
    """
    group = body.clean_name(work.group_title)
    is_registrant = organisation == body.clean_name(work.publisher)
    named = preprint_servers.find(organisation, group) or preprint_servers.of_doi(doi)
    return named or (None if is_registrant else organisation)


def _journal(names: tuple[str, ...]) -> str | None:
    """Return a journal's name; where abbreviations or a code stand beside it, the longest form of the first one."""
    if len(names) < 2:
        return next(iter(names), None)
    same = [name for name in names[1:] if venue.is_same(names[0], [name])]
    is_code = names[0].islower() and " " not in names[0]
    forms: list[str] = [names[0], *(names[1:] if is_code else same)]
    return max(forms, key=len)


def _event_names(work: Work) -> tuple[str, ...]:
    """Return names and acronyms of the conference; Springer's are assertions."""
    stated = [work.event.name, work.event.acronym] if work.event else []
    asserted = [str(a.value) for a in work.assertion or () if a.name in _CONFERENCE and isinstance(a.value, str)]
    return body.unique(map(body.clean_name, [*stated, *asserted]))


def _type(work: Work, *, is_proceedings: bool) -> tuple[WorkType | None, tuple[str, ...]]:
    """Return the type, and what is unclear about it."""
    if work.type is None:
        return None, ()
    if work.type not in _TYPES:
        return "misc", (f"Crossref calls this a `{work.type}`, a type that we do not know.",)
    named = _TYPES[work.type]
    if named == "preprint":
        return _POSTED.get(work.subtype or "preprint", "misc"), ()
    if work.type == "other" and work.isbn and work.container_title:
        return "incollection", ()  # front matter and chapters of JSTOR, Bloomsbury, Cambridge
    return ("inproceedings" if work.type == "book-chapter" and is_proceedings else named), ()


def _people(people: Iterable[Person]) -> tuple[Author, ...]:
    """Return those of the names that name somebody."""
    read = (_author(one) for one in people if not _is_et_al(one))
    return tuple(author for author in read if author.family or author.literal)


def _editors(work: Work, authors: tuple[Author, ...]) -> tuple[Author, ...]:
    """Return the editors, unless they only say again who wrote it (Cochrane's organisation, authors of a monograph)."""
    editors = _people(work.editor or ())
    names = {person.family_key(author) for author in authors}
    if authors and (editors == authors or all(e.literal and person.family_key(e) in names for e in editors)):
        return ()
    is_repeated = _TYPES.get(work.type or "") == "book" and {person.family_key(editor) for editor in editors} <= names
    return () if is_repeated else editors


def _author(author: Person) -> Author:
    affiliations = tuple(
        Affiliation(name=name, ror=next((ror for i in place.id or () if (ror := body.clean_ror(i.id))), None))
        for place in author.affiliation or ()
        if (name := body.clean_name(place.name))
    )
    read = Author(
        given=author.given or None,
        family=" ".join(part for part in (author.prefix, author.family) if part) or None,
        suffix=author.suffix or None,
        literal=author.name if not author.family and not author.given else None,
        orcid=body.bare_orcid(author.orcid),
        affiliations=tuple(dict.fromkeys(affiliations)),
    )
    return person.clean(read)


def _is_et_al(author: Person) -> bool:
    return (author.family or author.name or "").strip().lower() in _AND_OTHERS


def _urls(work: Work) -> tuple[str, ...]:
    primary = work.resource.primary.url if work.resource and work.resource.primary else None
    return body.unique(html.unescape(url) for url in [primary, *(link.url for link in work.link or ())] if url)


def _ids(work: Work, doi: str, urls: tuple[str, ...]) -> Ids:
    piis = [clean_pii(number) for number in work.alternative_id or () if number]
    return Ids(
        doi=doi,
        arxiv=arxiv.clean(doi) if doi.startswith("10.48550/") else None,
        pii=next((pii for pii in piis if pii), None) or identifiers.find_first("pii", urls),
        ieee=identifiers.find_first("ieee", urls),
        acl=identifiers.find_first("acl", urls),
    )


def _license(licenses: Iterable[License]) -> str | None:
    """Return the licence of the published text, where it is a free one, in OpenAlex's spelling."""
    for item in licenses:
        found = _CREATIVE_COMMONS.match(item.url or "")
        if found and item.content_version in _READERS_VERSIONS:
            return f"cc-{found[1].lower().strip('-')}" if found[1] else "cc0"
    return None
