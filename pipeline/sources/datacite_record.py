"""DataCite: one DOI's record, read.

in -> out: a record's JSON -> `Record`. Rules: metadata schema 4.6; what arXiv, Zenodo, institutional repositories and
Dagstuhl deposit (October 2026). arXiv's classes come as subjects, the primary one first; its records do not name the
published version.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import msgspec

from pipeline.addresses import identifiers
from pipeline.model import Affiliation, Author, Ids, OpenAccess, Record, Version, WorkType
from pipeline.sources import UnreadableBody, body, container
from pipeline.sources.body import Count, Text, Year
from pipeline.text import date, markup, person
from pipeline.text import doi as doi_text
from pipeline.text.date import Date

BASE_URL = "https://api.datacite.org"

# `resourceTypeGeneral` in the order of schema 4.6; "Text" says nothing.
_TYPES: dict[str, WorkType | None] = {
    "Audiovisual": "misc", "Award": "misc", "Book": "book", "BookChapter": "incollection", "Collection": "misc",
    "ComputationalNotebook": "misc", "ConferencePaper": "inproceedings", "ConferenceProceeding": "book",
    "DataPaper": "article", "Dataset": "dataset", "Dissertation": "thesis", "Event": "misc", "Image": "misc",
    "Instrument": "misc", "InteractiveResource": "misc", "Journal": "misc", "JournalArticle": "article",
    "Model": "misc", "OutputManagementPlan": "misc", "PeerReview": "misc", "PhysicalObject": "misc",
    "Preprint": "preprint", "Project": "misc", "Report": "report", "Service": "misc", "Software": "misc",
    "Sound": "misc", "Standard": "misc", "StudyRegistration": "misc", "Text": None, "Workflow": "misc", "Other": "misc",
}  # fmt: skip
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
    given_name: str | None = None
    family_name: str | None = None
    name_type: str | None = None
    name_identifiers: tuple[_NameId, ...] | None = None
    affiliation: tuple[Any, ...] | None = None


class _Types(msgspec.Struct, rename="camel"):
    resource_type_general: str | None = None


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
    title: str | None = None
    volume: Text = None
    issue: Text = None
    first_page: Text = None
    last_page: Text = None


class _Attributes(msgspec.Struct, rename="camel"):
    doi: str
    titles: tuple[_Title, ...] | None = None
    creators: tuple[_Creator, ...] | None = None
    publication_year: Year | None = None
    publisher: Any = None
    container: _Container | None = None
    types: _Types | None = None
    dates: tuple[_Date, ...] | None = None
    subjects: tuple[_Subject, ...] | None = None
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
    issues = list(unread)
    titles = [title for title in found.titles or () if title.title]
    # A title without a type is the title; translations and alternatives say what they are.
    main = next((body.clean_title(title.title) for title in titles if not title.title_type), None)
    urls = body.unique([found.url])
    home = found.container or _Container()
    pages, article_number = container.clean_pages(home.first_page, home.last_page)
    return Record(
        source="datacite",
        url=f"{BASE_URL}/dois/{quote(doi, safe='')}",
        title=main,
        subtitle=next((body.clean_title(t.title) for t in titles if t.title_type == "Subtitle"), None),
        other_titles=body.unique(body.clean_title(t.title) for t in titles if t.title_type not in (None, "Subtitle")),
        authors=tuple(author for author in map(_author, found.creators or ()) if author.family or author.literal),
        type=_type(found, doi, issues),
        raw_type=found.types.resource_type_general if found.types else None,
        **_dates(found),
        venue=body.clean_name(home.title) if home.type == "Journal" else None,
        other_venues=body.unique([body.clean_name(home.title) if home.type != "Journal" else None]),
        publisher=_name(found.publisher),
        volume=body.text(home.volume),
        issue=body.text(home.issue),
        pages=pages,
        article_number=article_number,
        ids=Ids(doi=doi, arxiv=doi_text.arxiv_id(doi) or next(iter(identifiers.find("arxiv", urls)), None)),
        landing_urls=urls,
        versions=_versions(found, doi),
        citation_count=found.citation_count,
        open_access=OpenAccess(license=_license(found.rights_list or ())),
        abstract=_abstract(found.descriptions or ()),
        keywords=_keywords(found.subjects or ()),
        language=body.text(found.language),
        issues=tuple(issues),
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


def _type(found: _Attributes, doi: str, issues: list[str]) -> WorkType | None:
    if doi_text.is_arxiv(doi):
        return "preprint"
    general = found.types.resource_type_general if found.types else None
    if general is not None and general not in _TYPES:
        issues.append(f"DataCite calls this a `{general}`, a type that we do not know.")
        return "misc"
    return _TYPES[general] if general else None


def _dates(found: _Attributes) -> dict[str, Any]:
    """Read the year of publication, and the first date in it that tells when the work appeared."""
    by_type: dict[str | None, list[Date]] = {}
    for item in found.dates or ():
        by_type.setdefault(item.date_type, []).append(date.clean(item.date))
    appeared = [day for kind in _SINCE for day in by_type.get(kind, ()) if day.year]
    year = found.publication_year or (appeared[0].year if appeared else None)
    same_year = [day for day in appeared if day.year == year]
    best = next((day for day in same_year if day.month), same_year[0] if same_year else date.clean(year))
    years = {day.year for day in (*appeared, date.clean(year)) if day.year}
    return {"year": year, "month": best.month, "date": best.iso, "years": tuple(sorted(years))}


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
