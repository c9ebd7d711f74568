"""DataCite: one DOI's record, read.

in -> out: a record's JSON -> `Record`. Rules: metadata schema 4.6; what arXiv, Zenodo, institutional repositories and
Dagstuhl deposit (October 2026). arXiv's classes come as subjects, the primary one first; its records do not name the
published version.
"""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import msgspec

from pipeline.addresses import identifiers
from pipeline.model import Affiliation, Author, Ids, OpenAccess, Record, Version, WorkType
from pipeline.sources import UnreadableBody, body, container, thesis
from pipeline.sources.body import Count, Text, Year
from pipeline.text import date, markup, person, preprint_servers
from pipeline.text import doi as doi_text
from pipeline.text.date import Date

BASE_URL = "https://api.datacite.org"

# `resourceTypeGeneral` in the order of schema 4.6; "Text" says nothing.
_TYPES: dict[str, WorkType | None] = {
    "Audiovisual": "misc", "Award": "misc", "Book": "book", "BookChapter": "incollection", "Collection": "misc",
    "ComputationalNotebook": "software", "ConferencePaper": "inproceedings", "ConferenceProceeding": "book",
    "DataPaper": "article", "Dataset": "dataset", "Dissertation": "thesis", "Event": "misc", "Image": "misc",
    "Instrument": "misc", "InteractiveResource": "misc", "Journal": "misc", "JournalArticle": "article",
    "Model": "misc", "OutputManagementPlan": "misc", "PeerReview": "misc", "PhysicalObject": "misc",
    "Preprint": "preprint", "Project": "misc", "Report": "report", "Service": "misc", "Software": "software",
    "Sound": "misc", "Standard": "standard", "StudyRegistration": "misc", "Text": None, "Workflow": "misc",
    "Other": "misc",
}  # fmt: skip
_SPECIFIC: tuple[tuple[re.Pattern[str], WorkType], ...] = (
    (re.compile(r"preprint|pre-print", re.IGNORECASE), "preprint"),
    (re.compile(r"thesis|dissertation|tesis|tese\b|thèse|tesi\b|(?:master|diplom)arbeit", re.IGNORECASE), "thesis"),
    (re.compile(r"proceedings ?(?:article|paper)|inproceedings|conference ?(?:paper|contribution)", re.IGNORECASE),
     "inproceedings"),
    (re.compile(r"book ?(?:chapter|part|section)|incollection|chapter", re.IGNORECASE), "incollection"),
    (re.compile(r"journal|article", re.IGNORECASE), "article"),
    (re.compile(r"report|working ?paper", re.IGNORECASE), "report"),
    (re.compile(r"book|monograph|proceedings", re.IGNORECASE), "book"),
    (re.compile(r"software|source ?code", re.IGNORECASE), "software"),
    (re.compile(r"data ?set", re.IGNORECASE), "dataset"),
)  # fmt: skip
"""What the depositor's own `resourceType` says where the general type is "Text" or "Other", the special first."""
_IN_CONTAINER: dict[str, WorkType] = {
    "Journal": "article", "Proceedings": "inproceedings", "ConferenceProceeding": "inproceedings",
    "Book": "incollection",
}  # fmt: skip
_SERIES_INFORMATION = re.compile(
    r"(?P<series>[^,]{2,120}),\s*(?:Vol(?:ume|\.)?\s*)(?P<volume>[\w.-]{1,20}),\s*(?P<title>.{5,}?)"
    r"(?:,\s*(?:pp?\.|pages?)\s*(?P<pages>[\w:.–-]{1,30}))?",
    re.IGNORECASE,
)
"""Dagstuhl: `LIPIcs, Volume 107, 45th International Colloquium on Automata (ICALP 2018), pages 1:1-1:24`."""
_LONG_SERIES = {
    "LIPIcs": "Leibniz International Proceedings in Informatics (LIPIcs)",
    "OASIcs": "Open Access Series in Informatics (OASIcs)",
    "Dagstuhl Reports": "Dagstuhl Reports",
}
_CHAPTERS = frozenset({"inproceedings", "incollection"})
_HTML_BREAK = re.compile(r"\s*<br ?/?>\s*")
_OF_PUBLISHED = frozenset({"IsVersionOf", "IsPreprintOf", "IsVariantFormOf", "IsPreviousVersionOf"})
_SINCE = ("Submitted", "Issued", "Available", "Created")
"""Kinds of date that tell when the work appeared, the one that arXiv fills with the day of version 1 first."""


class _Title(msgspec.Struct):
    title: str | None = None
    title_type: str | None = msgspec.field(default=None, name="titleType")


class _NameId(msgspec.Struct, rename="camel"):
    name_identifier: str | None = None


class _Creator(msgspec.Struct, rename="camel"):
    name: str | None = None
    contributor_type: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    name_type: str | None = None
    name_identifiers: tuple[_NameId, ...] | None = None
    affiliation: tuple[Any, ...] | None = None


class _Types(msgspec.Struct, rename="camel"):
    resource_type_general: str | None = None
    resource_type: str | None = None


class _Date(msgspec.Struct, rename="camel"):
    date: str | None = None
    date_type: str | None = None


class _Subject(msgspec.Struct):
    subject: str | None = None


class _Related(msgspec.Struct, rename="camel"):
    relation_type: str | None = None
    related_identifier: str | None = None
    related_identifier_type: str | None = None


class _Description(msgspec.Struct, rename="camel"):
    description: str | None = None
    description_type: str | None = None


class _Rights(msgspec.Struct, rename="camel"):
    rights_identifier: str | None = None


class _Container(msgspec.Struct, rename="camel"):
    type: str | None = None
    identifier: str | None = None
    identifier_type: str | None = None
    title: str | None = None
    volume: Text = None
    issue: Text = None
    first_page: Text = None
    last_page: Text = None


class _Item(msgspec.Struct, rename="camel"):
    """A related work that has no DOI of its own: the volume that this one is published in."""

    relation_type: str | None = None
    related_item_type: str | None = None
    titles: tuple[_Title, ...] | None = None
    volume: Text = None
    issue: Text = None
    first_page: Text = None
    last_page: Text = None
    publisher: str | None = None


class _Home(msgspec.Struct, frozen=True, kw_only=True):
    """What a work stands in."""

    venue: str | None = None
    series: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    article_number: str | None = None
    issn: tuple[str, ...] = ()
    isbn: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class _When(msgspec.Struct, frozen=True):
    """When a work appeared."""

    year: int | None
    best: Date
    years: tuple[int, ...]


class _Attributes(msgspec.Struct, rename="camel"):
    doi: str
    titles: tuple[_Title, ...] | None = None
    creators: tuple[_Creator, ...] | None = None
    contributors: tuple[_Creator, ...] | None = None
    publication_year: Year | None = None
    publisher: Any = None
    container: _Container | None = None
    types: _Types | None = None
    dates: tuple[_Date, ...] | None = None
    subjects: tuple[_Subject, ...] | None = None
    related_items: tuple[_Item, ...] | None = None
    related_identifiers: tuple[_Related, ...] | None = None
    url: str | None = None
    citation_count: Count | None = None
    descriptions: tuple[_Description, ...] | None = None
    rights_list: tuple[_Rights, ...] | None = None
    language: str | None = None


class _Document(msgspec.Struct):
    attributes: msgspec.Raw


def read(sent: bytes) -> Record:
    """Read one record. Raises `UnreadableBody` when it is not JSON or has no DOI."""
    found, unread = body.decode(bytes(body.decode_strictly(sent, _Document).attributes), _Attributes)
    doi = body.bare_doi(found.doi)
    if doi is None:
        raise UnreadableBody(f"not a DOI: {found.doi[:100]}")
    titles = [title for title in found.titles or () if title.title]
    # A title without a type is the title; translations and alternatives say what they are.
    main = next((body.clean_title(title.title) for title in titles if not title.title_type), None)
    urls = body.unique([found.url])
    work_type, unclear = _type(found, doi)
    publisher = _name(found.publisher)
    home, when = _home(found, work_type, doi, publisher), _when(found)
    people = found.creators or ()
    editors = (one for one in found.contributors or () if one.contributor_type == "Editor")
    return Record(
        source="datacite",
        url=f"{BASE_URL}/dois/{quote(doi, safe='')}",
        title=main,
        subtitle=next((body.clean_title(t.title) for t in titles if t.title_type == "Subtitle"), None),
        other_titles=body.unique(body.clean_title(t.title) for t in titles if t.title_type not in (None, "Subtitle")),
        authors=tuple(author for author in map(_author, people) if author.family or author.literal),
        editors=tuple(map(_author, editors)) if work_type in (*_CHAPTERS, "book") else (),
        type=work_type,
        raw_type=found.types.resource_type_general if found.types else None,
        year=when.year,
        month=when.best.month,
        date=when.best.iso,
        years=when.years,
        venue=home.venue,
        series=home.series,
        other_venues=home.others,
        publisher=publisher,
        institution=publisher if work_type == "thesis" else None,
        degree=thesis.degree(found.types.resource_type if found.types else None) if work_type == "thesis" else None,
        volume=home.volume,
        issue=home.issue,
        pages=home.pages,
        article_number=home.article_number,
        issn=home.issn,
        isbn=home.isbn,
        ids=Ids(doi=doi, arxiv=doi_text.arxiv_id(doi) or next(iter(identifiers.find("arxiv", urls)), None)),
        landing_urls=urls,
        versions=_versions(found, doi),
        citation_count=found.citation_count,
        open_access=OpenAccess(license=_license(found.rights_list or ())),
        abstract=_abstract(found.descriptions or ()),
        keywords=_keywords(found.subjects or ()),
        language=body.text(found.language),
        issues=(*unread, *unclear),
    )


def _author(creator: _Creator) -> Author:
    orcid = body.bare_orcid(*(i.name_identifier for i in creator.name_identifiers or ()))
    places = body.unique(map(_name, creator.affiliation or ()))
    if creator.name_type == "Organizational":
        author = person.clean(Author(literal=creator.name))
    elif creator.family_name:
        author = person.clean(Author(given=creator.given_name, family=creator.family_name))
    else:
        author = person.parse(creator.name or "")
    return msgspec.structs.replace(author, orcid=orcid, affiliations=tuple(Affiliation(name=name) for name in places))


def _name(organisation: object) -> str | None:
    """Return the name of an affiliation or publisher, which is an object in some answers, a string in others."""
    name = organisation.get("name") if isinstance(organisation, dict) else organisation
    return body.clean_name(name) if isinstance(name, str) else None


def _type(found: _Attributes, doi: str) -> tuple[WorkType | None, tuple[str, ...]]:
    """Return the type, and what is unclear; the depositor's own word counts where the general one says nothing."""
    if doi_text.is_arxiv(doi):
        return "preprint", ()
    types = found.types or _Types()
    general, special = types.resource_type_general, types.resource_type or ""
    if general is not None and general not in _TYPES:
        return "misc", (f"DataCite calls this a `{general}`, a type that we do not know.",)
    if general in (None, "Text", "Other", "Collection"):
        named = next((kind for pattern, kind in _SPECIFIC if pattern.search(special)), None)
        contained = _IN_CONTAINER.get(found.container.type or "") if found.container and general == "Text" else None
        published_in = any(item.related_item_type == "ConferenceProceeding" for item in _volumes(found))
        return named or contained or ("inproceedings" if published_in else _TYPES[general] if general else None), ()
    return _TYPES[general], ()


def _volumes(found: _Attributes) -> list[_Item]:
    return [item for item in found.related_items or () if item.relation_type == "IsPublishedIn"]


def _home(found: _Attributes, work_type: WorkType | None, doi: str, publisher: str | None) -> _Home:
    """Read the container: a related item, DataCite's container, or Dagstuhl's line of series information."""
    stated = found.container or _Container()
    name = body.clean_name(stated.title)
    pages, number = container.clean_pages(stated.first_page, stated.last_page)
    ids = [stated.identifier]
    home = _Home(
        venue=name if stated.type != "Series" and work_type != "book" else None,
        series=name if stated.type == "Series" and work_type in (*_CHAPTERS, "book") else None,
        volume=body.stated(stated.volume),
        issue=body.stated(stated.issue),
        pages=pages,
        article_number=number,
        issn=container.clean_issns(ids) if stated.identifier_type == "ISSN" else (),
        isbn=container.clean_isbns(ids) if stated.identifier_type == "ISBN" else (),
        others=body.unique([name if stated.type != "Journal" else None]),
    )
    if work_type == "preprint":
        server = preprint_servers.of_doi(doi) or preprint_servers.find(name, publisher) or publisher
        return msgspec.structs.replace(home, venue=server)
    if work_type in _CHAPTERS:
        told = [_HTML_BREAK.sub(", ", d.description or "") for d in found.descriptions or ()
                if d.description_type == "SeriesInformation"]  # fmt: skip
        read = next(
            (match for line in (*told, name or "") if (match := _SERIES_INFORMATION.fullmatch(line.strip()))), None
        )
        if read:
            series = _LONG_SERIES.get(read["series"].strip(), body.clean_name(read["series"]))
            in_line, number = container.clean_pages(read["pages"])
            home = msgspec.structs.replace(
                home,
                venue=body.clean_name(read["title"]),
                series=series,
                volume=home.volume or read["volume"],
                pages=home.pages if _is_pages(home.pages) else in_line,
                article_number=number,
            )
    for item in _volumes(found)[:1]:
        title = next((body.clean_name(one.title) for one in item.titles or () if one.title), None)
        first, number = container.clean_pages(item.first_page, item.last_page)
        home = msgspec.structs.replace(
            home,
            venue=title or home.venue,
            series=home.series if home.series != title else None,
            volume=body.stated(item.volume) or home.volume,
            issue=body.stated(item.issue) or home.issue,
            pages=first or home.pages,
            article_number=number or home.article_number,
        )
    if home.venue is None and home.series is not None and work_type in _CHAPTERS:
        return msgspec.structs.replace(home, venue=home.series, series=None)
    return home


def _is_pages(pages: str | None) -> bool:
    """DataCite takes the words behind the volume for pages where it reads Dagstuhl's line."""
    return pages is not None and any(letter.isdigit() for letter in pages) and " " not in pages


def _when(found: _Attributes) -> _When:
    """Read the year of publication, and the first date in it that tells when the work appeared."""
    by_type: dict[str | None, list[Date]] = {}
    for item in found.dates or ():
        by_type.setdefault(item.date_type, []).append(date.clean(item.date))
    appeared = [day for kind in _SINCE for day in by_type.get(kind, ()) if day.year]
    year = found.publication_year or (appeared[0].year if appeared else None)
    same_year = [day for day in appeared if day.year == year]
    best = next((day for day in same_year if day.month), same_year[0] if same_year else date.clean(year))
    years = {day.year for day in (*appeared, date.clean(year)) if day.year}
    return _When(year, best, tuple(sorted(years)))


def _versions(found: _Attributes, doi: str) -> tuple[Version, ...]:
    """Return what a preprint says of its publication; elsewhere "version" means the next upload (Zenodo)."""
    is_preprint = doi_text.is_arxiv(doi) or (found.types and found.types.resource_type_general == "Preprint")
    related = (
        doi_text.clean(item.related_identifier)
        for item in found.related_identifiers or ()
        if is_preprint and item.relation_type in _OF_PUBLISHED and item.related_identifier_type == "DOI"
    )
    own_prefix = doi.partition("/")[0]
    published = (other for other in related if other and not other.startswith(own_prefix))
    return tuple(Version(kind="published", doi=o) for o in dict.fromkeys(published) if not doi_text.is_denied(o))


def _license(rights: Iterable[_Rights]) -> str | None:
    """Return the licence in OpenAlex's spelling: `cc-by` for DataCite's `cc-by-4.0`."""
    names = (item.rights_identifier.lower() for item in rights if item.rights_identifier)
    free = (name for name in names if name.startswith("cc"))
    return next((name.rstrip("0123456789.").rstrip("-") if name[:3] != "cc0" else "cc0" for name in free), None)


def _abstract(descriptions: Iterable[_Description]) -> str | None:
    found = (markup.abstract(item.description) for item in descriptions if item.description_type == "Abstract")
    return next((text for text in found if text), None)


def _keywords(subjects: Iterable[_Subject]) -> tuple[str, ...]:
    """Return the subjects in order; fields of science (`FOS: ...`) are DataCite's own addition."""
    names = body.unique(body.clean_name(item.subject) for item in subjects)
    return tuple(name for name in names if not name.startswith("FOS: "))
