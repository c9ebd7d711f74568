"""What the page's script knows of the papers: one object a row, and one for what opens below it.

in -> out: papers in list order, their references -> `Row`s and `Details`, as JSON that may stand in HTML. Text is
cleaned of what is invisible, addresses are http(s) or absent.
"""

from collections.abc import Mapping, Sequence

import msgspec

from pipeline.model import Notice, Paper, Version
from pipeline.outputs import reference
from pipeline.outputs.display import (
    TYPE_WORDS,
    clean_line,
    doi_url,
    find_note,
    find_url,
    is_pdf,
    language_tag,
    render_author,
    render_evidence,
    safe_url,
    shorten,
)
from pipeline.outputs.page.references import Reference

NOTICE_WORDS = {"retraction": "Retraction", "correction": "Correction", "concern": "Expression of concern"}
UNDECIDED = {"ambiguous": "undecided", "unmatched": "not found", "open": "not looked up yet"}
"""Statuses that a reader should know of; all others are told by the evidence."""
VENUE_SHOWN = 60
_PUBLISHED_RULES = frozenset({"row-means-preprint", "published-version-found"})


class Name(msgspec.Struct, frozen=True, omit_defaults=True):
    """An author as shown."""

    name: str
    orcid: str | None = None


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What stands in a paper's row, is searched, filtered and sorted."""

    key: str
    title: str
    url: str | None = None
    authors: tuple[Name, ...] = ()
    venue: str | None = None
    short: str | None = None
    listed: str | None = None
    """The venue in the list's own words, to be found by it."""
    year: int | None = None
    type: str | None = None
    category: str | None = None
    section: int
    openalex: int | None = None
    crossref: int | None = None
    years: dict[str, int] = {}
    free: str | None = None
    pdf: bool = False
    code: str | None = None
    badges: tuple[tuple[str, str], ...] = ()
    """(kind, words)."""
    note: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    lang: str | None = None
    retracted: bool = False
    undecided: bool = False


class Details(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What opens below a row, and what its paper looks like in a file of references."""

    abstract: str | None = None
    versions: tuple[tuple[str, str], ...] = ()
    """(words, address)."""
    notices: tuple[tuple[str, str], ...] = ()
    topics: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    bib: str | None = None
    ris: str | None = None
    csl: msgspec.Raw | None = None


def rows(papers: Sequence[Paper], sections: Mapping[tuple[str, ...], int]) -> tuple[Row, ...]:
    """Return the rows; `sections` numbers the list's headings."""
    return tuple(_row(paper, sections[paper.listed.section]) for paper in papers)


def details(papers: Sequence[Paper], references: Mapping[str, Reference]) -> tuple[Details, ...]:
    """Return what opens below the rows, in their order."""
    return tuple(_details(paper, references) for paper in papers)


def encode(value: object) -> bytes:
    """Return JSON for a script element: no character of it can end the element or begin a comment."""
    sent = msgspec.json.encode(value)
    return sent.replace(b"<", b"\\u003c").replace(b">", b"\\u003e").replace(b"&", b"\\u0026")


def find_badges(paper: Paper) -> tuple[tuple[str, str], ...]:
    """Return what a reader should know before anything else: (kind, words)."""
    badges = [("retracted", "Retracted")] if paper.retracted else []
    badges += [("notice", NOTICE_WORDS[kind]) for kind in _notice_kinds(paper)]
    if paper.status in UNDECIDED:
        badges.append(("undecided", UNDECIDED[paper.status].capitalize()))
    if paper.type == "preprint":
        badges.append(("preprint", "Preprint"))
    elif any(issue.rule in _PUBLISHED_RULES for issue in paper.issues):
        where = shorten(paper.short_venue or paper.venue or "", VENUE_SHOWN)
        badges.append(("published", f"Listed as a preprint, now published{': ' if where else ''}{where}"))
    return tuple(badges)


def _notice_kinds(paper: Paper) -> list[str]:
    """Kinds of notices besides the retraction, which the paper's own badge says."""
    return list(dict.fromkeys(notice.kind for notice in paper.notices if notice.kind != "retraction"))


def _row(paper: Paper, section: int) -> Row:
    counts, free = paper.citations, safe_url(paper.open_access.url)
    names = tuple(Name(render_author(author), _orcid(author.orcid)) for author in paper.authors)
    return Row(
        key=paper.key,
        title=clean_line(paper.title),
        url=find_url(paper),
        authors=names or tuple(Name(clean_line(name)) for name in paper.listed.authors),
        venue=_line(paper.venue or paper.listed.venue),
        short=_line(paper.short_venue),
        listed=_line(paper.listed.venue),
        year=paper.year or paper.listed.year,
        type=TYPE_WORDS[paper.type],
        category=_line(paper.listed.category),
        section=section,
        openalex=counts.openalex.count if counts.openalex else None,
        crossref=counts.crossref.count if counts.crossref else None,
        years=counts.by_year,
        free=free,
        pdf=free is not None and is_pdf(free),
        code=safe_url(paper.listed.code_url),
        badges=find_badges(paper),
        note=find_note(paper),
        doi=_line(paper.ids.doi),
        arxiv=_line(paper.ids.arxiv),
        lang=language_tag(paper),
        retracted=paper.retracted,
        undecided=paper.status in UNDECIDED,
    )


def _details(paper: Paper, references: Mapping[str, Reference]) -> Details:
    reference_of = None if paper.key_provisional else references.get(paper.key)
    return Details(
        abstract=reference.line(paper.abstract),
        versions=tuple(told for version in paper.versions if (told := _version(version))),
        notices=tuple(map(_notice, paper.notices)),
        topics=tuple(map(clean_line, paper.topics)),
        cites=paper.cites,
        why=render_evidence(paper),
        bib=reference_of.bib if reference_of else None,
        ris=reference_of.ris if reference_of else None,
        csl=reference_of.csl if reference_of else None,
    )


def _version(version: Version) -> tuple[str, str] | None:
    url = (doi_url(version.doi) if version.doi else None) or safe_url(version.url)
    year = f", {version.year}" if version.year else ""
    return (f"{version.kind}{year}: {clean_line(version.doi or url)}", url) if url else None


def _notice(notice: Notice) -> tuple[str, str]:
    words = ", ".join(part for part in (NOTICE_WORDS[notice.kind], notice.date, _line(notice.doi)) if part)
    return words, (doi_url(notice.doi) if notice.doi else None) or ""


def _line(text: str | None) -> str | None:
    return (clean_line(text) or None) if text else None


def _orcid(orcid: str | None) -> str | None:
    """Return an ORCID in its own letters only: it becomes part of an address."""
    return orcid if orcid and set(orcid) <= set("0123456789X-") else None
