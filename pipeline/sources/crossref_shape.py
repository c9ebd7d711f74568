"""Crossref: the shape of a work, as far as we rely on it.

in -> out: nothing; declarations that `body.decode` holds a record against. Everything but the DOI may be null, absent
or empty (swagger 3.32.0; records deposited between 2002 and 2026).
"""

from typing import Any

import msgspec

from pipeline.sources.body import Count, Text


class Shape(msgspec.Struct, rename="kebab", omit_defaults=True):
    """Names are written with hyphens."""


class Dates(Shape):
    """A date: `[[2014, 10, 27]]`, `[[2014]]`, `[[null]]`."""

    date_parts: Any = None


class OrgId(Shape):
    """An identifier of an organisation."""

    id: str | None = None


class Place(Shape):
    """Where an author worked."""

    name: str | None = None
    id: tuple[OrgId, ...] | None = None


class Person(Shape):
    """A person, or with `name` alone an organisation."""

    given: str | None = None
    family: str | None = None
    suffix: str | None = None
    prefix: str | None = None
    name: str | None = None
    orcid: str | None = msgspec.field(default=None, name="ORCID")
    affiliation: tuple[Place, ...] | None = None


class Event(Shape):
    """A conference."""

    name: str | None = None
    acronym: str | None = None


class Assertion(Shape):
    """Anything that a member displays with Crossmark; Springer names the conference here."""

    name: str | None = None
    value: Any = None


class Link(Shape):
    """A full text."""

    url: str | None = msgspec.field(default=None, name="URL")


class Resource(Shape):
    """The landing page."""

    primary: Link | None = None


class License(Shape):
    """A licence and the version of the text that it is for."""

    url: str | None = msgspec.field(default=None, name="URL")
    content_version: str | None = None


class Update(Shape):
    """A notice about a work (`updated-by`), or what a notice is about (`update-to`)."""

    doi: str | None = msgspec.field(default=None, name="DOI")
    type: str | None = None
    updated: Dates | None = None


class Relation(Shape):
    """Another work to which this one is related."""

    id: str | None = None
    id_type: str | None = None


class Reference(Shape):
    """One entry of the reference list."""

    doi: str | None = msgspec.field(default=None, name="DOI")


class Titled(Shape, kw_only=True):
    """A work, as far as its titles go."""

    doi: str = msgspec.field(name="DOI")
    title: tuple[str | None, ...] | None = None
    subtitle: tuple[str | None, ...] | None = None
    original_title: tuple[str | None, ...] | None = None
    short_title: tuple[str | None, ...] | None = None
    update_to: tuple[Update, ...] | None = None
    is_referenced_by_count: Count | None = None


class Work(Titled, kw_only=True):
    """A work, as far as we rely on it."""

    type: str | None = None
    subtype: str | None = None
    author: tuple[Person, ...] | None = None
    editor: tuple[Person, ...] | None = None
    container_title: tuple[str | None, ...] | None = None
    short_container_title: tuple[str | None, ...] | None = None
    event: Event | None = None
    assertion: tuple[Assertion, ...] | None = None
    issued: Dates | None = None
    published: Dates | None = None
    published_print: Dates | None = None
    published_online: Dates | None = None
    posted: Dates | None = None
    approved: Dates | None = None
    accepted: Dates | None = None
    content_created: Dates | None = None
    page: Text = None
    article_number: Text = None
    volume: Text = None
    issue: Text = None
    publisher: str | None = None
    institution: tuple[Place, ...] | None = None
    group_title: str | None = None
    degree: tuple[str | None, ...] | None = None
    issn: tuple[str | None, ...] | None = msgspec.field(default=None, name="ISSN")
    isbn: tuple[str | None, ...] | None = msgspec.field(default=None, name="ISBN")
    alternative_id: tuple[str | None, ...] | None = None
    resource: Resource | None = None
    link: tuple[Link, ...] | None = None
    license: tuple[License, ...] | None = None
    relation: dict[str, tuple[Relation, ...] | None] | None = None
    updated_by: tuple[Update, ...] | None = None
    abstract: str | None = None
    language: str | None = None
    reference: tuple[Reference, ...] | None = None
