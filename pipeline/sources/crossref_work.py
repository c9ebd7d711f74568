"""Crossref: one work, read.

in -> out: a work's JSON -> `Record`. Rules: swagger 3.32.0 and real records of 2016 to 2026. Everything can be missing;
dates come in five kinds, containers as a series and its volume, organisations as authors, names in capitals. Editors
are not authors. Crossref has neither open copies nor counts by year.
"""

import html
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from pipeline.addresses import identifiers
from pipeline.model import Affiliation, Author, Ids, OpenAccess, Record, WorkType
from pipeline.sources import UnreadableBody, body, container
from pipeline.sources.crossref_notice import read_kind, read_notices, read_versions
from pipeline.sources.crossref_shape import Dates, License, Person, Work
from pipeline.text import arxiv, date, markup, person, venue
from pipeline.text.date import Date
from pipeline.text.pii import clean as clean_pii

BASE_URL = "https://api.crossref.org"

# In the order of https://api.crossref.org/types, October 2026.
_TYPES: dict[str, WorkType] = {
    "book-section": "incollection", "monograph": "book", "report-component": "report", "report": "report",
    "peer-review": "misc", "book-track": "incollection", "journal-article": "article", "book-part": "incollection",
    "other": "misc", "book": "book", "journal-volume": "misc", "book-set": "book", "reference-entry": "incollection",
    "proceedings-article": "inproceedings", "journal": "misc", "component": "misc", "book-chapter": "incollection",
    "proceedings-series": "misc", "report-series": "report", "proceedings": "book", "database": "dataset",
    "standard": "misc", "reference-book": "book", "posted-content": "preprint", "journal-issue": "misc",
    "dissertation": "thesis", "grant": "misc", "dataset": "dataset", "book-series": "book", "edited-book": "book",
    "journal-article-issue": "misc", "standard-series": "misc",
}  # fmt: skip
_POSTED: dict[str, WorkType] = {"dissertation": "thesis", "report": "report", "working_paper": "report"}
_IN_BOOKS = frozenset({"incollection", "inproceedings"})
_CONFERENCE = frozenset({"conference_name", "conference_acronym"})
_CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/(?:licenses/(by[a-z-]*)|publicdomain/(zero))/?", re.IGNORECASE
)
_READERS_VERSIONS = frozenset({"vor", "unspecified", None})
"""Licences for text mining (`tdm`) and for manuscripts (`am`) are not those of the published text."""
_AND_OTHERS = frozenset({"et al", "et al.", "and others", "others"})


def read(sent: bytes) -> Record:
    """Read one work. Raises `UnreadableBody` when it is not JSON or has no DOI."""
    work, unread = body.decode(sent, Work)
    doi = body.bare_doi(work.doi)
    if doi is None:
        raise UnreadableBody(f"not a DOI: {work.doi[:100]}")
    issues = list(unread)
    urls = _urls(work)
    titles = body.unique(map(body.clean_title, work.title or ()))
    authors = (_author(author) for author in work.author or () if not _is_et_al(author))
    notices, notice_of, is_retracted = read_notices(work, doi, issues)
    if titles and "\ufffd" in titles[0]:
        issues.append("The title holds characters that were lost before Crossref got it.")
    return Record(
        source="crossref",
        url=f"{BASE_URL}/works/{quote(doi, safe='')}",
        title=titles[0] if titles else None,
        subtitle=next(iter(body.unique(map(body.clean_title, work.subtitle or ()))), None),
        other_titles=_other_titles(work, titles),
        authors=tuple(author for author in authors if author.family or author.literal),
        authors_complete=not any(_is_et_al(author) for author in work.author or ()),
        raw_type=work.type,
        **_dates(work),
        **_container(work, issues),
        publisher=body.clean_name(work.publisher),
        ids=_ids(work, doi, urls),
        landing_urls=urls,
        versions=read_versions(work),
        citation_count=work.is_referenced_by_count,
        open_access=OpenAccess(license=_license(work.license or ())),
        abstract=markup.abstract(work.abstract),
        language=body.text(work.language),
        retracted=is_retracted,
        notices=notices,
        notice_of=notice_of,
        notice_kind=read_kind(work, doi),
        references=body.unique(body.bare_doi(reference.doi) for reference in work.reference or ()),
        issues=tuple(issues),
    )


def _other_titles(work: Work, titles: tuple[str, ...]) -> tuple[str, ...]:
    others = [*titles[1:], *map(body.clean_title, (*(work.original_title or ()), *(work.short_title or ())))]
    return tuple(title for title in body.unique(others) if title not in titles[:1])


def _dates(work: Work) -> dict[str, Any]:
    """Read the year a person would cite: the printed volume's where there is one, else the earliest.

    The date is the most exact one of that year, the printed one first.
    """
    printed = _date(work.published_print)
    others = [_date(d) for d in (work.issued, work.published, work.published_online, work.posted)]
    years = tuple(sorted({found.year for found in (printed, *others) if found.year}))
    year = printed.year or (years[0] if years else None)
    same_year = [found for found in (printed, *others) if found.year == year and found.year]
    best = next((found for found in same_year if found.month), same_year[0] if same_year else Date())
    return {"year": year, "month": best.month, "date": best.iso, "years": years}


def _date(dates: Dates | None) -> Date:
    return date.clean(dates.date_parts) if dates else Date()


def _container(work: Work, issues: list[str]) -> dict[str, Any]:
    """Read type, venue and the place in it."""
    issns = container.clean_issns(work.issn or ())
    names = body.unique(map(body.clean_title, work.container_title or ()))
    event = _event_names(work)
    work_type = _type(work, is_proceedings=bool(event) or container.is_proceedings(issns, names), issues=issues)
    series = venue.series(issns)
    has_series = bool(issns) or work_type == "inproceedings"
    name = _volume(names, series, has_series=has_series) if work_type in _IN_BOOKS else _journal(names)
    shorts = [*body.unique(map(body.clean_name, work.short_container_title or ())), *(n for n in names if n != name)]
    short = next(
        (s for s in shorts if name and s != name and work_type == "article" and venue.is_same(s, [name])), None
    )
    pages, article_number = container.clean_pages(work.page)
    stated_number = body.text(work.article_number)
    others = body.unique([*names, series, *shorts, *event])
    return {
        "type": work_type,
        "venue": name,
        "short_venue": short,
        "series": series if work_type in (*_IN_BOOKS, "book") and series != name else None,
        "other_venues": tuple(other for other in others if other not in (name, short)),
        "volume": body.text(work.volume),
        "issue": body.text(work.issue),
        "pages": None if pages and pages == stated_number else pages,
        "article_number": stated_number or article_number,
        "issn": issns,
        "isbn": container.clean_isbns(work.isbn or ()),
    }


def _volume(names: tuple[str, ...], series: str | None, *, has_series: bool) -> str | None:
    """Return the title of the volume, never that of its series (LNCS).

    Crossref lists a series before its volume, except in records of 2013 to 2016. A book without ISSN is in no series:
    its second title is a subtitle.
    """
    titles = [name for name in names if not venue.is_series(name) and name != series]
    is_after_series = len(titles) == len(names) > 1 and has_series
    return next(iter(titles[-1:] if is_after_series else titles), None)


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


def _type(work: Work, *, is_proceedings: bool, issues: list[str]) -> WorkType | None:
    if work.type is None:
        return None
    if work.type not in _TYPES:
        issues.append(f"Crossref calls this a `{work.type}`, a type that we do not know.")
        return "misc"
    named = _TYPES[work.type]
    if named == "preprint":
        return _POSTED.get(work.subtype or "", named)
    return "inproceedings" if work.type == "book-chapter" and is_proceedings else named


def _author(author: Person) -> Author:
    affiliations = tuple(
        Affiliation(name=name, ror=next((ror for i in place.id or () if (ror := body.clean_ror(i.id))), None))
        for place in author.affiliation or ()
        if (name := body.clean_name(place.name))
    )
    read = Author(
        given=author.given or None,
        family=author.family or None,
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
