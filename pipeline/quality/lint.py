"""Lint: what a contributor got wrong in a row, and whether the enriched data still keep their promises.

in -> out: a list as read, its catalog and the keys of its `.bib` -> findings, by line. Asks nobody anything.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

import msgspec

from pipeline.addresses.identifiers import from_url, page_name
from pipeline.model import Catalog, Entry, ParsedList
from pipeline.rules import Severity, find_severity
from pipeline.stages.catalog import expect
from pipeline.text import doi as doi_text
from pipeline.text import title as title_text

USUAL_SHARE = 0.9
"""A field that so many rows state is expected of the others; a guess that spares lists which never state it."""
HABIT_ROWS = 10
"""Fewer rows than this make no habit."""
_WEB_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to mend, with the file and line it is about."""

    file: str
    line: int
    rule: str
    message: str

    @property
    def severity(self) -> Severity:
        """How much it matters, by the table of rules."""
        return find_severity(self.rule)


def check(
    parsed: ParsedList, path: str, *, catalog: Catalog | None, catalog_path: str, bib_keys: Collection[str], year: int
) -> tuple[Finding, ...]:
    """Return every finding, those of the list first.

    Args:
        parsed: the list.
        path: its name, for the findings.
        catalog: the enriched data, None where there are none yet.
        catalog_path: their name, for the findings.
        bib_keys: citation keys of the published `.bib` files.
        year: the current year.
    """
    listed = [f for entry in parsed.entries for f in _row(entry, path, year)]
    listed += [*_duplicates(parsed.entries, path), *_habits(parsed.entries, path)]
    enriched = [*_keys(catalog, catalog_path, bib_keys), *_papers(parsed, catalog, path)] if catalog else []
    return (*sorted(listed, key=lambda finding: finding.line), *enriched)


def _row(entry: Entry, path: str, year: int) -> Iterator[Finding]:
    def found(rule: str, message: str) -> Finding:
        return Finding(file=path, line=entry.line, rule=rule, message=message)

    if entry.url is None:
        yield found("no-link", "The row has no link to the paper.")
    elif not _WEB_ADDRESS.match(entry.url) and not from_url(entry.url):
        yield found("bad-link", f"The paper link is not an address: {entry.url}")
    if entry.year is not None and not 1600 <= entry.year <= year + 1:
        yield found("bad-year", f"The year {entry.year} cannot be.")
    dois = [doi for url in (entry.url, *entry.links) if url for doi in doi_text.find(url)]
    yield from (
        found("denied-doi", f"{doi} is a copy under a prefix that is not trusted.")
        for doi in dict.fromkeys(dois)
        if doi_text.is_denied(doi)
    )
    yield from (found(issue.rule, issue.message) for issue in entry.issues)


def _duplicates(entries: Iterable[Entry], path: str) -> Iterator[Finding]:
    """Rows that name one paper, or one link for two; the same title under two links that prove works is two works."""
    seen: dict[str, Entry] = {}
    for entry in entries:
        proven = [f"{found.scheme} {found.value}" for found in (from_url(entry.url) if entry.url else ())]
        names = [*proven, page_name(entry.url).replace(":", " ", 1)] if entry.url else []
        title = f"title {title_text.fold(entry.title)}"
        shared = next((name for name in names if name in seen), None)
        first = seen[shared] if shared else seen.get(title)
        if first is not None and (shared or not (proven and first.url and from_url(first.url))):
            is_same = title_text.agree(first.title, entry.title).level != "none"
            said = (
                f"lists the same paper (same {shared or 'title'})" if is_same else f"has the same {shared} for another"
            )
            yield Finding(file=path, line=entry.line, rule="duplicate", message=f"Line {first.line} {said}.")
        for name in (*names, title):
            seen.setdefault(name, entry)


def _habits(entries: Collection[Entry], path: str) -> Iterator[Finding]:
    stated = Counter(field for entry in entries for field in ("venue", "year") if getattr(entry, field) is not None)
    usual = [
        field for field, count in stated.items() if count >= USUAL_SHARE * len(entries) >= USUAL_SHARE * HABIT_ROWS
    ]
    for entry in entries:
        for field in usual:
            if getattr(entry, field) is None:
                message = f"The row states no {field}; {stated[field]} of {len(entries)} rows do."
                yield Finding(file=path, line=entry.line, rule=f"no-{field}", message=message)


def _keys(catalog: Catalog, path: str, bib_keys: Collection[str]) -> Iterator[Finding]:
    """Published keys that would change or be reused."""
    works = [paper for paper in catalog.papers if paper.duplicate_of is None]
    owned = Counter(paper.key for paper in works)
    retired = {row.key for row in catalog.retired}
    lines = {paper.key: paper.listed.line for paper in works}
    for key in sorted(key for key, count in owned.items() if count > 1 or key in retired):
        yield Finding(file=path, line=1, rule="key-reused", message=f"{key} names two papers (list line {lines[key]}).")
    provisional = {paper.key for paper in works if paper.key_provisional}
    for key in sorted(set(bib_keys) - expect.published_keys(catalog) - provisional):
        yield Finding(
            file=path, line=1, rule="key-gone", message=f"{key} was published, and no paper bears it any more."
        )


def _papers(parsed: ParsedList, catalog: Catalog, path: str) -> Iterator[Finding]:
    """What the catalog says about the rows, and rows that it does not know."""
    titles = {title_text.fold(paper.listed.title): paper for paper in reversed(catalog.papers)}
    rows = {(title_text.fold(paper.listed.title), paper.listed.url): paper for paper in reversed(catalog.papers)}
    for entry in parsed.entries:
        title = title_text.fold(entry.title)
        paper = rows.get((title, entry.url)) or titles.get(title)
        if paper is None:
            message = "The row is not in the catalog yet: the next run enriches it."
            yield Finding(file=path, line=entry.line, rule="not-enriched", message=message)
            continue
        for issue in paper.issues:
            yield Finding(file=path, line=entry.line, rule=issue.rule, message=issue.message)
