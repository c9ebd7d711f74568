r"""known.bib: bibliographic facts that a human verified.

in -> out: the text of a BibTeX file -> `Record`s of the source `known`, which need no network. Parsed by bibtexparser;
names are split and LaTeX is decoded by its middlewares. Read strictly, because a slip would silently lose a fact:
anything but entries and `%` comments, a field twice, an unknown type, a DOI that is none: `UsageError` with the line.

Fields: title author journal booktitle series publisher school institution year month volume number pages eid issn isbn
doi eprint url pmid pmcid language, and `annotation`, which says how sure a fact is and becomes part of the evidence.
All others are for humans. The key is the proposed key of the paper; without authors it proposes nothing, the rule of
keys needs one.
"""

import logging
import re
from collections.abc import Callable, Iterable

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import NameParts, SeparateCoAuthors, SplitNameParts
from bibtexparser.model import (
    Block,
    Entry,
    ExplicitComment,
    Field,
    ImplicitComment,
    ParsingFailedBlock,
    Preamble,
    String,
)

from pipeline.errors import UsageError
from pipeline.model import Author, Ids, Record, Version, WorkType
from pipeline.sources import container
from pipeline.text import arxiv, bibtex, date, latex, markup
from pipeline.text import doi as doi_text

# What the library writes into its log we say in a `UsageError`.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())

# A `misc` or `online` with an arXiv `eprint` is a preprint.
_TYPES: dict[str, WorkType] = {
    "article": "article", "inproceedings": "inproceedings", "conference": "inproceedings",
    "incollection": "incollection", "inbook": "incollection", "book": "book", "proceedings": "book",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "dataset": "dataset", "misc": "misc", "online": "misc", "unpublished": "misc", "manual": "misc",
    "booklet": "misc", "software": "misc",
}  # fmt: skip
_SPLIT = re.compile(r"[\s,;]+")
_PMCID = re.compile(r"PMC[0-9]+")


def read(text: str, name: str = "known.bib") -> tuple[Record, ...]:
    """Read every entry, in the order of the file.

    Args:
        text: BibTeX.
        name: the file as messages call it.

    Raises:
        UsageError: the file holds anything that cannot be read, with the line.
    """
    library = parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    records = []
    seen: dict[str, int] = {}
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, ImplicitComment):
            _check_comment(block.comment, name, line)
        elif isinstance(block, Entry):
            record = _Reader(block, name).read()
            _check_is_first((f"key {block.key.lower()}", f"doi {record.ids.doi}"), seen, name=name, line=line)
            records.append(record)
        elif not isinstance(block, String | ExplicitComment | Preamble):
            raise UsageError(f"{name}:{line}: this entry cannot be read: {_reason(block)}")
    return tuple(records)


def _reason(block: Block) -> str:
    """Return why the parser failed; its words for a duplicate field end in advice to programmers."""
    error = block.error if isinstance(block, ParsingFailedBlock) else None
    return (getattr(error, "abort_reason", None) or str(error)).partition(" Note:")[0].rstrip(". ") + "."


def _check_comment(comment: str, name: str, line: int) -> None:
    """BibTeX passes over text between entries, and with it over an entry whose `@` was lost."""
    for offset, text in enumerate(comment.splitlines()):
        if text.strip() and not text.lstrip().startswith("%"):
            raise UsageError(f"{name}:{line + offset}: neither an entry nor a % comment: {text[:60]!r}.")


def _check_is_first(names: Iterable[str], seen: dict[str, int], *, name: str, line: int) -> None:
    for what in names:
        if what != "doi None" and seen.setdefault(what, line) != line:
            raise UsageError(f"{name}:{line}: the {what} stands in line {seen[what]} already.")


class _Reader:
    """Reads one entry; every complaint names its line."""

    def __init__(self, entry: Entry, name: str) -> None:
        self._entry, self._name = entry, name
        self._fields: dict[str, Field] = {field.key.lower(): field for field in entry.fields}
        for field in entry.fields:
            self._check(field)

    def read(self) -> Record:
        """Return the entry's claims. Raises `UsageError`."""
        work_type = self._type()
        doi, arxiv_id = self._doi(), self._arxiv()
        year, month = self._number("year"), self._month()
        pages, article_number = container.clean_pages(self._text("pages"))
        home = "journal" if work_type == "article" else "booktitle"
        series = self._text("series")
        is_published = work_type != "preprint" and not (doi and doi_text.is_arxiv(doi))
        preprint = Version(kind="preprint", url=arxiv.url(arxiv_id)) if arxiv_id and is_published else None
        authors = self._authors()
        return Record(
            source="known",
            bibtex_key=self._entry.key if authors else None,
            note=self._text("annotation"),
            title=self._text("title"),
            authors=tuple(author for author in authors if author.family != "others"),
            authors_complete=all(author.family != "others" for author in authors),
            type=work_type,
            raw_type=self._entry.entry_type,
            year=year,
            month=month,
            date=f"{year}-{month:02}" if year and month else str(year) if year else None,
            years=(year,) if year else (),
            venue=self._text(home),
            series=series,
            other_venues=(series,) if series else (),
            publisher=self._text("publisher") or self._text("school") or self._text("institution"),
            volume=self._text("volume"),
            issue=self._text("number"),
            pages=pages,
            article_number=self._text("eid") or article_number,
            issn=self._list("issn", container.clean_issns),
            isbn=self._list("isbn", container.clean_isbns),
            ids=Ids(doi=doi, arxiv=arxiv_id, pmid=self._pmid(), pmcid=self._pmcid()),
            landing_urls=(url,) if (url := self._raw("url")) else (),
            versions=(preprint,) if preprint else (),
            language=self._text("language"),
        )

    def _fail(self, field: str | None, message: str) -> UsageError:
        found = self._fields.get(field or "")
        line = found.start_line if found is not None and found.start_line is not None else self._entry.start_line
        return UsageError(f"{self._name}:{(line or 0) + 1}: {self._entry.key or 'entry without key'}: {message}")

    def _check(self, field: Field) -> None:
        """Refuse what the parser passes over: a lost comma, `#`, strings that are defined nowhere."""
        if not isinstance(field.value, str):
            return
        depth = 0
        for brace in re.findall(r"(?<!\\)[{}]", field.value):
            depth += 1 if brace == "{" else -1
            if depth < 0:
                break
        if depth:
            raise self._fail(field.key.lower(), f"`{field.key}` has unbalanced braces; is a comma missing?")
        is_bare = field.enclosing == "no-enclosing"
        if is_bare and not field.value.isdigit() and not date.month(field.value):
            raise self._fail(field.key.lower(), f"`{field.key}` needs braces around its value.")

    def _text(self, field: str) -> str | None:
        return markup.clean(latex.decode(self._raw(field)))

    def _raw(self, field: str) -> str:
        found = self._fields.get(field)
        return str(found.value).strip() if found is not None else ""

    def _type(self) -> WorkType:
        if not bibtex.is_key(self._entry.key):
            raise self._fail(None, "a key holds letters, digits and : . _ / + - only, and at most 200 of them.")
        named = _TYPES.get(self._entry.entry_type.lower())
        if named is None:
            raise self._fail(None, f"@{self._entry.entry_type} is no type of entry that we know.")
        return "preprint" if named == "misc" and self._raw("eprint") else named

    def _doi(self) -> str | None:
        stated = self._raw("doi")
        doi = doi_text.clean(stated)
        if stated and (doi is None or doi_text.is_denied(doi)):
            raise self._fail("doi", f"“{stated}” is not a DOI.")
        return doi

    def _arxiv(self) -> str | None:
        stated, archive = self._raw("eprint"), self._raw("archiveprefix") or "arXiv"
        arxiv_id = arxiv.clean(stated)
        if stated and (arxiv_id is None or archive.lower() != "arxiv"):
            raise self._fail("eprint", f"“{stated}” is not an id of arXiv.")
        return arxiv_id

    def _pmid(self) -> str | None:
        stated = self._raw("pmid")
        if stated and not re.fullmatch(r"[0-9]{1,9}", stated):
            raise self._fail("pmid", f"“{stated}” is not a PMID.")
        return stated or None

    def _pmcid(self) -> str | None:
        stated = self._raw("pmcid").upper()
        if stated and not _PMCID.fullmatch(stated):
            raise self._fail("pmcid", f"“{stated}” is not a PMCID.")
        return stated or None

    def _number(self, field: str) -> int | None:
        stated = self._raw(field)
        if stated and not re.fullmatch(r"[1-9][0-9]{3}", stated):
            raise self._fail(field, f"`{field}` is not a number of four digits: “{stated}”.")
        return int(stated) if stated else None

    def _month(self) -> int | None:
        stated = self._raw("month")
        month = date.month(stated)
        if stated and month is None:
            raise self._fail("month", f"“{stated}” is not a month.")
        return month

    def _list(self, field: str, clean: Callable[[Iterable[str]], tuple[str, ...]]) -> tuple[str, ...]:
        stated = [part for part in _SPLIT.split(self._raw(field)) if part]
        cleaned = clean(stated)
        if len(cleaned) != len(set(stated)):
            raise self._fail(field, f"`{field}` holds something else: “{' '.join(stated)}”.")
        return cleaned

    def _authors(self) -> tuple[Author, ...]:
        found = self._fields.get("author")
        parts: list[NameParts] = found.value if found is not None else []
        return tuple(map(bibtex.read_name, parts))
