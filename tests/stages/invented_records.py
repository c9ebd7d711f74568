"""Invented entries and records for the choice among candidates; no paper named here exists."""

from pipeline.model import Author, Entry, Ids, Record, WorkType
from pipeline.text import person

TITLE = "Learning to weigh feathers from sparse acoustic echoes"


def entry(
    title: str = TITLE,
    *,
    venue: str | None = None,
    year: int | None = None,
    authors: tuple[str, ...] = (),
    url: str | None = None,
) -> Entry:
    """A row of the list."""
    return Entry(line=7, title=title, venue=venue, year=year, authors=authors, url=url)


def crossref(
    title: str | None = TITLE,
    *,
    doi: str = "10.1000/right",
    year: int | None = 2019,
    venue: str | None = "Journal of Feather Research",
    authors: str = "Ada Quill, Ben Down",
    kind: WorkType = "article",
    raw_type: str = "journal-article",
    **more: object,
) -> Record:
    """A record of Crossref's."""
    fields = {
        "source": "crossref",
        "title": title,
        "year": year,
        "years": (year,) if year else (),
        "venue": venue,
        "authors": people(authors),
        "type": kind,
        "raw_type": raw_type,
        "ids": Ids(doi=doi),
    }
    return Record(**{**fields, **more})  # type: ignore[arg-type]


def openalex(
    title: str | None = TITLE, *, doi: str | None = "10.1000/right", work: str = "W1", **more: object
) -> Record:
    """A record of OpenAlex's."""
    return crossref(title, **{"source": "openalex", "raw_type": "article", "ids": Ids(doi=doi, openalex=work), **more})  # type: ignore[arg-type]


def arxiv(title: str | None = TITLE, *, number: str = "1812.01234", **more: object) -> Record:
    """DataCite's record of a preprint of 2018."""
    ids = Ids(doi=f"10.48550/arxiv.{number}", arxiv=number)
    fields = {
        "source": "datacite",
        "year": 2018,
        "venue": "arXiv",
        "kind": "preprint",
        "raw_type": "Preprint",
        "ids": ids,
    }
    return crossref(title, **{**fields, **more})  # type: ignore[arg-type]


def people(names: str) -> tuple[Author, ...]:
    """Authors from names with commas between them."""
    return tuple(person.parse(name) for name in names.split(", ") if name)
