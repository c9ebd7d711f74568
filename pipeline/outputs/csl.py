"""`references.json`: CSL-JSON, which Zotero imports and pandoc, citeproc and Quarto cite from.

in -> out: papers -> a JSON array, one item a work, sorted by key. Variables and types as in the CSL 1.0.2 specification
(docs.citationstyles.org, appendices III and IV); preprints in the form that Zotero exports. Same papers, same bytes.
"""

from collections.abc import Sequence

import msgspec

from pipeline.model import Author, Paper, WorkType
from pipeline.outputs import reference

Value = str | list[dict[str, str]] | dict[str, list[list[int]]]

_TYPES: dict[WorkType, str] = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "incollection": "chapter",
    "book": "book",
    "preprint": "article",
    "thesis": "thesis",
    "report": "report",
    "standard": "standard",
    "dataset": "dataset",
    "software": "software",
    "misc": "document",
}
_CONTAINED = frozenset(["article", "inproceedings", "incollection"])


def render(papers: Sequence[Paper]) -> str:
    """Render the whole file: two-space indent, one trailing newline."""
    items = [_item(paper) for paper in reference.works(papers)]
    return msgspec.json.format(msgspec.json.encode(items), indent=2).decode() + "\n"


def _item(paper: Paper) -> dict[str, Value]:
    is_contained = paper.type in _CONTAINED
    pages, number = reference.locator(paper)
    arxiv = paper.ids.arxiv and f"arXiv:{paper.ids.arxiv}"
    is_preprint = paper.type == "preprint"
    notes = [note for note in (reference.retraction(paper), None if is_preprint else arxiv) if note]
    variables: dict[str, str | None] = {
        "title": paper.title,
        "container-title": paper.venue if is_contained else None,
        "container-title-short": paper.short_venue if is_contained else None,
        "collection-title": paper.series,
        "publisher": paper.publisher if is_contained or paper.type == "book" else reference.organisation(paper),
        "genre": reference.genre(paper) or ("Preprint" if is_preprint else None),
        "volume": paper.volume,
        "issue": paper.issue,
        "page": _page(pages),
        "number": number or (arxiv if is_preprint else None),
        "DOI": paper.ids.doi,
        "URL": reference.landing_url(paper),
        "ISSN": next(iter(paper.issn), None),
        "ISBN": next(iter(paper.isbn), None),
        "PMID": paper.ids.pmid,
        "PMCID": paper.ids.pmcid,
        "language": paper.language,
        "abstract": paper.abstract,
        "keyword": paper.listed.category,
        "note": ". ".join(notes),
    }
    item: dict[str, Value] = {"id": paper.key, "type": _TYPES[paper.type]}
    names = [name for author in paper.authors if (name := _name(author))]
    if names:
        item["author"] = names
    editors = [name for editor in paper.editors if (name := _name(editor))]
    if editors:
        item["editor"] = editors
    if paper.year:
        item["issued"] = {"date-parts": [[part for part in (paper.year, paper.month, reference.day(paper)) if part]]}
    return item | {name: said for name, value in variables.items() if (said := reference.line(value))}


def _page(pages: str | None) -> str | None:
    """Return pages as citeproc reads them; where the numbers hold hyphens themselves, an en dash parts them."""
    first, last = reference.page_range(pages) if pages else ("", None)
    return f"{first}–{last}" if last and "-" in f"{first}{last}" else pages


def _name(author: Author) -> dict[str, str]:
    """One name; a particle such as `van der` is set apart, so that styles may sort without it."""
    if author.literal:
        return {"literal": reference.line(author.literal) or ""}
    words = (reference.line(author.family) or "").split()
    last = next((at for at, word in enumerate(words[:-1]) if not word.islower()), len(words) - 1)
    parts = {
        "non-dropping-particle": " ".join(words[: max(last, 0)]),
        "family": " ".join(words[max(last, 0) :]),
        "given": reference.line(author.given),
        "suffix": reference.line(author.suffix),
    }
    return {name: value for name, value in parts.items() if value}
