"""`references.ris`: RIS, which EndNote, Mendeley and Zotero import.

in -> out: papers -> text, one record a work, sorted by key. Tags and types as in the RIS format specification of 2011
(Research Information Systems), written by rispy. A record has one tag a line, so values are kept on one line each.
"""

from collections.abc import Sequence

import rispy

from pipeline.model import Author, Paper, WorkType
from pipeline.outputs import reference

_TYPES: dict[WorkType, str] = {
    "article": "JOUR",
    "inproceedings": "CPAPER",
    "incollection": "CHAP",
    "book": "BOOK",
    "preprint": "UNPB",
    "thesis": "THES",
    "report": "RPRT",
    "standard": "STAND",
    "dataset": "DATA",
    "software": "COMP",
    "misc": "GEN",
}
_CONTAINED = frozenset(["article", "inproceedings", "incollection"])


class _Writer(rispy.RisWriter):
    """A record begins with its type; rispy would put a running number before it, which some programs import as text."""

    def set_header(self, count: int) -> str:  # noqa: ARG002
        return ""


def render(papers: Sequence[Paper]) -> str:
    """Render the whole file."""
    records = [_record(paper) for paper in reference.works(papers)]
    text: str = rispy.dumps(records, implementation=_Writer)
    return text


def _record(paper: Paper) -> dict[str, str | list[str]]:
    is_contained = paper.type in _CONTAINED
    first, last = reference.page_range(paper.pages or paper.article_number or "")
    is_book = paper.type in ("book", "incollection", "inproceedings")
    values: dict[str, str | None] = {
        "id": paper.key,
        "title": paper.title,
        "secondary_title": paper.venue if is_contained else None,
        # Zotero takes T2 for the name of the conference, and C3 for the title of its proceedings.
        "custom3": paper.venue if paper.type == "inproceedings" else None,
        "alternate_title1": paper.short_venue if is_contained else None,
        "tertiary_title": paper.series,
        "year": str(paper.year) if paper.year else None,
        "date": _date(paper),
        "volume": paper.volume,
        "number": paper.issue,
        "start_page": first,
        "end_page": last,
        "custom7": paper.article_number,
        "publisher": paper.publisher if is_contained or paper.type == "book" else reference.organisation(paper),
        # Zotero and EndNote read the SN of a chapter as the ISBN of its book.
        "issn": next(iter(paper.isbn if is_book else paper.issn if is_contained else ()), None),
        "type_of_work": reference.genre(paper) or ("Preprint" if paper.type == "preprint" else None),
        "doi": paper.ids.doi,
        "language": paper.language,
        "abstract": paper.abstract,
    }
    lists: dict[str, list[str | None]] = {
        "authors": [_name(author) for author in paper.authors],
        # Zotero's map: the editors of a book are A3 (its A2 edit the series), those of a chapter A2.
        "tertiary_authors" if paper.type == "book" else "secondary_authors": [_name(one) for one in paper.editors],
        "urls": [reference.landing_url(paper)],
        "keywords": [paper.listed.category],
        "notes": [reference.retraction(paper), paper.ids.arxiv and f"arXiv:{paper.ids.arxiv}"],
    }
    record: dict[str, str | list[str]] = {"type_of_reference": _TYPES[paper.type]}
    record |= {name: said for name, value in values.items() if (said := reference.line(value))}
    for name, several in lists.items():
        lines = [said for value in several if (said := reference.line(value))]
        record |= {name: lines} if lines else {}
    return record


def _name(author: Author) -> str:
    if author.literal:
        return author.literal
    return ", ".join(part for part in (author.family, author.given, author.suffix) if part)


def _date(paper: Paper) -> str | None:
    """Return `YYYY/MM/DD/` as far as it is known; the last slash would be followed by free text."""
    if not paper.year or not paper.month:
        return None
    day = reference.day(paper)
    return f"{paper.year}/{paper.month:02}/" + (f"{day:02}/" if day else "/")
