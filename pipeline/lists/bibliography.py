"""Lists that are no Markdown: a `.bib`, a table of comma-separated values, lines of identifiers.

in -> out: the text -> a `ParsedList`, and for each entry what a human gave it: its citation key, the fields that were
written by hand, the identifier that it consists of. Read leniently: what is broken in a `.bib` is passed over and
stays in the file where it is.
"""

import csv
import re
from collections.abc import Iterator

import msgspec
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import NameParts, SeparateCoAuthors, SplitNameParts
from bibtexparser.model import Entry as Block
from bibtexparser.model import ParsingFailedBlock

from pipeline.addresses.identifiers import from_url
from pipeline.model import Author, Entry, FieldValue, Identifier, Issue, ParsedList
from pipeline.text import arxiv as arxiv_text
from pipeline.text import bibtex, latex, markup
from pipeline.text import doi as doi_text

_BIB = re.compile(r"^\s*@\w+\s*\{", re.MULTILINE)
_YEAR = re.compile(r"\d{4}")
_COLUMNS = {
    "key": "key", "id": "key", "doi": "doi", "arxiv": "arxiv", "arxiv_id": "arxiv", "pmid": "pmid", "url": "url",
    "link": "url", "title": "title", "authors": "authors", "author": "authors", "year": "year", "venue": "venue",
    "journal": "venue", "booktitle": "venue", "category": "category",
}  # fmt: skip
_IDENTIFYING = frozenset(["doi", "arxiv", "pmid", "url", "title"])
_KEPT = {"title": "title", "volume": "volume", "number": "issue", "pages": "pages", "publisher": "publisher"}
"""Fields of a `.bib` that are taken over as they are, and their names in the catalog."""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What a human gave an entry, beside what every list says."""

    key: str | None = None
    fields: tuple[tuple[str, FieldValue], ...] = ()
    authors: tuple[Author, ...] = ()
    identifier: Identifier | None = None
    """The row is nothing but this identifier."""


class Bibliography(msgspec.Struct, frozen=True, kw_only=True):
    """A list that is no Markdown, read; `given` is as long as its entries."""

    parsed: ParsedList
    given: tuple[Given, ...]


def find_form(name: str, text: str) -> str | None:
    """Return what a file holds: bib, csv or txt; None for Markdown. Without a name its text tells.

    >>> find_form("a.bib", ""), find_form("list.md", "@book{"), find_form("-", "@misc{a,"), find_form("-", "10.5555/a")
    ('bib', None, 'bib', 'txt')
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in ("bib", "csv", "txt"):
        return ending
    if name != "-":
        return None
    if _BIB.search(text):
        return "bib"
    return "csv" if _IDENTIFYING & set(_header(text)) else "txt"


def read(text: str, form: str) -> Bibliography:
    """Read a list of one of the forms that `find_form` knows."""
    readers = {"bib": _read_bib, "csv": _read_csv, "txt": _read_lines}
    pairs = list(readers[form](text))
    return Bibliography(
        parsed=ParsedList(title=None, entries=tuple(entry for entry, _ in pairs)),
        given=tuple(given for _, given in pairs),
    )


def _read_bib(text: str) -> Iterator[tuple[Entry, Given]]:
    for block in parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()]).blocks:
        failed = block if isinstance(block, ParsingFailedBlock) else None
        inner = failed.ignore_error_block if failed is not None else block
        if isinstance(inner, Block):
            yield _read_block(inner, (inner.start_line or 0) + 1)


def _read_block(block: Block, line: int) -> tuple[Entry, Given]:
    raw = {field.key.lower(): field.value for field in block.fields}

    def said(name: str) -> str | None:
        value = raw.get(name)
        return markup.clean(latex.decode(value)) if isinstance(value, str) else None

    year = _year(said("year") or said("date"))
    venue = said("journal") or said("journaltitle") or said("booktitle")
    names = raw.get("author")
    authors = tuple(bibtex.read_name(part) for part in names if _is_name(part)) if isinstance(names, list) else ()
    url = _url(said("doi"), said("eprint") if _is_arxiv(raw) else None, said("url"))
    kept: list[tuple[str, FieldValue]] = [
        (field, value) for name, field in _KEPT.items() if (value := said(name)) and not (name == "title" and not value)
    ]
    kept += [("year", year)] if year else []
    kept += [("venue", venue)] if venue else []
    entry = Entry(
        line=line,
        title=said("title") or block.key,
        year=year,
        venue=venue,
        url=url,
        authors=tuple(" ".join(filter(None, (one.given, one.family or one.literal))) for one in authors),
        issues=() if bibtex.is_key(block.key) else (_strange_key(block.key, line),),
    )
    return entry, Given(key=block.key if bibtex.is_key(block.key) else None, fields=tuple(kept), authors=authors)


def _strange_key(key: str, line: int) -> Issue:
    message = f"The key “{key}” holds characters that no document can cite; the outputs give the paper another."
    return Issue(rule="strange-key", line=line, message=message)


def _is_name(part: object) -> bool:
    return isinstance(part, NameParts) and part.last != ["others"]


def _is_arxiv(raw: dict[str, object]) -> bool:
    archive = str(raw.get("archiveprefix") or raw.get("eprinttype") or "arxiv").lower()
    return archive == "arxiv"


def _read_csv(text: str) -> Iterator[tuple[Entry, Given]]:
    header = _header(text)
    if not _IDENTIFYING & set(header):
        return
    reader = csv.reader(text.splitlines())
    next(reader)
    for cells in reader:
        said = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name and cell.strip()}
        if not _IDENTIFYING & set(said):
            continue
        url = _url(said.get("doi"), said.get("arxiv"), said.get("url"), said.get("pmid"))
        year = _year(said.get("year"))
        if "title" not in said:
            yield _read_identifier(url or "", reader.line_num, said.get("key"))
            continue
        entry = Entry(
            line=reader.line_num, title=said["title"], year=year, venue=said.get("venue"), url=url,
            category=said.get("category"), authors=tuple(re.split(r"\s*;\s*|\s+and\s+", said.get("authors", "")))
            if "authors" in said else (),
        )  # fmt: skip
        kept: list[tuple[str, FieldValue]] = [(name, said[name]) for name in ("title", "venue") if name in said]
        kept += [("year", year)] if year else []
        yield entry, Given(key=_key(said.get("key")), fields=tuple(kept))


def _header(text: str) -> list[str]:
    first = next(csv.reader(text.splitlines()[:1]), [])
    return [_COLUMNS.get(name.strip().lower().lstrip("\ufeff"), "") for name in first]


def _read_lines(text: str) -> Iterator[tuple[Entry, Given]]:
    for number, line in enumerate(text.split("\n"), 1):
        typed = line.strip()
        if typed and not typed.startswith("#"):
            yield _read_identifier(typed, number, None)


def _read_identifier(typed: str, line: int, key: str | None) -> tuple[Entry, Given]:
    """Read a line that is an identifier, an address, or else a title."""
    found = from_url(typed) or from_url(f"doi:{typed}") or from_url(f"arxiv:{typed}")
    stated = next((one for one in found if one.scheme in ("doi", "arxiv", "pmid", "pmcid", "pii", "openalex")), None)
    url = typed if "://" in typed else None
    if stated is not None and url is None:
        url = _url(stated.value, None, None) if stated.scheme == "doi" else None
        url = arxiv_text.url(stated.value) if stated.scheme == "arxiv" else url
    return Entry(line=line, title=typed, url=url), Given(key=_key(key), identifier=stated)


def _url(doi: str | None, arxiv_id: str | None, url: str | None, pmid: str | None = None) -> str | None:
    """Return the surest address of a paper."""
    if doi and (cleaned := doi_text.clean(doi)):
        return f"https://doi.org/{cleaned}"
    if arxiv_id and (known := arxiv_text.clean(arxiv_id)):
        return arxiv_text.url(known)
    if pmid and pmid.isdecimal():
        return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
    return url


def _year(text: str | None) -> int | None:
    match = _YEAR.search(text or "")
    return int(match[0]) if match else None


def _key(text: str | None) -> str | None:
    return text if text and bibtex.is_key(text) else None
