"""`references.bib`: BibTeX that bibtex, biber, Zotero, JabRef and pandoc all take.

in -> out: papers -> the text of a file, one entry a work, sorted by key. Same papers, same bytes. Entry types and
fields follow btxdoc.pdf, named and restricted so that biblatex's data model (`biber --validate-datamodel`) has no
complaint; preprints are in the form that arxiv.org exports. docs/fields.md has the conventions, field by field.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from zlib import crc32

from bibtexparser.entrypoint import parse_string, write_string
from bibtexparser.library import Library
from bibtexparser.middlewares.parsestack import default_unparse_stack
from bibtexparser.model import Entry, Field
from bibtexparser.writer import BibtexFormat

from pipeline.model import Paper, WorkType
from pipeline.outputs import reference
from pipeline.outputs.bibtex_names import render_names
from pipeline.outputs.display import doi_url
from pipeline.text import language, latex
from pipeline.text.capitals import protect

WHOLE = "references.bib"
_BETWEEN = "\n"
"""Between two entries: a blank line."""
_TYPES: dict[WorkType, str] = {
    "article": "article",
    "inproceedings": "inproceedings",
    "incollection": "incollection",
    "book": "book",
    "preprint": "misc",
    "thesis": "phdthesis",
    "report": "techreport",
    "standard": "misc",
    "dataset": "misc",
    "software": "misc",
    "misc": "misc",
}
_MONTHS = dict(enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1))
_BY_READERS = ("doi", "eprint", "archiveprefix", "primaryclass", "url", "langid", "keywords", "note", "key")
_PART = ("author", "title", "editor", "booktitle", "series", "volume", "pages", "eid", "publisher")
_IN_A_BOOK = (*_PART, "month", "year", "isbn", *_BY_READERS)
_THESIS = ("author", "title", "school", "type", "month", "year", *_BY_READERS)
# Only what biblatex's data model has for the type (blx-dm.def 3.18); anything else is a warning in every document.
_FIELDS = {
    "article": (
        "author",
        "title",
        "journal",
        "volume",
        "number",
        "pages",
        "eid",
        "month",
        "year",
        "issn",
        *_BY_READERS,
    ),
    "inproceedings": _IN_A_BOOK,
    "incollection": _IN_A_BOOK,
    "book": ("author", "editor", "title", "series", "volume", "publisher", "month", "year", "isbn", *_BY_READERS),
    "phdthesis": _THESIS,
    "mastersthesis": _THESIS,
    "techreport": ("author", "title", "institution", "number", "pages", "month", "year", *_BY_READERS),
    "misc": ("author", "title", "howpublished", "month", "year", *_BY_READERS),
}
_SEVERAL = re.compile(r"([,;]\s*)")
_NAMES_OF_ORGANISATIONS = ("school", "institution", "publisher")
"""Lists for biblatex: a bare " and " in them would part one name into two."""
# What BibTeX and the \url command carry through unchanged; what styles print without it has no sign of LaTeX's.
_BARE = re.compile(r"[!-\[\]-z|~]+")
_PLAIN = re.compile(r"[A-Za-z0-9./:+-]+")
_NUMBER = re.compile(r"[0-9][0-9-]{6,20}[0-9Xx]")
_READ_AS_ADDRESS = ("doi", "url")
_SORT_WORDS = 3
"""Words of the title that stand in for missing authors when styles sort and label."""
_RESERVED = frozenset(["aux", "con", "nul", "prn"])
"""File names that Windows cannot check out."""
_LONGEST_NAME = 60


def render(papers: Sequence[Paper], *, ascii_only: bool = False) -> str:
    """Render the whole file; `ascii_only` writes every other letter as a LaTeX command.

    Raises:
        ValueError: Two works share a key, so that no program could read the file.
    """
    return _BETWEEN.join(_texts(papers, ascii_only=ascii_only).values())


def render_files(papers: Sequence[Paper], *, ascii_only: bool = False) -> dict[str, str]:
    """Render `references.bib`, and a file for each outermost heading, `references/2021.bib`, path -> text.

    A work is in all of its sections. Raises ValueError where two works share a key.
    """
    texts = _texts(papers, ascii_only=ascii_only)
    sections: dict[str, set[str]] = {}
    for paper in papers:
        if paper.key in texts:
            name = _file_name(paper.listed.section[0] if paper.listed.section else "")
            sections.setdefault(f"references/{name}.bib", set()).add(paper.key)
    parts = {path: _BETWEEN.join(texts[key] for key in sorted(sections[path])) for path in sorted(sections)}
    return {WHOLE: _BETWEEN.join(texts.values()), **parts}


def merge_retired(old_text: str, gone: Iterable[Paper], *, returned: Collection[str] = ()) -> str:
    """Add papers that left the list to `references-retired.bib`; entries that are there already keep every byte.

    Entries whose key is in `returned` are on the list again and leave the file. Whatever else is in it stays, on top.
    """
    kept: dict[str, str] = {}
    other: list[str] = []
    for block in parse_string(old_text, parse_stack=[]).blocks:
        raw = (block.raw or "").strip()
        if isinstance(block, Entry):
            kept[block.key] = raw
        elif raw:
            other.append(raw)
    for paper in reference.works(gone):
        kept.setdefault(paper.key, render([paper]).strip())
    entries = [kept[key] for key in sorted(kept) if key not in returned]
    return "\n\n".join([*other, *entries]) + "\n" if other or entries else ""


def _texts(papers: Iterable[Paper], *, ascii_only: bool) -> dict[str, str]:
    """Return each work's entry as it stands in every file, by key, sorted."""
    layout = BibtexFormat()  # type: ignore[no-untyped-call]
    layout.indent = "  "
    # Its middlewares copy every entry unless told otherwise.
    stack = default_unparse_stack(allow_inplace_modification=True)
    texts: dict[str, str] = {}
    for paper in reference.works(papers):
        if paper.key in texts:
            raise ValueError(f"two works share the key {paper.key}")
        library = Library([_entry(paper, ascii_only=ascii_only)])
        texts[paper.key] = write_string(library, unparse_stack=stack, bibtex_format=layout)
    return texts


def _entry(paper: Paper, *, ascii_only: bool) -> Entry:
    escape = latex.encode if ascii_only else latex.escape
    kind = "mastersthesis" if paper.degree in ("master", "bachelor") and paper.type == "thesis" else _TYPES[paper.type]
    said = {**_text_fields(paper, escape), **_bare_fields(paper)}
    said["author"] = render_names(paper.authors, ascii_only=ascii_only)
    if kind != "book" or not paper.authors:  # btxdoc: a book has authors or editors
        said["editor"] = render_names(paper.editors, ascii_only=ascii_only)
    title = reference.line(paper.title) or ""
    said["title"] = protect(title, escape, keeps_capitals=language.keeps_capitals(title, paper.language))
    fields = [
        Field(name, said[name], enclosing="no-enclosing" if name == "month" else None)
        for name in _FIELDS[kind]
        if said.get(name)
    ]
    return Entry(kind, paper.key, fields)


def _text_fields(paper: Paper, escape: Callable[[str], str]) -> dict[str, str]:
    """Return the fields that LaTeX typesets, under every name that some entry type has for them."""
    organisation = reference.organisation(paper)
    values = {
        "journal": paper.venue,
        "booktitle": paper.venue,
        "school": organisation,
        "institution": organisation,
        "howpublished": _outlet(paper),
        # The entry type says the others.
        "type": reference.genre(paper) if paper.degree in (None, "bachelor") else None,
        "series": paper.series,
        "volume": paper.volume,
        "number": paper.issue,
        "eid": reference.locator(paper)[1],
        "publisher": paper.publisher,
        "keywords": paper.listed.category,
        "note": reference.retraction(paper),
        "key": None if paper.authors or paper.editors else " ".join(paper.title.split()[:_SORT_WORDS]),
    }
    said = {name: escape(value) for name, value in values.items() if value}
    if "]" in said.get("key", ""):  # natbib's label would end there
        said["key"] = f"{{{said['key']}}}"
    for name in _NAMES_OF_ORGANISATIONS:
        if " and " in said.get(name, ""):
            said[name] = f"{{{said[name]}}}"
    if "series" in said:
        # A name, not a title: pandoc would put it in sentence case.
        said["series"] = f"{{{said['series']}}}"
    pages = reference.locator(paper)[0]
    if pages:
        said["pages"] = "".join(
            part if _SEVERAL.fullmatch(part) else "--".join(escape(end) for end in reference.page_range(part) if end)
            for part in _SEVERAL.split(pages)
        )
    return said


def _bare_fields(paper: Paper) -> dict[str, str]:
    """Return the fields that programs read: never escaped, so what is not safe as it is is left out."""
    doi, ids = paper.ids.doi, paper.ids
    is_bare = doi is not None and _BARE.fullmatch(doi) is not None
    values = {
        "month": _MONTHS.get(paper.month) if paper.month and paper.year else None,
        "year": str(paper.year) if paper.year else None,
        "issn": next(filter(_NUMBER.fullmatch, paper.issn), None),
        "isbn": next(filter(_NUMBER.fullmatch, paper.isbn), None),
        "langid": language.babel_name(paper.language),
        "doi": doi,
        "eprint": ids.arxiv,
        "archiveprefix": ids.arxiv and "arXiv",
        "primaryclass": reference.arxiv_class(paper),
        "url": doi_url(doi) if doi and not is_bare else reference.url(paper),
    }
    signs = {name: _BARE if name in _READ_AS_ADDRESS else _PLAIN for name in values}
    return {name: value for name, value in values.items() if value and signs[name].fullmatch(value)}


def _outlet(paper: Paper) -> str | None:
    """Return where a work appeared that is in no journal, book or proceedings."""
    if paper.type == "preprint" and paper.ids.arxiv:
        return f"arXiv:{paper.ids.arxiv}"
    return paper.venue or paper.publisher


def _file_name(heading: str) -> str:
    """Return a heading as `[a-z0-9-]`; one without such letters is told apart by its checksum.

    >>> _file_name("2021"), _file_name("Über ../Größe?"), _file_name("")
    ('2021', 'uber-grosse', 'no-section')
    """
    folded = unicodedata.normalize("NFKD", heading.casefold())
    words = re.findall("[a-z0-9]+", "".join(letter for letter in folded if not unicodedata.combining(letter)))
    name = "-".join(words)[:_LONGEST_NAME].strip("-")
    if not name:
        return f"section-{crc32(heading.encode()):08x}" if heading.strip() else "no-section"
    return f"section-{name}" if name in _RESERVED else name
