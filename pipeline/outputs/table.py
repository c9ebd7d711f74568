"""`catalog.csv`: one flat row a work, for pandas, R and spreadsheets.

in -> out: papers -> RFC 4180 text (CRLF, UTF-8, no byte order mark), sorted by key. The columns are documented in
docs/fields.md. Cells are data: what a spreadsheet would run as a formula is preceded by an apostrophe, as OWASP advises
("CSV Injection"), and what it would turn into a date or a number is written so that it stays text.
"""

import csv
import io
import re
from collections.abc import Sequence

from pipeline.model import Author, Paper
from pipeline.outputs import reference

COLUMNS = (
    "key", "type", "title", "authors", "editors", "year", "month", "date", "venue", "short_venue", "series",
    "publisher", "institution", "degree", "volume", "issue", "pages", "article_number", "issn", "isbn", "doi",
    "arxiv", "pmid", "pmcid", "openalex", "url", "citations_openalex", "citations_crossref", "open_access",
    "open_access_url", "license", "retracted", "topics", "category", "section", "code_url", "line", "status",
)  # fmt: skip
_CHANGED = re.compile(r"0\d+|\d+[eE]\d+|\d{16,}|\d+\.\d*0")
_FORMULA_STARTS = tuple("=+-@＝＋－＠")
_AFTER_SEPARATOR = re.compile(r"""([;\t|]["'\s\ufeff\u200b]*)(?=[=+\-@＝＋－＠])""")
"""Where a spreadsheet that separates cells by other signs than ours (`;` in half of Europe) would begin a formula."""

Cell = str | int | None


def render(papers: Sequence[Paper]) -> str:
    """Render the whole table, header first; write it without translating the line ends."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for paper in reference.works(papers):
        row = _row(paper)
        writer.writerow([_guard(row[column]) for column in COLUMNS])
    return out.getvalue()


def _row(paper: Paper) -> dict[str, Cell]:
    ids, counts = paper.ids, paper.citations
    return {
        "key": paper.key,
        "type": paper.type,
        "title": paper.title,
        "authors": "; ".join(_name(author) for author in paper.authors),
        "editors": "; ".join(_name(editor) for editor in paper.editors),
        "year": paper.year,
        "month": paper.month,
        "date": paper.date if reference.day(paper) else None,
        "venue": paper.venue,
        "short_venue": paper.short_venue,
        "series": paper.series,
        "publisher": paper.publisher,
        "institution": paper.institution,
        "degree": paper.degree,
        "volume": _kept(paper.volume),
        "issue": _dashed(paper.issue),
        "pages": _dashed(paper.pages),
        "article_number": _kept(paper.article_number),
        "issn": "; ".join(paper.issn),
        "isbn": "; ".join(f"ISBN {isbn}" for isbn in paper.isbn),
        "doi": ids.doi,
        "arxiv": ids.arxiv and f"arXiv:{ids.arxiv}",
        "pmid": ids.pmid and f"PMID:{ids.pmid}",
        "pmcid": ids.pmcid,
        "openalex": ids.openalex,
        "url": reference.landing_url(paper),
        "citations_openalex": counts.openalex.count if counts.openalex else None,
        "citations_crossref": counts.crossref.count if counts.crossref else None,
        "open_access": paper.open_access.status,
        "open_access_url": paper.open_access.url,
        "license": paper.open_access.license,
        "retracted": "TRUE" if paper.retracted else "FALSE",
        "topics": "; ".join(paper.topics),
        "category": paper.listed.category,
        "section": " > ".join(paper.listed.section),
        "code_url": paper.listed.code_url,
        "line": paper.listed.line,
        "status": paper.status,
    }


def _name(author: Author) -> str:
    return author.literal or ", ".join(part for part in (author.family, author.given, author.suffix) if part)


def _dashed(value: str | None) -> str | None:
    """Write a range with an en dash: `3-10` would become the 3rd of October."""
    return value.replace("-", "–") if value else None


def _kept(number: str | None) -> str | None:
    """Write what a spreadsheet would turn into another number (`013006`, `1E5`, 16 digits) so that it stays text."""
    return f"no. {number}" if number and _CHANGED.fullmatch(number) else number


def _guard(cell: Cell) -> str | int:
    """Return the cell as a spreadsheet may see it.

    >>> _guard("=HYPERLINK(1)"), _guard("-1"), _guard(12), _guard(None)
    ("'=HYPERLINK(1)", "'-1", 12, '')
    >>> _guard("a; =1+1")
    "a; '=1+1"
    """
    if not isinstance(cell, str):
        return "" if cell is None else cell
    if cell.isalnum():  # as most cells are
        return cell
    said = reference.line(cell) or ""
    if ";" in said or "|" in said:
        said = _AFTER_SEPARATOR.sub(r"\1'", said)
    return f"'{said}" if said.lstrip("\ufeff\u200b ").startswith(_FORMULA_STARTS) else said
