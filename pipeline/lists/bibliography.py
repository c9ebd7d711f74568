"""Lists that are no Markdown: a `.bib`, a table of comma-separated values, lines of identifiers.

in -> out: the text -> a `ParsedList`, and for each entry what a human gave it: its citation key, the fields that were
written by hand, the identifier that it consists of. Read leniently: what is broken in a `.bib` is passed over, told,
and stays in the file where it is.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping

import msgspec
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import DuplicateBlockKeyBlock, ParsingFailedBlock
from bibtexparser.model import Entry as Block

from pipeline.addresses.identifiers import from_url
from pipeline.model import Author, Entry, FieldValue, Identifier, Issue, ParsedList
from pipeline.text import arxiv as arxiv_text
from pipeline.text import bibtex, latex, markup
from pipeline.text import doi as doi_text

_BIB = re.compile(r"^\s*@\w+\s*\{", re.MULTILINE)
_YEAR = re.compile(r"\d{4}")
_LONGEST_HEADER = 100_000
"""Characters in which the names of columns are looked for; Python's reader takes no longer cell."""
_ENDINGS = {"bib": "bib", "csv": "csv", "tsv": "csv", "txt": "txt"}
_COLUMNS = {
    "key": "key", "id": "key", "doi": "doi", "arxiv": "arxiv", "arxiv_id": "arxiv", "pmid": "pmid", "url": "url",
    "link": "url", "title": "title", "authors": "authors", "author": "authors", "year": "year", "venue": "venue",
    "journal": "venue", "booktitle": "venue", "category": "category",
}  # fmt: skip
_IDENTIFYING = frozenset(["doi", "arxiv", "pmid", "url", "title"])
NEEDED = {
    "bib": "It needs an entry: @article{key, title = {...}}.",
    "csv": "Its first line must name the columns, one of them title, doi, arxiv, pmid or url.",
    "txt": "It needs a DOI, an arXiv number, an address or a title on each line; lines that begin with # do not count.",
}
"""What a list of each form must hold at least."""
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
    issues: tuple[Issue, ...] = ()
    """What concerns no entry that could be read."""


def find_form(name: str, text: str) -> str | None:
    """Return what a file holds: bib, csv or txt; None for Markdown. Without a name its text tells.

    >>> find_form("a.bib", ""), find_form("list.md", "@book{"), find_form("-", "@misc{a,"), find_form("-", "10.5555/a")
    ('bib', None, 'bib', 'txt')
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    if name != "-":
        return None
    if _BIB.search(text):
        return "bib"
    return "csv" if _IDENTIFYING & set(_header(text)) else "txt"


def read(text: str, form: str) -> Bibliography:
    """Read a list of one of the forms that `find_form` knows."""
    readers = {"bib": _read_bib, "csv": _read_csv, "txt": _read_lines}
    found = list(readers[form](text))
    pairs = [one for one in found if not isinstance(one, Issue)]
    return Bibliography(
        parsed=ParsedList(title=None, entries=tuple(entry for entry, _ in pairs)),
        given=tuple(given for _, given in pairs),
        issues=tuple(one for one in found if isinstance(one, Issue)),
    )


def _read_bib(text: str) -> Iterator[tuple[Entry, Given] | Issue]:
    library = parse_string(text, parse_stack=())
    strings: dict[str, str] = {}
    for string in library.strings:
        strings[string.key.lower()] = _value(string.value, strings)
    for block in library.blocks:
        inner = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else block
        line = (block.start_line or 0) + 1
        if isinstance(inner, Block):
            yield _read_block(inner, line, strings, is_second=isinstance(block, DuplicateBlockKeyBlock))
        elif isinstance(block, ParsingFailedBlock):
            head = " ".join((block.raw or "").split())[:40]
            message = f"“{head}” cannot be read: a brace, a quotation mark or a comma is missing or too many."
            yield Issue(rule="bib-broken", line=line, message=message)


def _value(raw: str, strings: Mapping[str, str]) -> str:
    """Return what a field says: braces and quotation marks taken off, strings written out, parts joined.

    >>> _value('tmi # " (in press) " # {{A} # B}', {"tmi": "Medical Imaging"})
    'Medical Imaging (in press) {A} # B'
    """
    if "#" not in raw:
        return _part(raw.strip(), strings)
    parts, depth, is_quoted = [""], 0, False
    for sign in raw:
        depth += (sign == "{") - (sign == "}")
        is_quoted ^= sign == '"' and depth == 0
        if sign == "#" and depth == 0 and not is_quoted:
            parts.append("")
        else:
            parts[-1] += sign
    return "".join(_part(part.strip(), strings) for part in parts)


def _part(raw: str, strings: Mapping[str, str]) -> str:
    is_enclosed = len(raw) > 1 and raw[0] + raw[-1] in ("{}", '""')
    return raw[1:-1] if is_enclosed else strings.get(raw.lower(), raw)


def _read_block(block: Block, line: int, strings: Mapping[str, str], *, is_second: bool) -> tuple[Entry, Given]:
    raw = {field.key.strip().lower(): _value(field.value, strings) for field in block.fields}

    def said(name: str) -> str | None:
        return markup.clean(latex.decode(raw[name])) if name in raw else None

    year = _year(said("year") or said("date"))
    venue = said("journal") or said("journaltitle") or said("booktitle")
    authors = tuple(_read_names(raw.get("author", "")))
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
        issues=tuple(_key_issues(block.key, line, is_second=is_second)),
    )
    return entry, Given(key=None if entry.issues else block.key, fields=tuple(kept), authors=authors)


def _key_issues(key: str, line: int, *, is_second: bool) -> Iterator[Issue]:
    if not bibtex.is_key(key):
        message = (
            f"The key “{key}” holds characters that no document can cite, or more than 200; the outputs give the paper"
            " another."
        )
        yield Issue(rule="strange-key", line=line, message=message)
    elif is_second:
        message = (
            f"An entry above has the key “{key}” too, and BibTeX reads only one; the outputs give this one another."
        )
        yield Issue(rule="key-twice", line=line, message=message)


def _read_names(names: str) -> Iterator[Author]:
    for name in split_multiple_persons_names(names):
        try:
            parts = parse_single_name_into_parts(name)
        except InvalidNameError:
            continue
        if parts.last != ["others"]:
            yield bibtex.read_name(parts)


def _is_arxiv(raw: Mapping[str, str]) -> bool:
    return (raw.get("archiveprefix") or raw.get("eprinttype") or "arxiv").lower() == "arxiv"


def _read_csv(text: str) -> Iterator[tuple[Entry, Given]]:
    header = _header(text)
    if not _IDENTIFYING & set(header):
        return
    for line, cells in _rows(text):
        said = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name and cell.strip()}
        if not _IDENTIFYING & set(said):
            continue
        url = _url(said.get("doi"), said.get("arxiv"), said.get("url"), said.get("pmid"))
        year = _year(said.get("year"))
        if "title" not in said:
            yield _read_identifier(url or "", line, said.get("key"))
            continue
        entry = Entry(
            line=line, title=" ".join(said["title"].split()), year=year, venue=said.get("venue"), url=url,
            category=said.get("category"), authors=tuple(re.split(r"\s*;\s*|\s+and\s+", said.get("authors", "")))
            if "authors" in said else (),
        )  # fmt: skip
        kept: list[tuple[str, FieldValue]] = [
            (name, " ".join(said[name].split())) for name in ("title", "venue") if name in said
        ]
        kept += [("year", year)] if year else []
        yield entry, Given(key=_key(said.get("key")), fields=tuple(kept))


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows below the header, each with its first line."""
    # Python's own bound of a cell is for files of any size; ours is bounded, and no cell is longer than its file.
    bound = csv.field_size_limit(len(text))
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
        next(reader)
        rows, after = [], reader.line_num
        for cells in reader:
            rows.append((after + 1, cells))
            after = reader.line_num
        return rows
    finally:
        csv.field_size_limit(bound)  # it is the whole program's


def _header(text: str) -> list[str]:
    head = text.partition("\n")[0][:_LONGEST_HEADER]
    first = next(csv.reader([head], delimiter=_separator(head)), [])
    return [_COLUMNS.get(name.strip().lower().lstrip("\ufeff"), "") for name in first]


def _separator(text: str) -> str:
    """Return what stands between the cells: what the header has most of."""
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


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
