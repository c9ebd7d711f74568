"""The old catalog as memory: which row an entry is, and what it said last time.

in -> out: entries with their identifiers and the old catalog -> the old `Paper` of each entry; an old `Paper` and a
source -> the `Record` that stands in for that source while it gives no answer. Rule of the tie: design.md, "`key`".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from pipeline.addresses.identifiers import from_url, page_name
from pipeline.model import Catalog, Entry, Identifier, Ids, Paper, Record, Retired
from pipeline.text import arxiv as arxiv_text
from pipeline.text import title as title_text

SCALARS = (
    "title", "editors", "type", "year", "month", "date", "venue", "short_venue", "series", "publisher",
    "institution", "degree", "volume", "issue", "pages", "article_number", "issn", "isbn", "open_access",
    "abstract", "topics", "keywords", "language", "notices",
)  # fmt: skip
"""Fields of a paper that one source each has given, named alike in `Paper` and `Record`."""
VOLATILE = ("citation_count", "citations_by_year", "open_access", "retracted", "notices")
REMEMBERED = tuple(dict.fromkeys((*SCALARS, "authors", *VOLATILE)))
"""What the catalog keeps of a source's record."""


def tie(
    entries: Sequence[Entry], identifiers: Sequence[tuple[Identifier, ...]], old: Catalog | None
) -> dict[int, Paper]:
    """Return the ledger row of each entry, by the entry's position in the list; `identifiers` has one element each.

    An entry is the paper of a ledger row if they share, in this order, an identifier, the normalised paper link, or the
    folded listed title. Several entries may share a ledger row by identifier or link: they are rows of one work. By
    title only one entry may claim a row, the first one that is tied to no other row yet. Where the titles have nothing
    in common, the identifier or link may be a slip of copy and paste: such an entry gets a row only if no other entry
    claims it.
    """
    if old is None:
        return {}
    first = [paper for paper in old.papers if paper.duplicate_of is None]
    tied: dict[int, Paper] = {}
    doubtful: dict[int, Paper] = {}
    values = [_entry_identifiers(found) for found in identifiers]
    links = [_links(entry.url) for entry in entries]
    for at, row in (
        *_shared(entries, values, first, _paper_identifiers),
        *_shared(entries, links, first, lambda paper: _links(paper.listed.url)),
    ):
        if _is_titled_alike(entries[at], row):
            tied.setdefault(at, row)
        else:
            doubtful.setdefault(at, row)
    claimed = {paper.key for paper in tied.values()}
    by_title = {title_text.fold(paper.listed.title): paper for paper in reversed(first) if paper.key not in claimed}
    for at, entry in enumerate(entries):
        found = by_title.pop(title_text.fold(entry.title), None) if at not in tied else None
        if found is not None:
            tied[at] = found
            claimed.add(found.key)
    for at, row in doubtful.items():
        if at not in tied and row.key not in claimed:
            tied[at] = row
            claimed.add(row.key)
    return tied


def retire(old: Catalog | None, papers: Iterable[Paper], today: str) -> tuple[Retired, ...]:
    """Return the papers that have left the list, with their keys, by key; one that came back is not among them."""
    if old is None:
        return ()
    present = {paper.key for paper in papers}
    gone = {row.key: row for row in old.retired if row.key not in present}
    for paper in old.papers:
        if paper.key not in present and not paper.key_provisional:
            gone.setdefault(
                paper.key, Retired(key=paper.key, ids=paper.ids, title=paper.title, last_seen=today, news=paper.news)
            )
    return tuple(gone[key] for key in sorted(gone))


def returning(papers: Mapping[int, Paper], old: Catalog | None) -> dict[int, str]:
    """Return the old keys of the papers that had left the list and are back, by the same positions as `papers`."""
    if old is None or not old.retired:
        return {}
    keys: dict[str, str] = {}
    for row in old.retired:
        for name in _names(row.ids, row.title):
            keys.setdefault(name, row.key)
    found = {at: _names(paper.ids, paper.title) for at, paper in papers.items()}
    return {at: keys[name] for at, names in found.items() for name in reversed(names) if name in keys}


def _names(ids: Ids, title: str) -> tuple[str, ...]:
    """Return what identifies a work, strongest first; the title only where it has no identifier."""
    values = [f"{scheme}:{value}" for scheme in ids.__struct_fields__ if (value := getattr(ids, scheme))]
    return tuple(values) or (f"title:{title_text.fold(title)}",)


def remembered(old: Paper, source: str) -> Record | None:
    """Return what a source said about a paper when it last answered, as the catalog has it."""
    fields = {name: getattr(old, name) for name in SCALARS if old.sources.get(name) == source}
    if old.sources.get("authors") == source or old.sources.get("affiliations") == source:
        fields["authors"] = old.authors
    count = getattr(old.citations, source, None)
    if count is not None:
        fields["citation_count"] = count.count
        if source == "openalex":
            fields["citations_by_year"] = tuple(old.citations.by_year.items())
    if old.sources.get("retracted") == source:
        fields["retracted"] = old.retracted
    if not fields:
        return None
    return Record(source=source, ids=old.ids, **fields)  # type: ignore[arg-type]


def completed(record: Record, memory: Record) -> Record:
    """Fill the blanks of a record that was not fully understood with what its source said last time."""
    blank = Record(source=record.source)
    fields = {name: getattr(memory, name) for name in REMEMBERED if getattr(record, name) == getattr(blank, name)}
    return msgspec.structs.replace(record, **fields)


YEARS_COUNTED = 10
"""OpenAlex counts citations by year for so many years back; older ones leave the list by themselves."""


def less_than_before(record: Record, memory: Record, today: str) -> tuple[str, ...]:
    """Return what a source always says, said last time, and does not say now: its answer is half an answer."""
    always = {"title": "the title", "authors": "the authors", "year": "the year", "citation_count": "the count"}
    nothing = (None, ())
    less = [w for n, w in always.items() if getattr(memory, n) not in nothing and getattr(record, n) in nothing]
    newest = max((int(year) for year, _ in memory.citations_by_year), default=0)
    if record.citation_count and not record.citations_by_year and newest > int(today[:4]) - YEARS_COUNTED:
        less.append("the counts by year")
    return tuple(less)


def overlaid(memory: Record, record: Record) -> Record:
    """Return what was said last time, with what changes by itself from half an answer.

    Nothing else in it is believed: type, venue and the like are derived from several fields of an answer, and any of
    them may be among those that were left out.
    """
    blank = Record(source=record.source)
    said = {name: getattr(record, name) for name in VOLATILE if getattr(record, name) != getattr(blank, name)}
    return msgspec.structs.replace(memory, **said)


def last_days(old: Catalog | None) -> dict[str, str]:
    """Return for each source the newest day on which the catalog shows an answer of it, about whichever paper."""
    days: dict[str, str] = {}
    for paper in old.papers if old else ():
        for source in ("openalex", "crossref"):
            count = getattr(paper.citations, source)
            if count is not None:
                days[source] = max(count.as_of, days.get(source, ""))
    return days


def _shared(
    entries: Sequence[Entry],
    values: Sequence[Iterable[str]],
    papers: Iterable[Paper],
    paper_values: Callable[[Paper], Iterable[str]],
) -> Iterator[tuple[int, Paper]]:
    """Yield the position of an entry with a row that shares a value with it: that of its title, else the first."""
    rows: dict[str, dict[str, Paper]] = {}
    for paper in papers:
        for value in paper_values(paper):
            rows.setdefault(value, {}).setdefault(title_text.fold(paper.listed.title), paper)
    for at, entry in enumerate(entries):
        found = next((rows[value] for value in values[at] if value in rows), None)
        if found is not None:
            yield at, found.get(title_text.fold(entry.title)) or next(iter(found.values()))


def _is_titled_alike(entry: Entry, row: Paper) -> bool:
    """Tell whether half of the words agree with those that the row was listed with, or with the record's."""
    titles = (row.listed.title, row.title)
    return entry.title in titles or any(title_text.agree(entry.title, title).level != "none" for title in titles)


def _entry_identifiers(identifiers: tuple[Identifier, ...]) -> tuple[str, ...]:
    return tuple(f"{identifier.scheme}:{identifier.value}" for identifier in identifiers)


def _paper_identifiers(paper: Paper) -> tuple[str, ...]:
    named = [(scheme, getattr(paper.ids, scheme)) for scheme in paper.ids.__struct_fields__]
    named += [("doi", version.doi) for version in paper.versions]
    if paper.listed.url:
        named += [(identifier.scheme, identifier.value) for identifier in from_url(paper.listed.url)]
    values = [f"{scheme}:{value}" for scheme, value in named if value]
    if paper.ids.arxiv:
        values.append(f"doi:{arxiv_text.doi(paper.ids.arxiv)}")
    return tuple(dict.fromkeys(values))


def _links(url: str | None) -> tuple[str, ...]:
    return (page_name(url),) if url else ()


def with_abstract(paper: Paper, old: Paper | None) -> Paper:
    """Return the paper with last time's abstract: a snapshot's records are kept without theirs."""
    if old is None or paper.abstract or not old.abstract or paper.ids.doi != old.ids.doi:
        return paper
    sources = paper.sources | {"abstract": old.sources["abstract"]} if "abstract" in old.sources else paper.sources
    return msgspec.structs.replace(paper, abstract=old.abstract, sources=sources)
