"""OpenAlex: the shape of a work, as far as we rely on it.

in -> out: nothing; declarations that `body.convert` holds a record against. Everything but the id may be null or absent
(docs of August 2026, records of October 2026).
"""

from typing import Literal

import msgspec

from pipeline.sources import body
from pipeline.sources.body import Count, Text
from pipeline.sources.body import Year as YearNumber


class Source(msgspec.Struct, omit_defaults=True):
    """Journal, conference, series, repository ... that a location belongs to."""

    display_name: str | None = None
    issn: tuple[str, ...] | None = None
    type: str | None = None
    host_organization_name: str | None = None


class Location(msgspec.Struct, omit_defaults=True):
    """One place where the work is found; ids are `doi:...`, `pmh:oai:...`, `pmid:...`, `mag:...` or absent."""

    id: str | None = None
    landing_page_url: str | None = None
    source: Source | None = None
    license: str | None = None
    is_published: bool | None = None
    raw_source_name: str | None = None
    raw_type: str | None = None

    @property
    def kind(self) -> str | None:
        """Type of the source: journal, conference, book series, ebook platform, repository ..."""
        return self.source.type if self.source else None

    @property
    def doi(self) -> str | None:
        """The DOI under which the work stands in this place."""
        is_doi = self.id is not None and self.id.startswith("doi:")
        return body.bare_doi(self.id if is_doi else self.landing_page_url)


class Person(msgspec.Struct, omit_defaults=True):
    """The profile that OpenAlex ties an author to."""

    orcid: str | None = None


class Institution(msgspec.Struct, omit_defaults=True):
    """An organisation that OpenAlex recognised."""

    display_name: str | None = None
    ror: str | None = None


class Authorship(msgspec.Struct, omit_defaults=True):
    """One author of the work."""

    author: Person | None = None
    institutions: tuple[Institution, ...] | None = None
    raw_author_name: str | None = None
    raw_affiliation_strings: tuple[str, ...] | None = None
    raw_orcid: str | None = None


class Named(msgspec.Struct, omit_defaults=True):
    """A topic or keyword."""

    display_name: str | None = None


class Year(msgspec.Struct, omit_defaults=True):
    """Citations of one year."""

    year: YearNumber
    cited_by_count: Count


class OpenAccess(msgspec.Struct, omit_defaults=True):
    """Whether a free copy is known."""

    oa_status: Literal["diamond", "gold", "green", "hybrid", "bronze", "closed"] | None = None
    oa_url: str | None = None


class Biblio(msgspec.Struct, omit_defaults=True):
    """Where in its volume the work stands."""

    volume: Text = None
    issue: Text = None
    first_page: Text = None
    last_page: Text = None


class Ids(msgspec.Struct, omit_defaults=True):
    """Identifiers besides DOI and W-id, as addresses."""

    pmid: str | None = None
    pmcid: str | None = None


class Titled(msgspec.Struct, omit_defaults=True):
    """A work, as far as its title goes."""

    id: str
    doi: str | None = None
    title: str | None = None
    cited_by_count: Count | None = None


class Work(Titled, omit_defaults=True):
    """A work, as far as we rely on it."""

    publication_year: YearNumber | None = None
    publication_date: str | None = None
    language: str | None = None
    type: str | None = None
    ids: Ids | None = None
    primary_location: Location | None = None
    locations: tuple[Location, ...] | None = None
    best_oa_location: Location | None = None
    open_access: OpenAccess | None = None
    authorships: tuple[Authorship, ...] | None = None
    is_authors_truncated: bool | None = None
    biblio: Biblio | None = None
    is_retracted: bool | None = None
    counts_by_year: tuple[Year, ...] | None = None
    topics: tuple[Named, ...] | None = None
    keywords: tuple[Named, ...] | None = None
    referenced_works: tuple[str, ...] | None = None
