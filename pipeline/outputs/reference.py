"""What a reference says of a paper: the choices that `.bib`, CSL-JSON, RIS and CSV share.

in -> out: `Paper` -> the values of its reference, still plain text; each format spells and escapes for itself.
The conventions are explained for users in docs/fields.md.
"""

import re
from collections.abc import Iterable, Iterator

from pipeline.model import Degree, Paper
from pipeline.outputs.display import clean_line, first_rows, safe_url
from pipeline.text import arxiv

# The subject classes of arXiv.org (arxiv.org/category_taxonomy, 2026): an archive with a subclass, or one without any.
_CLASS = re.compile(
    r"\(((?:astro-ph|cond-mat|cs|econ|eess|math|nlin|physics|q-bio|q-fin|stat)\.[A-Za-z-]{2,20}"
    r"|astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph)\)$"
)
_THESES: dict[Degree | None, str] = {
    "phd": "PhD thesis",
    "master": "Master's thesis",
    "bachelor": "Bachelor's thesis",
    None: "Thesis",
}
_DASH = re.compile(r"[-–—]+")
_PAGE = re.compile(r"\w[\w.:*/]*(?: \w+)?")
_DOI_HOSTS = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_ARXIV_HOSTS = re.compile(r"https?://(?:[a-z]+\.)?arxiv\.org/", re.IGNORECASE)


def works(papers: Iterable[Paper]) -> list[Paper]:
    """Return each work once, sorted by key."""
    return sorted(first_rows(papers), key=lambda paper: paper.key)


def locator(paper: Paper) -> tuple[str | None, str | None]:
    """Return (pages, article number): a number without pages stands in their place, where every style prints it."""
    if paper.pages is None or paper.article_number in (None, paper.pages):
        return paper.pages or paper.article_number, None
    return paper.pages, paper.article_number


def page_range(pages: str) -> tuple[str, str | None]:
    """Return first and last page; what is no range of two ends is one piece.

    >>> page_range("295-308.e4"), page_range("8-1-8-41"), page_range("1:1-1:24"), page_range("ix")
    (('295', '308.e4'), ('8-1', '8-41'), ('1:1', '1:24'), ('ix', None))
    """
    parts = [part.strip() for part in _DASH.split(pages)]
    if len(parts) in (2, 4) and all(_PAGE.fullmatch(part) for part in parts):
        half = len(parts) // 2
        return "-".join(parts[:half]), "-".join(parts[half:])
    return pages, None


def arxiv_class(paper: Paper) -> str | None:
    """Return arXiv's primary class: the first subject that names one, else the archive of an old identifier."""
    if paper.ids.arxiv is None:
        return None
    found = (_CLASS.search(keyword.strip()) for keyword in paper.keywords)
    archive = paper.ids.arxiv.rpartition("/")[0] or None
    return next((match[1] for match in found if match), archive)


def retraction(paper: Paper) -> str | None:
    """Return what a reference must say of a retracted paper."""
    if not paper.retracted:
        return None
    found = (notice.doi for notice in paper.notices if notice.kind == "retraction")
    notices = [doi for doi in found if doi and doi != paper.ids.doi]  # members date a retraction by the paper itself
    return f"Retracted, see doi:{notices[0]}" if notices else "Retracted"


def url(paper: Paper) -> str | None:
    """Return the address of a paper where it adds something: there is no DOI, and it is not that of the arXiv id."""
    if paper.ids.doi is not None:
        return None
    found = (safe_url(address) for address in _addresses(paper) if address)
    return next(
        (
            address
            for address in found
            if address and not _DOI_HOSTS.match(address) and not (paper.ids.arxiv and _ARXIV_HOSTS.match(address))
        ),
        None,
    )


def landing_url(paper: Paper) -> str | None:
    """Return `url`, or else the address of the arXiv id where there is no DOI, for formats without a field for it."""
    if paper.ids.doi is None and paper.ids.arxiv is not None:
        return url(paper) or arxiv.url(paper.ids.arxiv)
    return url(paper)


def organisation(paper: Paper) -> str | None:
    """Return who stands behind a work that is no part of another one: school, issuer or server, else the publisher.

    One cites the server of a preprint, not the company that registers its DOI.
    """
    if paper.type == "preprint":
        return paper.venue or paper.publisher
    return paper.institution or paper.publisher or paper.venue


def genre(paper: Paper) -> str | None:
    """Return what kind of thesis it is, in words; None for all other works."""
    return _THESES[paper.degree] if paper.type == "thesis" else None


def day(paper: Paper) -> int | None:
    """Return the day of the month if the full date is one of the year and the month that are cited."""
    parts = (paper.date or "").split("-")
    if (
        len(parts) == 3
        and all(part.isdecimal() for part in parts)
        and [paper.year, paper.month] == [*map(int, parts[:2])]
    ):
        return int(parts[2])
    return None


def line(value: str | None) -> str | None:
    """Return the value on one line, without invisible characters; None for nothing."""
    return (clean_line(value) or None) if value else None


def _addresses(paper: Paper) -> Iterator[str | None]:
    """Best first: where it was published, then where its own venue keeps it, then what the list and others link."""
    yield from (version.url for version in paper.versions if version.kind == "published")
    yield f"https://aclanthology.org/{paper.ids.acl}/" if paper.ids.acl else None
    yield f"https://openreview.net/forum?id={paper.ids.openreview}" if paper.ids.openreview else None
    yield paper.listed.url
    yield paper.open_access.url
